"""`python -m index.benchmark --data DIR [--out CARD]`: the retrieval benchmark, as one table."""

import argparse
import os
import sys
from pathlib import Path

# Before numpy is imported: one thread, as in the server.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def main() -> None:
    """Run every system on every set; print the tables, and write them into the card if asked."""
    from index.benchmark.run import make_systems, run
    from index.benchmark.sets import public_sets, suite_sets
    from index.benchmark.table import to_markdown, write_into
    from index.training.teacher import teacher_folder

    options = _options()
    sets = [] if options.data is None else public_sets(options.data)
    for suite in options.suite:
        sets += suite_sets(suite, _passages(options.passages))
    others, notes = {}, ""
    try:
        others["all-MiniLM-L6-v2"] = str(teacher_folder())
    except ValueError as error:
        notes = f"\n\nall-MiniLM-L6-v2 was left out: {error}."
    systems = make_systems(options.model, others)
    rows, differences = run(systems, sets)
    text = to_markdown(rows, differences, systems) + notes
    print(text)
    if options.out:
        write_into(options.out, text)
        print(f"written into {options.out}", file=sys.stderr)


def _passages(file: Path | None) -> list[str]:
    """The passages of a text or .jsonl file; without one, those of the report."""
    if file:
        from index.training.corpus_text import passages

        return passages(file)
    from corpus import load_report

    return [passage.text for passage in load_report().passages]


def _options() -> argparse.Namespace:
    from index.benchmark.sets import REPORT_QUESTIONS
    from index.embeddings import DEFAULT

    parser = argparse.ArgumentParser(prog="python -m index.benchmark", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    parser.add_argument(
        "--suite",
        type=Path,
        action="append",
        help="JSON Lines with lang, question, gold; may be repeated",
    )
    parser.add_argument("--passages", type=Path, help="the suites' passages, default: the report's")
    parser.add_argument("--model", default=DEFAULT, help="folder measured as the shipped model")
    parser.add_argument("--out", type=Path, help="model card to write the tables into")
    options = parser.parse_args()
    options.suite = options.suite or [REPORT_QUESTIONS]
    return options


if __name__ == "__main__":
    main()
