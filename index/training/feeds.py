"""Feeds of training pairs: each draws a batch of queries with the passages they belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.training.rewording import EMPTY, Ids, Rewording

SENTENCE_END = re.compile(r"(?<=[。！？；!?;])|(?<=\. )|\n")
MAX_PASSAGE = 320
BLOCK = 8


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries, their passages, and a group number: pairs of one group are no negatives.

    There may be more passages than queries: the others belong to none.
    """

    queries: list[Ids]
    passages: list[Ids]
    groups: list[int]


class Feed(Protocol):
    """Anything that yields batches."""

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """A batch of at most `size` pairs."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, without empty ones."""
    return [part for part in SENTENCE_END.split(text) if part and part.strip()]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Fixed pairs (questions, headings, glosses) with a group for each."""

    queries: list[Ids]
    passages: list[Ids]
    groups: list[int]
    rewording: Rewording | None = None

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """Pairs drawn without replacement, queries reworded where a rewording is given."""
        chosen = rng.choice(len(self.queries), min(size, len(self.queries)), replace=False)
        queries = [self.queries[i] for i in chosen]
        if self.rewording:
            queries = [self.rewording.apply(query, rng) for query in queries]
        passages = [self.passages[i][:MAX_PASSAGE] for i in chosen]
        return Batch(queries, passages, [self.groups[i] for i in chosen])


@dataclass(frozen=True, slots=True)
class Cloze:
    """Inverse cloze: a sentence, reworded, must find the passage it was taken from.

    Neighbouring passages are drawn together: they are the hard negatives.
    """

    passages: Sequence[list[Ids]]
    rewording: Rewording
    kept: float = 0.3

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """Blocks of neighbouring passages, each with one of its sentences as the query."""
        blocks = -(-size // BLOCK)
        starts = rng.choice(
            -(-len(self.passages) // BLOCK), min(blocks, -(-len(self.passages) // BLOCK)), False
        )
        chosen = [i for s in starts for i in range(s * BLOCK, (s + 1) * BLOCK)]
        chosen = [i for i in chosen if i < len(self.passages)]
        queries, passages = [], []
        for i in chosen:
            query, passage = self._split(self.passages[i], rng)
            queries.append(self.rewording.apply(query, rng))
            passages.append(passage[:MAX_PASSAGE])
        return Batch(queries, passages, chosen)

    def _split(self, parts: list[Ids], rng: np.random.Generator) -> tuple[Ids, Ids]:
        """One sentence (or a piece of a long one) and the passage, mostly without it."""
        at = int(rng.integers(len(parts)))
        query = parts[at]
        if len(query) > 12:
            start = int(rng.integers(len(query) - 8))
            query = query[start : start + int(rng.integers(8, 20))]
        rest = (
            parts if len(parts) == 1 or rng.random() < self.kept else parts[:at] + parts[at + 1 :]
        )
        return query, np.concatenate(rest) if rest else EMPTY


@dataclass(frozen=True, slots=True)
class Parallel:
    """Bitext: an English sentence must find the Chinese text around its translation."""

    english: list[Ids]
    chinese: list[Ids]
    widest: int

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """English sentences with a window of Chinese ones; one in three the other way round."""
        chosen = rng.choice(len(self.english), min(size, len(self.english)), replace=False)
        queries, passages = [], []
        turned = rng.random(len(chosen)) < 0.33
        spread = rng.integers(0, self.widest + 1, (len(chosen), 2))
        for i, turn, (before, after) in zip(chosen, turned, spread, strict=True):
            ask, answer = (self.chinese, self.english) if turn else (self.english, self.chinese)
            queries.append(ask[i])
            passages.append(
                np.concatenate(answer[max(0, i - before) : i + after + 1])[:MAX_PASSAGE]
            )
        return Batch(queries, passages, [int(i) // (2 * self.widest + 1) for i in chosen])
