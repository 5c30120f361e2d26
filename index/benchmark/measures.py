"""Measures of a ranking, and the paired bootstrap between two of them."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float32]
RESAMPLES = 2_000
SEED = 7


def places(scores: Scores, gold: tuple[int, ...]) -> list[int]:
    """The places (from 1) of the right passages; ties go against the right passage."""
    right = sorted((float(scores[n]) for n in gold), reverse=True)
    others = np.delete(scores, list(gold))
    return [int((others >= score).sum()) + rank for rank, score in enumerate(right, start=1)]


def recall(found: list[int], k: int) -> float:
    """The share of the right passages within the first k places."""
    return sum(place <= k for place in found) / len(found)


def reciprocal_rank(found: list[int], k: int = 10) -> float:
    """1 / the first right place, 0 beyond place k."""
    return 1 / found[0] if found[0] <= k else 0.0


def ndcg(found: list[int], k: int = 10) -> float:
    """Discounted gain of the right passages, as a share of the best possible ranking's."""
    gain = sum(1 / np.log2(place + 1) for place in found if place <= k)
    best = sum(1 / np.log2(place + 1) for place in range(1, min(k, len(found)) + 1))
    return float(gain / best)


def interval(better: Values, worse: Values) -> tuple[float, float, float]:
    """The mean difference of paired values, and its 95 % bootstrap interval."""
    difference = better - worse
    drawn = np.random.default_rng(SEED).integers(len(difference), size=(RESAMPLES, len(difference)))
    low, high = np.quantile(difference[drawn].mean(axis=1), [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)
