"""The panel beside the answer: each citation in its whole passage, ready to be copied."""

from html import escape as plain

from corpus import Passage
from qa.types import Answer, Citation, Retrieved
from qa.web.texts import Texts
from qa.web.words import NEAREST, Names, escape, origin, place, reference


def panel(number: int, answer: Answer | None, names: Names, texts: Texts) -> str:
    """Return the evidence for one answer as one line of HTML; nothing in it is Markdown."""
    if answer is None:
        return (
            f'<section class="evidence none"><h2>{texts.cited}</h2>'
            f"<p>{texts.cited_empty}</p></section>"
        )
    if answer.refusal is not None:
        cards = [_near(number, found, names, texts) for found in answer.retrieved[:NEAREST]]
        return _section(number, texts.nearest, cards, _close(texts))
    cards = [_card(number, citation, names, texts) for citation in answer.citations]
    tools = _copy_all(answer, names, texts) + _close(texts)
    return _section(number, texts.cited, cards, tools)


def _section(number: int, title: str, cards: list[str], tools: str) -> str:
    count = f'<span class="count">{len(cards)}</span>'
    return (
        f'<section class="evidence" id="evidence-{number}"><div class="evidence-head">'
        f"<h2>{title} {count}</h2>{tools}</div>{''.join(cards)}</section>"
    )


def _close(texts: Texts) -> str:
    """Return the button that closes the panel where it lies over the conversation."""
    return f'<button type="button" class="close">{texts.back}</button>'


def _copy_all(answer: Answer, names: Names, texts: Texts) -> str:
    references = "\n".join(_reference(citation, names, texts) for citation in answer.citations)
    return _copy(f"{answer.text}\n\n{references}", texts.copy_all)


def _reference(citation: Citation, names: Names, texts: Texts) -> str:
    passage = citation.passage
    name = names.of(passage.code, passage.respondent, texts)
    return reference(citation.n, passage, citation.quote, name, texts)


def _copy(text: str, label: str) -> str:
    """Return a button that copies the text beside it, which is there but not shown."""
    source = plain(text).replace("\n", "&#10;")
    return (
        f'<span class="copying"><button type="button" class="copy">{label}</button>'
        f'<span class="copy-text">{source}</span></span>'
    )


def _card(number: int, citation: Citation, names: Names, texts: Texts) -> str:
    passage = citation.passage
    before = escape(passage.text[: citation.start])
    after = escape(passage.text[citation.end :])
    text = f"{before}<mark>{escape(citation.quote)}</mark>{after}"
    badge = f'<a class="badge" href="#cite-{number}-{citation.n}">{citation.n}</a>'
    tools = _copy(_reference(citation, names, texts), texts.copy)
    return (
        f'<article class="card" id="cite-{number}-{citation.n}" tabindex="-1">'
        f"{_head(badge, passage, names, texts)}"
        f'<blockquote lang="zh-Hans">{text}</blockquote>{tools}</article>'
    )


def _near(number: int, found: Retrieved, names: Names, texts: Texts) -> str:
    badge = f'<span class="badge">{found.rank}</span>'
    return (
        f'<article class="card near" id="near-{number}-{found.rank}">'
        f"{_head(badge, found.passage, names, texts)}"
        f'<blockquote lang="zh-Hans">{escape(found.passage.text)}</blockquote></article>'
    )


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
