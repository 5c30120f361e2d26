"""The reader: the whole report as one page, by respondent, a place for every passage and page."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from corpus import Passage, Reply, Report
from corpus.notes_types import Notes
from qa.web.pages.frame import Page, document
from qa.web.pages.passage import Writer, page_marks
from qa.web.pages.texts import PageTexts
from qa.web.words import Names

BODY = Markup("""\
<div class="columns">
<nav class="contents" id="contents" aria-label="{contents}">
<h2>{contents}</h2>
{list}
</nav>
<main id="main" tabindex="-1">
<header class="title">
<p class="symbol">{symbol}</p>
<h1 lang="zh-Hans">{title}</h1>
<p lang="en">{title_en}</p>
<p class="about" lang="{lang}">{agenda}<br>{replies}</p>
{gloss}
</header>
<div class="report" lang="zh-Hans">
{report}
</div>
</main>
</div>
""")
TOOLS = Markup("""\
<form class="find" role="search" data-url="../api/v1/search" data-none="{none}" \
data-nearest="{nearest}" data-searching="{searching}" data-offline="{offline}">
<button type="button" class="open-contents" aria-expanded="false" aria-controls="contents">\
{contents}</button>
<input type="search" name="q" aria-label="{find}" placeholder="{hint}" maxlength="200" \
autocomplete="off" spellcheck="false">
<output aria-live="polite"></output>
<button type="button" class="step" data-step="-1" aria-label="{previous}" disabled>↑</button>
<button type="button" class="step" data-step="1" aria-label="{next}" disabled>↓</button>
<button type="button" class="meaning" disabled>{meaning}</button>
<div class="nearest" hidden></div>
</form>
""")
GROUP = Markup('<h3>{} <span class="count">{}</span></h3><ol>{}</ol>')
ENTRY = Markup(
    '<li><a href="#{code}"><span class="name" lang="{lang}">{name}</span> '
    '<span class="kind {kind}">{label}</span> <span class="from">{page}</span></a></li>'
)
REPLY = Markup('<section class="reply" id="{}" aria-label="{}">{}</section>')
RUN = Markup('<div class="run">{}</div>')
GLOSS = Markup(
    '<p><button type="button" class="toggle" aria-pressed="false" data-toggle="glossed">{}</button>'
    " <span>{}</span></p>"
)


def reader(report: Report, notes: Notes, texts: PageTexts) -> bytes:
    """Return the whole page."""
    names = Names(report)
    replies = {reply.respondent.code: reply for reply in report.replies}
    writer = Writer(texts, names, notes, page_marks(report), replies)
    kinds = [one.kind for one in report.respondents]
    body = BODY.format(
        contents=texts.contents,
        list=_contents(report, names, texts),
        symbol=report.symbol,
        title=report.title,
        title_en=report.title_en,
        lang=texts.chat.lang,
        agenda=texts.agenda.format(_ordinal(report.session, texts)),
        replies=texts.replies.format(kinds.count("government"), kinds.count("organisation")),
        gloss=GLOSS.format(texts.gloss, texts.gloss_note) if texts.gloss else "",
        report=Markup("\n").join(_reply(reply, writer) for reply in report.replies),
    )
    title = f"{report.symbol} {texts.reader}"
    return document(Page("reader", title, body, _tools(texts)), report.symbol, texts)


def _tools(texts: PageTexts) -> Markup:
    return TOOLS.format(
        contents=texts.contents,
        find=texts.find,
        hint=texts.find_hint,
        previous=texts.previous,
        next=texts.next,
        none=texts.none_found,
        meaning=texts.by_meaning,
        nearest=texts.nearest,
        searching=texts.searching,
        offline=texts.offline,
    )


def _contents(report: Report, names: Names, texts: PageTexts) -> Markup:
    """Return the table of contents, by kind of respondent."""
    groups = groupby(report.replies, key=lambda reply: reply.respondent.kind)
    return Markup("").join(
        _group(texts.sections[kind], list(replies), names, texts) for kind, replies in groups
    )


def _group(title: str, replies: Sequence[Reply], names: Names, texts: PageTexts) -> Markup:
    entries = [
        ENTRY.format(
            code=reply.respondent.code,
            lang=texts.chat.lang,
            name=names.of(reply.respondent.code, reply.respondent.name, texts.chat),
            kind=reply.respondent.kind,
            label=texts.kinds[reply.respondent.kind],
            page=texts.chat.page.format(reply.pages[0]),
        )
        for reply in replies
    ]
    return GROUP.format(title, len(entries), Markup("").join(entries))


def _reply(reply: Reply, writer: Writer) -> Markup:
    """Return a reply; the parts of a long paragraph run on as one, as they are printed."""
    respondent = reply.respondent
    name = writer.names.of(respondent.code, respondent.name, writer.texts.chat)
    paragraphs = groupby(reply.passages, key=lambda one: (one.paragraph, one.kind == "paragraph"))
    written = [_paragraph(list(parts), writer) for _, parts in paragraphs]
    return REPLY.format(respondent.code, name, Markup("").join(written))


def _paragraph(parts: Sequence[Passage], writer: Writer) -> Markup:
    written = [writer.passage(part, numbered=part is parts[0]) for part in parts]
    runs_on = len(parts) > 1 and parts[0].kind == "paragraph"
    joined = Markup("").join(written)
    return RUN.format(joined) if runs_on else joined


def _ordinal(number: int, texts: PageTexts) -> str:
    """Return a session's number as the language writes it: 72nd, or 七十二 as figures."""
    if texts.chat.lang != "en":
        return str(number)
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"
