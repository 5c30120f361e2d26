"""Which entry of the subject index a question to many asks for, or that nobody answers it."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from math import fsum

import numpy as np
from numpy.typing import NDArray

from corpus.notes_types import Notes, Subject
from index.fields import UnitKind
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
_USED, _LATIN = 2, 4
"""Entries that must use a word, and letters that a Latin one must have, to tell anything."""
_MARKS = ("@", "w:")
"""With which a term begins that is a name, or a word of the notes."""
_TO_ALL: tuple[UnitKind, ...] = ("subject", "unanswered")
_NONE = np.array([], np.intp)


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and how close a question is to those that ask for it, 1 at most."""

    subject: Subject
    closeness: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A question to many beside those of the index: the subjects closest to it, the closest first,
    with the chances that they are the ones asked for, the cosines of the closest question about any
    subject and of the closest that nobody answers, and the chance that it is one of the latter.
    ``alien`` tells whether it has a word that only questions use which nobody answers, ``unknown``
    whether it has a Latin word that nothing uses.
    """

    matches: tuple[Match, ...] = ()
    chances: tuple[float, ...] = ()
    nearest: float = 0.0
    unanswered: float = 0.0
    vacant: float = 0.0
    alien: bool = False
    unknown: bool = False

    @property
    def closeness(self) -> float:
        """How close the closest subject is."""
        return self.matches[0].closeness if self.matches else 0.0

    def told(self) -> dict[str, float]:
        """Return by respondent the log-odds that it speaks of the subject asked for, smoothed."""
        chances: dict[str, float] = {}
        for match, chance in zip(self.matches, self.chances, strict=True):
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
        for match, chance in zip(self.matches, self.chances, strict=True):
            spoken = frozenset(match.subject.says.keys() & set(scope))
            chances[spoken] = chances.get(spoken, 0.0) + chance
            closest.setdefault(spoken, match.subject)
        likeliest = max(chances, key=chances.__getitem__)
        return closest[likeliest] if likeliest and chances[likeliest] >= SUBJECT["agreed"] else None


class _Postings:
    """The rows that have each key: an inverted index of names or terms."""

    def __init__(self, rows: Sequence[Collection[str]]) -> None:
        found: dict[str, list[int]] = {}
        for row, keys in enumerate(rows):
            for key in keys:
                found.setdefault(key, []).append(row)
        self._rows = {key: np.array(rows, np.intp) for key, rows in found.items()}
        self._size = len(rows)

    def rows(self, key: str) -> NDArray[np.intp]:
        """Return the rows that have a key, in order."""
        return self._rows.get(key, _NONE)

    def weigh(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return for each row the sum of the weights of the keys that it has, shape (rows,)."""
        whole = np.zeros(self._size)
        for key in sorted(weights.keys() & self._rows.keys()):
            whole[self._rows[key]] += weights[key]
        return whole


