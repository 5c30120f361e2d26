"""How a conversation is shown: the user's words escaped, marks as links, buttons under answers."""

import re

from qa.types import MARK, Answer, Citation, Coverage, Stand
from qa.web.conversation import Conversation, Exchange
from qa.web.texts import Texts
from qa.web.words import NEAREST, Names, copying, escape, place, reference

LINES = re.compile(r"\n+")
MARKED = re.compile(r"(?P<before>[^\s\[\]]?)(?P<marks>(?:\[\d+\])+)")
Message = dict[str, str]
Labels = dict[int, str]
"""Mark to the respondent and page it stands for, shown when it is pointed at."""


def messages(
    conversation: Conversation, names: Names, texts: Texts, fresh: bool = False
) -> list[Message]:
    """Return the messages of a conversation, two an exchange; a fresh last one may move in."""
    shown: list[Message] = []
    newest = conversation.first + len(conversation.exchanges) - 1
    for number, exchange in conversation.numbered():
        asked = f'<div class="asked">{escape(exchange.question)}</div>'
        shown.append({"role": "user", "content": asked})
        reply = _reply(number, exchange, names, texts)
        last = number == newest
        kind = f"reply{' newest' if last else ''}{' fresh' if last and fresh else ''}"
        html = reply.replace('class="reply', f'class="{kind}', 1)
        shown.append({"role": "assistant", "content": html})
    return shown


def _reply(number: int, exchange: Exchange, names: Names, texts: Texts) -> str:
    if exchange.answer is not None:
        return _answered(number, exchange, exchange.answer, names, texts)
    if exchange.error:
        return _note("error", texts.failed, exchange.error, texts)
    if exchange.stopped:
        return _note("stopped", texts.stopped, texts.stopped_text, texts)
    if exchange.draft:
        said = "".join(f"<p>{escape(block)}</p>" for block in _blocks(exchange.draft))
        label = f'<p class="draft-label">{texts.drafting}<span class="dots"></span></p>'
        return f'<div class="reply pending draft">{label}<div class="said">{said}</div></div>'
    return f'<div class="reply pending"><p>{texts.pending}<span class="dots"></span></p></div>'


def _note(kind: str, title: str, text: str, texts: Texts) -> str:
    acts = f'<div class="acts">{_again(texts)}</div>'
    return (
        f'<div class="reply note {kind}"><p class="note-title">{title}</p>'
        f"<p>{escape(text)}</p>{acts}</div>"
    )


def _answered(number: int, exchange: Exchange, answer: Answer, names: Names, texts: Texts) -> str:
    head = _understood(answer, texts) + _meta(exchange, answer, names, texts)
    notices = "".join(f'<p class="notices">{escape(one.message)}</p>' for one in answer.notices)
    if answer.refusal is not None:
        title = f'<p class="note-title">{texts.refusals[answer.refusal.reason]}</p>'
        body = f"{head}{title}<p>{escape(answer.refusal.message)}</p>{notices}"
        acts = _acts(number, exchange, answer, names, texts)
        return f'<div class="reply note refusal">{body}{acts}</div>'
    labels = {one.n: _label(one, names, texts) for one in answer.citations}
    paragraphs = "".join(f"<p>{_marked(number, one, labels)}</p>" for one in _blocks(answer.text))
    body = f'<div class="said" lang="{answer.language}">{paragraphs}</div>'
    coverage = answer.coverage
    cover = _coverage(number, coverage, names, texts, labels) if coverage else ""
    acts = _acts(number, exchange, answer, names, texts)
    return f'<div class="reply">{head}{body}{notices}{cover}{acts}</div>'


def _label(citation: Citation, names: Names, texts: Texts) -> str:
    name = names.of(citation.passage.code, citation.passage.respondent, texts)
    return escape(f"{name}{texts.comma}{place(citation.passage, texts)[0]}")


def _meta(exchange: Exchange, answer: Answer, names: Names, texts: Texts) -> str:
    """Return what kind of answer it is, and of whom the question was understood to ask."""
    if answer.kind == "refusal":
        return ""
    codes = exchange.respondents or names.named(answer.resolved_question)
    shown = [escape(names.of(code, names.printed(code), texts)) for code in codes[:4]]
    whom = texts.comma_list.join(shown) + ("…" if len(codes) > 4 else "")
    if answer.coverage and not codes:
        whom = texts.searched.format(answer.coverage.searched)
    parts = [part for part in (texts.kinds[answer.kind], whom) if part]
    return f'<p class="meta">{" · ".join(parts)}</p>'


