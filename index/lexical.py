"""BM25 over the fields of the passages (bm25s weighs the terms, the analyser is ours)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.analyser import Analyser

Scores = NDArray[np.float32]
K1 = 1.2
B = 0.6


@dataclass(frozen=True, slots=True)
class _Weights:
    """What terms add to passages, one entry of three arrays for each term in each passage."""

    terms: NDArray[np.intp]
    passages: NDArray[np.intp]
    weights: NDArray[np.float64]


class LexicalIndex:
    """BM25 of several fields, read at once: ``scores`` is an array of shape (fields, passages).

    bm25s keeps a sparse matrix of what every term adds to every passage. The entries of all fields
    are put together by term, so that a question's score is one sum over the entries of its terms,
    in a tenth of the time of bm25s' own retrieval.
    """

    def __init__(self, analyser: Analyser, fields: Mapping[str, Sequence[str]]) -> None:
        self.analyser = analyser
        self._shape = (len(fields), len(next(iter(fields.values()))))
        numbers: dict[str, int] = {}
        weighed = [
            _weigh([list(analyser.terms(text)) for text in texts], numbers)
            for texts in fields.values()
        ]
        terms = np.concatenate([one.terms for one in weighed])
        order = np.argsort(terms, kind="stable")
        places = [one.passages + n * self._shape[1] for n, one in enumerate(weighed)]
        self._places = np.concatenate(places)[order]
        self._weights = np.concatenate([one.weights for one in weighed])[order]
        ends = np.cumsum(np.bincount(terms, minlength=len(numbers))).tolist()
        self._spans = dict(zip(numbers, map(slice, [0, *ends], ends), strict=True))

    def scores(self, query: str) -> Scores:
        """Return the BM25 score of every field of every passage for a query, 0 without a hit."""
        spans = [self._spans[term] for term in self.analyser.terms(query) if term in self._spans]
        if not spans:
            return np.zeros(self._shape, dtype=np.float32)
        places = np.concatenate([self._places[span] for span in spans])
        weights = np.concatenate([self._weights[span] for span in spans])
        sums = np.bincount(places, weights, minlength=self._shape[0] * self._shape[1])
        return sums.astype(np.float32).reshape(self._shape)


def _weigh(texts: Sequence[list[str]], numbers: dict[str, int]) -> _Weights:
    """Return the BM25 weights of the terms of one field; new terms get the next number."""
    if not any(texts):
        return _Weights(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float64))
    model = bm25s.BM25(method="lucene", k1=K1, b=B)
    model.index(list(texts), show_progress=False)
    data, rows, starts = (model.scores[name] for name in ("data", "indices", "indptr"))
    columns = np.empty(len(model.vocab_dict), dtype=np.intp)
    for term, column in model.vocab_dict.items():
        columns[column] = numbers.setdefault(term, len(numbers))
    return _Weights(
        np.repeat(columns[: len(starts) - 1], np.diff(starts)),
        np.asarray(rows, dtype=np.intp),
        np.asarray(data, dtype=np.float64),
    )
