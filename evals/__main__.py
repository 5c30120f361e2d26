"""The command ``python -m evals``: suites run, compared, reported, and the gate."""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import CorpusError
from evals import commands
from evals.baseline import TOTALS
from evals.board import board_command
from evals.gating import gate_command
from evals.kept import add_command, export_command, import_command, trec_command
from evals.shake import EVERY, metamorphic_command
from evals.types import KINDS, LANGS, REASONS, EvalsError

EXAMPLES = """examples:
  python -m evals run                                  the development suites, in this process
  python -m evals run --suite my.jsonl --out a.jsonl   one suite, answers kept
  python -m evals run --url http://127.0.0.1:7860      a service that runs elsewhere
  python -m evals run --kind survey --lang en --failures     and say what is wrong with which answer
  python -m evals run --failed-in a.jsonl --out b.jsonl      only what failed in a kept run
  python -m evals compare a.jsonl b.jsonl              case by case: won, lost, chance or not
  python -m evals report b.jsonl --against a.jsonl     one HTML page to read and to send
  python -m evals validate                             are the suites right about the report?
  python -m evals board --engine now --engine bge:embeddings=BAAI/bge-m3 --engine bare:without=facts
  python -m evals metamorphic                          typing errors, other script, other names
  python -m evals gate                                 may a release go out? exits 1 if not
  python -m evals gate --write-baseline                this run is the new baseline
  python -m evals add                                  feedback from the chat: show the drafts
"""
ENGINE_HELP = (
    "NAME, NAME:http://host:port or NAME:field=value,...: a setting, mode, k, or without=KIND+KIND "
    "(questions, paraphrase, gloss, facts: annotations left out)"
)
SUITE_HELP = "a file, or the name of a shipped suite (dev2); repeat for several; else all"


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
    _add_metamorphic(actions)
    _add_board(actions)
    _add_kept_runs(actions)
    _add_exchange(actions)
    _add_feedback(actions)
    validate = actions.add_parser("validate", help="check the suites against the report")
    validate.add_argument("--suite", action="append", metavar="SUITE", help=SUITE_HELP)
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
    except BrokenPipeError:
        # whoever read the output, `head` for one, has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _add_run(actions: Any) -> None:
    run = actions.add_parser("run", help="run suites and print the table")
    _add_engine(run)
    _add_filters(run)
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
    gate.add_argument("--out", type=Path, metavar="FILE", help="keep the full answers")
    gate.add_argument("--no-metamorphic", action="store_true", help="ask the suites only")
    gate.add_argument("--baseline", type=Path, default=TOTALS, metavar="FILE")
    gate.add_argument(
        "--write-baseline", action="store_true", help="make this the baseline, READMEs included"
    )
    gate.add_argument("--reason", metavar="TEXT", help="why a total may fall; it is recorded")
    gate.set_defaults(run_action=gate_command)


def _add_metamorphic(actions: Any) -> None:
    shake = actions.add_parser("metamorphic", help="the same questions in other clothes")
    _add_engine(shake)
    shake.add_argument("--changed", action="store_true", help="print what was right and is not")
    shake.add_argument(
        "--sample", type=int, default=0, metavar="N", help="of each suite; the gate takes 60"
    )
    shake.add_argument("--relation", action="append", choices=EVERY, help="ask these only")
    shake.set_defaults(run_action=metamorphic_command)


def _add_board(actions: Any) -> None:
    board = actions.add_parser("board", help="several engines on the same suites, best first")
    board.add_argument("--suite", action="append", metavar="SUITE", help=SUITE_HELP)
    board.add_argument("--engine", action="append", required=True, metavar="SPEC", help=ENGINE_HELP)
    board.add_argument("--out", type=Path, metavar="FOLDER", help="keep each engine's answers")
    _add_filters(board)
    board.set_defaults(run_action=board_command)


def _add_kept_runs(actions: Any) -> None:
    compare = actions.add_parser("compare", help="two kept runs, case by case")
    compare.add_argument("a", type=Path)
    compare.add_argument("b", type=Path)
    compare.add_argument("--no-corpus", action="store_true", help="the service has another report")
    compare.set_defaults(run_action=commands.compare_command)
    report = actions.add_parser("report", help="one HTML page about a kept run")
    report.add_argument("run", type=Path)
    report.add_argument("--against", type=Path, metavar="RUN", help="an older run to compare with")
    report.add_argument("--out", type=Path, default=Path("var/report.html"), metavar="FILE")
    report.add_argument("--no-corpus", action="store_true", help="the service has another report")
    report.set_defaults(run_action=commands.report_command)


def _add_exchange(actions: Any) -> None:
    export = actions.add_parser("export", help="a kept run as TREC, BEIR and RAGAS files")
    export.add_argument("run", type=Path)
    export.add_argument("--to", type=Path, default=Path("var/export"), metavar="FOLDER")
    export.set_defaults(run_action=export_command)
    records = actions.add_parser("import", help="make a suite of RAGAS records or a BEIR folder")
    records.add_argument("source", type=Path, metavar="FILE_OR_FOLDER")
    records.add_argument("--split", default="test", help="of a BEIR data set: qrels/SPLIT.tsv")
    records.add_argument("--to", type=Path, required=True, metavar="SUITE")
    records.set_defaults(run_action=import_command)
    trec = actions.add_parser("trec", help="measure rankings: a qrels file and TREC run files")
    trec.add_argument("qrels", type=Path, help="TREC or BEIR judgements")
    trec.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    trec.set_defaults(run_action=trec_command)


def _add_feedback(actions: Any) -> None:
    add = actions.add_parser("add", help="show drafts of feedback; make one a case of a suite")
    add.add_argument(
        "drafts",
        type=Path,
        nargs="?",
        default=Path("var/feedback"),
        help="the file or folder that feedback was written to, by default var/feedback",
    )
    add.add_argument("--up", action="store_true", help="show what was liked, too")
    add.add_argument("--pick", type=int, metavar="N", help="the draft to add, counted from 1")
    add.add_argument("--suite", metavar="SUITE", help="the suite to add it to")
    add.add_argument("--id", metavar="NAME")
    add.add_argument("--kind", choices=KINDS, default="lookup")
    add.add_argument("--lang", choices=LANGS, help="else the answer's")
    add.add_argument("--reason", choices=REASONS, help="why it should have been refused")
    add.add_argument("--reference", metavar="TEXT", help="the model answer")
    add.add_argument("--key", action="append", metavar="A|B", help="one fact, its variants")
    add.add_argument(
        "--cite", type=int, action="append", metavar="N", help="the answer's citation N is gold"
    )
    for name in ("--gold", "--respondent", "--must-not"):
        add.add_argument(name, action="append", metavar="TEXT")
    add.set_defaults(run_action=add_command)


def _add_engine(parser: ArgumentParser) -> None:
    parser.add_argument("--suite", action="append", metavar="SUITE", help=SUITE_HELP)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--url", help="ask a running service; else answer in this process")
    which.add_argument("--engine", metavar="SPEC", help=ENGINE_HELP)


def _add_filters(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", action="append", choices=KINDS, help="cases of this kind only")
    parser.add_argument("--lang", action="append", choices=LANGS, help="of this language only")
    parser.add_argument("--id", action="append", metavar="GLOB", help="of such an id: 'mex-*'")
    parser.add_argument("--respondent", action="append", metavar="NAME", help="about these only")
    parser.add_argument(
        "--failed-in", type=Path, metavar="RUN", help="not answered rightly in this kept run"
    )


if __name__ == "__main__":
    sys.exit(main())
