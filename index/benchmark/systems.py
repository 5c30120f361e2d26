"""The systems compared: each is made ready for a set's passages and then scores questions."""

import math
import re
import tempfile
import time
import warnings
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import bm25s
import numpy as np
import numpy.typing as npt

from index.embeddings import VectorModel

Scores = npt.NDArray[np.float32]
Analyse = Callable[[str], list[str]]
RUN = re.compile(r"[一-鿿]+|[a-z]+|\d+")
# In standard deviations of a leg's scores over the passages.
DENSE_WEIGHT = 0.5
# The share of a question's weights from which BM25 is trusted in full. A passage of average length
# with each of its terms once gets 0.4.
COVERED = 0.1


class Scorer(ABC):
    """A system made ready for the passages of a set."""

    @abstractmethod
    def one(self, question: str) -> Scores:
        """The score of every passage, (passages,)."""

    def many(self, questions: tuple[str, ...]) -> Iterable[Scores]:
        """The scores of each question in turn; may be faster than one at a time."""
        return map(self.one, questions)


Prepare = Callable[[tuple[str, ...]], Scorer]


@dataclass(frozen=True, slots=True)
class System:
    """A named way to rank, and what it costs to have it: seconds to load, megabytes on disk."""

    name: str
    prepare: Prepare
    load_seconds: float
    megabytes: float


def words(text: str) -> list[str]:
    """Jieba's search words, lower-cased; punctuation is dropped."""
    return [word for word in _cut_for_search()(text.lower()) if RUN.match(word)]


@cache
def _cut_for_search() -> Callable[[str], Iterable[str]]:
    """Jieba's segmentation, loaded at the first use, its cache kept from the shared folder."""
    with warnings.catch_warnings():
        # Its source has invalid escape sequences, which matters where warnings are errors.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    cut: Callable[[str], Iterable[str]] = tokenizer.cut_for_search
    return cut


def pairs(text: str) -> list[str]:
    """Character pairs of each Chinese run (a lone character as it is), Latin words, numbers."""
    found = []
    for run in RUN.findall(text.lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[n : n + 2] for n in range(len(run) - 1)]
    return found


def both(text: str) -> list[str]:
    """Words and character pairs together."""
    return words(text) + [f"2:{pair}" for pair in pairs(text)]


class Bm25(Scorer):
    """BM25 over the passages' terms, and how far its best score is to be trusted."""

    def __init__(self, analyse: Analyse, passages: tuple[str, ...]) -> None:
        """Index the passages."""
        terms = [analyse(passage) for passage in passages]
        self._analyse = analyse
        self._size = len(passages)
        self._passages_with = Counter(term for one in terms for term in set(one))
        self._model = bm25s.BM25(method="lucene")
        self._model.index(terms, show_progress=False)

    def one(self, question: str) -> Scores:
        """The score of every passage, (passages,), zeros where no term is shared."""
        terms = [term for term in self._analyse(question) if term in self._passages_with]
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._model.get_scores(terms), dtype=np.float32)

    def coverage(self, question: str, best: float) -> float:
        """The best score as a share of what a passage with all the question's terms would get."""
        weights = [self._weight(term) for term in self._analyse(question)]
        return best / sum(weights) if weights else 0.0

    def _weight(self, term: str) -> float:
        having = self._passages_with[term]
        return math.log(1 + (self._size - having + 0.5) / (having + 0.5))


def lexical(analyse: Analyse) -> Prepare:
    """BM25 over the terms of an analyser."""
    return lambda passages: Bm25(analyse, passages)


class Dense(Scorer):
    """Cosines of a model's vectors."""

    def __init__(self, model: VectorModel, passages: tuple[str, ...]) -> None:
        """Encode the passages."""
        self._model = model
        self._matrix = model.encode(list(passages))

    def one(self, question: str) -> Scores:
        """The cosine of every passage with the question."""
        cosines: Scores = self._matrix @ self._model.encode_queries([question])[0]
        return cosines

    def many(self, questions: tuple[str, ...]) -> Iterable[Scores]:
        """The same in one batch, which a transformer needs to be done today."""
        return self._model.encode_queries(list(questions)) @ self._matrix.T


def dense(model: VectorModel) -> Prepare:
    """Search by a model alone."""
    return lambda passages: Dense(model, passages)


@dataclass(frozen=True, slots=True)
class Hybrid(Scorer):
    """BM25's z-scores, as far as they are trusted, plus the weighted z-scores of the cosines.

    A question in other words than the text, or in another language, still shares some stray term
    with some passage, and a z-score makes as much of that as of a full match. So BM25 counts in
    full only when its best passage covers the question well. `covered=0` is plain fusion.
    """

    words: Bm25
    meaning: Dense
    covered: float

    def one(self, question: str) -> Scores:
        """The fused score of every passage."""
        found = self.words.one(question)
        share = self.words.coverage(question, float(found.max()))
        trust = min(1.0, share / self.covered) ** 2 if self.covered else 1.0
        return trust * standard(found) + DENSE_WEIGHT * standard(self.meaning.one(question))


def hybrid(analyse: Analyse, model: VectorModel, covered: float = COVERED) -> Prepare:
    """Search by words and by meaning."""
    return lambda passages: Hybrid(Bm25(analyse, passages), Dense(model, passages), covered)


def standard(scores: Scores) -> Scores:
    """Scores less their mean, in standard deviations; zeros where all are equal."""
    spread = float(scores.std())
    if not spread:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes, by the wall clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
