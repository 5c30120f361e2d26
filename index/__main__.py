"""``python -m index``: build the index of a report, or search it."""

import argparse
import logging
import sys
import time
from pathlib import Path

from corpus import CorpusError, load_report
from corpus.notes import load_notes
from corpus.report import DEFAULT
from index.embeddings import make_embeddings
from index.opening import open_index
from index.retrievers import RETRIEVERS, make_retriever

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Build or open the index; with a query, print the passages it finds. 2 on bad input."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    started = time.perf_counter()

    def show(stage: str) -> None:
        print(f"{time.perf_counter() - started:6.2f} s  {stage}", file=sys.stderr)

    try:
        report = load_report(options.report)
        show("loading the embedding model")
        embeddings = (
            make_embeddings(options.embeddings) if options.embeddings else make_embeddings()
        )
        notes = load_notes(report)
        index = open_index(report, notes, embeddings, options.folder, show)
    except (CorpusError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    show(f"{'built' if index.built else 'unchanged'}: {index.fingerprint[:16]}")
    if options.query:
        retriever = make_retriever(options.retriever, index.searcher, options.k)
        for rank, found in enumerate(retriever.invoke(options.query), 1):
            score, text = found.metadata["score"], found.page_content.replace("\n", " / ")
            print(f"{rank:3}  {score:6.2f}  {found.id}  {text[:60]}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Build the index of a report if anything changed; with a query, search it.",
        epilog="Example: python -m index --query 核保安基金 --retriever hybrid -k 5",
    )
    parser.add_argument("report", nargs="?", default=DEFAULT, help="report, default %(default)s")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "index", help="where it is")
    parser.add_argument("--embeddings", default="", help="model name or folder, default: shipped")
    parser.add_argument("--query", help="search for this")
    parser.add_argument("--retriever", choices=RETRIEVERS, default="hybrid")
    parser.add_argument("-k", type=int, default=10, help="passages to show, default %(default)s")
    return parser


if __name__ == "__main__":
    sys.exit(main())
