"""The explorer: who speaks of what as a table of shades, and the replies in time."""

from markupsafe import Markup

from corpus import Report
from qa.web.pages.frame import EMPTY, Page, document, in_language
from qa.web.pages.heat import Choice, Heat
from qa.web.pages.matrix import BY, By
from qa.web.pages.texts import PageTexts
from qa.web.pages.timeline import Timeline

BODY = Markup("""\
<main id="main" tabindex="-1">
<header class="title">
<h1>{title}</h1>
<p>{intro}</p>
</header>
{matrix}
<section aria-labelledby="time">
<div class="head"><h2 id="time">{timeline}</h2>{download}</div>
<p class="hint">{hint} {legend}</p>
<div class="scroll" tabindex="0" role="region" aria-label="{timeline}">{picture}</div>
<div class="scroll" tabindex="0" role="region" aria-label="{replies}">{table}</div>
</section>
</main>
""")
MATRIX = Markup("""\
<section aria-labelledby="who">
<div class="head"><h2 id="who">{title}</h2><p class="by">{switch}</p>{download}</div>
<p class="hint">{hint} <span class="scale" aria-hidden="true">{fewer}{shades}{more}</span></p>
<div class="pair">
<div class="scroll" tabindex="0" role="region" aria-label="{title}">{table}</div>
{quotes}
</div>
</section>
""")
NO_NOTES = Markup('<section aria-labelledby="who"><h2 id="who">{}</h2><p>{}</p></section>')
SHADES = Markup("").join(Markup('<i class="level-{}"></i>').format(n) for n in range(1, 6))
SWITCH = Markup('<a href="{}"{}>{}</a>')
CURRENT = Markup(' aria-current="page"')
DOWNLOAD = Markup('<a class="download" href="{}" download>{}</a>')
LEGEND = Markup('<span class="legend {}" aria-hidden="true">{}</span> ')


def explorer(report: Report, heat: Heat, chosen: Choice | None) -> bytes:
    """Return the whole page, with the quotes of a cell where one is chosen."""
    texts = heat.texts
    time = Timeline(report, texts, heat.names, heat.home)
    legend = [LEGEND.format(kind, texts.sections[kind]) for kind in ("government", "organisation")]
    body = BODY.format(
        title=texts.explorer,
        intro=texts.intro,
        matrix=_matrix(heat, chosen),
        timeline=texts.timeline,
        hint=texts.timeline_hint,
        legend=Markup("").join(legend),
        download=_download("replies.csv", texts),
        picture=time.picture(),
        replies=texts.replies_table,
        table=time.table(),
    )
    title = f"{report.symbol} {texts.explorer}"
    return document(Page("explorer", title, body), report.symbol, texts)


def _matrix(heat: Heat, chosen: Choice | None) -> Markup:
    texts, by = heat.texts, heat.shown.by
    if not heat.shown.rows:
        return NO_NOTES.format(texts.topics, texts.no_notes)
    return MATRIX.format(
        title=_title(by, texts),
        switch=Markup("").join(_switch(one, by, texts) for one in BY),
        download=_download(f"{by}.csv", texts),
        hint=texts.topics_hint if by == "topics" else texts.acts_hint,
        fewer=texts.fewer,
        shades=SHADES,
        more=texts.more,
        table=heat.table(chosen),
        quotes=heat.quotes(chosen),
    )


def _switch(to: By, here: By, texts: PageTexts) -> Markup:
    address = in_language(f"?by={to}", texts)
    return SWITCH.format(address, CURRENT if to == here else EMPTY, _title(to, texts))


def _title(by: By, texts: PageTexts) -> str:
    return texts.topics if by == "topics" else texts.acts


def _download(name: str, texts: PageTexts) -> Markup:
    return DOWNLOAD.format(in_language(name, texts), texts.download)
