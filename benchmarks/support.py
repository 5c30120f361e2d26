"""Fit the support score: ``python -m benchmarks.support`` prints weights for ``qa/tuning.toml``.

A logistic regression whose weights have the signs that their features mean, over the lookups,
yes-no questions and refusals of the development suites, follow-ups as they are asked whole. What a
respondent answers is a refusal when it is put to others, too, and counts less. The notes give no
examples: the shipped model has learned from all of them, so that none is as strange to it as a
question that somebody asks. It also prints for each suite how much is answered by weights that have
not seen it, and how well they tell the two apart.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.fitting import signed_logistic
from evals.suite import load_suite, suite_name
from evals.types import Case
from index.text import normalise
from qa.chain import Dafu, open_chain
from qa.evidence import Features
from qa.settings import Settings
from qa.types import Question
from qa.understand import understand
from qa.weighing import weigh

SUITES = Path(__file__).parent.parent / "evals" / "suites"
KINDS = ("lookup", "yes-no", "refusal", "follow-up")
NAMES = Features._fields
AGAINST = ("numbers", "entities", "rival", "open")
OTHERS = 2
PUT_TO_OTHERS, REFUSED = 0.1, 2.0
"""What a question put to others counts, and one that is refused, beside one that is answered."""
RAISED = np.arange(0.0, 2.1, 0.25)


@dataclass(frozen=True, slots=True)
class Example:
    """Features of the best sentence, whether it answers, how much the example counts, its suite."""

    features: list[float]
    answers: bool
    importance: float
    source: str


def main() -> None:
    found = list(of_suites(open_chain(Settings())))
    told, labels = [], []
    for suite in sorted({one.source for one in found}):
        weights = fit([one for one in found if one.source != suite])
        own = [one for one in found if one.source == suite and one.importance >= 1]
        scores = weights[0] + np.array([one.features for one in own]) @ weights[1:]
        answers = np.array([one.answers for one in own])
        told += scores.tolist()
        labels += answers.tolist()
        for kind, chosen in (("there", answers), ("not", ~answers)):
            shares = " ".join(f"{(scores[chosen] + up >= 0).mean():.3f}" for up in RAISED)
            print(f"{suite:20} {kind:5} {chosen.sum():4} answered: {shares}")
    print(f"at a bias raised by {RAISED}; all suites: AUC {roc_auc_score(labels, told):.4f}")
    for lost in (0.01, 0.02, 0.03, 0.05):
        least = np.quantile(np.array(told)[np.array(labels)], lost)
        refused = (np.array(told)[~np.array(labels)] < least).mean()
        print(f"bias raised by {-least:+.2f}: {lost} lost, {refused:.3f} refused")
    for name, weight in zip(("bias", *NAMES), fit(found), strict=True):
        print(f"{name} = {weight:.2f}")


def of_suites(chain: Dafu) -> Iterator[Example]:
    """Yield the examples of the development suites."""
    rng = random.Random(3)
    for path in sorted([*SUITES.glob("*.dev*.jsonl"), *SUITES.glob("*.paraphrase.jsonl")]):
        for case in load_suite(path):
            text = case.whole if case.history else case.question
            features = measure(chain, text) if text and case.kind in KINDS else None
            if features is None:
                continue
            source = suite_name(path)
            yield Example(features, case.answerable, 1.0 if case.answerable else REFUSED, source)
            if case.answerable:
                for other in put_to_others(chain, case, text, rng):
                    if (features := measure(chain, other)) is not None:
                        yield Example(features, False, PUT_TO_OTHERS, source)


def put_to_others(chain: Dafu, case: Case, text: str, rng: random.Random) -> Iterator[str]:
    """Yield a question to one named respondent with others named instead."""
    knowledge, normalised = chain.knowledge, normalise(text)
    names = [name for name in knowledge.names.find(normalised) if name.key in knowledge.codes]
    if len({name.key for name in names}) != 1 or len(case.respondents) != 1:
        return
    codes = [code for code in knowledge.codes if code not in ("INTRO", names[0].key)]
    for code in rng.sample(codes, OTHERS):
        respondent = knowledge.respondents[code]
        question = normalised
        for name in reversed(names):
            latin = normalised[name.start].isascii()
            new = respondent.name_en if latin else respondent.name
            question = question[: name.start] + new + question[name.end :]
        yield question


def measure(chain: Dafu, text: str) -> list[float] | None:
    """Return the features of the best sentence for a lookup, None for other kinds of question."""
    asked = understand(Question(text), text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    evidence = weigh(asked, chain.retrieve(asked), chain.knowledge)
    return [getattr(evidence[0].features, name) for name in NAMES] if evidence else None


def fit(examples: list[Example]) -> np.ndarray:
    """Return bias and weights of a logistic regression, shape (1 + features,)."""
    features = np.array([one.features for one in examples])
    labels = np.array([one.answers for one in examples])
    against = [name in AGAINST for name in NAMES]
    weights, bias = signed_logistic(features, labels, [one.importance for one in examples], against)
    return np.r_[bias, weights]


if __name__ == "__main__":
    main()
