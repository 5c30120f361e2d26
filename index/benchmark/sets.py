"""The sets of questions: held-out public ones, and any suite over the report's passages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.benchmark.collection import Collection, collection_of, plain_report
from index.training.sources import rows

REPORT_QUESTIONS = Path(__file__).parent / "report_questions.jsonl"
# Questions of these kinds are answered from all replies, or from the catalogue: no ranking helps.
NOT_RANKED = ("survey", "metadata")


@dataclass(frozen=True, slots=True, eq=False)
class QuestionSet:
    """Questions over passages, and for each the positions of the passages that answer it.

    The collections hold the same passages in the same order, once for each state of annotation.
    """

    name: str
    questions: tuple[str, ...]
    collections: tuple[Collection, ...]
    gold: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a question without a right passage: it would count against every system."""
        if lost := [q for q, gold in zip(self.questions, self.gold, strict=True) if not gold]:
            raise ValueError(f"{self.name}: no passage holds the answer of {lost[0]!r}")


def public_sets(data: Path) -> list[QuestionSet]:
    """CMRC dev, DRCD dev and XQuAD in Chinese, and XQuAD's English questions over Chinese text."""
    english = [(row["q"], row["id"]) for row in rows(data, "xquad_en")]
    chinese = [(row["q"], row["p"], row["id"]) for row in rows(data, "xquad_zh")]
    home = {key: passage for _, passage, key in chinese}
    return [
        _one_gold("CMRC dev", [(row["q"], row["p"]) for row in rows(data, "cmrc2018_dev")]),
        _one_gold("DRCD dev", [(row["q"], row["p"]) for row in rows(data, "drcd_dev")]),
        _one_gold("XQuAD zh", [(question, passage) for question, passage, _ in chinese]),
        _one_gold("XQuAD en→zh", [(question, home[key]) for question, key in english]),
    ]


def suite_sets(suite: Path, collections: Sequence[Collection]) -> list[QuestionSet]:
    """One set per language of a suite: JSON Lines with `lang`, `question` and `gold` substrings.

    Cases without gold (refusals), surveys, questions on the catalogue and follow-ups are left out.
    White space does not count. ValueError names the line that is no such case.
    """
    cases = [case for case in _cases(suite) if _is_ranked(case)]
    bare = ["".join(entry.passage.text.split()) for entry in collections[0].entries]
    sets = []
    for language in dict.fromkeys(case["lang"] for case in cases):
        asked = [case for case in cases if case["lang"] == language]
        gold = [
            tuple(
                n
                for n, passage in enumerate(bare)
                if any("".join(text.split()) in passage for text in case["gold"])
            )
            for case in asked
        ]
        questions = tuple(case["question"] for case in asked)
        sets.append(
            QuestionSet(f"{suite.stem} {language}", questions, tuple(collections), tuple(gold))
        )
    return sets


def _cases(suite: Path) -> list[dict[str, Any]]:
    cases = []
    for number, line in enumerate(suite.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            cases.append({"gold": [], "history": [], "kind": "", **case})
            if not isinstance(case["lang"], str) or not isinstance(case["question"], str):
                raise TypeError("lang and question must be texts")
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(
                f"{suite}, line {number}: {error!r}; a case is "
                '{"lang": "zh-Hans", "question": "…", "gold": ["a piece of the passage"]}'
            ) from error
    return cases


def _is_ranked(case: dict[str, Any]) -> bool:
    return bool(case["gold"]) and not case["history"] and case["kind"] not in NOT_RANKED


def _one_gold(name: str, pairs: list[tuple[str, str]]) -> QuestionSet:
    """A set in which every question has the one passage it was written for."""
    places = {text: n for n, text in enumerate(dict.fromkeys(passage for _, passage in pairs))}
    questions = tuple(question for question, _ in pairs)
    collection = collection_of(plain_report(tuple(places)))
    return QuestionSet(name, questions, (collection,), tuple((places[p],) for _, p in pairs))
