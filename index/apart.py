"""Questions that find no passage, beside the store: it is never asked for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.fields import APART_KINDS, Entry, Unit, UnitKind, apart_of
from index.store import Vectors
from index.terms import TermTable, read_table, write_table

_TO_ALL = "to_all.npz"
_NOTED = "noted.npz"


@dataclass(frozen=True, slots=True)
class Apart:
    """By kind, the questions and a vector for each, shape (units, dim); ``to_all`` are the terms of
    those put to all respondents, one kind after the other, ``noted`` those of what passages answer,
    and then of what they leave open.
    """

    units: Mapping[UnitKind, Sequence[Unit]]
    vectors: Mapping[UnitKind, Vectors]
    to_all: TermTable
    noted: TermTable

    def cosines(self, vector: Vectors, *kinds: UnitKind) -> Vectors:
        """Return the cosines of a unit vector, shape (dim,), to all of some kinds, in order."""
        return np.concatenate([self.vectors[kind] @ vector for kind in kinds])


def write_apart(
    folder: Path, vectors: Mapping[UnitKind, Vectors], to_all: TermTable, noted: TermTable
) -> None:
    """Write the vectors of every kind, and the terms, into a folder."""
    for kind in APART_KINDS:
        np.save(_file(folder, kind), vectors[kind])
    write_table(folder / _TO_ALL, to_all)
    write_table(folder / _NOTED, noted)


def read_apart(folder: Path, entries: Sequence[Entry]) -> Apart:
    """Return the questions of the entries with what a folder holds of them."""
    vectors = {kind: np.load(_file(folder, kind)) for kind in APART_KINDS}
    tables = (read_table(folder / name) for name in (_TO_ALL, _NOTED))
    return Apart(apart_of(entries), vectors, *tables)


def _file(folder: Path, kind: UnitKind) -> Path:
    return folder / f"{kind}.npy"
