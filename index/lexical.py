"""BM25 over the fields of the passages (bm25s does the arithmetic, the analyser is ours)."""

from collections.abc import Mapping, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.analyser import Analyser

Scores = NDArray[np.float32]
K1 = 1.2
B = 0.6


class LexicalIndex:
    """One BM25 index a field. ``scores`` is an array of shape (passages,), 0 where no term hits."""

    def __init__(self, analyser: Analyser, fields: Mapping[str, Sequence[str]]) -> None:
        self.analyser = analyser
        self._size = len(next(iter(fields.values())))
        self._fields: dict[str, tuple[bm25s.BM25, frozenset[str]]] = {}
        for field, texts in fields.items():
            terms = [list(analyser.terms(text)) for text in texts]
            vocabulary = frozenset(term for one in terms for term in one)
            if vocabulary:
                model = bm25s.BM25(method="lucene", k1=K1, b=B)
                model.index(terms, show_progress=False)
                self._fields[field] = (model, vocabulary)

    def scores(self, query: str, field: str) -> Scores:
        """Return the BM25 score of every passage's field for a query."""
        if field not in self._fields:
            return np.zeros(self._size, dtype=np.float32)
        model, vocabulary = self._fields[field]
        terms = [term for term in self.analyser.terms(query) if term in vocabulary]
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        scores: Scores = np.asarray(model.get_scores(terms), dtype=np.float32)
        return scores
