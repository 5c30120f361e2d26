"""A logistic regression whose features are standardised to fit it and whose weights are not."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

_SMALL = 1e-9
"""Keeps a feature that never varies from dividing by nothing."""


def logistic(
    features: np.ndarray,
    labels: np.ndarray,
    importance: Sequence[float] | None = None,
    *,
    inverse_penalty: float = 1.0,
) -> tuple[np.ndarray, float]:
    """Return weights, shape (features,), and bias for features of shape (examples, features).

    The smaller ``inverse_penalty``, the more large weights are held down.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + _SMALL
    model = LogisticRegression(C=inverse_penalty, max_iter=5000)
    model.fit((features - mean) / deviation, labels, importance)
    weights = model.coef_[0] / deviation
    return weights, float(model.intercept_[0] - mean @ weights)


def signed_logistic(
    features: np.ndarray, labels: np.ndarray, importance: Sequence[float], against: Sequence[bool]
) -> tuple[np.ndarray, float]:
    """Return weights, shape (features,), and bias as ``logistic`` does, but none that counts what
    speaks for an example against it: those of features ``against`` it are 0 at most, others at
    least.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + _SMALL
    scaled, side = (features - mean) / deviation, np.where(labels, 1.0, -1.0)
    counts = np.asarray(importance)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (scaled @ found[1:] + found[0])
        pull = -counts * side / (1 + np.exp(margin))
        value = (counts * np.logaddexp(0, -margin)).sum() + (found[1:] ** 2).sum() / 2
        return float(value), np.r_[pull.sum(), scaled.T @ pull + found[1:]]

    bounds = [(None, None), *((None, 0.0) if one else (0.0, None) for one in against)]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[1:] / deviation
    return weights, float(found[0] - mean @ weights)
