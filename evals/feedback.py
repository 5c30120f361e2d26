"""Feedback from the chat: what a reader disliked is a draft, which a person turns into a case.

``python -m evals add`` shows drafts, and adds one to a suite once it says what the right answer
holds. The records are plain JSON Lines, described in ``evals/README.md``: whatever takes the
feedback needs nothing of this package.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.lines import read_lines
from evals.suite import dump_case, is_gate_only, load_suite, shipped_suites, suite_name
from evals.truth import Truth
from evals.types import Case, EvalsError, Json, Turn
from evals.validate import overlap_problems, suite_problems

Verdict = Literal["up", "down"]
FIELDS = ("created", "verdict", "comment", "question", "answer")
VERDICTS: tuple[Verdict, ...] = ("up", "down")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader said of an answer, when, and the answer at that moment."""

    created: str
    verdict: Verdict
    comment: str
    request: Json
    answer: Json

    @property
    def question(self) -> str:
        """Return what was asked."""
        return str(self.request["question"])

    @property
    def history(self) -> tuple[Turn, ...]:
        """Return what had been said before."""
        turns = self.request.get("history") or []
        return tuple(Turn(str(turn["role"]), str(turn["content"])) for turn in turns)

    @property
    def citations(self) -> dict[int, Json]:
        """Return the answer's citations by number, those that can be quoted."""
        found = self.answer.get("citations")
        return {
            one["n"]: one
            for one in (found if isinstance(found, list) else ())
            if isinstance(one, dict)
            and isinstance(one.get("n"), int)
            and isinstance(one.get("respondent"), str)
            and isinstance(one.get("quote"), str)
        }


def load_drafts(path: Path) -> tuple[Draft, ...]:
    """Return the drafts of a file, or of every file of a folder, in order.

    Raises ``EvalsError`` naming the file and the line.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return tuple(draft for file in files for draft in _drafts_of(file))


def _drafts_of(path: Path) -> list[Draft]:
    drafts = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            drafts.append(read_draft(line))
            _ = drafts[-1].history
        except (ValueError, KeyError, TypeError) as error:
            raise EvalsError(f"{path}:{number}: not a draft of feedback: {error}") from error
    return drafts


def read_draft(line: str) -> Draft:
    """Return the draft of one record; raises ``ValueError`` saying what was expected."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError(f"expected an object with {', '.join(FIELDS)}")
    missing = [name for name in FIELDS if name not in data]
    if missing:
        raise ValueError(f"field {missing[0]!r} is missing; required: {', '.join(FIELDS)}")
    if data["verdict"] not in VERDICTS:
        raise ValueError(f"verdict is {data['verdict']!r}; allowed: {', '.join(VERDICTS)}")
    for name in ("question", "answer"):
        if not isinstance(data[name], dict):
            raise ValueError(f"{name} is {data[name]!r:.40}, expected an object")
    created, comment = str(data["created"]), str(data["comment"])
    draft = Draft(created, data["verdict"], comment, data["question"], data["answer"])
    if not draft.question.strip():
        raise ValueError("the question is empty")
    return draft


def promote(path: Path, case: Case, truth: Truth) -> None:
    """Append a case to a suite; raises ``EvalsError`` where the case is wrong about the report,
    or asks what another shipped suite asks already.
    """
    if is_gate_only(suite_name(path)):
        raise EvalsError(f"{path} is kept for the gate; what readers report is tuned on")
    cases = load_suite(path) if path.exists() else ()
    if any(case.id == one.id for one in cases):
        raise EvalsError(f"{path} already has a case {case.id!r}; choose another id")
    own = f"{case.id}: "
    problems = [line for line in suite_problems([*cases, case], truth) if line.startswith(own)]
    for other in shipped_suites():
        if other.resolve() != path.resolve():
            problems += overlap_problems({"new": [case], suite_name(other): load_suite(other)})
    if problems:
        raise EvalsError("the case is not right yet:\n" + "\n".join(problems))
    with path.open("a", encoding="utf-8") as file:
        file.write(dump_case(case) + "\n")
