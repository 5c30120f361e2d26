"""Nearest vectors, exactly in memory or by Chroma's own index: one behaviour behind both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.fields import TEXT_KINDS, Entry
from index.store import Store, Stored, Vectors

Array = NDArray[np.float32]
EXACT_LIMIT = 50_000
"""Units up to which an exact product is both the fastest search and the complete one."""
_WIDTH = 200
"""Units asked of Chroma's index, which cannot return all of a large store."""
_NOTHING = np.float32(0)
"""The cosine of what is not there."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """Cosines to a question, arrays of shape (passages,): the best unit of the text and of the
    notes. ``sentences`` has shape (sentences,), one passage after the other, each sentence with its
    gloss; it is there where all units were compared.
    """

    text: Array
    notes: Array
    sentences: Array | None = None


class VectorSearch(Protocol):
    """Similarity of a question's vector to every passage."""

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,)."""
        ...

    def close(self) -> None:
        """Release what the search holds."""
        ...


class ExactSearch:
    """Every unit is compared."""

    def __init__(self, stored: Stored, entries: Sequence[Entry]) -> None:
        self._vectors = np.ascontiguousarray(stored.vectors)
        sizes = np.array([len(entry.units) for entry in entries])
        texts = np.array([_texts(entry) for entry in entries])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        bounds = np.stack([starts, starts + texts], axis=1).ravel()
        self._bounds = np.minimum(bounds, len(stored.vectors) - 1)
        self._noted = sizes > texts
        rows = [_sentence_rows(entry, start) for entry, start in zip(entries, starts, strict=True)]
        self._first, self._last = np.ascontiguousarray(np.concatenate(rows).T)

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,), to everything."""
        units = self._vectors @ vector
        best = np.maximum.reduceat(units, self._bounds).reshape(-1, 2)
        notes = np.where(self._noted, best[:, 1], _NOTHING)
        sentences = np.maximum(units[self._first], units[self._last])
        return Similarities(best[:, 0], notes, sentences)

    def close(self) -> None:
        """Nothing is held."""


class ChromaSearch:
    """Chroma's index names the nearest units; what it does not name counts as the last of them."""

    def __init__(self, store: Store, entries: Sequence[Entry]) -> None:
        self._store = store
        self._passages = len(entries)
        self._owner = {
            unit.id: (n, unit.kind in TEXT_KINDS)
            for n, entry in enumerate(entries)
            for unit in entry.units
        }

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the best cosines of the passages that Chroma's index names."""
        found = self._store.nearest(vector, min(_WIDTH, len(self._owner)))
        floor = found[-1][1]
        text = np.full(self._passages, floor, dtype=np.float32)
        notes = np.full(self._passages, floor, dtype=np.float32)
        for unit, similarity in reversed(found):
            passage, is_text = self._owner[unit]
            (text if is_text else notes)[passage] = similarity
        return Similarities(text, notes)

    def close(self) -> None:
        """Close the working copy."""
        self._store.close()


def _texts(entry: Entry) -> int:
    """Return how many units of the text an entry begins with."""
    kinds = [unit.kind in TEXT_KINDS for unit in entry.units]
    if kinds != sorted(kinds, reverse=True) or not any(kinds):
        raise ValueError(f"{entry.passage.id}: units of the text must come first")
    return sum(kinds)


def _sentence_rows(entry: Entry, start: int) -> NDArray[np.intp]:
    """Return the unit rows of each sentence and its gloss, shape (sentences, 2)."""
    rows = [
        [start + n for n, unit in enumerate(entry.units) if unit.sentence == sentence]
        for sentence in range(len(entry.passage.sentences))
    ]
    return np.array([[row[0], row[-1]] for row in rows], dtype=np.intp)