class SubjectIndex:
    """The subject index of a report, searched by meaning, words and names."""

    def __init__(
        self,
        notes: Notes,
        searcher: Searcher,
        names: NameFinder,
        weight: Callable[[str], float],
        told: frozenset[str],
    ) -> None:
        self._told = told
        self._searcher, self._finder, self._weight_of = searcher, names, weight
        units = [unit for kind in _TO_ALL for unit in searcher.units(kind)]
        owners = np.array([unit.subject for unit in units])
        self._kinds = np.array([unit.kind for unit in units])
        groups = [
            (id_, [normalise(unit.text) for unit in found])
            for id_, found in groupby(units, key=lambda one: one.subject)
        ]
        self._ids = np.array([id_ for id_, _ in groups])
        self._owners = owners
        sizes = [len(found) for _, found in groups]
        self._starts = np.cumsum([0, *sizes], dtype=np.intp)[:-1]
        self._sizes = np.array(sizes, dtype=np.float32)
        self._subjects = [notes.subjects.get(id_ or "") for id_, _ in groups]
        self._is_open = np.array([subject is None for subject in self._subjects], bool)
        terms = [frozenset(chain(*map(self._terms, found))) for _, found in groups]
        self._terms_of = _Postings(terms)
        named = [Counter(chain(*map(self._names, found))) for _, found in groups]
        common = [
            [name for name, count in held.items() if count > len(found) / 2]
            for held, (_, found) in zip(named, groups, strict=True)
        ]
        self._named = _Postings(named)
        self._commonly_named = _Postings(common)
        self._common = np.array([len(names) for names in common], dtype=float)

    def compared(self, normalised: str, leave_out: Collection[str] = ()) -> Compared:
        """Return a normalised question compared with those of the index.

        The index may be asked as if it lacked some of its entries, by id.
        """
        cosines = self._searcher.apart(normalised, *_TO_ALL)
        if not len(cosines):
            return Compared()
        left = list(leave_out)
        if left:
            cosines = np.where(np.isin(self._owners, left), -1, cosines)
        closeness = self._closeness(normalised, cosines)
        closeness[np.isin(self._ids, left)] = -1
        matches = self._closest(closeness)
        alien, unknown = self._strange(normalised, np.isin(self._ids, left))
        return Compared(
            matches=matches,
            chances=_chances(matches),
            nearest=float(cosines.max(initial=0.0, where=self._kinds == "subject")),
            unanswered=float(cosines.max(initial=0.0, where=self._kinds == "unanswered")),
            vacant=self._vacant(closeness),
            alien=alien,
            unknown=unknown,
        )

    def _closest(self, closeness: NDArray[np.float64]) -> tuple[Match, ...]:
        order = np.argsort(-np.where(self._is_open, -2, closeness), kind="stable").tolist()
        found = ((self._subjects[row], float(closeness[row])) for row in order[:_CONSIDERED])
        return tuple(Match(subject, near) for subject, near in found if subject and near > -1)

    def _vacant(self, closeness: NDArray[np.float64]) -> float:
        weights = np.exp((closeness - closeness.max()) / SUBJECT["temperature"])
        return float(weights[self._is_open].sum() / weights.sum())

    def _strange(self, normalised: str, left: NDArray[np.bool_]) -> tuple[bool, bool]:
        """Return whether a question has words that only questions use which nobody answers, and
        Latin words that nothing uses.
        """
        alien = unknown = False
        for term in self._terms(normalised) - self._told:
            if len(term) == 1 or term.startswith(_MARKS) or term.isdigit():
                continue
            rows = self._terms_of.rows(term)
            rows = rows[~left[rows]]
            spoken_of = bool((~self._is_open[rows]).any())
            alien |= not spoken_of and len(rows) >= _USED
            unknown |= not len(rows) and term.isascii() and len(term) >= _LATIN
        return alien, unknown

    def _closeness(self, normalised: str, cosines: Array) -> NDArray[np.float64]:
        """Return the mean cosine of the questions about each entry and the best one, more for
        words that they share with the one asked and less for names that they do not, shape
        (entries,).
        """
        mean = np.add.reduceat(cosines, self._starts) / self._sizes
        best = np.maximum.reduceat(cosines, self._starts)
        closeness = (mean + SUBJECT["best"] * (best - mean)).astype(float)
        names = dict.fromkeys(self._names(normalised), 1.0)
        if names:
            closeness -= SUBJECT["names"] * (1 - self._named.weigh(names) / len(names))
        lacking = self._common - self._commonly_named.weigh(names)
        closeness -= SUBJECT["names"] * lacking / np.maximum(self._common, 1)
        weights = {term: self._weight_of(term) for term in self._terms(normalised)}
        if whole := fsum(weights.values()):
            closeness += SUBJECT["terms"] * self._terms_of.weigh(weights) / whole
        return closeness

    def _terms(self, normalised: str) -> frozenset[str]:
        """Return the terms of a normalised question, those of the asking left out."""
        bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalised))
        return self._searcher.terms(patterns.SCAFFOLD.sub(" ", patterns.MENTION.sub(" ", bare)))

    def _names(self, normalised: str) -> frozenset[str]:
        return frozenset(name.key for name in self._finder.find(normalised))


def _chances(near: Sequence[Match]) -> tuple[float, ...]:
    """Return how likely each of the closest subjects is the one asked for, the closer the more."""
    weights = [
        math.exp((match.closeness - near[0].closeness) / SUBJECT["temperature"]) for match in near
    ]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)
