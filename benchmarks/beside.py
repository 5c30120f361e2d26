"""Fit when a second sentence is quoted: ``python -m benchmarks.beside`` prints weights for
``qa/tuning.toml``.

A logistic regression over the sentences that stand in the passage of the best one: does it hold
what the case quotes, and the best one not? The questions are the lookups of the development suites
and their follow-ups asked whole. It also prints, in five folds, how many sentences would be quoted
and how many of them answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.fitting import logistic
from benchmarks.support import SUITES
from evals.suite import load_suite
from evals.types import Case
from index.text import content
from qa.beside import Signs, rivals, signs
from qa.chain import Dafu, open_chain
from qa.evidence import Terms
from qa.settings import Settings
from qa.types import Question
from qa.weighing import weigh

FOLDS = 5
LEAST = (0.5, 0.4, 0.3, 0.25, 0.2, 0.15)
KINDS = ("lookup", "yes-no", "follow-up")


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of a sentence beside the best one, and whether it answers instead."""

    signs: Signs
    answers: bool


def main() -> None:
    found = list(examples(open_chain(Settings())))
    rows = np.array([one.signs for one in found])
    right = np.array([one.answers for one in found])
    chances = np.zeros(len(found))
    for fold in range(FOLDS):
        left = np.arange(len(found)) % FOLDS == fold
        weights, bias = logistic(rows[~left], right[~left])
        chances[left] = 1 / (1 + np.exp(-rows[left] @ weights - bias))
    print(f"{len(found)} sentences, {right.sum()} of them answer where the best one does not")
    for least in LEAST:
        quoted = chances >= least
        print(f"least {least}: {quoted.sum()} quoted, {(quoted & right).sum()} of them answer")
    weights, bias = logistic(rows, right)
    for name, weight in zip(("bias", *Signs._fields), (bias, *weights), strict=True):
        print(f"{name} = {weight:.2f}")


def examples(chain: Dafu) -> Iterator[Example]:
    """Yield the sentences of the development suites' lookups that stand beside the best one."""
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            text = case.question if not case.history else case.whole
            if case.answerable and case.kind in KINDS and text:
                yield from examples_of(case, text, chain)


def examples_of(case: Case, text: str, chain: Dafu) -> Iterator[Example]:
    """Yield those of one question, where some sentence found answers it."""
    gold = [content(piece) for piece in case.gold]
    asked = chain.understand(Question(text))
    evidence = weigh(asked, chain.retrieve(asked), chain.knowledge)
    right = [any(piece in one.sentence.content for piece in gold) for one in evidence]
    if asked.aim != "lookup" or not any(right):
        return
    terms = Terms(asked.focus or asked.normalised, chain.knowledge)
    for one in rivals(evidence):
        answers = not right[0] and right[evidence.index(one)]
        yield Example(signs(evidence[0], one, terms), answers)


if __name__ == "__main__":
    main()
