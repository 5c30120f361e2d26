"""Fit whether anybody speaks of a subject: ``python -m benchmarks.heard`` prints weights for
``qa/tuning.toml``.

A logistic regression over whole surveys. Positives are those of the development suites and, with
less weight, questions of the subject index whose own entry is left out; negatives are the
refusals of the suites that are put to many, and the questions that nobody answers by the index,
each left out of it. It also prints what share of each is refused by weights that have not seen it.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.fitting import logistic
from corpus.notes_types import Subject, Unanswered
from evals.suite import load_suite
from qa.chain import Dafu, open_chain
from qa.inquiry import Inquiry
from qa.proofs import by_name
from qa.settings import Settings
from qa.signs import signs_of_each, whole_of
from qa.standing import evidence_of_each
from qa.types import Question

SUITES = Path(__file__).parent.parent / "evals" / "suites"
FOLDS = 10
OF_SUBJECT, OF_UNANSWERED, OF_INDEX = 2, 1, 0.15
"""Questions taken of each subject and of each entry that nobody answers, and what one about a
subject counts.
"""
LOST = (0.01, 0.02, 0.03, 0.05)
"""Shares of the suites' surveys that may be taken for unheard of."""


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for the subject's being spoken of, whether it is, and where this comes from."""

    features: dict[str, float]
    heard: bool
    source: str

    @property
    def importance(self) -> float:
        """How much the example counts in the fit."""
        return OF_INDEX if self.source == "index" else 1.0


def main() -> None:
    chain = open_chain(Settings())
    notes = chain.knowledge.notes
    examples = [
        *of_index(chain, notes.unanswered.values(), OF_UNANSWERED, "unanswered"),
        *of_suites(chain),
        *of_index(chain, notes.subjects.values(), OF_SUBJECT, "index"),
    ]
    random.Random(3).shuffle(examples)
    scores = np.zeros(len(examples))
    for fold in range(FOLDS):
        weights, bias = fit([one for n, one in enumerate(examples) if n % FOLDS != fold])
        scores[fold::FOLDS] = table(examples[fold::FOLDS]) @ weights + bias
    sources = np.array([one.source for one in examples])
    for lost in LOST:
        least = np.quantile(scores[np.char.startswith(sources, "dev")], lost)
        refused = {
            source: (scores[sources == source] < least).mean() for source in sorted(set(sources))
        }
        print(f"bias {-least:+.2f}:", *(f"{name} {share:.2f}" for name, share in refused.items()))
    weights, bias = fit(examples)
    print(f"\n[survey.heard]\nbias = {bias:.2f}")
    for name, weight in zip(examples[0].features, weights, strict=True):
        print(f"{name} = {weight:.2f}")


def of_suites(chain: Dafu) -> Iterator[Example]:
    for path in sorted([*SUITES.glob("*.dev*.jsonl"), *SUITES.glob("*.paraphrase.jsonl")]):
        for case in load_suite(path):
            if (case.respondents or not case.answerable) and not case.history:
                features = measure(chain, case.question)
                if features:
                    source = path.stem.split(".")[-1] if case.answerable else "refused"
                    yield Example(features, case.answerable, source)


def of_index(
    chain: Dafu, entries: Iterable[Subject | Unanswered], taken: int, source: str
) -> Iterator[Example]:
    """Yield some questions of each entry of the index, asked as if it lacked the entry."""
    rng = random.Random(3)
    for entry in entries:
        for question in rng.sample(list(entry.questions), taken):
            features = measure(chain, question.text, entry.id)
            if features:
                yield Example(features, isinstance(entry, Subject), source)


def measure(chain: Dafu, text: str, unlisted: str = "") -> dict[str, float]:
    """Return the features of a survey, its subject or itself taken out of the index; none of
    another kind of question.
    """
    knowledge, asked = chain.knowledge, chain.understand(Question(text))
    if asked.aim != "survey":
        return {}
    inquiry = Inquiry(asked, knowledge, (unlisted,))
    evidence = evidence_of_each(asked, knowledge)
    named = by_name(inquiry, asked, knowledge) if inquiry.entities else {}
    signs = signs_of_each(inquiry, evidence, named, knowledge)
    return whole_of(inquiry, signs, evidence, knowledge)


def fit(examples: list[Example]) -> tuple[np.ndarray, float]:
    """Return the weights, shape (features,), and the bias."""
    heard = np.array([one.heard for one in examples])
    return logistic(table(examples), heard, [one.importance for one in examples])


def table(examples: list[Example]) -> np.ndarray:
    """Return the features, shape (examples, features)."""
    return np.array([list(one.features.values()) for one in examples])


if __name__ == "__main__":
    main()
