"""The sets of questions: held-out public ones, and any suite over the report's passages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.training.sources import rows

REPORT_QUESTIONS = Path(__file__).parent / "report_questions.jsonl"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, passages, and for each question the positions of the passages that answer it."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
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


def suite_sets(suite: Path, passages: Sequence[str]) -> list[QuestionSet]:
    """One set per language of a suite: JSON Lines with `lang`, `question` and `gold` substrings.

    Cases without gold (refusals, surveys) are left out. White space does not count.
    """
    cases = [json.loads(line) for line in suite.read_text(encoding="utf-8").splitlines() if line]
    cases = [case for case in cases if case.get("gold") and not case.get("history")]
    bare = ["".join(passage.split()) for passage in passages]
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
            QuestionSet(f"{suite.stem} {language}", questions, tuple(passages), tuple(gold))
        )
    return sets


def _one_gold(name: str, pairs: list[tuple[str, str]]) -> QuestionSet:
    """A set in which every question has the one passage it was written for."""
    places = {text: n for n, text in enumerate(dict.fromkeys(passage for _, passage in pairs))}
    questions = tuple(question for question, _ in pairs)
    return QuestionSet(name, questions, tuple(places), tuple((places[p],) for _, p in pairs))
