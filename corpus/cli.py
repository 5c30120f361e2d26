"""``python -m corpus annotate``: draft the notes of a report with a configured chat model."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tqdm import tqdm

from corpus.draft_checks import Examiner
from corpus.draft_files import append_note, draft_path, open_draft
from corpus.drafting import Ask, Outcome, Usage, draft_notes
from corpus.notes_checks import problems, unknown_forms
from corpus.notes_types import Notes
from corpus.report import REPORTS, load_report
from corpus.types import CorpusError, Passage, Report

INTERRUPTED = 130
SHOWN = 6
"""Faults of one passage that are printed."""


def annotate(arguments: Sequence[str] | None = None) -> int:
    """Draft notes; 0 when all that was asked for is good, 1 when not, 2 when it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        report = load_report(options.report, options.folder)
        ask = _open_model(options)
        notes = open_draft(report, options.folder, options.out)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    run = Run(report, notes, draft_path(report, options.out))
    code = run.draft(ask, options.limit)
    print("\n".join(run.summary(options.price_in, options.price_out)))
    return code


@dataclass
class Run:
    """One run of the command: the draft that it extends, and what became of each passage."""

    report: Report
    notes: Notes
    path: Path
    asked: Sequence[Passage] = ()
    outcomes: list[Outcome] = field(default_factory=list)
    failing: dict[str, Sequence[str]] = field(default_factory=dict)
    """Why a record was refused, or was kept and does not pass the checks, by passage."""

    def draft(self, ask: Ask, limit: int | None) -> int:
        """Draft the passages that have no record for their present text; return the exit code."""
        pending = [one for one in self.report.passages if self.notes.of(one.id) is None]
        self.asked = pending[:limit]
        self.failing = self._kept_and_failing()
        examiner = Examiner(self.report, self.notes)
        found = draft_notes(self.asked, examiner, ask, partial(append_note, self.path))
        try:
            with tqdm(found, total=len(self.asked), unit="passage") as bar:
                for outcome in bar:
                    self.outcomes.append(outcome)
                    if outcome.note is None:
                        self.failing[outcome.passage.id] = outcome.problems
                    bar.set_postfix(failing=len(self.failing))
        except KeyboardInterrupt:
            return INTERRUPTED
        except CorpusError as error:
            print(error, file=sys.stderr)
            return 2
        return 1 if self.failing or len(self.outcomes) < len(self.asked) else 0

    def summary(self, price_in: float | None, price_out: float | None) -> Iterator[str]:
        """Yield the lines printed at the end: what there is, what it cost, what is wrong."""
        new = sum(outcome.note is not None for outcome in self.outcomes)
        have, total = len(self.notes.by_passage) + new, len(self.report.passages)
        yield f"{self.path}: records for {have} of {total} passages, {new} of them new"
        used = sum((outcome.usage for outcome in self.outcomes), Usage())
        yield f"{used.calls} calls, tokens: {used.read:,} read, {used.written:,} written"
        yield _cost(used, price_in, price_out)
        yield from self._names_unknown()
        if untried := len(self.asked) - len(self.outcomes):
            yield f"not tried: {untried} passages; run the same command again to go on"
        if self.failing:
            yield f"failing: {len(self.failing)} passages"
        for id_, found in self.failing.items():
            yield f"  {id_}"
            yield from (f"    {fault}" for fault in found[:SHOWN])
            if len(found) > SHOWN:
                yield f"    and {len(found) - SHOWN} more"

    def _kept_and_failing(self) -> dict[str, Sequence[str]]:
        """A record that an editor has changed is not drafted again, only reported."""
        passages = {passage.id: passage for passage in self.report.passages}
        kept = self.notes.by_passage.items()
        found = {id_: problems(note, passages[id_], self.notes) for id_, note in kept}
        return {id_: faults for id_, faults in found.items() if faults}

    def _names_unknown(self) -> Iterator[str]:
        forms = {f for one in self.report.passages for f in unknown_forms(one, self.notes)}
        if forms:
            name = self.path.name.replace(".notes.jsonl", ".entities.toml")
            yield f"names in the text that {name} does not have: {' '.join(sorted(forms))}"


def _cost(used: Usage, price_in: float | None, price_out: float | None) -> str:
    if price_in is None or price_out is None:
        return "cost: unknown without --price-in and --price-out"
    cost = (used.read * price_in + used.written * price_out) / 1_000_000
    least = f"at least, {used.unknown} calls came without a token count" if used.unknown else ""
    return f"cost: {cost:.4f}{f' ({least})' if least else ''}"


def _open_model(options: argparse.Namespace) -> Ask:
    try:
        from corpus.annotate import ChatOptions, open_model
    except ImportError as error:
        raise CorpusError(f"{error}; pip install 'dafu[chat]' adds what drafting needs") from error
    return open_model(
        ChatOptions(
            model=options.model,
            base_url=options.base_url,
            key_variable=options.key_variable,
            method=options.method,
            timeout=options.timeout,
            retries=options.retries,
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m corpus annotate",
        description="Draft the notes of a report with a chat model; run it again to go on.",
        epilog="Example: python -m corpus annotate A-72-344.zh --model qwen3 "
        "--base-url http://127.0.0.1:8000/v1",
    )
    add = parser.add_argument
    add("report", help="report: NAME of NAME.txt and NAME.toml")
    add("--folder", type=Path, default=REPORTS, help="folder of the report, default: the shipped")
    add("--out", type=Path, default=Path("var/drafts"), help="folder made, default %(default)s")
    add("--model", required=True, help="name, or provider:name without --base-url")
    add("--base-url", help="address of an OpenAI-compatible server")
    add("--key-variable", metavar="NAME", help="environment variable that holds the API key")
    add("--method", choices=("json_schema", "function_calling", "json_mode"), default="json_schema")
    add("--timeout", type=_positive, default=120.0, help="seconds a call, default %(default)g")
    add("--retries", type=_count, default=2, help="after a failed call, default %(default)s")
    add("--limit", type=_count, help="draft at most so many passages; 0 asks the model nothing")
    add("--price-in", type=_price, help="price of a million tokens read")
    add("--price-out", type=_price, help="price of a million tokens written")
    return parser


def _positive(text: str) -> float:
    return _at_least(float(text), 0.001)


def _price(text: str) -> float:
    return _at_least(float(text), 0)


def _count(text: str) -> int:
    return int(_at_least(int(text), 0))


def _at_least(number: float, least: float) -> float:
    if not least <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{number} is not a number from {least}")
    return number
