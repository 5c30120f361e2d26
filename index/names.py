"""Names found in a text in any spelling, the longest first, each place read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.text import normalise


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: whose it is, and where it stands in the normalised text."""

    key: str
    start: int
    end: int


class NameFinder:
    """Finds the spellings of a mapping ``spelling -> key`` in normalised text.

    A Latin spelling must stand as a word of its own; a Chinese one may stand anywhere, unless it
    is part of the name of a language (西班牙文).
    """

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._keys = {normalise(spelling): key for spelling, key in spellings.items()}
        longest_first = sorted(self._keys, key=lambda spelling: (-len(spelling), spelling))
        pattern = "|".join(map(_pattern, longest_first))
        self._pattern = re.compile(pattern) if pattern else None
        self.find = lru_cache(maxsize=1024)(self._find)

    def _find(self, normalised: str) -> tuple[Name, ...]:
        """Return the names in a normalised text, in order, none overlapping another."""
        if self._pattern is None:
            return ()
        return tuple(
            Name(self._keys[match[0]], match.start(), match.end())
            for match in self._pattern.finditer(normalised)
        )


def _pattern(spelling: str) -> str:
    before = r"(?<![a-z0-9])" if spelling[0].isascii() and spelling[0].isalnum() else ""
    after = r"(?![文语](?![化言]))"
    if spelling[-1].isascii():
        after = r"(?![a-z0-9])" if spelling[-1].isalnum() else ""
    return before + re.escape(spelling) + after
