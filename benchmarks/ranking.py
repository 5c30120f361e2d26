"""Fit how sentences rank: ``python -m benchmarks.ranking`` prints weights for ``qa/tuning.toml``.

A softmax regression: of all sentences of the passages found for a question, the one that
answers. The answers are the gold of the development suites' lookups, and the sentence that the
notes give for a question of theirs that is held out of the index that is asked.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.support import SUITES, HeldOut, open_chain, without_some
from corpus import load_report
from corpus.notes import load_notes
from evals.suite import load_suite
from index.text import content
from qa.chain import Dafu
from qa.evidence import Evidence
from qa.types import Question
from qa.understand import understand
from qa.weighing import weigh

NAMES = tuple("coverage context noted similarity dense asked fits prior answers alike".split())
IsRight = Callable[[tuple[str, int], str], bool]
"""Tells of a sentence, by its passage's id and start, and by its text, whether it answers."""
LAG = len(NAMES)
RIDGE = 0.02
STEPS = 4_000
RATE = 0.05
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one question, shape (sentences, features), and which of them answer."""

    features: np.ndarray
    answers: np.ndarray
    importance: float
    source: str


def main() -> None:
    report = load_report()
    notes = load_notes(report)
    less, held_out = without_some(notes, random.Random(5))
    choices = [*of_suites(open_chain(report, notes)), *of_notes(open_chain(report, less), held_out)]
    for source in ("suite", "notes"):
        print(source, f"{validated(choices, source):.3f} first sentences right, in {FOLDS} folds")
    weights = fit(choices)
    for name, weight in zip((*NAMES, "lag"), weights / weights[0], strict=True):
        print(f"{name} = {weight:.2f}")


def of_suites(chain: Dafu) -> Iterator[Choice]:
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            if case.kind in ("lookup", "yes-no") and case.answerable and not case.history:
                gold = [content(piece) for piece in case.gold]
                choice = choose(
                    chain,
                    case.question,
                    lambda _, text, gold=gold: any(piece in text for piece in gold),
                )
                if choice is not None:
                    yield Choice(*choice, 1.0, "suite")


def of_notes(chain: Dafu, held_out: list[HeldOut]) -> Iterator[Choice]:
    for held in held_out:
        passage_id, question = held.passage_id, held.question
        if question.sentence is None:
            continue
        start = next(
            passage.sentences[question.sentence][0]
            for passage in chain.report.passages
            if passage.id == passage_id
        )
        wanted = (passage_id, start)
        choice = choose(chain, question.text, lambda place, _, wanted=wanted: place == wanted)
        if choice is not None:
            yield Choice(*choice, 0.3, "notes")


def choose(chain: Dafu, text: str, is_right: IsRight) -> tuple[np.ndarray, np.ndarray] | None:
    """Return candidates and right ones of a lookup, or None where none of them is right."""
    asked = understand(Question(text), text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    found = chain.retrieve(asked)
    evidence = weigh(asked, found, chain.knowledge)
    best = found[0].score
    rows = [row(one, best) for one in evidence]
    right = [
        is_right((one.sentence.passage.id, one.sentence.start), content(one.sentence.text))
        for one in evidence
    ]
    return (np.array(rows), np.array(right)) if any(right) else None


def row(one: Evidence, best: float) -> list[float]:
    return [*(getattr(one.features, name) for name in NAMES), -max(0.0, best - one.found.score)]


def fit(choices: list[Choice]) -> np.ndarray:
    """Return the weights by plain gradient ascent on the log-likelihood of the right sentences."""
    weights = np.ones(LAG + 1)
    for _ in range(STEPS):
        gradient = -RIDGE * weights
        for one in choices:
            chances = softmax(one.features @ weights)
            right = chances * one.answers
            gradient += one.importance * ((right / right.sum() - chances) @ one.features) / 100
        weights += RATE * gradient
    return weights


def softmax(scores: np.ndarray) -> np.ndarray:
    chances = np.exp(scores - scores.max())
    return chances / chances.sum()


def validated(choices: list[Choice], source: str) -> float:
    """Return the share of first sentences that are right, each judged by weights of other folds."""
    right = []
    for fold in range(FOLDS):
        weights = fit([one for n, one in enumerate(choices) if n % FOLDS != fold])
        right += [
            bool(one.answers[int((one.features @ weights).argmax())])
            for n, one in enumerate(choices)
            if n % FOLDS == fold and one.source == source
        ]
    return float(np.mean(right))


if __name__ == "__main__":
    main()
