"""The document around a page: its head, the heading that all pages share, the way to the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from qa.web.pages.texts import PageTexts
from qa.web.shell import asset

DOCUMENT = Markup("""\
<!doctype html>
<html lang="{lang}" class="{kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · 答复 Dafu</title>
<link rel="icon" href="{icon}">
{styles}
{scripts}
</head>
<body>
<a class="skip" href="#main">{skip}</a>
<header class="site">
<p class="brand"><a href="{chat}">{name}</a> <span>{symbol}</span></p>
<nav class="parts" aria-label="{parts}">{links}</nav>
{tools}
<a class="switch" href="?lang={other}" hreflang="{other}" lang="{other}">{switch}</a>
</header>
{body}
</body>
</html>
""")
EMPTY = Markup("")
STYLES = {
    "reader": ("reader.css", "report.css", "margins.css", "find.css", "reader-narrow.css"),
    "explorer": ("explorer.css", "heat.css", "timeline.css", "explorer-narrow.css"),
    "message": (),
}
SCRIPTS = {
    "reader": ("clipboard.js", "lit.js", "find.js", "reader.js"),
    "explorer": ("explorer.js",),
    "message": (),
}
Kind = Literal["reader", "explorer", "message"]
STYLE = Markup('<link rel="stylesheet" href="{}">')
SCRIPT = Markup('<script src="{}" defer></script>')
PART = Markup('<a href="{}">{}</a>')
HERE = Markup('<b aria-current="page">{}</b>')


@dataclass(frozen=True, slots=True)
class Page:
    """What differs from page to page; ``kind`` says which styles and scripts it loads."""

    kind: Kind
    title: str
    body: Markup
    tools: Markup = EMPTY


def document(page: Page, symbol: str, texts: PageTexts) -> bytes:
    """Return a whole document."""
    return DOCUMENT.format(
        kind=page.kind,
        title=page.title,
        body=page.body,
        tools=page.tools,
        symbol=symbol,
        lang=texts.chat.lang,
        name=texts.chat.name,
        skip=texts.skip,
        parts=texts.parts,
        links=links(page.kind, symbol, texts),
        chat=in_language("../chat/", texts),
        other="zh" if texts.chat.lang == "en" else "en",
        switch=texts.chat.switch,
        icon=asset("icon.svg"),
        styles=_each(STYLE, ("tokens.css", "pages.css", *STYLES[page.kind])),
        scripts=_each(SCRIPT, SCRIPTS[page.kind]),
    ).encode()


def links(here: str, symbol: str, texts: PageTexts) -> Markup:
    """Return the way to the chat, the reader and the explorer, from any page one level down."""
    places = (
        ("chat", "../chat/", texts.ask),
        ("reader", f"../reader/{symbol.replace('/', '-')}", texts.reader),
        ("explorer", "../explorer/", texts.explorer),
    )
    return Markup("").join(
        HERE.format(label) if kind == here else PART.format(in_language(address, texts), label)
        for kind, address, label in places
    )


def in_language(address: str, texts: PageTexts) -> str:
    """Return an address of this site that opens in the language of the page it stands on."""
    if texts.chat.lang != "en":
        return address
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang=en{mark}{fragment}"


def _each(template: Markup, names: Sequence[str]) -> Markup:
    return Markup("\n").join(template.format(asset(name)) for name in names)
