"""Nearest vectors, exactly in memory or by Chroma's own index: one behaviour behind both."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.store import Store, Stored, Vectors

EXACT_LIMIT = 50_000
"""Units up to which an exact product is both the fastest search and the complete one."""
_WIDTH = 200
"""Units asked of Chroma's index, which cannot return all of a large store."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """Cosines to a question: the best of each passage's units, shape (passages,), and where all
    were compared, those of all units in the order of the index, shape (units,).
    """

    best: NDArray[np.float32]
    units: NDArray[np.float32] | None = None


class VectorSearch(Protocol):
    """Similarity of a question's vector to every passage."""

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,)."""
        ...

    def close(self) -> None:
        """Release what the search holds."""
        ...


class ExactSearch:
    """Every unit is compared; ``owners`` maps a unit to the position of its passage."""

    def __init__(self, stored: Stored, owners: NDArray[np.intp], passages: int) -> None:
        self._vectors = np.ascontiguousarray(stored.vectors)
        self._starts = _group_starts(owners, passages)

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the cosines of a unit vector, shape (dim,), to everything."""
        units = self._vectors @ vector
        return Similarities(np.maximum.reduceat(units, self._starts), units)

    def close(self) -> None:
        """Nothing is held."""


class ChromaSearch:
    """Chroma's index names the nearest units; passages it does not name get the lowest cosine."""

    def __init__(self, store: Store, stored: Stored, owners: NDArray[np.intp]) -> None:
        self._store = store
        self._owner = dict(zip(stored.unit_ids, owners.tolist(), strict=True))
        self._passages = int(owners.max()) + 1

    def similarities(self, vector: Vectors) -> Similarities:
        """Return the best cosines of the passages that Chroma's index names."""
        found = self._store.nearest(vector, min(_WIDTH, len(self._owner)))
        result = np.full(self._passages, found[-1][1], dtype=np.float32)
        for unit, similarity in reversed(found):
            result[self._owner[unit]] = max(result[self._owner[unit]], similarity)
        return Similarities(result)

    def close(self) -> None:
        """Close the working copy."""
        self._store.close()


def _group_starts(owners: NDArray[np.intp], passages: int) -> NDArray[np.intp]:
    """Return where each passage's units begin; the units must stand in the passages' order."""
    starts = np.searchsorted(owners, np.arange(passages))
    if (np.diff(owners) < 0).any() or len(np.unique(owners)) != passages:
        raise ValueError("units must be grouped by passage, in order, at least one each")
    return starts
