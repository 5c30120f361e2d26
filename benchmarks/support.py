"""Fit the support score: ``python -m benchmarks.support`` prints weights for ``qa/tuning.toml``.

A logistic regression on the development suite only. Positives are its lookups and yes-no questions;
negatives are its refusals, and each lookup of one named respondent put to three others instead.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evals.suite import load_suite
from evals.types import Case
from index.text import normalise
from qa.chain import Dafu, open_chain
from qa.evidence import Features, weigh
from qa.settings import Settings
from qa.types import Question
from qa.understand import understand

SUITE = Path(__file__).parent.parent / "evals" / "suites" / "A-72-344.dev.jsonl"
NAMES = tuple(Features.__dataclass_fields__)
SWAPS = 3
RIDGE = 0.2
STEPS = 20_000
RATE = 0.01


def main() -> None:
    chain = open_chain(Settings())
    rows = list(examples(chain))
    features = np.array([row[0] for row in rows])
    labels = np.array([row[1] for row in rows], dtype=float)
    weights = fit(features, labels, np.array([row[2] for row in rows]))
    for name, weight in zip(("bias", *NAMES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    scores = weights[0] + features @ weights[1:]
    for bias in (0.0, 0.15, 0.3, 0.5):
        kept = (scores[labels == 1] + bias >= 0).mean()
        refused = (scores[labels == 0] + bias < 0).mean()
        print(f"bias +{bias}: answered {kept:.3f} of {labels.sum():.0f}, refused {refused:.3f}")


def examples(chain: Dafu) -> Iterator[tuple[list[float], bool, float]]:
    """Yield features of the best sentence, whether it answers, and the example's weight."""
    rng = random.Random(3)
    for case in load_suite(SUITE):
        if case.kind not in ("lookup", "yes-no", "refusal") or case.history:
            continue
        found = measure(chain, case.question)
        if found is None:
            continue
        yield found, case.answerable, 1.0 if case.answerable else 2.0
        if case.answerable:
            for question in swapped(chain, case, rng):
                other = measure(chain, question)
                if other is not None:
                    yield other, False, 0.2


def measure(chain: Dafu, text: str) -> list[float] | None:
    """Return the features of the best sentence for a lookup, None for other kinds of question."""
    asked = understand(Question(text), text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    evidence = weigh(asked, chain.retrieve(asked), chain.knowledge)
    return [getattr(evidence[0].features, name) for name in NAMES] if evidence else None


def swapped(chain: Dafu, case: Case, rng: random.Random) -> Iterator[str]:
    """Yield a question of one named respondent put to others."""
    knowledge, text = chain.knowledge, normalise(case.question)
    names = [name for name in knowledge.names.find(text) if name.key in knowledge.codes]
    if len({name.key for name in names}) != 1:
        return
    others = [code for code in knowledge.codes if code not in ("INTRO", names[0].key)]
    for code in rng.sample(others, SWAPS):
        respondent = knowledge.respondents[code]
        new = respondent.name_en if case.lang == "en" else respondent.name
        question = text
        for name in reversed(names):
            question = question[: name.start] + new + question[name.end :]
        yield question


def fit(features: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Return bias and weights of a ridge logistic regression, by plain gradient ascent."""
    design = np.c_[np.ones(len(features)), features]
    weights = np.zeros(design.shape[1])
    ridge = np.r_[0.0, np.full(features.shape[1], RIDGE)]
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        weights += RATE * (design.T @ ((labels - chance) * importance) - ridge * weights)
    return weights


if __name__ == "__main__":
    main()
