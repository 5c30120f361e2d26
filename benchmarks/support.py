"""Fit the support score: ``python -m benchmarks.support`` prints weights for ``qa/tuning.toml``.

A logistic regression. Positives are for every passage a question of its notes that is held out of
the index that is asked, negatives the questions that its notes call open, held out as well, and the
positives put to other respondents; this in several rounds, and little beside them the lookups,
yes-no questions and refusals of the development suites. It also prints how many questions of each
suite are answered by weights that have not seen that suite.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.fitting import logistic
from corpus import Report, load_report
from corpus.notes import load_notes
from corpus.notes_types import ExpectedQuestion, Notes
from evals.suite import load_suite
from index.embeddings import make_embeddings
from index.opening import open_index
from index.text import normalise
from qa.chain import Dafu
from qa.evidence import Features
from qa.knowledge import Knowledge
from qa.types import Question
from qa.understand import understand
from qa.weighing import weigh

SUITES = Path(__file__).parent.parent / "evals" / "suites"
NAMES = Features._fields
OTHERS = 2
ROUNDS = 3
HELD_OUT, PUT_TO_OTHERS, OF_SUITES = 0.6, 0.04, 0.1
"""What an example counts, by where it comes from."""
RAISED = np.arange(0.0, 1.6, 0.25)


@dataclass(frozen=True, slots=True)
class Example:
    """Features of the best sentence, whether it answers, and how much the example counts."""

    features: list[float]
    answers: bool
    importance: float
    source: str


def main() -> None:
    rng = random.Random(3)
    report = load_report()
    notes = load_notes(report)
    found = list(of_suites(open_chain(report, notes)))
    suites = sorted({one.source for one in found})
    for _ in range(ROUNDS):
        less, held_out = without_some(notes, rng)
        found += of_notes(open_chain(report, less), held_out, rng)
    for suite in suites:
        weights = fit([one for one in found if one.source != suite])
        for answers in (True, False):
            chosen = [one for one in found if (one.source, one.answers) == (suite, answers)]
            scores = weights[0] + np.array([one.features for one in chosen or found]) @ weights[1:]
            shares = " ".join(f"{(scores + bias >= 0).mean():.3f}" for bias in RAISED)
            print(
                f"{suite:10} {'there' if answers else 'not':5} {len(chosen):4} answered: {shares}"
            )
    print(f"at a bias raised by {RAISED}\n")
    for name, weight in zip(("bias", *NAMES), fit(found), strict=True):
        print(f"{name} = {weight:.2f}")


def open_chain(report: Report, notes: Notes) -> Dafu:
    """Return the engine over an index of these notes, built in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="dafu-support-"))
    index = open_index(report, notes, make_embeddings(), folder)
    return Dafu(Knowledge(report, notes, index.searcher), index.fingerprint)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the notes of a passage lose: a question that it answers and one that it leaves open."""

    passage_id: str
    question: ExpectedQuestion
    gap: str


def without_some(notes: Notes, rng: random.Random) -> tuple[Notes, list[HeldOut]]:
    """Return the notes without one question and one gap a passage, and those."""
    held, kept = [], {}
    for key, note in notes.by_passage.items():
        if key.endswith("/0") or len(note.questions) < 4:
            kept[key] = note
            continue
        out = rng.choice(note.questions)
        gap = rng.choice(note.gaps) if note.gaps else None
        held.append(HeldOut(key, out, gap.text if gap else ""))
        kept[key] = replace(
            note,
            questions=tuple(q for q in note.questions if q is not out),
            gaps=tuple(one for one in note.gaps if one is not gap),
        )
    return replace(notes, by_passage=kept), held


def of_suites(chain: Dafu) -> Iterator[Example]:
    """Yield the examples of the development suites."""
    for path in sorted([*SUITES.glob("*.dev*.jsonl"), *SUITES.glob("*.paraphrase.jsonl")]):
        for case in load_suite(path):
            if case.kind not in ("lookup", "yes-no", "refusal") or case.history:
                continue
            features = measure(chain, Question(case.question))
            if features is not None:
                weight = OF_SUITES if case.answerable else 2 * OF_SUITES
                source = path.name.split(".")[-2]
                yield Example(features, case.answerable, weight, source)


def of_notes(chain: Dafu, held_out: list[HeldOut], rng: random.Random) -> Iterator[Example]:
    """Yield the questions held out of the notes, the same put to others, and the gaps held out."""
    for held in held_out:
        text = held.question.text
        features = measure(chain, Question(text))
        if features is not None:
            yield Example(features, True, HELD_OUT, "notes")
            yield from put_to_others(chain, text, rng)
        features = measure(chain, Question(held.gap)) if held.gap else None
        if features is not None:
            yield Example(features, False, HELD_OUT, "notes")


def put_to_others(chain: Dafu, text: str, rng: random.Random) -> Iterator[Example]:
    """Yield a question of one named respondent with others named instead."""
    knowledge, normalised = chain.knowledge, normalise(text)
    names = [name for name in knowledge.names.find(normalised) if name.key in knowledge.codes]
    if len({name.key for name in names}) != 1:
        return
    codes = [code for code in knowledge.codes if code not in ("INTRO", names[0].key)]
    for code in rng.sample(codes, OTHERS):
        respondent = knowledge.respondents[code]
        question = normalised
        for name in reversed(names):
            latin = normalised[name.start].isascii()
            new = respondent.name_en if latin else respondent.name
            question = question[: name.start] + new + question[name.end :]
        features = measure(chain, Question(question))
        if features is not None:
            yield Example(features, False, PUT_TO_OTHERS, "notes")


def measure(chain: Dafu, question: Question) -> list[float] | None:
    """Return the features of the best sentence for a lookup, None for other kinds of question."""
    asked = understand(question, question.text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    evidence = weigh(asked, chain.retrieve(asked), chain.knowledge)
    return [getattr(evidence[0].features, name) for name in NAMES] if evidence else None


def fit(examples: list[Example]) -> np.ndarray:
    """Return bias and weights of a logistic regression, shape (1 + features,)."""
    features = np.array([one.features for one in examples])
    labels = np.array([one.answers for one in examples])
    weights, bias = logistic(features, labels, [one.importance for one in examples])
    return np.r_[bias, weights]


if __name__ == "__main__":
    main()
