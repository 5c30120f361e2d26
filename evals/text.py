"""Text compared as DESIGN.md says: letters, digits and Han only, case and script folded."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

import opencc

MARK = re.compile(r"\[(\d{1,3})\]")


@cache
def _simplifier() -> Any:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    """Return the text in one width, script and case, with its punctuation still there."""
    simplified: str = _simplifier().convert(unicodedata.normalize("NFKC", text))
    return simplified.casefold()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return only the letters, digits and Han of a text, folded to simplified and lower case."""
    return "".join(char for char in _plain(text) if char.isalnum())


def without_marks(text: str) -> str:
    """Return an answer's text without its citation marks, which would read as digits."""
    return MARK.sub("", text)


def squeeze(text: str) -> str:
    """Return a text without any white space, as the report's raw text is compared."""
    return "".join(text.split())


def holds(text: str, wanted: str) -> bool:
    """Return whether ``wanted`` stands in ``text``, both folded.

    A number is only found whole: ``8`` does not stand in ``18 项``, but ``9519285`` stands in
    ``9 519 285`` and ``1540`` in ``1540(2004)``.
    """
    needle = fold(wanted)
    if not needle:
        return False
    if not (needle[0].isdigit() or needle[-1].isdigit()):
        return needle in fold(text)
    return _holds_whole_number(_plain(text), needle)


def _holds_whole_number(plain: str, needle: str) -> bool:
    places = [place for place, char in enumerate(plain) if char.isalnum()]
    folded = "".join(plain[place] for place in places)
    at = folded.find(needle)
    while at >= 0:
        first, last = places[at], places[at + len(needle) - 1]
        cut_before = needle[0].isdigit() and plain[:first][-1:].isdigit()
        cut_after = needle[-1].isdigit() and plain[last + 1 : last + 2].isdigit()
        if not (cut_before or cut_after):
            return True
        at = folded.find(needle, at + 1)
    return False
