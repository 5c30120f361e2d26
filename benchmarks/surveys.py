"""Fit the survey decision: ``python -m benchmarks.surveys`` prints weights for ``qa/tuning.toml``.

A logistic regression over every respondent of every survey of the development suites: did this
respondent, by the suite, speak of the subject? It also prints how good the sets are on surveys that
the weights have not seen.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.fitting import logistic
from evals.suite import load_suite
from qa.chain import Dafu, open_chain
from qa.inquiry import Inquiry
from qa.proofs import by_name
from qa.settings import Settings
from qa.signs import Signs, signs_of_each
from qa.standing import evidence_of_each
from qa.types import Question
from qa.understand import understand

SUITES = Path(__file__).parent.parent / "evals" / "suites"
INVERSE_PENALTY = 0.1
FOLDS = 10
BIASES = np.arange(-1.0, 1.01, 0.25)


@dataclass(frozen=True, slots=True)
class Survey:
    """The respondents of one survey: their signs and how far each is behind, shape (respondents,
    2 x signs), and whether the suite has them speak of it.
    """

    features: np.ndarray
    labels: np.ndarray


def main() -> None:
    surveys = load_surveys(open_chain(Settings()))
    scores = [np.zeros(len(one.labels)) for one in surveys]
    for fold in range(FOLDS):
        weights, bias = fit([one for n, one in enumerate(surveys) if n % FOLDS != fold])
        for n in range(fold, len(surveys), FOLDS):
            scores[n] = surveys[n].features @ weights + bias
    for raised in BIASES:
        pairs = zip(scores, surveys, strict=True)
        sets = [f1(score + raised >= 0, one.labels) for score, one in pairs]
        exact = np.mean(np.equal(sets, 1))
        print(f"bias {raised:+.2f}: set F1 {np.mean(sets):.3f}, exact {exact:.3f}")
    weights, bias = fit(surveys)
    own, behind = np.split(weights, 2)
    print(f"[survey.own]\nbias = {bias:.2f}")
    for name, weight in zip(Signs._fields, own, strict=True):
        print(f"{name} = {weight:.2f}")
    print("\n[survey.behind]")
    for name, weight in zip(Signs._fields, behind, strict=True):
        print(f"{name} = {weight:.2f}")


def load_surveys(chain: Dafu) -> list[Survey]:
    knowledge, found = chain.knowledge, []
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            asked = understand(Question(case.question), case.question, knowledge)
            is_survey = case.kind == asked.aim == "survey" and not case.history
            if not (is_survey and case.respondents):
                continue
            inquiry = Inquiry(asked, knowledge)
            evidence = evidence_of_each(asked, knowledge)
            named = by_name(inquiry, asked, knowledge) if inquiry.entities else {}
            signs = signs_of_each(inquiry, evidence, named, knowledge)
            own = np.array([signs[code] for code in signs])
            labels = [knowledge.respondents[code].name in case.respondents for code in signs]
            found.append(Survey(np.c_[own, own - own.max(axis=0)], np.array(labels)))
    return found


def fit(surveys: list[Survey]) -> tuple[np.ndarray, float]:
    """Return the weights, shape (2 x signs,), and the bias."""
    features = np.concatenate([one.features for one in surveys])
    labels = np.concatenate([one.labels for one in surveys])
    return logistic(features, labels, inverse_penalty=INVERSE_PENALTY)


def f1(given: np.ndarray, wanted: np.ndarray) -> float:
    """Return the F1 of one set; 1 where both are empty."""
    both = given.sum() + wanted.sum()
    return 2 * (given & wanted).sum() / both if both else 1.0


if __name__ == "__main__":
    main()
