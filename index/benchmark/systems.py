"""The systems compared: each is made ready for a collection and then scores questions."""

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.benchmark.analysers import both, pairs, words
from index.benchmark.collection import Collection
from index.embeddings import VectorModel
from index.opening import open_index
from index.search import LEGS, Searcher, Weights

Scores = npt.NDArray[np.float32]
Analyse = Callable[[str], list[str]]
SHIPPED, LEXICAL, DENSE, HYBRID = "shipped model", "lexical search", "dense search", "hybrid"
ANALYSERS: Mapping[str, Analyse] = {
    "BM25, jieba words": words,
    "BM25, character pairs": pairs,
    "BM25, words and pairs": both,
}
BY_WORDS = (*ANALYSERS, LEXICAL)
OURS = (*BY_WORDS, SHIPPED, DENSE, HYBRID)
# The places that the measures look at.
DEPTH = 10


class Scorer(ABC):
    """A system made ready for the passages of a collection."""

    @abstractmethod
    def one(self, question: str) -> Scores:
        """The score of every passage, (passages,)."""

    def many(self, questions: tuple[str, ...]) -> Iterable[Scores]:
        """The scores of each question in turn; may be faster than one at a time."""
        return map(self.one, questions)


Prepare = Callable[[Collection], Scorer]


@dataclass(frozen=True, slots=True)
class System:
    """A named way to rank."""

    name: str
    prepare: Prepare


def make_systems(model: VectorModel, others: Mapping[str, VectorModel]) -> list[System]:
    """Plain BM25 by analyser, other models, the model, and the product's search, leg by leg.

    The product's search is opened as the server opens it, once for a collection.
    """
    searcher = cache(lambda collection: opened(collection, model))
    legs = {LEXICAL: LEGS["lexical"], DENSE: LEGS["dense"], HYBRID: LEGS["hybrid"]}
    return [
        *(System(name, lexical(analyse)) for name, analyse in ANALYSERS.items()),
        *(System(name, dense(other)) for name, other in others.items()),
        System(SHIPPED, dense(model)),
        *(System(name, product(searcher, weights)) for name, weights in legs.items()),
    ]


class Bm25(Scorer):
    """BM25 over the terms of whole documents."""

    def __init__(self, analyse: Analyse, collection: Collection) -> None:
        """Index the collection's documents."""
        terms = [analyse(document) for document in collection.documents]
        self._analyse = analyse
        self._size = len(terms)
        self._known = {term for one in terms for term in one}
        self._model = bm25s.BM25(method="lucene")
        self._model.index(terms, show_progress=False)

    def one(self, question: str) -> Scores:
        """The score of every passage, (passages,), zeros where no term is shared."""
        terms = [term for term in self._analyse(question) if term in self._known]
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._model.get_scores(terms), dtype=np.float32)


def lexical(analyse: Analyse) -> Prepare:
    """BM25 over the terms of an analyser."""
    return cache(lambda collection: Bm25(analyse, collection))


class Dense(Scorer):
    """Cosines of a model's vectors: the best of a passage's own and of its annotations'."""

    def __init__(self, model: VectorModel, collection: Collection) -> None:
        """Encode the collection's units."""
        units = collection.units
        self._model = model
        self._matrix = model.encode([text for texts in units for text in texts])
        self._starts = np.cumsum([0, *map(len, units)])[:-1]

    def one(self, question: str) -> Scores:
        """The cosine of every passage with the question."""
        return self._best(self._matrix @ self._model.encode_queries([question])[0])

    def many(self, questions: tuple[str, ...]) -> Iterable[Scores]:
        """The same, encoded in one batch, which a transformer needs to be done today."""
        vectors = self._model.encode_queries(list(questions))
        return (self._best(self._matrix @ vector) for vector in vectors)

    def _best(self, cosines: Scores) -> Scores:
        return np.asarray(np.maximum.reduceat(cosines, self._starts), dtype=np.float32)


def dense(model: VectorModel) -> Prepare:
    """Search by a model alone."""
    return cache(lambda collection: Dense(model, collection))


class Product(Scorer):
    """The product's own search with the weights of a leg."""

    def __init__(self, searcher: Searcher, weights: Weights) -> None:
        """Use an open search; `opened` makes one."""
        self._searcher = searcher
        self._weights = weights
        self._places = {passage.id: n for n, passage in enumerate(searcher.passages)}

    def one(self, question: str) -> Scores:
        """The scores of the first ten passages; the others have minus infinity."""
        scores = np.full(len(self._places), -np.inf, dtype=np.float32)
        for found in self._searcher.find(question, DEPTH, weights=self._weights):
            scores[self._places[found.passage.id]] = found.score
        return scores


def product(searcher: Callable[[Collection], Searcher], weights: Weights) -> Prepare:
    """The product's search over a collection, by some of its legs."""
    return lambda collection: Product(searcher(collection), weights)


def opened(collection: Collection, model: VectorModel) -> Searcher:
    """The product's index of a collection, built in a folder of its own and read into memory."""
    with tempfile.TemporaryDirectory(prefix="dafu-benchmark-") as folder:
        return open_index(collection.report, collection.notes, model, Path(folder)).searcher
