"""The parts of a question that asks several things, and those that nothing quoted states."""

import re
from collections.abc import Sequence
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
_FORMED = frozenset({"date", "money", "code", *NUMBERS})
"""What has a form by which it is seen whether a quotation states it."""
_TOPIC = re.compile(r"^.*：")
_FEWEST = 2


def parts_of(asked: Understanding, knowledge: Knowledge) -> list[Understanding]:
    """Return the parts of a question that asks several things, each with its own words."""
    parts = [(clause, focus_of(clause, knowledge)) for clause in _asking(asked.normalised)]
    if len(parts) < _FEWEST:
        return []
    return [
        replace(asked, want=want_of(clause), focus=focus, alone=None)
        for clause, focus in parts
        if Terms(focus, knowledge).total
    ]


def unstated(asked: Understanding, quotes: Sequence[str]) -> list[str]:
    """Return the parts of a question that asks several things, as they are put, that ask for a
    date, a number or an amount of which no quotation has one.
    """
    clauses = _asking(_TOPIC.sub("", asked.text))
    if len(clauses) < _FEWEST:
        return []
    return [clause for clause in clauses if not _is_stated(normalise(clause), quotes)]


def _asking(text: str) -> list[str]:
    """Return the clauses of a text that ask something."""
    clauses = (clause.strip(" 。.！!") for clause in _CLAUSE.split(text))
    return [clause for clause in clauses if patterns.ASKS.search(normalise(clause))]


def _is_stated(clause: str, quotes: Sequence[str]) -> bool:
    want = want_of(clause)
    return want not in _FORMED or any(fit(quote, want, clause) > 0 for quote in quotes)
