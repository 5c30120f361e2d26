"""A conversation, and how its messages are shown: the user's words escaped, marks as links."""

import re
from dataclasses import dataclass, replace

from qa.types import MARK, MAX_HISTORY, MAX_TURN, Answer, Coverage, Stand, Turn
from qa.web.texts import Texts
from qa.web.words import NEAREST, Names, escape

MAX_EXCHANGES = 50
LINES = re.compile(r"\n+")
MARKED = re.compile(r"(?P<before>[^\s\[\]]?)(?P<marks>(?:\[\d+\])+)")
Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the message that explains why there is none."""

    question: str
    answer: Answer | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges so far. ``first`` is the number of the first one that is still kept."""

    exchanges: tuple[Exchange, ...] = ()
    first: int = 0

    def asking(self, question: str) -> "Conversation":
        """Return the conversation with a question that waits for its answer."""
        kept = (*self.exchanges, Exchange(question))[-MAX_EXCHANGES:]
        dropped = len(self.exchanges) + 1 - len(kept)
        return Conversation(kept, self.first + dropped)

    def answered(self, answer: Answer | None, error: str = "") -> "Conversation":
        """Return the conversation with its last question answered."""
        last = replace(self.exchanges[-1], answer=answer, error=error)
        return replace(self, exchanges=(*self.exchanges[:-1], last))

    def history(self) -> tuple[Turn, ...]:
        """Return what was asked and answered, as an engine takes it."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns.append(Turn("user", exchange.question[:MAX_TURN]))
                turns.append(Turn("assistant", exchange.answer.text[:MAX_TURN]))
        return tuple(turns[-MAX_HISTORY:])

    def numbered(self) -> list[tuple[int, Exchange]]:
        """Return the exchanges with numbers that stay when old ones are dropped."""
        return list(enumerate(self.exchanges, self.first))


def messages(conversation: Conversation, names: Names, texts: Texts) -> list[Message]:
    """Return the messages of a conversation, two an exchange."""
    shown: list[Message] = []
    for number, exchange in conversation.numbered():
        asked = f'<div class="asked">{escape(exchange.question)}</div>'
        shown.append({"role": "user", "content": asked})
        shown.append({"role": "assistant", "content": _reply(number, exchange, names, texts)})
    return shown


def _reply(number: int, exchange: Exchange, names: Names, texts: Texts) -> str:
    if exchange.error:
        title = f'<p class="note-title">{texts.failed}</p>'
        return f'<div class="reply note error">{title}<p>{escape(exchange.error)}</p></div>'
    if exchange.answer is None:
        return f'<div class="reply pending"><p>{texts.pending}<span class="dots"></span></p></div>'
    return _answer(number, exchange.answer, names, texts)


def _answer(number: int, answer: Answer, names: Names, texts: Texts) -> str:
    understood = _understood(answer, texts)
    if answer.refusal is not None:
        title = f'<p class="note-title">{texts.refusals[answer.refusal.reason]}</p>'
        why = f"<p>{escape(answer.refusal.message)}</p>"
        see = _see(number, texts.nearest, len(answer.retrieved[:NEAREST]))
        return f'<div class="reply note refusal">{understood}{title}{why}{see}</div>'
    body = f'<div class="said" lang="{answer.language}">{_paragraphs(number, answer.text)}</div>'
    coverage = _coverage(number, answer.coverage, names, texts) if answer.coverage else ""
    see = _see(number, texts.show, len(answer.citations))
    return f'<div class="reply">{understood}{body}{coverage}{see}</div>'


def _see(number: int, label: str, count: int) -> str:
    """Return the link that opens the panel where it is not beside the conversation."""
    return f'<a class="see" href="#evidence-{number}">{label} {count}</a>' if count else ""


def _understood(answer: Answer, texts: Texts) -> str:
    if answer.resolved_question == answer.question:
        return ""
    resolved = escape(answer.resolved_question)
    return f'<p class="understood"><span>{texts.resolved}</span>{texts.colon}{resolved}</p>'


def _paragraphs(number: int, text: str) -> str:
    """Return text as paragraphs with its marks as links."""
    blocks = (block.strip() for block in LINES.split(text))
    return "".join(f"<p>{_marked(number, block)}</p>" for block in blocks if block)


def _marked(number: int, text: str) -> str:
    """Return text with its marks as links, each kept on the line of the character before it."""
    shown, end = [], 0
    for found in MARKED.finditer(text):
        links = "".join(mark(number, int(n)) for n in MARK.findall(found["marks"]))
        before = escape(found["before"])
        shown.append(f'{escape(text[end : found.start()])}<span class="nw">{before}{links}</span>')
        end = found.end()
    return "".join(shown) + escape(text[end:])


def mark(number: int, n: int) -> str:
    """Return the link from an answer's mark to its citation in the panel."""
    return f'<a class="mark" href="#cite-{number}-{n}">{n}</a>'


def _coverage(number: int, coverage: Coverage, names: Names, texts: Texts) -> str:
    groups = (
        ("says", texts.says, coverage.says),
        ("otherwise", texts.otherwise, coverage.otherwise),
        ("silent", texts.silent, coverage.silent),
    )
    rows = "".join(
        f'<div class="cover-row {kind}">'
        f'<span class="cover-name">{title} <b>{len(stands)}</b></span>'
        f'<span class="chips">{_chips(number, stands, names, texts)}</span></div>'
        for kind, title, stands in groups
        if stands
    )
    searched = texts.searched.format(coverage.searched)
    return f'<div class="cover"><p class="cover-head">{searched}</p>{rows}</div>'


def _chips(number: int, stands: tuple[Stand, ...], names: Names, texts: Texts) -> str:
    return " ".join(
        f'<span class="chip">{escape(names.of(stand.code, stand.respondent, texts))}'
        + "".join(mark(number, n) for n in stand.citations)
        + "</span>"
        for stand in stands
    )
