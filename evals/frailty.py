"""Engines that hear badly on purpose, one for each metamorphic relation: the gate must notice.

Each changes the question on its way in, as real faults do: answers looked up to the letter, scripts
or names not folded, blanks not stripped, a cap on the length, the first or the last phrase taken
for all.
"""

from collections.abc import Callable, Sequence
from typing import Any

import opencc

from corpus import Report
from evals.engines import Engine
from evals.types import Case, Json

Hear = Callable[[str], str]


def frail(engine: Engine, hear: Hear) -> Engine:
    """Return the engine asked only what is heard of a question."""

    def ask(request: Json) -> Json:
        return engine({**request, "question": hear(request["question"])})

    return ask


def frailties(cases: Sequence[Case], report: Report) -> dict[str, Hear]:
    """Return by relation a way of hearing that its questions do not survive."""
    return {
        "typing-error": _to_the_letter(frozenset(case.question for case in cases)),
        "other-script": _simplified_only,
        "noise": lambda question: question.split(" ")[0],
        "other-name": _printed_names_only(report),
        "distractor": lambda question: question.replace(". ", "：").split("：")[0],
        "repeated": lambda question: question[-6:],
        "asked-whole": lambda question: question[-4:],
        "known-item": lambda question: question[:3],
    }


def _to_the_letter(questions: frozenset[str]) -> Hear:
    """Hear nothing but questions that it has been taught."""
    return lambda question: question if question in questions else ""


def _simplified_only(question: str) -> str:
    """Drop the characters that only the traditional script has."""
    converter: Any = opencc.OpenCC("t2s")
    return "".join(char for char in question if converter.convert(char) == char)


def _printed_names_only(report: Report) -> Hear:
    """Drop every name of a respondent but the one that its heading prints."""
    others = {
        spelling for one in report.respondents for spelling in one.spellings if spelling != one.name
    }
    ordered = sorted(others, key=len, reverse=True)

    def hear(question: str) -> str:
        for spelling in ordered:
            question = question.replace(spelling, "")
        return question

    return hear
