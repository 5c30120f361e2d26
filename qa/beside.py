"""A second sentence quoted since it may be the one that answers: it stands near the first.

A question often tells at length what it is about and asks in a few words for what the next sentence
says: the one that tells the same ranks first, and the one that answers behind it.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import mul
from typing import NamedTuple

from qa.evidence import Evidence, Terms
from qa.tuning import BESIDE

_LOOKED_AT = 2


class Signs(NamedTuple):
    """What tells whether another sentence of the best one's passage answers in its place.

    ``behind`` is by how much it ranks lower; ``answers``, ``coverage``, ``fits`` and ``similarity``
    are those of evidence, the last two as differences from the best sentence, whose own are
    ``first_answers`` and ``first_coverage``; ``new`` is the share of the question's terms that it
    has and the best sentence lacks; ``next`` and ``after_next`` tell where it stands.
    """

    behind: float
    answers: float
    first_answers: float
    coverage: float
    first_coverage: float
    fits: float
    similarity: float
    new: float
    next: float
    after_next: float


_WEIGHTS = tuple(BESIDE[name] for name in Signs._fields)


def beside(evidence: Sequence[Evidence], terms: Terms) -> list[Evidence]:
    """Return the sentences of the best one's passage that are likely enough to answer instead;
    ``evidence`` is not empty, the best first, and ``terms`` are those of the question.
    """
    first, least = evidence[0], BESIDE["least"]
    return [one for one in rivals(evidence) if chance(signs(first, one, terms)) >= least]


def rivals(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the best of the other sentences of the best one's passage."""
    first = evidence[0]
    same = (one for one in evidence[1:] if one.sentence.passage.id == first.sentence.passage.id)
    return islice(same, _LOOKED_AT)


def signs(first: Evidence, one: Evidence, terms: Terms) -> Signs:
    """Return what tells whether ``one`` answers a question in the place of the ``first``."""
    held = terms.of(first.sentence.terms)
    starts = [start for start, _ in one.sentence.passage.sentences]
    distance = starts.index(one.sentence.start) - starts.index(first.sentence.start)
    return Signs(
        first.rank - one.rank,
        one.features.answers,
        first.features.answers,
        one.features.coverage,
        first.features.coverage,
        one.features.fits - first.features.fits,
        one.features.similarity - first.features.similarity,
        terms.coverage(held | terms.of(one.sentence.terms)) - terms.coverage(held),
        float(distance == 1),
        float(distance == 2),
    )


def chance(found: Signs) -> float:
    """Return the chance that a sentence with such signs answers and the first one does not."""
    return 1 / (1 + math.exp(-sum(map(mul, _WEIGHTS, found)) - BESIDE["bias"]))
