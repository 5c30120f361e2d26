"""The command ``python -m evals``: suites run, compared, reported, and the gate."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import CorpusError
from evals import commands
from evals.baseline import TOTALS
from evals.board import board_command
from evals.kept import add_command, export_command, import_command
from evals.shake import metamorphic_command
from evals.types import KINDS, LANGS, REASONS, EvalsError

EXAMPLES = """examples:
  python -m evals run                                  every suite, in this process
  python -m evals run --suite my.jsonl --out a.jsonl   one suite, answers kept
  python -m evals run --url http://127.0.0.1:7860      a service that runs elsewhere
  python -m evals run --failures                       and say what is wrong with which answer
  python -m evals compare a.jsonl b.jsonl              case by case: won, lost, chance or not
  python -m evals report b.jsonl --against a.jsonl     one HTML page to read and to send
  python -m evals validate                             are the suites right about the report?
  python -m evals board --engine now --engine bge:embeddings=BAAI/bge-m3
  python -m evals metamorphic                          typing errors, other script, other names
  python -m evals gate                                 may a release go out? exits 1 if not
  python -m evals gate --write-baseline                this run is the new baseline
"""
BOARD_HELP = "NAME, NAME:field=value,field=value (settings) or NAME:http://host:port; repeat it"


def build_parser() -> ArgumentParser:
    """Return the parser of the command line."""
    parser = ArgumentParser(
        prog="python -m evals",
        description="Ask every question of the suites and measure the answers.",
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="COMMAND")
    _add_run(actions)
    _add_gate(actions)
    _add_kept_runs(actions)
    _add_feedback(actions)
    shake = actions.add_parser("metamorphic", help="the same questions in other clothes")
    _add_engine(shake)
    shake.add_argument("--changed", action="store_true", help="print what was right and is not")
    shake.set_defaults(run_action=metamorphic_command)
    board = actions.add_parser("board", help="several engines on the same suites, best first")
    board.add_argument("--suite", type=Path, action="append", metavar="FILE")
    board.add_argument("--engine", action="append", required=True, metavar="SPEC", help=BOARD_HELP)
    board.add_argument("--out", type=Path, metavar="FOLDER", help="keep each engine's answers")
    board.set_defaults(run_action=board_command)
    validate = actions.add_parser("validate", help="check the suites against the report")
    validate.add_argument("--suite", type=Path, action="append", metavar="FILE")
    validate.set_defaults(run_action=commands.validate_command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 fine, 1 worse than it should be, 2 misuse."""
    given = build_parser().parse_args(argv)
    try:
        status: int = given.run_action(given)
    except (EvalsError, CorpusError) as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _add_run(actions: Any) -> None:
    run = actions.add_parser("run", help="run suites and print the table")
    _add_engine(run)
    run.add_argument("--out", type=Path, metavar="FILE", help="keep the full answers (JSON Lines)")
    run.add_argument("--name", help="what to call this run")
    run.add_argument("--rerun", action="store_true", help="ask twice; the answers must be equal")
    run.add_argument("--failures", action="store_true", help="print every failed case and why")
    run.add_argument("--lenient", action="store_true", help="take foreign kinds and fields")
    run.add_argument("--no-corpus", action="store_true", help="the service has another report")
    run.set_defaults(run_action=commands.run_command)


def _add_gate(actions: Any) -> None:
    gate = actions.add_parser("gate", help="compare with the baseline; exit 1 if worse")
    _add_engine(gate)
    gate.add_argument("--run", type=Path, metavar="FILE", help="judge a kept run (with --rerun)")
    gate.add_argument("--baseline", type=Path, default=TOTALS, metavar="FILE")
    gate.add_argument("--write-baseline", action="store_true", help="make this the baseline")
    gate.add_argument("--reason", metavar="TEXT", help="why a total may fall; it is recorded")
    gate.set_defaults(run_action=commands.gate_command)


def _add_kept_runs(actions: Any) -> None:
    compare = actions.add_parser("compare", help="two kept runs, case by case")
    compare.add_argument("a", type=Path)
    compare.add_argument("b", type=Path)
    compare.add_argument("--no-corpus", action="store_true", help="the service has another report")
    compare.set_defaults(run_action=commands.compare_command)
    export = actions.add_parser("export", help="a kept run as TREC, BEIR and RAGAS files")
    export.add_argument("run", type=Path)
    export.add_argument("--to", type=Path, default=Path("export"), metavar="FOLDER")
    export.set_defaults(run_action=export_command)
    records = actions.add_parser("import", help="make a suite of RAGAS records")
    records.add_argument("records", type=Path, metavar="RECORDS")
    records.add_argument("--to", type=Path, required=True, metavar="SUITE")
    records.set_defaults(run_action=import_command)
    report = actions.add_parser("report", help="one HTML page about a kept run")
    report.add_argument("run", type=Path)
    report.add_argument("--against", type=Path, metavar="RUN", help="an older run to compare with")
    report.add_argument("--out", type=Path, default=Path("report.html"), metavar="FILE")
    report.add_argument("--no-corpus", action="store_true", help="the service has another report")
    report.set_defaults(run_action=commands.report_command)


def _add_feedback(actions: Any) -> None:
    add = actions.add_parser("add", help="show drafts of feedback; make one a case of a suite")
    add.add_argument("drafts", type=Path, help="the file that feedback was written to")
    add.add_argument("--pick", type=int, metavar="N", help="the draft to add, counted from 1")
    add.add_argument("--suite", type=Path, metavar="FILE")
    add.add_argument("--id", metavar="NAME")
    add.add_argument("--kind", choices=KINDS, default="lookup")
    add.add_argument("--lang", choices=LANGS, help="else the answer's")
    add.add_argument("--reason", choices=REASONS, help="why it should have been refused")
    add.add_argument("--reference", metavar="TEXT", help="the model answer")
    add.add_argument("--key", action="append", metavar="A|B", help="one fact, its variants")
    for name in ("--gold", "--respondent", "--must-not"):
        add.add_argument(name, action="append", metavar="TEXT")
    add.set_defaults(run_action=add_command)


def _add_engine(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--suite", type=Path, action="append", metavar="FILE", help="repeat for several; else all"
    )
    parser.add_argument("--url", help="ask a running service; else answer in this process")


if __name__ == "__main__":
    sys.exit(main())
