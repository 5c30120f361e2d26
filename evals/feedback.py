"""Feedback from the chat: a thumbs-down is a draft, which a person turns into a case.

A draft is one line of JSON with the request, the answer as it stood, the comment and the time.
``evals add`` shows drafts, and adds one to a suite once it says what the right answer holds.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from evals.suite import dump_case, load_suite
from evals.truth import Truth
from evals.types import Case, EvalsError, Json, Turn
from evals.validate import suite_problems


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader disliked, when, and the answer at that moment."""

    made: str
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


def save_draft(path: Path, draft: Draft) -> None:
    """Append a draft to a file; called by whatever takes the feedback."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "made": draft.made,
        "comment": draft.comment,
        "request": draft.request,
        "answer": draft.answer,
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(data, ensure_ascii=False) + "\n")


def load_drafts(path: Path) -> tuple[Draft, ...]:
    """Return the drafts of a file; raises ``EvalsError`` naming the file and the line."""
    drafts = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EvalsError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            drafts.append(Draft(**json.loads(line)))
            _ = drafts[-1].question, drafts[-1].history
        except (ValueError, KeyError, TypeError) as error:
            raise EvalsError(f"{path}:{number}: not a draft of feedback: {error}") from error
    return tuple(drafts)


def promote(path: Path, case: Case, truth: Truth) -> None:
    """Append a case to a suite; raises ``EvalsError`` where the case is wrong about the report."""
    cases = load_suite(path) if path.exists() else ()
    if any(case.id == one.id for one in cases):
        raise EvalsError(f"{path} already has a case {case.id!r}; choose another id")
    own = f"{case.id}: "
    problems = [line for line in suite_problems([*cases, case], truth) if line.startswith(own)]
    if problems:
        raise EvalsError("the case is not right yet:\n" + "\n".join(problems))
    with path.open("a", encoding="utf-8") as file:
        file.write(dump_case(case) + "\n")
