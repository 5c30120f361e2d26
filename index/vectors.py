"""Nearest vectors, exactly in memory or by Chroma's own index: one behaviour behind both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.fields import ASKED_KINDS, TEXT_KINDS, Entry, Unit, units_of
from index.store import Store, Stored, Vectors

Array = NDArray[np.float32]
EXACT_LIMIT = 50_000
"""Units up to which an exact product is both the fastest search and the complete one."""
_WIDTH = 3_000
"""Units asked of Chroma's index, which cannot return all of a large store."""
_NOTHING = np.float32(0)
"""The cosine of what is not there."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """Cosines to a question. Arrays of shape (passages,): the best unit of the text and of the
    notes.

    Where all units were compared, ``units`` are all of them in the entries' order, and two arrays
    have shape (sentences,), one passage after the other: each sentence with its gloss, and the best
    question or claim that is noted for it.
    """

    text: Array
    notes: Array
    sentences: Array | None = None
    answers: Array | None = None
    units: Array | None = None


class VectorSearch(Protocol):
    """Similarity of a question's vector to every passage."""

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,)."""
        ...

    def close(self) -> None:
        """Release what the search holds."""
        ...


class _Groups:
    """Groups of units, by row; finds the best of each group at once."""

    def __init__(self, groups: Sequence[Sequence[int]]) -> None:
        self._filled = np.array([bool(group) for group in groups])
        sizes = [len(group) for group in groups if group]
        self._rows = np.array([row for group in groups for row in group], dtype=np.intp)
        self._starts = np.cumsum([0, *sizes], dtype=np.intp)[:-1]

    def best(self, units: Array) -> Array:
        """Return the greatest value of each group, shape (groups,); of an empty one, nothing."""
        found = np.full(len(self._filled), _NOTHING)
        if len(self._rows):
            found[self._filled] = np.maximum.reduceat(units[self._rows], self._starts)
        return found


class ExactSearch:
    """Every unit is compared."""

    def __init__(self, stored: Stored, entries: Sequence[Entry]) -> None:
        self._vectors = stored.vectors
        units = units_of(entries)
        sentences = [
            (entry.passage.id, n) for entry in entries for n in range(len(entry.passage.sentences))
        ]
        passages = [entry.passage.id for entry in entries]
        of_passage: dict[tuple[str, str], list[int]] = {}
        of_sentence: dict[tuple[str, str, int], list[int]] = {}
        for row, unit in enumerate(units):
            of_passage.setdefault((_leg(unit), unit.passage_id), []).append(row)
            if unit.sentence is not None:
                kind = "answers" if unit.kind in ASKED_KINDS else "sentences"
                of_sentence.setdefault((kind, unit.passage_id, unit.sentence), []).append(row)
        self._legs = [
            _Groups([of_passage.get((leg, id_), []) for id_ in passages])
            for leg in ("text", "notes")
        ]
        self._sentences, self._answers = (
            _Groups([of_sentence.get((kind, *sentence), []) for sentence in sentences])
            for kind in ("sentences", "answers")
        )

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,), to everything."""
        units = self._vectors @ vector
        text, notes = (leg.best(units) for leg in self._legs)
        sentences, answers = self._sentences.best(units), self._answers.best(units)
        return Similarities(text, notes, sentences, answers, units)

    def close(self) -> None:
        """Nothing is held."""


class ChromaSearch:
    """Chroma's index names the nearest units; what it does not name counts as the last of them."""

    def __init__(self, store: Store, entries: Sequence[Entry]) -> None:
        self._store = store
        self._passages = len(entries)
        place = {entry.passage.id: n for n, entry in enumerate(entries)}
        self._owner = {unit.id: (place[unit.passage_id], _leg(unit)) for unit in units_of(entries)}

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the best cosines of the passages that Chroma's index names."""
        found = self._store.nearest(vector, min(_WIDTH, len(self._owner)))
        floor = found[-1][1]
        legs = {leg: np.full(self._passages, floor, dtype=np.float32) for leg in ("text", "notes")}
        for unit, similarity in reversed(found):
            passage, leg = self._owner[unit]
            legs[leg][passage] = similarity
        return Similarities(**legs)

    def close(self) -> None:
        """Close the working copy."""
        self._store.close()


def _leg(unit: Unit) -> str:
    """Return which leg of the search a unit belongs to."""
    return "text" if unit.kind in TEXT_KINDS else "notes"
