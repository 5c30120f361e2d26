"""How much of a difference is chance: bootstrap intervals, the sign test, percentiles."""

import math
from collections.abc import Sequence

import numpy

SEED = 72344
RESAMPLES = 2_000


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, None of nothing."""
    return math.fsum(values) / len(values) if values else None


def interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Return the percentile bootstrap interval of the mean (Efron and Tibshirani 1993, ch. 13):
    the middle ``level`` of the means of resamples drawn with replacement. Seeded: the same
    values always give the same interval. None of fewer than two values.
    """
    if len(values) < 2:
        return None
    sample = numpy.asarray(values, dtype=float)
    random = numpy.random.default_rng(SEED)
    picks = random.integers(0, len(sample), size=(RESAMPLES, len(sample)))
    means = sample[picks].mean(axis=1)
    tail = (1 - level) / 2
    low, high = numpy.quantile(means, [tail, 1 - tail])
    return float(low), float(high)


def sign_test(won: int, lost: int) -> float:
    """Return the two-sided exact sign test's p: twice the smaller tail of Binomial(n, 1/2),
    n = won + lost, at most 1 (Dixon and Mood 1946). Ties are left out; no difference gives 1.
    """
    tries, fewer = won + lost, min(won, lost)
    tail = sum(math.comb(tries, hits) for hits in range(fewer + 1)) / (1 << tries)
    return min(1.0, 2 * tail)


def p_value(p: float) -> str:
    """Return a p as it is written: three digits, never a bare zero."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the nearest-rank percentile: the smallest value with at least ``share`` of the
    values at or below it; None of nothing.
    """
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
