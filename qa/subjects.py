"""Which entry of the subject index a question asks for, as far as one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum
from operator import mul
from typing import NamedTuple

from corpus.notes_types import Subject
from index.fields import Unit
from index.text import normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.tuning import SUBJECT
from qa.understand import Understanding


class Likeness(NamedTuple):
    """How like one another a question and one noted for a subject are, each from 0 to 1.

    ``cosine`` is that of their meaning. ``held`` is the weighted share of the question's terms that
    the noted one has, ``holding`` the share the other way round; ``lacking`` and ``beyond`` are
    the shares of their names that the other lacks.
    """

    cosine: float
    held: float
    holding: float
    lacking: float
    beyond: float


class Wanted(NamedTuple):
    """What a question about all respondents asks for, the words of asking left out."""

    terms: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A subject with the chance, from 0 to 1, that a question asks for it."""

    subject: Subject
    chance: float


class SubjectIndex:
    """The subject index of a report, searched by meaning, words and names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._units: Sequence[Unit] = knowledge.searcher.about_subjects
        self._wanted = [self.wanted(normalise(unit.text)) for unit in self._units]

    def matches(self, asked: Understanding) -> list[Match]:
        """Return the subjects with their chances, the likeliest first."""
        subjects = self._knowledge.notes.subjects
        best: dict[str, float] = {}
        for unit, odds in zip(self._units, self.log_odds(asked.normalised), strict=True):
            if unit.subject is not None:
                best[unit.subject] = max(odds, best.get(unit.subject, odds))
        likeliest = sorted(best, key=lambda id_: -best[id_])
        return [Match(subjects[id_], 1 / (1 + exp(-best[id_]))) for id_ in likeliest]

    def log_odds(self, normalised: str) -> list[float]:
        """Return the log-odds that each question noted asks for the same as a normalised one."""
        return [
            SUBJECT["bias"] + sum(map(mul, _WEIGHTS, one)) for one in self.likenesses(normalised)
        ]

    def likenesses(self, normalised: str) -> list[Likeness]:
        """Return how like a normalised question each of those noted is, in the index's order."""
        own = self.wanted(normalised)
        whole = self._weight(own.terms)
        cosines = self._knowledge.searcher.subjects(normalised).tolist()
        likenesses = []
        for other, cosine in zip(self._wanted, cosines, strict=True):
            both = self._weight(own.terms & other.terms)
            total = self._weight(other.terms)
            likenesses.append(
                Likeness(
                    cosine,
                    both / whole if whole else 0.0,
                    both / total if total else 0.0,
                    _lacking(own.names, other.names),
                    _lacking(other.names, own.names),
                )
            )
        return likenesses

    def wanted(self, normalised: str) -> Wanted:
        """Return the terms and names of a normalised question, those of the asking left out."""
        bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalised))
        bare = patterns.SCAFFOLD.sub(" ", patterns.MENTION.sub(" ", bare))
        names = self._knowledge.names.find(normalised)
        return Wanted(self._knowledge.searcher.terms(bare), frozenset(name.key for name in names))

    def _weight(self, terms: frozenset[str]) -> float:
        return fsum(map(self._knowledge.weight, terms))


_WEIGHTS = tuple(SUBJECT[name] for name in Likeness._fields)


def _lacking(names: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of names that another question lacks."""
    return len(names - other) / len(names) if names else 0.0
