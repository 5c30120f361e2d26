"""Which entry of the subject index a question to many asks for, as far as one does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

import numpy as np

from corpus.notes_types import Notes, Subject
from index.names import NameFinder
from index.search import Searcher
from index.text import normalise
from qa import patterns
from qa.tuning import SUBJECT


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and how close a question is to those that ask for it, 1 at most."""

    subject: Subject
    closeness: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """The terms of all questions about a subject, and the names that most of them have."""

    subject: Subject
    terms: frozenset[str]
    names: frozenset[str]
    common: frozenset[str]


class SubjectIndex:
    """The subject index of a report, searched by meaning, words and names."""

    def __init__(
        self, notes: Notes, searcher: Searcher, names: NameFinder, weight: Callable[[str], float]
    ) -> None:
        self._searcher, self._finder, self._weight_of = searcher, names, weight
        units = [(unit.subject or "", unit.text) for unit in searcher.about_subjects]
        texts = [
            (id_, [normalise(text) for _, text in found])
            for id_, found in groupby(units, key=lambda unit: unit[0])
        ]
        sizes = [len(found) for _, found in texts]
        self._starts = np.cumsum([0, *sizes], dtype=np.intp)[:-1]
        self._sizes = np.array(sizes, dtype=np.float32)
        self._asked = [self._asked_of(notes.subjects[id_], found) for id_, found in texts]

    def matches(self, normalised: str) -> list[Match]:
        """Return every subject with its closeness to a normalised question, the closest first."""
        if not self._asked:
            return []
        cosines = np.add.reduceat(self._searcher.subjects(normalised), self._starts)
        terms, names = self._terms(normalised), self._names(normalised)
        whole = self._weight(terms)
        found = []
        for one, cosine in zip(self._asked, (cosines / self._sizes).tolist(), strict=True):
            closeness = cosine - SUBJECT["names"] * (
                _share(names - one.names, names) + _share(one.common - names, one.common)
            )
            if whole:
                closeness += SUBJECT["terms"] * self._weight(terms & one.terms) / whole
            found.append(Match(one.subject, closeness))
        return sorted(found, key=lambda match: -match.closeness)

    def _asked_of(self, subject: Subject, questions: Sequence[str]) -> _Asked:
        names = [self._names(question) for question in questions]
        held = frozenset[str]().union(*names)
        common = {name for name in held if sum(name in one for one in names) > len(names) / 2}
        terms = frozenset[str]().union(*map(self._terms, questions))
        return _Asked(subject, terms, held, frozenset(common))

    def _terms(self, normalised: str) -> frozenset[str]:
        """Return the terms of a normalised question, those of the asking left out."""
        bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalised))
        return self._searcher.terms(patterns.SCAFFOLD.sub(" ", patterns.MENTION.sub(" ", bare)))

    def _names(self, normalised: str) -> frozenset[str]:
        return frozenset(name.key for name in self._finder.find(normalised))

    def _weight(self, terms: frozenset[str]) -> float:
        return fsum(map(self._weight_of, terms))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