def _understood(answer: Answer, texts: Texts) -> str:
    if answer.resolved_question == answer.question:
        return ""
    resolved = escape(answer.resolved_question)
    edit = f'<button type="button" name="edit" value="{resolved}">{texts.edit}</button>'
    return (
        f'<p class="understood"><span>{texts.resolved}</span>{texts.colon}'
        f"<b>{resolved}</b> {edit}</p>"
    )


def _acts(number: int, exchange: Exchange, answer: Answer, names: Names, texts: Texts) -> str:
    """Return what can be done with an answer."""
    refused = answer.refusal is not None
    count = len(answer.retrieved[:NEAREST]) if refused else len(answer.citations)
    label = texts.nearest if refused else texts.show
    see = f'<a class="see" href="#evidence-{number}">{label} {count}</a>' if count else ""
    buttons = [see]
    if not refused:
        buttons.append(copying(_copied(answer, names, texts), texts.copy_all))
    if answer.coverage is not None:
        buttons.append(_act("csv", str(number), texts.csv, texts.csv))
    buttons.append(_again(texts))
    for verdict, words in (("up", texts.helpful), ("down", texts.unhelpful)):
        chosen = " chosen" if exchange.verdict == verdict else ""
        buttons.append(
            f'<button type="button" class="act icon {verdict}{chosen}" name="judge" '
            f'value="{verdict} {number}" title="{words}"></button>'
        )
    return f'<div class="acts">{"".join(buttons)}</div>'


def _again(texts: Texts) -> str:
    return _act("again", "", texts.again, texts.again)


def _act(name: str, value: str, words: str, title: str) -> str:
    return (
        f'<button type="button" class="act {name}" name="{name}" value="{value}" '
        f'title="{title}">{words}</button>'
    )


def _copied(answer: Answer, names: Names, texts: Texts) -> str:
    """Return an answer with its references as plain text."""
    references = [
        reference(one, names.of(one.passage.code, one.passage.respondent, texts), texts)
        for one in answer.citations
    ]
    return "\n".join((answer.text, "", *references))


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in LINES.split(text) if block.strip()]


def _marked(number: int, text: str, labels: Labels) -> str:
    """Return text with its marks as links, each kept on the line of the character before it."""
    shown, end = [], 0
    for found in MARKED.finditer(text):
        links = "".join(mark(number, int(n), labels) for n in MARK.findall(found["marks"]))
        before = escape(found["before"])
        shown.append(f'{escape(text[end : found.start()])}<span class="nw">{before}{links}</span>')
        end = found.end()
    return "".join(shown) + escape(text[end:])


def mark(number: int, n: int, labels: Labels) -> str:
    """Return the link from an answer's mark to its citation in the panel."""
    title = f' title="{labels[n]}"' if n in labels else ""
    return f'<a class="mark" href="#cite-{number}-{n}"{title}>{n}</a>'


def _coverage(number: int, coverage: Coverage, names: Names, texts: Texts, labels: Labels) -> str:
    groups = (
        ("says", texts.says, coverage.says),
        ("otherwise", texts.otherwise, coverage.otherwise),
        ("silent", texts.silent, coverage.silent),
    )
    rows = "".join(
        f'<div class="cover-row {kind}">'
        f'<span class="cover-name">{title} <b>{len(stands)}</b></span>'
        f'<span class="chips">{_chips(number, stands, names, texts, labels)}</span></div>'
        for kind, title, stands in groups
        if stands
    )
    searched = texts.searched.format(coverage.searched)
    return f'<div class="cover"><p class="cover-head">{searched}</p>{rows}</div>'


def _chips(
    number: int, stands: tuple[Stand, ...], names: Names, texts: Texts, labels: Labels
) -> str:
    return " ".join(
        f'<span class="chip">{escape(names.of(stand.code, stand.respondent, texts))}'
        + "".join(mark(number, n, labels) for n in stand.citations)
        + "</span>"
        for stand in stands
    )
