"""Which entry of the subject index a question to many asks for, or that nobody answers it."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

import numpy as np

from corpus.notes_types import Notes, Subject
from index.names import NameFinder
from index.search import Array, Searcher
from index.text import normalise
from qa import patterns
from qa.tuning import SUBJECT

_CONSIDERED = 40
"""Subjects that may be the one asked for; the chances of others are next to nothing."""
_SMOOTHING = 0.02
"""Keeps a chance of nothing from deciding alone."""
NOT_TOLD = math.log(_SMOOTHING / (1 + _SMOOTHING))
"""The log-odds of a respondent who speaks of none of the subjects considered."""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and how close a question is to those that ask for it, 1 at most."""

    subject: Subject
    closeness: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A question to many beside those of the index: every subject, the closest first, with the
    chances that the first of them are the ones asked for, and the cosines of the closest question
    about any subject and of the closest that nobody answers.
    """

    matches: tuple[Match, ...] = ()
    chances: tuple[float, ...] = ()
    nearest: float = 0.0
    unanswered: float = 0.0

    @property
    def closeness(self) -> float:
        """How close the closest subject is."""
        return self.matches[0].closeness if self.matches else 0.0

    def told(self) -> dict[str, float]:
        """Return by respondent the log-odds that it speaks of the subject asked for, smoothed."""
        chances: dict[str, float] = {}
        for match, chance in zip(self.matches, self.chances, strict=False):
            for code in match.subject.says:
                chances[code] = chances.get(code, 0.0) + chance
        return {
            code: math.log((chance + _SMOOTHING) / (1 + _SMOOTHING - chance))
            for code, chance in chances.items()
        }

    def agreed(self, scope: Collection[str]) -> Subject | None:
        """Return the closest of the subjects of which the same respondents in the scope speak, if
        it is likelier than not that one of them is asked for.
        """
        if self.closeness < SUBJECT["plain"]:
            return None
        chances: dict[frozenset[str], float] = {}
        closest: dict[frozenset[str], Subject] = {}
        for match, chance in zip(self.matches, self.chances, strict=False):
            spoken = frozenset(match.subject.says.keys() & set(scope))
            chances[spoken] = chances.get(spoken, 0.0) + chance
            closest.setdefault(spoken, match.subject)
        likeliest = max(chances, key=chances.__getitem__)
        return closest[likeliest] if likeliest and chances[likeliest] >= SUBJECT["agreed"] else None


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
        self._is_open = np.array([unit.kind == "unanswered" for unit in searcher.to_all], bool)
        self._open_texts = [one.text for one in searcher.to_all if one.kind == "unanswered"]
        asked = [(unit.subject, unit.text) for unit in searcher.to_all if unit.subject]
        self._owners = [id_ for id_, _ in asked]
        texts = [
            (id_, [normalise(text) for _, text in found])
            for id_, found in groupby(asked, key=lambda one: one[0])
        ]
        sizes = [len(found) for _, found in texts]
        self._starts = np.cumsum([0, *sizes], dtype=np.intp)[:-1]
        self._sizes = np.array(sizes, dtype=np.float32)
        self._asked = [self._asked_of(notes.subjects[id_], found) for id_, found in texts]

    def compared(self, normalised: str, leave_out: Collection[str] = ()) -> Compared:
        """Return a normalised question compared with those of the index.

        The index may be asked as if it lacked some subjects, or some questions that nobody answers.
        """
        cosines = self._searcher.compared(normalised)
        about, open_ = cosines[~self._is_open], cosines[self._is_open]
        if leave_out:
            about = np.where(np.isin(self._owners, list(leave_out)), -1, about)
            open_ = np.where(np.isin(self._open_texts, list(leave_out)), -1, open_)
        found = self._matches(normalised, about)
        matches = tuple(one for one in found if one.subject.id not in leave_out)
        return Compared(
            matches=matches,
            chances=_chances(matches[:_CONSIDERED]),
            nearest=float(about.max(initial=0.0)),
            unanswered=float(open_.max(initial=0.0)),
        )

    def matches(self, normalised: str) -> tuple[Match, ...]:
        """Return every subject with its closeness to a normalised question, the closest first."""
        return self.compared(normalised).matches

    def _matches(self, normalised: str, about: Array) -> list[Match]:
        if not self._asked:
            return []
        cosines = np.add.reduceat(about, self._starts)
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


def _chances(near: Sequence[Match]) -> tuple[float, ...]:
    """Return how likely each of the closest subjects is the one asked for, the closer the more."""
    weights = [
        math.exp((match.closeness - near[0].closeness) / SUBJECT["temperature"]) for match in near
    ]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
