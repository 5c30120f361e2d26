"""Fit how sentences rank: ``python -m benchmarks.ranking`` prints weights for ``qa/tuning.toml``.

A softmax regression: of all sentences of the passages found for a question, the one that
answers: the gold of the development suites' lookups, and of their follow-ups asked whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.support import SUITES
from evals.suite import load_suite
from index.text import content
from qa.chain import Dafu, open_chain
from qa.evidence import Evidence
from qa.settings import Settings
from qa.types import Question
from qa.understand import understand
from qa.weighing import weigh

NAMES = tuple("coverage context noted similarity dense asked fits prior answers alike".split())
KINDS = ("lookup", "yes-no", "follow-up")
LAG = len(NAMES)
RIDGE = 0.0015
STEPS = 3_000
RATE = 1.0
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one question, shape (sentences, features), and which of them answer."""

    features: np.ndarray
    answers: np.ndarray


def main() -> None:
    choices = list(of_suites(open_chain(Settings())))
    print(f"{validated(choices):.3f} of {len(choices)} first sentences right, in {FOLDS} folds")
    weights = fit(choices)
    for name, weight in zip((*NAMES, "lag"), weights / weights[0], strict=True):
        print(f"{name} = {weight:.2f}")


def of_suites(chain: Dafu) -> Iterator[Choice]:
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            text = case.whole if case.history else case.question
            if text and case.kind in KINDS and case.answerable:
                choice = choose(chain, text, [content(piece) for piece in case.gold])
                if choice is not None:
                    yield choice


def choose(chain: Dafu, text: str, gold: list[str]) -> Choice | None:
    """Return the candidates of a lookup and which hold gold, or None where none of them does."""
    asked = understand(Question(text), text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    found = chain.retrieve(asked)
    evidence = weigh(asked, found, chain.knowledge)
    best = found[0].score
    said = [content(one.sentence.text) for one in evidence]
    right = np.array([any(piece in text for piece in gold) for text in said])
    return Choice(np.array([row(one, best) for one in evidence]), right) if right.any() else None


def row(one: Evidence, best: float) -> list[float]:
    return [*(getattr(one.features, name) for name in NAMES), -max(0.0, best - one.found.score)]


def fit(choices: list[Choice]) -> np.ndarray:
    """Return the weights by plain gradient ascent on the log-likelihood of the right sentences."""
    features = np.concatenate([one.features for one in choices])
    answers = np.concatenate([one.answers for one in choices])
    sizes = np.array([len(one.answers) for one in choices])
    starts = np.cumsum(sizes) - sizes
    weights = np.ones(LAG + 1)
    for _ in range(STEPS):
        scores = features @ weights
        chances = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chances /= np.repeat(np.add.reduceat(chances, starts), sizes)
        right = chances * answers
        right /= np.repeat(np.add.reduceat(right, starts), sizes)
        weights += RATE * ((right - chances) @ features / len(choices) - RIDGE * weights)
    return weights


def validated(choices: list[Choice]) -> float:
    """Return the share of first sentences that are right, each judged by weights of other folds."""
    right = []
    for fold in range(FOLDS):
        weights = fit([one for n, one in enumerate(choices) if n % FOLDS != fold])
        right += [
            bool(one.answers[int((one.features @ weights).argmax())])
            for n, one in enumerate(choices)
            if n % FOLDS == fold
        ]
    return float(np.mean(right))


if __name__ == "__main__":
    main()
