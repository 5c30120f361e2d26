"""Names found in a text in any spelling, the longest first, each place read once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import Report
from corpus.notes_types import Notes
from index.text import normalise

_LATIN = re.compile(r"[a-z0-9]")
_OF_A_PEOPLE = re.compile(r"[A-Z][a-z]+(?:an|i|tine)")
"""What is of a country, of which more than one are its people: Cuban, Iraqi, Argentine."""
_LANGUAGE = re.compile(r"[文语](?![化言])")
_WORD = re.compile(r"合(?:[作并法理格计力资适约成]|同(?![年日期时样]))")
"""A word that a name ending in its first character would cut: 网上合作."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: whose it is, and where it stands in the normalised text."""

    key: str
    start: int
    end: int


class NameFinder:
    """Finds the spellings of a mapping ``spelling -> key`` in normalised text.

    A Latin spelling must stand as a word of its own; a Chinese one may stand anywhere, unless it
    is part of the name of a language (西班牙文) or cuts a word.
    """

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._keys = {normalise(spelling): key for spelling, key in spellings.items()}
        self._alone = tuple({len(spelling) for spelling in self._keys} & {1})
        lengths: dict[str, set[int]] = {}
        for spelling in self._keys:
            lengths.setdefault(spelling[:2], set(self._alone)).add(len(spelling))
        self._lengths = {pair: sorted(found, reverse=True) for pair, found in lengths.items()}
        self.find = lru_cache(maxsize=1024)(self._find)

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling that is found, normalised."""
        return frozenset(self._keys)

    def _find(self, normalised: str) -> tuple[Name, ...]:
        """Return the names in a normalised text, in order, none overlapping another."""
        names: list[Name] = []
        start = 0
        while start < len(normalised):
            lengths = self._lengths.get(normalised[start : start + 2], self._alone)
            name = self._at(normalised, start, lengths) if lengths else None
            if name is not None:
                names.append(name)
            start = name.end if name else start + 1
        return tuple(names)

    def _at(self, text: str, start: int, lengths: Sequence[int]) -> Name | None:
        """Return the longest name that begins at a place, or None."""
        for length in lengths:
            end = start + length
            key = self._keys.get(text[start:end])
            if key is not None and end <= len(text) and _stands_alone(text, start, end):
                return Name(key, start, end)
        return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    if text[end - 1].isascii():
        inside = start > 0 and text[start].isalnum() and _LATIN.match(text[start - 1])
        return not inside and not (text[end - 1].isalnum() and _LATIN.match(text[end : end + 1]))
    return _LANGUAGE.match(text, end) is None and _WORD.match(text, end - 1) is None


def spellings_of(report: Report, notes: Notes) -> dict[str, str]:
    """Return whose name every spelling is: a respondent's code or an entity's id. A people is its
    country.
    """
    spellings = {
        spelling: entity.id
        for entity in notes.entities.values()
        if entity.kind != "respondent"
        for spelling in entity.spellings
    }
    for reply in report.replies:
        names = reply.respondent.spellings
        peoples = (f"{name}s" for name in names if _OF_A_PEOPLE.fullmatch(name))
        spellings.update(dict.fromkeys((*names, *peoples), reply.respondent.code))
    return spellings
