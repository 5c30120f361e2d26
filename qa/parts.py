"""The parts of a question that asks several things, and those that nothing quoted states."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.text import normalise
from qa import patterns
from qa.evidence import Terms
from qa.knowledge import Knowledge
from qa.spans import fit
from qa.understand import Understanding, focus_of
from qa.wants import NUMBERS, want_of

_CLAUSE = re.compile(
    r"[？?；;，,]|、(?=[^、，。？?]{0,6}(?:谁|什么|何|哪|多少|几|怎么|怎样))|"
    r"\band (?=(?:when|where|how|what|which|who|why)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[？?；;]")
_FORMED = frozenset({"date", "money", "code", *NUMBERS})
"""What has a form by which it is seen whether a quotation states it."""
_TOPIC = re.compile(r"^.*：")
_FEWEST = 2


def parts_of(asked: Understanding, knowledge: Knowledge) -> list[Understanding]:
    """Return the parts of a question that asks several things, each with its own words.

    They are its sentences, or the clauses of one sentence; and the clauses of all, where several
    name somebody.
    """
    sentences, clauses = (_asking_of(one.split(asked.normalised)) for one in (_SENTENCE, _CLAUSE))
    each = sum(bool(_named_in(clause, asked, knowledge)) for clause in clauses) >= _FEWEST
    if len(sentences) >= _FEWEST and not each:
        parts = [(one, replace(asked, text=_whose(one, asked, knowledge))) for one in sentences]
    elif len(clauses) >= _FEWEST:
        parts = [(one, replace(asked, text=one) if each else asked) for one in clauses]
    else:
        return []
    found = [_part(clause, whole, knowledge) for clause, whole in parts]
    return [part for part in found if Terms(part.focus, knowledge).total]


def _part(clause: str, asked: Understanding, knowledge: Knowledge) -> Understanding:
    """Return what one clause of a question asks, of those whom it names or of all named."""
    return replace(
        asked,
        want=want_of(clause),
        focus=focus_of(clause, knowledge),
        alone=None,
        named=_named_in(clause, asked, knowledge) or asked.named,
    )


def _whose(sentence: str, asked: Understanding, knowledge: Knowledge) -> str:
    """Return a sentence after the names of those asked, if it names none of them."""
    if not asked.named or _named_in(sentence, asked, knowledge):
        return sentence
    return f"{'、'.join(knowledge.respondents[code].name for code in asked.named)}：{sentence}"


def _named_in(clause: str, asked: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    """Return which of those asked a clause names."""
    found = {name.key for name in knowledge.names.find(clause)}
    return tuple(code for code in asked.named if code in found)


def unstated(asked: Understanding, quotes: Sequence[str]) -> list[str]:
    """Return the parts of a question that asks several things, as they are put, that ask for a
    date, a number or an amount of which no quotation has one.
    """
    clauses = _asking(_TOPIC.sub("", asked.text))
    if len(clauses) < _FEWEST:
        return []
    return [clause for clause in clauses if not _is_stated(normalise(clause), quotes)]


def _asking(text: str) -> list[str]:
    """Return the sentences of a text that ask something, or the clauses of the one that does."""
    sentences = _asking_of(_SENTENCE.split(text))
    return sentences if len(sentences) >= _FEWEST else _asking_of(_CLAUSE.split(text))


def _asking_of(parts: Iterable[str]) -> list[str]:
    bare = (part.strip(" 。.！!") for part in parts)
    return [part for part in bare if patterns.ASKS.search(normalise(part))]


def _is_stated(clause: str, quotes: Sequence[str]) -> bool:
    want = want_of(clause)
    return want not in _FORMED or any(fit(quote, want, clause) > 0 for quote in quotes)
