"""The panel beside the answer: each citation in its whole passage, ready to be copied."""

from corpus import Passage
from qa.types import Answer, Citation, Retrieved
from qa.web.texts import Texts
from qa.web.words import (
    NEAREST,
    Names,
    copying,
    escape,
    origin,
    place,
    reader_link,
    reference,
    whereabouts,
)


def panel(number: int, answer: Answer | None, names: Names, texts: Texts) -> str:
    """Return the evidence for one answer as one line of HTML; nothing in it is Markdown."""
    if answer is None:
        return (
            f'<section class="evidence none"><h2>{texts.cited}</h2>'
            f"<p>{texts.cited_empty}</p></section>"
        )
    if answer.refusal is not None:
        cards = [_near(number, found, names, texts) for found in answer.retrieved[:NEAREST]]
        return _section(number, texts.nearest, cards, texts)
    cards = [_card(number, citation, names, texts) for citation in answer.citations]
    return _section(number, texts.cited, cards, texts)


def _section(number: int, title: str, cards: list[str], texts: Texts) -> str:
    count = f'<span class="count">{len(cards)}</span>'
    close = f'<button type="button" class="close">{texts.back}</button>'
    return (
        f'<section class="evidence" id="evidence-{number}"><div class="evidence-head">'
        f"<h2>{title} {count}</h2>{close}</div>{''.join(cards)}</section>"
    )


def _card(number: int, citation: Citation, names: Names, texts: Texts) -> str:
    passage = citation.passage
    before = escape(passage.text[: citation.start])
    after = escape(passage.text[citation.end :])
    text = f"{before}<mark>{escape(citation.quote)}</mark>{after}"
    badge = f'<span class="badge">{citation.n}</span>'
    name = names.of(passage.code, passage.respondent, texts)
    tools = _read(passage, (citation.start, citation.end), texts) + copying(
        reference(citation, name, texts), texts.copy
    )
    return (
        f'<article class="card" id="cite-{number}-{citation.n}" tabindex="-1">'
        f"{_head(badge, passage, names, texts)}"
        f'<blockquote lang="zh-Hans">{text}</blockquote>'
        f'<div class="acts">{tools}</div></article>'
    )


def _near(number: int, found: Retrieved, names: Names, texts: Texts) -> str:
    badge = f'<span class="badge">{found.rank}</span>'
    passage = found.passage
    name = names.of(passage.code, passage.respondent, texts)
    where = f"“{passage.text}”({whereabouts(passage, name, texts)})"
    tools = _read(passage, None, texts) + copying(where, texts.copy)
    return (
        f'<article class="card near" id="near-{number}-{found.rank}">'
        f"{_head(badge, passage, names, texts)}"
        f'<blockquote lang="zh-Hans">{escape(passage.text)}</blockquote>'
        f'<div class="acts">{tools}</div></article>'
    )


def _read(passage: Passage, span: tuple[int, int] | None, texts: Texts) -> str:
    return f'<a class="act read" href="{reader_link(passage, span, texts)}">{texts.read}</a>'


def _head(badge: str, passage: Passage, names: Names, texts: Texts) -> str:
    name = escape(names.of(passage.code, passage.respondent, texts))
    path = " › ".join(escape(part) for part in passage.heading if part not in passage.text)
    heading = f'<p class="path" lang="zh-Hans">{path}</p>' if path else ""
    where, whence = _unbroken(place(passage, texts)), _unbroken(origin(passage, texts))
    return (
        f'<header>{badge}<div><h3>{name}</h3><p class="place">{where}</p>'
        f'<p class="origin">{whence}</p>{heading}</div></header>'
    )


def _unbroken(parts: tuple[str, ...]) -> str:
    """Return parts that a narrow screen puts on lines of their own rather than breaks."""
    return " · ".join(f'<span class="nw">{escape(part)}</span>' for part in parts)
