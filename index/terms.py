"""The terms of many texts, found once when an index is built and read back all at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TermTable:
    """Which terms each text has, each once: those of the nth are ``vocabulary[i]`` for every i of
    ``ids[starts[n] : starts[n + 1]]``. Arrays of shape (occurrences,) and (texts + 1,).
    """

    vocabulary: tuple[str, ...]
    ids: NDArray[np.intp]
    starts: NDArray[np.intp]

    @property
    def texts(self) -> NDArray[np.intp]:
        """The number of the text of each occurrence, shape (occurrences,)."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def table_of(texts: Iterable[Collection[str]]) -> TermTable:
    """Return the table of texts given by their terms."""
    numbers: dict[str, int] = {}
    ids: list[int] = []
    starts = [0]
    for terms in texts:
        ids += [numbers.setdefault(term, len(numbers)) for term in dict.fromkeys(terms)]
        starts.append(len(ids))
    return TermTable(tuple(numbers), np.array(ids, np.intp), np.array(starts, np.intp))


def write_table(file: Path, table: TermTable) -> None:
    """Write a table into one file."""
    np.savez(file, np.array(table.vocabulary, dtype=str), table.ids, table.starts)


def read_table(file: Path) -> TermTable:
    """Return the table that a file holds."""
    with np.load(file) as held:
        vocabulary, ids, starts = (held[name] for name in held.files)
        return TermTable(tuple(vocabulary.tolist()), ids, starts)
