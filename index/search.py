"""Hybrid search: every passage scored by words and by meaning, the two fused."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from corpus import Passage
from index.apart import Apart
from index.embeddings import query_vector
from index.fields import APART_KINDS, Entry, Unit, UnitKind, units_of
from index.lexical import LexicalIndex
from index.terms import TermTable
from index.text import content, normalise
from index.vectors import Similarities, VectorSearch

Array = NDArray[np.float32]
_QUOTED = re.compile(r"[“\"「『《〈]([^”\"」』》〉]+)[”\"」』》〉]")
_REMEMBERED = 64
"""Queries whose similarities are kept: a question puts the same one several times."""
_MIN_VERBATIM = 4
"""Characters; anything shorter stands in too many passages to mean one of them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts, in standard deviations of its scores over the passages.

    ``text``, ``heading`` and ``notes`` weigh BM25 of these fields, ``dense`` the cosines of the
    text and ``asked`` those of the notes. ``verbatim`` is added where a passage holds the query,
    or what it quotes, word for word. The figures come from a random search for the best MRR and
    recall@5 on the development suite and on one question of each note held out of the index, but
    for ``verbatim``, which outweighs all that notes can add.
    """

    text: float = 1.0
    heading: float = 0.8
    notes: float = 2.5
    dense: float = 1.3
    asked: float = 1.1
    verbatim: float = 25.0


LEGS = {
    "lexical": Weights(dense=0.0, asked=0.0),
    "dense": Weights(text=0.0, heading=0.0, notes=0.0, verbatim=0.0),
    "hybrid": Weights(),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage found: the fused score, and what it is made of.

    ``lexical`` is the BM25 of the text, ``dense`` the best cosine of the text and ``asked`` that
    of the notes. Where the index compared all units, ``sentences`` is the cosine of each sentence
    and ``answers`` that of the best question or claim noted for it.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float
    asked: float
    sentences: tuple[float, ...] = ()
    answers: tuple[float, ...] = ()


class Searcher:
    """Scores every passage of a report for a query; thread-safe, since nothing changes."""

    def __init__(
        self,
        entries: Sequence[Entry],
        lexical: LexicalIndex,
        vectors: VectorSearch,
        apart: Apart,
        embeddings: Embeddings,
    ) -> None:
        self.passages = tuple(entry.passage for entry in entries)
        self._lexical = lexical
        self._vectors = vectors
        self._apart = apart
        self._embeddings = embeddings
        codes = np.array([passage.code for passage in self.passages])
        self._of = {code: codes == code for code in dict.fromkeys(codes.tolist())}
        self._similar = lru_cache(maxsize=_REMEMBERED)(self._compare)
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._embed)
        counts = [len(passage.sentences) for passage in self.passages]
        self._sentence_ends = np.cumsum([0, *counts]).tolist()
        units = units_of(entries)
        kinds = np.array([unit.kind for unit in units])
        self._rows = {kind: np.flatnonzero(kinds == kind) for kind in dict.fromkeys(kinds.tolist())}
        of_rows = {kind: [units[row] for row in rows] for kind, rows in self._rows.items()}
        self._units: Mapping[UnitKind, Sequence[Unit]] = {**apart.units, **of_rows}
        self._contents = tuple(content(passage.text) for passage in self.passages)
        self._everything = "\n".join(self._contents)

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
        similar = self._similar(query)
        lexical = self._lexical.scores(query)
        legs = np.vstack([lexical, similar.text, similar.notes])
        shares = (weights.text, weights.heading, weights.notes, weights.dense, weights.asked)
        fused = np.asarray(shares, dtype=np.float32) @ _standardised(legs)
        fused += weights.verbatim * self._verbatim(query)
        order = np.argsort(-fused, kind="stable")
        if codes:
            order = order[self._belongs(codes)[order]]
        return [
            Found(
                passage=self.passages[i],
                score=float(fused[i]),
                lexical=float(lexical[0][i]),
                dense=float(similar.text[i]),
                asked=float(similar.notes[i]),
                sentences=self._of_sentences(similar.sentences, i),
                answers=self._of_sentences(similar.answers, i),
            )
            for i in order[:k].tolist()
        ]

    def outside(self, query: str, codes: Collection[str]) -> float:
        """Return by how much the closest passage of all is closer than the closest of ``codes``."""
        similar = self._similar(query)
        best = np.maximum(similar.text, similar.notes)
        ours = self._belongs(codes)
        return float(best.max() - best[ours].max()) if ours.any() else 0.0

    def units(self, kind: UnitKind) -> Sequence[Unit]:
        """Return the units of a kind, one passage after the other."""
        return self._units.get(kind, ())

    def cosines(self, query: str, kind: UnitKind) -> Array | None:
        """Return the cosines of a query to the ``units`` of a kind, in order.

        None where the index does not compare all units of the kind.
        """
        if kind in APART_KINDS:
            return self.apart(query, kind)
        units = self._similar(query).units
        return None if units is None else units[self._rows.get(kind, slice(0))]

    def apart(self, query: str, *kinds: UnitKind) -> Array:
        """Return the cosines of a query to the units of kinds that find no passage, in order."""
        return self._apart.cosines(self._vector(query), *kinds)

    @property
    def to_all(self) -> TermTable:
        """The terms of the questions put to all respondents, one kind after the other."""
        return self._apart.to_all

    @property
    def noted(self) -> TermTable:
        """The terms of the questions that passages answer, and then of those they leave open."""
        return self._apart.noted

    def _of_sentences(self, values: Array | None, passage: int) -> tuple[float, ...]:
        if values is None:
            return ()
        first, end = self._sentence_ends[passage : passage + 2]
        return tuple(values[first:end].tolist())

    def holding(self, quotation: str) -> list[str]:
        """Return the ids of the passages that hold a text word for word, white space aside."""
        needle = content(quotation)
        return [
            passage.id
            for passage, text in zip(self.passages, self._contents, strict=True)
            if needle and needle in text
        ]

    def terms(self, text: str) -> frozenset[str]:
        """Return the lexical terms of a text, as the index counts them."""
        return frozenset(self._lexical.analyser.terms(text))

    @property
    def vocabulary(self) -> frozenset[str]:
        """The Chinese words of the report and its notes, two characters and more."""
        return self._lexical.analyser.vocabulary

    def _belongs(self, codes: Collection[str]) -> NDArray[np.bool_]:
        """Return for every passage whether it stands in the reply of one of the respondents."""
        belongs = np.zeros(len(self.passages), dtype=bool)
        for code in self._of.keys() & codes:
            belongs |= self._of[code]
        return belongs

    def _compare(self, query: str) -> Similarities:
        return self._vectors.similarities(self._vector(query))

    def _embed(self, query: str) -> Array:
        return query_vector(self._embeddings, normalise(query))

    def _verbatim(self, query: str) -> Array:
        """Return 1 for every passage that holds the whole query or all that it quotes."""
        quoted = [content(match) for match in _QUOTED.findall(query)]
        needles = [needle for needle in quoted if len(needle) >= _MIN_VERBATIM] or [content(query)]
        if len(needles[0]) < _MIN_VERBATIM:
            return np.zeros(len(self.passages), dtype=np.float32)
        if not all(needle in self._everything for needle in needles):
            return np.zeros(len(self.passages), dtype=np.float32)
        held = [all(needle in text for needle in needles) for text in self._contents]
        return np.array(held, dtype=np.float32)

    def close(self) -> None:
        """Release what the vector search holds."""
        self._vectors.close()


def _standardised(legs: Array) -> Array:
    """Return z-scores along the passages, shape (legs, passages); zeros where all are alike."""
    centred = legs - legs.mean(axis=1, keepdims=True)
    deviations = np.sqrt(np.square(centred).mean(axis=1, keepdims=True))
    return np.asarray(centred / np.where(deviations < 1e-9, np.inf, deviations))
