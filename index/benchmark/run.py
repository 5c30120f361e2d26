"""A run of the benchmark: every system on every set, with annotations and without."""

import statistics
import sys
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from index.benchmark.collection import WITH, Collection
from index.benchmark.costs import seconds
from index.benchmark.measures import Values, interval, ndcg, places, recall, reciprocal_rank
from index.benchmark.results import ANNOTATED, Difference, Row
from index.benchmark.sets import QuestionSet
from index.benchmark.systems import BY_WORDS, HYBRID, OURS, SHIPPED, System
from index.text import normalise

Ranks = Mapping[str, Values]
TIMED = 50


def run(
    systems: Sequence[System], sets: Sequence[QuestionSet]
) -> tuple[list[Row], list[Difference]]:
    """Rows set by set, and the paired differences on which the claims rest."""
    rows, differences = [], []
    for one in sets:
        ranks: dict[str, Values] = {}
        for collection in one.collections:
            for system in systems:
                row, values = _measure(system, one, collection)
                rows.append(row)
                ranks[_name(system.name, collection)] = values
                print(row, file=sys.stderr, flush=True)
        differences += [
            Difference(one.name, better, worse, *interval(ranks[better], ranks[worse]))
            for better, worse in compared(ranks)
        ]
    return rows, differences


def compared(ranks: Ranks) -> list[tuple[str, str]]:
    """What is compared on a set, from the reciprocal ranks of each system's questions.

    The hybrid with the best search by words, the shipped model with other models, each with
    annotations and without; and the hybrid with annotations with the hybrid without.
    """
    found = []
    for state in ("", ANNOTATED):
        here = [name.removesuffix(ANNOTATED) for name in ranks if name.endswith(ANNOTATED)]
        here = here if state else [name for name in ranks if not name.endswith(ANNOTATED)]
        by_words = [name for name in here if name in BY_WORDS]
        if HYBRID in here and by_words:
            best = max(by_words, key=lambda name: float(ranks[name + state].mean()))
            found.append((HYBRID + state, best + state))
        others = [name for name in here if name not in OURS and SHIPPED in here]
        found += [(SHIPPED + state, other + state) for other in others]
    if HYBRID in ranks and HYBRID + ANNOTATED in ranks:
        found.append((HYBRID + ANNOTATED, HYBRID))
    return found


def _name(system: str, collection: Collection) -> str:
    return system + ANNOTATED if collection.annotations == WITH else system


def _measure(system: System, one: QuestionSet, collection: Collection) -> tuple[Row, Values]:
    """The system's row on a set, and the reciprocal rank of each question."""
    scorer = system.prepare(collection)
    # Timed first, and what earlier systems left is cleared: every question is a new one.
    normalise.cache_clear()
    timed = [seconds(partial(scorer.one, question)) for question in one.questions[:TIMED]]
    found = [
        places(scores, gold)
        for scores, gold in zip(scorer.many(one.questions), one.gold, strict=True)
    ]
    ranks = np.array([reciprocal_rank(ranking) for ranking in found])
    at = [float(np.mean([recall(ranking, k) for ranking in found])) for k in (1, 5, 10)]
    row = Row(
        one.name,
        collection.annotations,
        system.name,
        len(found),
        (at[0], at[1], at[2]),
        float(ranks.mean()),
        float(np.mean([ndcg(ranking) for ranking in found])),
        1000 * statistics.median(timed),
    )
    return row, ranks
