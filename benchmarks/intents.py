"""Fit how questions are put: ``python -m benchmarks.intents`` writes ``qa/intents.tsv``.

Logistic regressions over the n-grams of masked questions. They learn from the questions labelled
in ``benchmarks/intents.jsonl``, from the cases of the development suites and, with less weight,
from the questions of the notes and of the subject index. Every one of the latter is a survey: those
stay out that speak of replies, for they would teach that "which replies ..." is never about dates
or languages, and those that name a respondent. Before it writes, it prints how many of each
development suite are judged rightly by a model that has not seen that suite, and which are not.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corpus import load_report
from corpus.notes import load_notes
from corpus.notes_types import Notes
from corpus.types import Report
from evals.suite import load_suite
from index.names import NameFinder
from index.text import normalise
from qa import patterns
from qa.conditions import asks_of_replies
from qa.intent import HEADS, RESPONDENT, features_of, masked
from qa.knowledge import names_of

Mask = Callable[[str], str]
HERE = Path(__file__).parent
SUITES = HERE.parent / "evals" / "suites"
LABELLED = HERE / "intents.jsonl"
OUT = HERE.parent / "qa" / "intents.tsv"
SMALLEST = 0.05
RARE = 2
PENALTY = 2.0
WEIGHTS = {"labelled": 1.0, "suite": 1.0, "notes": 0.25, "index": 0.01}


@dataclass(frozen=True, slots=True)
class Example:
    """A masked question, its label by head where it is known, and where it comes from."""

    text: str
    labels: dict[str, str]
    source: str
    suite: str = ""


def main() -> None:
    report = load_report()
    notes = load_notes(report)
    finder = NameFinder(names_of(report, notes))
    codes = {one.code: one for one in report.respondents}

    def mask(text: str) -> str:
        normalised = normalise(text)
        return masked(normalised, finder.find(normalised), codes)

    examples = [
        *of_labelled(mask),
        *of_suites(mask),
        *of_notes(report, notes, mask),
        *of_index(notes, mask),
    ]
    for suite in sorted({one.suite for one in examples if one.suite}):
        judge(suite, examples)
    write(examples)


def of_labelled(mask: Mask) -> Iterator[Example]:
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        labels = {"aim": one["aim"]}
        if one["aim"] in ("survey", "metadata") and one["scope"] in HEADS["scope"]:
            labels["scope"] = one["scope"]
        if one["aim"] == "survey":
            labels["silent"] = "yes" if one["silent"] else "no"
        yield Example(mask(one["text"]), labels, "labelled")


def of_suites(mask: Mask) -> Iterator[Example]:
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            if case.history or case.kind in ("follow-up", "refusal"):
                continue
            aim = {"yes-no": "lookup"}.get(case.kind, case.kind)
            if aim == "metadata" and any(not gold.startswith("[") for gold in case.gold):
                aim = "lookup"  # about what the report says, not about the replies
            yield Example(mask(case.question), {"aim": aim}, "suite", path.stem)


def of_notes(report: Report, notes: Notes, mask: Mask) -> Iterator[Example]:
    for passage in report.passages:
        if passage.kind == "table":
            continue  # asked about in words as well as in figures
        aim = "metadata" if passage.kind == "header" else "lookup"
        for question in notes.by_passage[passage.id].questions:
            yield Example(mask(question.text), {"aim": aim}, "notes")


def of_index(notes: Notes, mask: Mask) -> Iterator[Example]:
    for entry in (*notes.subjects.values(), *notes.unanswered.values()):
        for question in entry.questions:
            text = normalise(question.text)
            if patterns.REPLY.search(text) or asks_of_replies(text):
                continue
            if RESPONDENT not in (put := mask(question.text)):
                yield Example(put, {"aim": "survey"}, "index")


def judge(suite: str, examples: list[Example]) -> None:
    """Print the share of a suite judged rightly by a model of all others."""
    rows, weights, bias = train([one for one in examples if one.suite != suite])
    own = [one for one in examples if one.suite == suite]
    aims = HEADS["aim"]
    wrong = []
    for one in own:
        found = [rows[feature] for feature in features_of(one.text) if feature in rows]
        scores = (bias + weights[found].sum(axis=0))[: len(aims)]
        guess = aims[int(scores.argmax())]
        if guess != one.labels["aim"]:
            wrong.append((one.labels["aim"], guess, one.text))
    print(f"{suite}: {1 - len(wrong) / len(own):.3f} of {len(own)}")
    for line in wrong:
        print("   ", *line)


def train(examples: list[Example]) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """Return rows, weights, shape (features, labels), and bias of all heads."""
    held = [features_of(one.text) for one in examples]
    counts: dict[str, int] = {}
    for features in held:
        for feature in features:
            counts[feature] = counts.get(feature, 0) + 1
    names = sorted(feature for feature, count in counts.items() if count >= RARE)
    rows = {feature: row for row, feature in enumerate(names)}
    blocks = [fit(head, examples, held, rows) for head in HEADS]
    weights = np.concatenate([block[0] for block in blocks], axis=1)
    return rows, weights, np.concatenate([block[1] for block in blocks])


def fit(
    head: str, examples: list[Example], held: list[frozenset[str]], rows: dict[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights, shape (features, labels), and bias of one head; zeros without examples."""
    labels = HEADS[head]
    chosen = [n for n, one in enumerate(examples) if head in one.labels]
    wanted = [examples[n].labels[head] for n in chosen]
    weights, bias = np.zeros((len(rows), len(labels))), np.zeros(len(labels))
    if len(set(wanted)) < 2:
        return weights, bias
    places = [(i, rows[f]) for i, n in enumerate(chosen) for f in sorted(held[n]) if f in rows]
    design = csr_matrix(
        (np.ones(len(places)), tuple(zip(*places, strict=True))), (len(chosen), len(rows))
    )
    importance = [WEIGHTS[examples[n].source] for n in chosen]
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit(design, wanted, sample_weight=importance)
    for column, label in enumerate(model.classes_):
        place = labels.index(label)
        if len(model.classes_) == 2:
            half = 0.5 if column else -0.5
            weights[:, place], bias[place] = half * model.coef_[0], half * model.intercept_[0]
        else:
            weights[:, place], bias[place] = model.coef_[column], model.intercept_[column]
    for place, label in enumerate(labels):
        if label not in model.classes_:
            bias[place] = -10.0
    return weights, bias


def write(examples: list[Example]) -> None:
    rows, weights, bias = train(examples)
    columns = [f"{head}:{label}" for head, labels in HEADS.items() for label in labels]
    lines = ["\t".join(["feature", *columns]), "\t".join(["", *(f"{one:.3f}" for one in bias)])]
    for feature, row in rows.items():
        if np.abs(weights[row]).max() >= SMALLEST:
            lines.append("\t".join([feature, *(f"{one:.3f}" for one in weights[row])]))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 2} features of {len(rows)}, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
