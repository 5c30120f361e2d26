"""Fit the support score: ``python -m benchmarks.support`` prints weights for ``qa/tuning.toml``.

A logistic regression. Positives are the lookups and yes-no questions of the development suites, and
for every passage one question of its notes that is held out of the index that is asked. Negatives
are the suites' refusals, the positives put to other respondents, and for every passage one question
that its notes call open, held out as well.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus import Report, load_report
from corpus.notes import load_notes
from corpus.notes_types import ExpectedQuestion, Notes
from evals.suite import load_suite
from index.embeddings import make_embeddings
from index.opening import open_index
from index.text import normalise
from qa.chain import Dafu
from qa.evidence import Features, weigh
from qa.knowledge import Knowledge
from qa.types import Question
from qa.understand import understand

SUITES = Path(__file__).parent.parent / "evals" / "suites"
NAMES = Features._fields
OTHERS = 2
RIDGE = 1.0
STEPS = 20_000
RATE = 0.002


@dataclass(frozen=True, slots=True)
class Example:
    """Features of the best sentence, whether it answers, and how much the example counts."""

    features: list[float]
    answers: bool
    importance: float
    source: str
    question: str


def main() -> None:
    rng = random.Random(3)
    report = load_report()
    notes = load_notes(report)
    whole = open_chain(report, notes)
    less, held_out = without_some(notes, rng)
    part = open_chain(report, less)
    found = [*of_suites(whole, rng), *of_notes(part, held_out, rng)]
    features = np.array([one.features for one in found])
    labels = np.array([one.answers for one in found], dtype=float)
    weights = fit(features, labels, np.array([one.importance for one in found]))
    for name, weight in zip(("bias", *NAMES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    scores = weights[0] + features @ weights[1:]
    for source in sorted({one.source for one in found}):
        chosen = np.array([one.source == source for one in found])
        shares = [f"{(scores[chosen] + bias >= 0).mean():.3f}" for bias in (-0.5, 0, 0.5, 1)]
        print(f"{source:12} {chosen.sum():4}  answered at bias -0.5, 0, 0.5, 1: {shares}")


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


def of_suites(chain: Dafu, rng: random.Random) -> Iterator[Example]:
    """Yield the examples of the development suites."""
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            if case.kind not in ("lookup", "yes-no", "refusal") or case.history:
                continue
            features = measure(chain, Question(case.question))
            if features is None:
                continue
            source = "asked" if case.answerable else "refused"
            weight = 1.0 if case.answerable else 2.0
            yield Example(features, case.answerable, weight, source, case.question)
            if case.answerable:
                yield from put_to_others(chain, case.question, rng)


def of_notes(chain: Dafu, held_out: list[HeldOut], rng: random.Random) -> Iterator[Example]:
    """Yield the questions held out of the notes, the same put to others, and the gaps held out."""
    for held in held_out:
        text = held.question.text
        features = measure(chain, Question(text))
        if features is not None:
            yield Example(features, True, 0.6, "held out", text)
            yield from put_to_others(chain, text, rng)
        features = measure(chain, Question(held.gap)) if held.gap else None
        if features is not None:
            yield Example(features, False, 0.6, "open", held.gap)


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
            yield Example(features, False, 0.4, "others", question)


def measure(chain: Dafu, question: Question) -> list[float] | None:
    """Return the features of the best sentence for a lookup, None for other kinds of question."""
    asked = understand(question, question.text, chain.knowledge)
    if asked.aim != "lookup":
        return None
    evidence = weigh(asked, chain.retrieve(asked), chain.knowledge)
    return [getattr(evidence[0].features, name) for name in NAMES] if evidence else None


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
