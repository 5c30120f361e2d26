"""Questions noted for passages, answered there or left open, beside one that is asked."""

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

import numpy as np

from index.search import Searcher
from index.text import normalise
from qa.wants import Want, want_of

_OTHERWISE = 0.15
"""What the cosine of a noted question loses that asks for another kind of expression."""


class NotedQuestions:
    """The noted questions of one kind, each with the kind of expression that it asks for."""

    def __init__(self, kind: Literal["question", "gap"], searcher: Searcher) -> None:
        self._searcher, self._kind = searcher, kind
        units = searcher.units(kind)
        self.wants: list[Want] = [want_of(normalise(unit.text)) for unit in units]
        self._wanted = np.array(self.wants, dtype=str)
        self._rows: dict[str, slice] = {}
        start = 0
        for id_, own in groupby(unit.passage_id for unit in units):
            self._rows[id_] = slice(start, start := start + len(list(own)))
        self._starts = np.array([rows.start for rows in self._rows.values()], dtype=np.intp)

    def closest(self, texts: Iterable[str], want: Want) -> dict[str, float]:
        """Return by passage the best cosine of its questions to a wording of the one asked, less
        for those that ask for another kind of expression.

        Empty where the index does not compare all units; passages without questions are left out.
        """
        found = [self._searcher.cosines(text, self._kind) for text in texts]
        compared = [cosines.astype(float) for cosines in found if cosines is not None]
        if not compared or not self._rows:
            return {}
        best = np.maximum.reduce(compared) - _OTHERWISE * (self._wanted != want)
        return dict(zip(self._rows, np.maximum.reduceat(best, self._starts).tolist(), strict=True))

    def of(self, text: str, passage_id: str) -> list[tuple[float, Want]]:
        """Return the cosine of each question noted for a passage to a text, and what it asks for.

        Empty where the index does not compare all units.
        """
        cosines = self._searcher.cosines(text, self._kind)
        rows = self._rows.get(passage_id)
        if cosines is None or rows is None:
            return []
        return list(zip(cosines[rows].tolist(), self.wants[rows], strict=True))
