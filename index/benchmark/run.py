"""A run of the benchmark: every system on every set."""

import statistics
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from index.benchmark.measures import Values, interval, ndcg, places, recall, reciprocal_rank
from index.benchmark.sets import QuestionSet
from index.benchmark.systems import System, both, dense, hybrid, lexical, pairs, seconds, words
from index.benchmark.table import Difference, Row
from index.embeddings import VectorModel, make_embeddings

SHIPPED, HYBRID = "shipped model", "hybrid"
TIMED = 100
# The best of three: other work on the machine only ever adds.
LOADS = 3
LOADING = """
import sys, time
from index.embeddings import make_embeddings
began = time.perf_counter()
make_embeddings(sys.argv[1]).embed_query("第1540号决议")
print(time.perf_counter() - began)
"""


def make_systems(shipped: str, others: dict[str, str]) -> list[System]:
    """The lexical systems, the other models by name and folder, the shipped model, the hybrid."""
    systems = [
        System("BM25, jieba words", lexical(words), 0.0, 0.0),
        System("BM25, character pairs", lexical(pairs), 0.0, 0.0),
        System("BM25, words and pairs", lexical(both), 0.0, 0.0),
    ]
    for name, folder in others.items():
        systems.append(_model_system(name, make_embeddings(folder), folder))
    model = make_embeddings(shipped)
    systems.append(_model_system(SHIPPED, model, shipped))
    cost = systems[-1].load_seconds, systems[-1].megabytes
    systems.append(System("plain fusion", hybrid(both, model, covered=0.0), *cost))
    systems.append(System(HYBRID, hybrid(both, model), *cost))
    return systems


def run(
    systems: Sequence[System], sets: Sequence[QuestionSet]
) -> tuple[list[Row], list[Difference]]:
    """Rows set by set, and the hybrid's paired differences from the best lexical system."""
    rows, differences = [], []
    for one in sets:
        ranks = {}
        for system in systems:
            row, values = _measure(system, one)
            rows.append(row)
            ranks[system.name] = values
            print(row, file=sys.stderr, flush=True)
        words_only = [system.name for system in systems if system.name.startswith("BM25")]
        best = max(words_only, key=lambda name: float(ranks[name].mean()))
        differences.append(
            Difference(one.name, HYBRID, best, *interval(ranks[HYBRID], ranks[best]))
        )
    return rows, differences


def _measure(system: System, one: QuestionSet) -> tuple[Row, Values]:
    """The system's row on a set, and the reciprocal rank of each question."""
    scorer = system.prepare(one.passages)
    found = [
        places(scores, gold)
        for scores, gold in zip(scorer.many(one.questions), one.gold, strict=True)
    ]
    ranks = np.array([reciprocal_rank(ranking) for ranking in found])
    at = [float(np.mean([recall(ranking, k) for ranking in found])) for k in (1, 5, 10)]
    timed = [seconds(partial(scorer.one, question)) for question in one.questions[:TIMED]]
    row = Row(
        one.name,
        system.name,
        (at[0], at[1], at[2]),
        float(ranks.mean()),
        float(np.mean([ndcg(ranking) for ranking in found])),
        1000 * statistics.median(timed),
    )
    return row, ranks


def _model_system(name: str, model: VectorModel, folder: str) -> System:
    """A dense system with its cost: folder size, and seconds until the first vector."""
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return System(name, dense(model), min(_load(folder) for _ in range(LOADS)), size / 1e6)


def _load(folder: str) -> float:
    """Seconds to load a model in a process of its own, its libraries' imports included."""
    told = subprocess.run(
        [sys.executable, "-c", LOADING, folder], capture_output=True, text=True, check=True
    )
    return float(told.stdout.split()[-1])
