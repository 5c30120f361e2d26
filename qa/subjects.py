"""Which entry of the subject index a question to many asks for, or that nobody answers it."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

import numpy as np
from numpy.typing import NDArray

from corpus.notes_types import Notes, Subject
from index.fields import TO_ALL_KINDS
from index.search import Array, Searcher
from index.terms import TermTable
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
_NAME = re.compile(r"@|\d{2}")
Rows = NDArray[np.intp]
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
    ``alien`` is the share of its words that only questions use which nobody answers, ``unknown``
    that of Latin words that nothing uses.
    """

    matches: tuple[Match, ...] = ()
    chances: tuple[float, ...] = ()
    nearest: float = 0.0
    unanswered: float = 0.0
    vacant: float = 0.0
    alien: float = 0.0
    unknown: float = 0.0

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
    """The rows that have each key: an inverted index of names or terms, made of pairs of the number
    of a key and a row, shape (pairs,) each.
    """

    def __init__(self, keys: Sequence[str], numbers: Rows, rows: Rows, size: int) -> None:
        order = np.argsort(numbers, kind="stable")
        held, starts = np.unique(numbers[order], return_index=True)
        split = np.split(rows[order], starts[1:])
        self._rows = {keys[n]: found for n, found in zip(held.tolist(), split, strict=False)}
        self._size = size

    def rows(self, key: str) -> Rows:
        """Return the rows that have a key, in order."""
        return self._rows.get(key, _NONE)

    def rarity(self, key: str) -> float:
        """Return the inverse document frequency of a key, the rows taken for documents."""
        found = len(self.rows(key))
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))

    def weigh(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return for each row the sum of the weights of the keys that it has, shape (rows,)."""
        whole = np.zeros(self._size)
        for key in sorted(weights.keys() & self._rows.keys()):
            whole[self._rows[key]] += weights[key]
        return whole


class SubjectIndex:
    """The subject index of a report, searched by meaning, words and names."""

    def __init__(self, notes: Notes, searcher: Searcher, told: frozenset[str]) -> None:
        self._told = told
        self._searcher = searcher
        units = [unit for kind in TO_ALL_KINDS for unit in searcher.units(kind)]
        self._kinds = np.array([unit.kind for unit in units])
        groups = [
            (id_, len(list(found))) for id_, found in groupby(units, key=lambda one: one.subject)
        ]
        self._ids = np.array([id_ for id_, _ in groups])
        sizes = np.array([size for _, size in groups], dtype=np.intp)
        self._starts = np.cumsum(sizes) - sizes
        self._sizes = sizes
        self._subjects = [notes.subjects.get(id_ or "") for id_, _ in groups]
        self._is_open = np.array([subject is None for subject in self._subjects], bool)
        group_of = np.repeat(np.arange(len(sizes)), sizes)
        keys, size = searcher.to_all.vocabulary, len(sizes)
        rows, terms, counts = _held(searcher.to_all, group_of)
        names = np.isin(terms, [n for n, key in enumerate(keys) if _NAME.match(key)])
        common = names & (counts > sizes[rows] / 2)
        self._terms_of = _Postings(keys, terms, rows, size)
        self._named = _Postings(keys, terms[names], rows[names], size)
        self._commonly_named = _Postings(keys, terms[common], rows[common], size)
        self._common = np.bincount(rows[common], minlength=size).astype(float)

    def compared(self, normalised: str, leave_out: Collection[str] = ()) -> Compared:
        """Return a normalised question compared with those of the index.

        The index may be asked as if it lacked some of its entries, by id.
        """
        cosines = self._searcher.apart(normalised, *TO_ALL_KINDS)
        if not len(cosines):
            return Compared()
        left = np.isin(self._ids, list(leave_out))
        cosines = np.where(np.repeat(left, self._sizes), -1, cosines)
        terms = self._terms(normalised)
        closeness = np.where(left, -1, self._closeness(terms, cosines))
        matches = self._closest(closeness)
        alien, unknown = self._strange(terms, left)
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

    def _strange(self, terms: frozenset[str], left: NDArray[np.bool_]) -> tuple[float, float]:
        """Return the shares of a question's terms that only questions use which nobody answers, and
        of the Latin ones that nothing uses.
        """
        alien = unknown = 0.0
        for term in sorted(terms - self._told):
            if len(term) == 1 or term.startswith(_MARKS) or term.isdigit():
                continue
            rows = self._terms_of.rows(term)
            rows = rows[~left[rows]]
            spoken_of = bool((~self._is_open[rows]).any())
            if not spoken_of and len(rows) >= _USED:
                alien += self._terms_of.rarity(term)
            if not len(rows) and term.isascii() and len(term) >= _LATIN:
                unknown += self._terms_of.rarity(term)
        whole = fsum(map(self._terms_of.rarity, terms)) or 1.0
        return alien / whole, unknown / whole

    def _closeness(self, terms: frozenset[str], cosines: Array) -> NDArray[np.float64]:
        """Return the mean cosine of the questions about each entry and the best one, more for
        words that they share with the one asked and less for names and numbers that they do
        not, shape (entries,).
        """
        mean = np.add.reduceat(cosines, self._starts) / self._sizes.astype(np.float32)
        best = np.maximum.reduceat(cosines, self._starts)
        closeness = (mean + SUBJECT["best"] * (best - mean)).astype(float)
        names = dict.fromkeys(_names(terms), 1.0)
        if names:
            closeness -= SUBJECT["names"] * (1 - self._named.weigh(names) / len(names))
        lacking = self._common - self._commonly_named.weigh(names)
        closeness -= SUBJECT["names"] * lacking / np.maximum(self._common, 1)
        weights = {term: self._terms_of.rarity(term) for term in terms}
        if whole := fsum(weights.values()):
            closeness += SUBJECT["terms"] * self._terms_of.weigh(weights) / whole
        return closeness

    def _terms(self, normalised: str) -> frozenset[str]:
        """Return the terms of a normalised question, those of the asking left out."""
        bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalised))
        return self._searcher.terms(patterns.SCAFFOLD.sub(" ", patterns.MENTION.sub(" ", bare)))


def _held(table: TermTable, groups: Rows) -> tuple[Rows, Rows, Rows]:
    """Return each pair of a group and the number of a term that its texts have, and in how many of
    them, arrays of shape (pairs,); ``groups`` holds the group of each text.
    """
    width = len(table.vocabulary)
    pairs, counts = np.unique(groups[table.texts] * width + table.ids, return_counts=True)
    return pairs // width, pairs % width, counts


def _names(terms: Collection[str]) -> list[str]:
    """Return the names among the terms of a question, and its numbers of two digits and more: each
    means one thing and no other.
    """
    return [term for term in terms if _NAME.match(term)]


def _chances(near: Sequence[Match]) -> tuple[float, ...]:
    """Return how likely each of the closest subjects is the one asked for, the closer the more."""
    weights = [
        math.exp((match.closeness - near[0].closeness) / SUBJECT["temperature"]) for match in near
    ]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)
