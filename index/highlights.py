"""Where a passage says what a query says: spans to light up."""

import re
from functools import lru_cache

from corpus.types import Span
from index.text import HAN, normalise

_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_SEPARATOR = "\0"
_MIN = 2
"""Characters; a single one is in every passage."""


def highlights(query: str, text: str) -> tuple[Span, ...]:
    """Return the spans of a text that the query holds too, in order, none inside another.

    A span is two Han characters in a row, a whole number or a whole word at least; case, width,
    script and what stands between the characters make no difference.
    """
    asked = _joined([_fold(match[0]) for match in _UNIT.finditer(query)])
    units = list(_UNIT.finditer(text))
    folded = [_fold(unit[0]) for unit in units]
    spans = []
    first = 0
    while first < len(units):
        end = first
        while end < len(units) and _joined(folded[first : end + 1]) in asked:
            end += 1
        if len("".join(folded[first:end])) >= _MIN:
            spans.append((units[first].start(), units[end - 1].end()))
        first = max(end, first + 1)
    return tuple(spans)


def _joined(units: list[str]) -> str:
    return _SEPARATOR + "".join(unit + _SEPARATOR for unit in units)


# A cache of its own, so that single characters do not drive whole texts out of the other.
_fold = lru_cache(maxsize=8192)(normalise.__wrapped__)
