"""A logistic regression whose features are standardised to fit it and whose weights are not."""

from collections.abc import Sequence

import numpy as np
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
