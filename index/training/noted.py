"""The notes of a report as a feed: texts that ask for, or say, the same must find each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from corpus import Report
from corpus.notes_types import Notes
from index.training.feeds import Batch
from index.training.rewording import Ids, ids_of

LARGEST = 768
"""Groups in a batch: more say nothing new of one another, and cost time."""
DROPPED = 0.1
"""Share of the words that a query loses, if it has more than a few."""
FEW = 4
GAPS = 2
"""Questions that a passage leaves open, drawn against each of its groups."""


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that ask for or say the same, and questions alike that ask for something else."""

    same: tuple[str, ...]
    other: tuple[str, ...] = ()


def groups_of(report: Report, notes: Notes) -> list[Group]:
    """The groups of a report's notes: what is noted of each sentence, with the sentence; the
    questions about each subject; those about each thing that nobody answers.
    """
    groups = [
        *_of_sentences(report, notes),
        *(Group(tuple(q.text for q in one.questions)) for one in notes.subjects.values()),
        *(Group(tuple(q.text for q in one.questions)) for one in notes.unanswered.values()),
    ]
    return [group for group in groups if len(group.same) > 1]


def _of_sentences(report: Report, notes: Notes) -> Iterator[Group]:
    for passage in report.passages:
        note = notes.of(passage.id)
        if note is None:
            continue
        open_ = tuple(gap.text for gap in note.gaps)
        of_whole = tuple(q.text for q in note.questions if q.sentence is None)
        yield Group(of_whole, open_)
        for n, (start, end) in enumerate(passage.sentences):
            asked = (q.text for q in note.questions if q.sentence == n)
            said = (claim.text for claim in note.claims if claim.sentence == n)
            yield Group((*asked, *said, *note.gloss[n : n + 1], passage.text[start:end]), open_)


class Noted:
    """Two texts of a group must find each other among those of other groups, and the first is to be
    far from what its passage leaves open.
    """

    def __init__(self, tokenizer: Tokenizer, groups: list[Group]) -> None:
        flat = iter(ids_of(tokenizer, [text for one in groups for text in (*one.same, *one.other)]))
        self._same: list[list[Ids]] = []
        self._other: list[list[Ids]] = []
        for group in groups:
            self._same.append([ids for _ in group.same if len(ids := next(flat))])
            self._other.append([ids for _ in group.other if len(ids := next(flat))])
        sizes = np.array([len(same) if len(same) > 1 else 0 for same in self._same])
        self._chances = np.sqrt(sizes) / np.sqrt(sizes).sum()

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """Pairs of different groups, the larger ones oftener, and the open questions after them."""
        count = min(size, LARGEST, int((self._chances > 0).sum()))
        chosen = rng.choice(len(self._same), count, replace=False, p=self._chances).tolist()
        queries, passages, opened = [], [], []
        for n in chosen:
            first, second = rng.choice(len(self._same[n]), 2, replace=False)
            queries.append(_less(self._same[n][first], rng))
            passages.append(self._same[n][second])
            if self._other[n]:
                opened += [self._other[n][i] for i in rng.integers(len(self._other[n]), size=GAPS)]
        return Batch(queries, [*passages, *opened], chosen)


def _less(ids: Ids, rng: np.random.Generator) -> Ids:
    """The ids without some of them; those of a short text as they are."""
    kept = ids[rng.random(len(ids)) >= DROPPED] if len(ids) >= FEW else ids
    return kept if len(kept) else ids
