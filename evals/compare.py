"""Two runs case by case: who won, who lost, and whether that could be chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.chance import interval, mean, p_value, sign_test
from evals.scoring import METRICS, Metric
from evals.types import EvalsError, Scored

EPSILON = 1e-6
SOLVED = Metric("solved", "answered rightly")
Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Duel:
    """One metric over the cases that both runs measured: B against A.

    ``interval`` is the 95 % bootstrap interval of the mean difference over the pairs, ``p`` that
    of the sign test.
    """

    metric: Metric
    before: float
    after: float
    won: tuple[str, ...]
    lost: tuple[str, ...]
    tied: int
    p: float
    interval: tuple[float, float] | None


def compare(before: Mapping[str, Scores], after: Mapping[str, Scores]) -> tuple[Duel, ...]:
    """Return one duel for each metric that applies to cases of both runs, the whole first."""
    shared = [key for key in before if key in after]
    if not shared:
        raise EvalsError("the two runs share no case; compare runs of the same suites")
    duels = (_duel(metric, before, after, shared) for metric in (SOLVED, *METRICS))
    return tuple(duel for duel in duels if duel is not None)


def scores_by_key(scored: Sequence[Scored]) -> dict[str, Scores]:
    """Return every case's scores by what pairs it with itself in another run."""
    return {one.key: {SOLVED.name: float(one.solved), **one.scores} for one in scored}


def summary_line(duel: Duel) -> str:
    """Return one duel as a sentence: won and lost, before and after, chance or not."""
    change = f"{duel.before:.3f} -> {duel.after:.3f}"
    if duel.interval is not None:
        low, high = duel.interval
        change += f", 95 % interval of the change {low:+.3f} to {high:+.3f}"
    return (
        f"{len(duel.won)} won, {len(duel.lost)} lost, {duel.tied} as before; "
        f"{duel.metric.title} {change}, sign test's p: {p_value(duel.p)}"
    )


def duel_rows(duels: Sequence[Duel]) -> list[list[str]]:
    """Return the rows of a comparison's table."""
    head = ["metric", "A", "B", "B - A", "95 % interval", "won", "lost", "tied", "p"]
    return [head, *map(_row, duels)]


def _row(duel: Duel) -> list[str]:
    return [
        duel.metric.title,
        f"{duel.before:.3f}",
        f"{duel.after:.3f}",
        f"{duel.after - duel.before:+.3f}",
        "{:+.3f} to {:+.3f}".format(*duel.interval) if duel.interval else "·",
        str(len(duel.won)),
        str(len(duel.lost)),
        str(duel.tied),
        p_value(duel.p),
    ]


def _duel(
    metric: Metric, before: Mapping[str, Scores], after: Mapping[str, Scores], keys: Sequence[str]
) -> Duel | None:
    pairs: dict[str, tuple[float, float]] = {}
    for key in keys:
        old, new = before[key].get(metric.name), after[key].get(metric.name)
        if old is not None and new is not None:
            pairs[key] = (old, new)
    first, second = mean([old for old, _ in pairs.values()]), mean([n for _, n in pairs.values()])
    if first is None or second is None:
        return None
    sign = -1 if metric.lower_is_better else 1
    won = tuple(key for key, (old, new) in pairs.items() if sign * (new - old) > EPSILON)
    lost = tuple(key for key, (old, new) in pairs.items() if sign * (old - new) > EPSILON)
    tied = len(pairs) - len(won) - len(lost)
    change = interval([new - old for old, new in pairs.values()])
    return Duel(metric, first, second, won, lost, tied, sign_test(len(won), len(lost)), change)
