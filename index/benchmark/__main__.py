"""`python -m index.benchmark`: every way to search, on every set of questions, in one table."""

import argparse
import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

# Before numpy is imported: one thread, as in the server.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

if TYPE_CHECKING:
    from index.benchmark.collection import Collection
    from index.benchmark.results import Results
    from index.benchmark.sets import QuestionSet

EXAMPLE = """example, the table of the shipped model's card:
  python -m index.benchmark --data ../shared/data --suite evals/suites/A-72-344.dev.jsonl \\
      --suite evals/suites/A-72-344.paraphrase.jsonl --write"""


def main(arguments: list[str] | None = None) -> int:
    """Print the tables, and write them into the model's card if asked; 2 on bad input."""
    options = _parser().parse_args(arguments)
    from index.benchmark.table import to_markdown
    from index.training.card import FILE, write_card
    from index.training.record import load_record

    folder = Path(options.model)
    try:
        if options.write:
            load_record(folder)
        results = _results(options.model, _sets(options))
        print(to_markdown(results))
        if options.write:
            results.save(folder)
            write_card(folder)
            print(f"written into {folder / FILE}", file=sys.stderr)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _results(folder: str, sets: "list[QuestionSet]") -> "Results":
    """Every system on every set; all-MiniLM-L6-v2 is left out, and it is said, where it lacks."""
    from index.benchmark.costs import cost_of
    from index.benchmark.results import Results
    from index.benchmark.run import run
    from index.benchmark.systems import SHIPPED, make_systems
    from index.embeddings import make_embeddings

    others = _others()
    model = make_embeddings(folder)
    models = {**{name: make_embeddings(other) for name, other in others.items()}, SHIPPED: model}
    costs = [cost_of(name, one, {**others, SHIPPED: folder}[name]) for name, one in models.items()]
    systems = make_systems(model, {name: models[name] for name in others})
    rows, differences = run(systems, sets)
    weights = (Path(folder) / "model.safetensors").read_bytes()
    return Results(
        hashlib.sha256(weights).hexdigest(), tuple(rows), tuple(differences), tuple(costs)
    )


def _others() -> Mapping[str, str]:
    from index.training.teacher import teacher_folder

    try:
        return {"all-MiniLM-L6-v2": str(teacher_folder())}
    except ValueError as error:
        print(f"all-MiniLM-L6-v2 is left out: {error}", file=sys.stderr)
        return {}


def _sets(options: argparse.Namespace) -> "list[QuestionSet]":
    from index.benchmark.sets import REPORT_QUESTIONS, public_sets, suite_sets

    sets = [] if options.data is None else public_sets(options.data)
    suites = options.suite if options.passages else [REPORT_QUESTIONS, *options.suite]
    collections = _collections(options.passages)
    for suite in suites:
        sets += suite_sets(suite, collections)
    if not sets:
        raise ValueError("nothing to ask: give --data, or a --suite for the --passages")
    return sets


def _collections(passages: Path | None) -> "list[Collection]":
    """The passages of a text or .jsonl file; without one, the report without and with its notes."""
    from corpus import load_report
    from corpus.notes import load_notes
    from index.benchmark.collection import collection_of, plain_report
    from index.training.corpus_text import passages as passages_of

    if passages:
        return [collection_of(plain_report(passages_of(passages)))]
    report = load_report()
    return [collection_of(report), collection_of(report, load_notes(report))]


def _parser() -> argparse.ArgumentParser:
    from index.embeddings import DEFAULT

    parser = argparse.ArgumentParser(
        prog="python -m index.benchmark",
        description="Compare every way to search: BM25 by analyser, all-MiniLM-L6-v2 (where it is "
        "installed), a model folder, and the product's own search, with annotations and without.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    parser.add_argument(
        "--suite",
        type=Path,
        action="append",
        default=[],
        help="JSON Lines with lang, question, gold; may be repeated. The project's own questions "
        "on the report are always asked",
    )
    parser.add_argument(
        "--passages",
        type=Path,
        help="text or .jsonl file that the suites ask about, instead of the report",
    )
    parser.add_argument("--model", default=DEFAULT, help="folder measured as the shipped model")
    parser.add_argument(
        "--write", action="store_true", help="write the results into the model folder and its card"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
