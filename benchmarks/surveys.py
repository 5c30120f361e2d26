"""Fit the survey decision: ``python -m benchmarks.surveys`` prints weights for ``qa/tuning.toml``.

A logistic regression over every respondent of every survey of the development suites that names no
entity: did this respondent, by the suite, speak of the subject?
"""

from pathlib import Path

import numpy as np

from benchmarks.support import fit
from evals.suite import load_suite
from qa.chain import open_chain
from qa.settings import Settings
from qa.standing import Signs, Subject, evidence_of_each, signs_of
from qa.types import Question
from qa.understand import understand

SUITES = Path(__file__).parent.parent / "evals" / "suites"
NAMES = tuple(Signs.__dataclass_fields__)


def main() -> None:
    chain = open_chain(Settings())
    rows, labels = [], []
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            asked = understand(Question(case.question), case.question, chain.knowledge)
            if case.kind != "survey" or asked.aim != "survey" or asked.entities or asked.silent:
                continue
            subject = Subject(asked, chain.knowledge)
            evidence = evidence_of_each(asked, chain.knowledge)
            for code in asked.scope:
                signs = signs_of(code, subject, chain.knowledge, evidence)
                rows.append([getattr(signs, name) for name in NAMES])
                name = chain.knowledge.respondents[code].name
                labels.append(float(name in case.respondents))
    features, wanted = np.array(rows), np.array(labels)
    weights = fit(features, wanted, np.ones(len(wanted)))
    for name, weight in zip(("bias", *NAMES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    scores = weights[0] + features @ weights[1:]
    for bias in (-0.5, 0.0, 0.5):
        given = scores + bias >= 0
        right = (given & (wanted == 1)).sum()
        print(
            f"bias {bias:+}: precision {right / given.sum():.3f}, "
            f"recall {right / wanted.sum():.3f} of {wanted.sum():.0f} in {len(wanted)}"
        )


if __name__ == "__main__":
    main()
