"""Hybrid search: every passage scored by words and by meaning, the two fused."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from corpus import Passage
from index.fields import Entry
from index.lexical import LexicalIndex
from index.text import content, normalise
from index.vectors import Similarities, VectorSearch

Array = NDArray[np.float32]
_QUOTED = re.compile(r"[“\"「『《〈]([^”\"」』》〉]+)[”\"」』》〉]")
_MIN_VERBATIM = 4
"""Characters; anything shorter stands in too many passages to mean one of them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts, in standard deviations of its scores over the passages.

    ``verbatim`` is added where a passage holds the query, or what it quotes, word for word.
    """

    text: float = 1.0
    heading: float = 0.3
    notes: float = 0.8
    dense: float = 0.6
    verbatim: float = 5.0


LEGS = {
    "lexical": Weights(dense=0.0),
    "dense": Weights(text=0.0, heading=0.0, notes=0.0, dense=1.0, verbatim=0.0),
    "hybrid": Weights(),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage found: the fused score, the BM25 of its text, the best cosine of its units.

    ``sentences`` holds the cosine of each sentence, where the index compared them all.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float
    sentences: tuple[float, ...] = ()


class Searcher:
    """Scores every passage of a report for a query; thread-safe, since nothing changes."""

    def __init__(
        self,
        entries: Sequence[Entry],
        lexical: LexicalIndex,
        vectors: VectorSearch,
        embeddings: Embeddings,
    ) -> None:
        passages = tuple(entry.passage for entry in entries)
        self.passages = passages
        self._sentence_units = _sentence_units(entries)
        self._lexical = lexical
        self._vectors = vectors
        self._embeddings = embeddings
        self._codes = np.array([passage.code for passage in passages])
        self._contents = tuple(content(passage.text) for passage in passages)

    def find(
        self,
        query: str,
        k: int = 10,
        codes: Collection[str] = (),
        weights: Weights = LEGS["hybrid"],
    ) -> list[Found]:
        """Return the ``k`` best passages, of the given respondents if any are given, best first.

        Ties go to the passage that stands first in the report.
        """
        text = self._lexical.scores(query, "text")
        fused = weights.text * _standardised(text)
        for field, weight in (("heading", weights.heading), ("notes", weights.notes)):
            if weight:
                fused += weight * _standardised(self._lexical.scores(query, field))
        similar = self._similar(query) if weights.dense else Similarities(np.zeros_like(text))
        dense = similar.best
        fused += weights.dense * _standardised(dense)
        if weights.verbatim:
            fused += weights.verbatim * self._verbatim(query)
        order = np.argsort(-fused, kind="stable")
        if codes:
            order = order[np.isin(self._codes[order], sorted(codes))]
        return [
            Found(
                passage=self.passages[i],
                score=float(fused[i]),
                lexical=float(text[i]),
                dense=float(dense[i]),
                sentences=self._sentences(i, similar),
            )
            for i in order[:k].tolist()
        ]

    def terms(self, text: str) -> frozenset[str]:
        """Return the lexical terms of a text, as the index counts them."""
        return frozenset(self._lexical.analyser.terms(text))

    def _sentences(self, passage: int, similar: Similarities) -> tuple[float, ...]:
        if similar.units is None:
            return ()
        return tuple(similar.units[self._sentence_units[passage]].tolist())

    def _similar(self, query: str) -> Similarities:
        vector = np.asarray(self._embeddings.embed_query(normalise(query)), dtype=np.float32)
        norm = float(np.linalg.norm(vector))
        return self._vectors.similarities(vector / norm if norm else vector)

    def _verbatim(self, query: str) -> Array:
        """Return 1 for every passage that holds the whole query or all that it quotes."""
        quoted = [content(match) for match in _QUOTED.findall(query)]
        needles = [needle for needle in quoted if len(needle) >= _MIN_VERBATIM] or [content(query)]
        if len(needles[0]) < _MIN_VERBATIM:
            return np.zeros(len(self.passages), dtype=np.float32)
        return np.array(
            [all(needle in text for needle in needles) for text in self._contents],
            dtype=np.float32,
        )

    def close(self) -> None:
        """Release what the vector search holds."""
        self._vectors.close()


def _sentence_units(entries: Sequence[Entry]) -> list[NDArray[np.intp]]:
    """Return the positions of each passage's sentence units among all units.

    A passage of one sentence has one unit, which stands for both.
    """
    rows, first = [], 0
    for entry in entries:
        units = range(first, first + len(entry.units))
        sentences = [row for row in units if entry.units[row - first].kind == "sentence"]
        rows.append(np.array(sentences or units[:1], dtype=np.intp))
        first += len(entry.units)
    return rows


def _standardised(scores: Array) -> Array:
    """Return z-scores; zeros where all scores are alike."""
    deviation = float(scores.std())
    if deviation < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / deviation, dtype=np.float32)
