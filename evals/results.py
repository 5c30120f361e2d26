"""Runs on disk: JSON Lines, one result a line with the full answer, and the run's own header."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evals.lines import read_lines
from evals.suite import dump_case, read_case
from evals.types import EvalsError, Result

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """One run: a name, when it was made (ISO 8601), and its results in order."""

    name: str
    made: str
    results: tuple[Result, ...]


def save_run(path: Path, run: Run) -> None:
    """Write a run; reading it back gives the same run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"format": FORMAT, "name": run.name, "made": run.made, "cases": len(run.results)}
    lines = (json.dumps(head, ensure_ascii=False), *map(_dump, run.results))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_run(path: Path) -> Run:
    """Return the run of a file; raises ``EvalsError`` naming the file and the line."""
    lines = read_lines(path)
    try:
        head = json.loads(lines[0])
        if head.get("format") != FORMAT:
            raise ValueError(f"format is {head.get('format')!r}, expected {FORMAT}")
    except (IndexError, ValueError, AttributeError) as error:
        raise EvalsError(f"{path}:1: not a run written by `evals run --out`: {error}") from error
    return Run(head["name"], head["made"], tuple(_each(path, lines[1:])))


def _each(path: Path, lines: Iterable[str]) -> Iterable[Result]:
    for number, line in enumerate(lines, start=2):
        try:
            yield _read(line)
        except (ValueError, KeyError, TypeError) as error:
            raise EvalsError(f"{path}:{number}: not a result: {error}") from error


def _dump(result: Result) -> str:
    data = {
        "suite": result.suite,
        "case": json.loads(dump_case(result.case)),
        "seconds": round(result.seconds, 6),
        "error": result.error,
        "reruns_equal": result.reruns_equal,
        "answer": result.raw,
    }
    return json.dumps(data, ensure_ascii=False)


def _read(line: str) -> Result:
    data = json.loads(line)
    return Result(
        suite=data["suite"],
        case=read_case(json.dumps(data["case"]), lenient=True),
        seconds=data["seconds"],
        raw=data["answer"],
        error=data["error"],
        reruns_equal=data["reruns_equal"],
    )
