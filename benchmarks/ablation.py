"""What each kind of annotation is worth: ``python -m benchmarks.ablation`` prints one table.

Retrieval only, on the suites named (by default the development and the paraphrase suites): recall
and MRR of the passages that hold the gold, build time of the index and time of a query. Each row
leaves out one kind of annotation, or all; the others stay.
"""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from corpus import Report, load_report
from corpus.notes import load_notes
from corpus.notes_types import Notes
from evals.ablation import LEFT_OUT, notes_without
from evals.suite import load_suite
from index.embeddings import make_embeddings
from index.opening import open_index
from index.text import content

SUITES = Path(__file__).parent.parent / "evals" / "suites"
DEFAULT = ("A-72-344.dev.jsonl", "A-72-344.dev2.jsonl", "A-72-344.paraphrase.jsonl")
KINDS = ("lookup", "yes-no")
ROUNDS = 3
Asked = list[tuple[str, frozenset[str]]]


def main(names: Sequence[str]) -> None:
    report = load_report()
    notes = load_notes(report)
    suites = {name: asked(SUITES / name, report) for name in names}
    head = ["annotations", *(f"{name} R@5 / MRR" for name in names), "build s", "query ms"]
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    print(row("all", report, notes, suites))
    for name in LEFT_OUT:
        print(row(f"without {name}", report, notes_without(notes, [name]), suites))
    print(row("none", report, Notes(), suites))


def asked(path: Path, report: Report) -> Asked:
    """Return the questions of a suite with the ids of the passages that hold their gold."""
    texts = [(passage.id, content(passage.text)) for passage in report.passages]
    return [
        (case.question, frozenset(id_ for id_, text in texts if any(g in text for g in gold)))
        for case in load_suite(path)
        if case.kind in KINDS and not case.history
        if (gold := [content(one) for one in case.gold])
    ]


def row(label: str, report: Report, notes: Notes, suites: dict[str, Asked]) -> str:
    """Return one line of the table."""
    started = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        searcher = open_index(report, notes, make_embeddings(), Path(folder)).searcher
    built = perf_counter() - started
    cells, times = [], []
    for questions in suites.values():
        ranks = []
        for question, gold in questions:
            for _ in range(ROUNDS):
                begun = perf_counter()
                found = searcher.find(question, 10)
                times.append(perf_counter() - begun)
            ids = [one.passage.id for one in found]
            ranks.append(next((n for n, id_ in enumerate(ids, 1) if id_ in gold), 0))
        recall = statistics.mean(0 < rank <= 5 for rank in ranks)
        mrr = statistics.mean(1 / rank if rank else 0.0 for rank in ranks)
        cells.append(f"{recall:.3f} / {mrr:.3f}")
    query = statistics.median(times) * 1000
    return "| " + " | ".join([label, *cells, f"{built:.1f}", f"{query:.2f}"]) + " |"


if __name__ == "__main__":
    main(sys.argv[1:] or DEFAULT)
