"""Fit the match of a question with the subject index: ``python -m benchmarks.subjects`` prints
weights for ``qa/tuning.toml``.

Every question of the index is put to all the others: does another one ask for the same subject? A
logistic regression over the pairs, and how often the likeliest subject is the right one, on
subjects that the weights have not seen.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.text import normalise
from qa.chain import open_chain
from qa.settings import Settings
from qa.subjects import Likeness, SubjectIndex

FOLDS = 5
RIVALS = 40
"""Pairs of different subjects that are kept of each question, the most alike ones."""
PENALTY = 1.0


def main() -> None:
    knowledge = open_chain(Settings()).knowledge
    units = knowledge.searcher.about_subjects
    subjects = [unit.subject or "" for unit in units]
    numbers = {subject: n for n, subject in enumerate(dict.fromkeys(subjects))}
    owners = np.array([numbers[subject] for subject in subjects])
    index = SubjectIndex(knowledge)
    pairs = [np.array(index.likenesses(normalise(unit.text))) for unit in units]
    ranks: list[int] = []
    for fold in range(FOLDS):
        weights, bias = fit(
            pairs, owners, [n for n in range(len(pairs)) if owners[n] % FOLDS != fold]
        )
        ranks += [
            rank_of(n, pairs[n] @ weights + bias, owners)
            for n in range(len(pairs))
            if owners[n] % FOLDS == fold
        ]
    for k in (1, 3, 5):
        print(f"the right subject among the first {k}: {np.mean(np.array(ranks) < k):.3f}")
    weights, bias = fit(pairs, owners, list(range(len(pairs))))
    print(f"bias = {bias:.2f}")
    for name, weight in zip(Likeness._fields, weights, strict=True):
        print(f"{name} = {weight:.2f}")


def fit(pairs: list[np.ndarray], owners: np.ndarray, chosen: list[int]) -> tuple[np.ndarray, float]:
    """Return the weights, shape (likenesses,), and the bias."""
    features, labels = [], []
    for n in chosen:
        same = owners == owners[n]
        same[n] = False
        others = np.flatnonzero(owners != owners[n])
        rivals = others[np.argsort(-pairs[n][others, 0])[:RIVALS]]
        features += [pairs[n][same], pairs[n][rivals]]
        labels += [np.ones(same.sum()), np.zeros(len(rivals))]
    model = LogisticRegression(C=PENALTY, max_iter=2000)
    model.fit(np.concatenate(features), np.concatenate(labels))
    return model.coef_[0], float(model.intercept_[0])


def rank_of(question: int, odds: np.ndarray, owners: np.ndarray) -> int:
    """Return how many subjects are likelier than the question's own, itself left out."""
    odds = odds.copy()
    odds[question] = -np.inf
    best = np.full(owners.max() + 1, -np.inf)
    np.maximum.at(best, owners, odds)
    return int((best > best[owners[question]]).sum())


if __name__ == "__main__":
    main()
