"""The parts of the page around the conversation: heading, menu, welcome."""

from html import escape as plain

from corpus import Report
from qa.web.pages.frame import links
from qa.web.pages.texts import PAGE_TEXTS
from qa.web.texts import Texts
from qa.web.words import escape


def heading(report: Report, texts: Texts) -> str:
    """Return the page's heading, with the way to the report and the explorer."""
    title = report.title_en if texts.lang == "en" else report.title
    words = PAGE_TEXTS["en" if texts.lang == "en" else "zh"]
    return (
        f'<div class="brand ui-{texts.lang}" lang="{texts.lang}"><h1>{texts.name}</h1>'
        f'<nav class="parts">{links("chat", report.symbol, words)}</nav>'
        f'<p><span class="symbol">{report.symbol}</span> {escape(title)}</p></div>'
    )


def menu(texts: Texts) -> str:
    """Return the buttons for earlier conversations, for taking this one away, to sign out."""
    earlier = _button("earlier", "", texts.earlier)
    files = _button("export", "md", "Markdown") + _button("export", "docx", "Word (DOCX)")
    export = (
        f'<details class="export"><summary title="{texts.export}">{texts.export}</summary>'
        f'<div class="choices">{files}</div></details>'
    )
    everyone = f'<span class="everyone" hidden>{texts.within_hint}</span>'
    out = _button("sign-out", "", texts.sign_out)  # shown where users sign in here
    return f'<div class="menu" lang="{texts.lang}">{earlier}{export}{out}{everyone}</div>'


def _button(name: str, value: str, words: str) -> str:
    return (
        f'<button type="button" class="{name}" name="{name}" value="{value}" '
        f'title="{words}">{words}</button>'
    )


def welcome(texts: Texts) -> str:
    """Return what an empty conversation shows: what this is, and a question of each kind."""
    examples = "".join(
        f'<button type="button" class="example" name="ask" value="{plain(question)}">'
        f"<span>{kind}</span>{escape(question)}</button>"
        for kind, question in texts.examples
    )
    return (
        f'<div class="welcome" lang="{texts.lang}"><h2>{texts.empty_title}</h2>'
        f'<p>{texts.empty_text}</p><div class="examples">{examples}</div></div>'
    )
