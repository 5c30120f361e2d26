"""Suites made from suites: the question changes on its face only, so the answer must not.

After metamorphic testing (Chen et al. 1998): nobody needs to know the right answer to see that
two answers to the same question differ. Everything is seeded and made afresh at each run.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import opencc

from corpus import Report
from evals.contract import read_answer
from evals.types import VARIANT, Case, ContractError, Scored

SEED = 72344
WHOLE = "asked-whole"
"""The relation of follow-ups to the same questions without a conversation."""
HAN = re.compile(r"[\u4e00-\u9fff]+")
CHATTER = {
    "en": "Good morning, I am new on this desk and in a hurry. ",
    "zh-Hans": "您好，我是新来的同事，下午要开会，麻烦帮忙查一下：",
    "zh-Hant": "您好，我是新來的同事，下午要開會，麻煩幫忙查一下：",
}
OTHER = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
Relation = Callable[[Case, Report, random.Random], str | None]
"""Returns the question in its new clothes, None where the relation does not apply."""


def known_items(report: Report, count: int = 300, seed: int = SEED) -> tuple[Case, ...]:
    """Return substrings of 8 to 14 Han of the report as questions; each must find its passage."""
    picks = random.Random(seed)
    bodies = (passage.text for passage in report.passages if passage.kind != "header")
    runs = [run for text in bodies for run in HAN.findall(text) if len(run) >= 8]
    cases = []
    for number in range(count):
        text = picks.choice(runs)
        size = picks.randint(8, min(14, len(text)))
        start = picks.randint(0, len(text) - size)
        words = text[start : start + size]
        cases.append(Case(f"known-{number:03}", "zh-Hans", "lookup", words, True, gold=(words,)))
    return tuple(cases)


def variants(cases: Sequence[Case], relation: str, report: Report) -> tuple[Case, ...]:
    """Return each case under a relation, those it applies to, as variants of their originals."""
    change = RELATIONS[relation]
    made = []
    for case in cases:
        question = change(case, report, random.Random(f"{SEED} {case.id}"))
        if question is not None and question != case.question:
            lang = OTHER[case.lang] if relation == "other-script" else case.lang
            own = f"{case.id}-{relation}" if VARIANT in case.id else f"{case.id}~{relation}"
            history = () if relation == WHOLE else case.history
            made.append(
                replace(case, id=own, question=question, lang=lang, history=history, whole="")
            )
    return tuple(made)


def unchanged(before: Scored, after: Scored) -> bool:
    """Return whether two answers are the same: refused both, or citing the same passages."""
    try:
        old, new = read_answer(before.result.raw), read_answer(after.result.raw)
    except ContractError:
        return False
    first, second = ({one.passage_id for one in answer.citations} for answer in (old, new))
    return old.refused == new.refused and first == second


def typing_error(case: Case, report: Report, picks: random.Random) -> str | None:
    """Swap two neighbouring characters that belong to no name."""
    taken = [span for name in _names(report) for span in _places(name, case.question)]
    spots = [
        at
        for at, (one, two) in enumerate(pairwise(case.question))
        if one.isalpha() and two.isalpha() and one != two and _outside(at, taken)
    ]
    if not spots:
        return None
    at = picks.choice(spots)
    text = case.question
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def other_script(case: Case, report: Report, picks: random.Random) -> str | None:
    """Write a simplified question in the traditional script, and the other way round."""
    del report, picks
    direction = {"zh-Hans": "s2t", "zh-Hant": "t2s"}.get(case.lang)
    return str(_converter(direction).convert(case.question)) if direction else None


def noise(case: Case, report: Report, picks: random.Random) -> str | None:
    """Put spaces around, other punctuation and full-width digits into the question."""
    del report, picks
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    text = case.question.translate(wide).replace("，", ", ").replace("？", "??")
    return f"  {text} ……  "


def other_name(case: Case, report: Report, picks: random.Random) -> str | None:
    """Call a respondent by another of its names in the same script."""
    for one in report.respondents:
        for name in one.spellings:
            others = [other for other in one.spellings if _may_replace(other, name, case.question)]
            if name in case.question and others:
                return case.question.replace(name, picks.choice(others), 1)
    return None


def distractor(case: Case, report: Report, picks: random.Random) -> str | None:
    """Say something polite and beside the point first."""
    del report, picks
    return CHATTER[case.lang] + case.question


def repeated(case: Case, report: Report, picks: random.Random) -> str | None:
    """Ask the same question twice in one breath."""
    del report, picks
    return f"{case.question} {case.question}"


def asked_whole(case: Case, report: Report, picks: random.Random) -> str | None:
    """Ask a follow-up as somebody would who had not asked anything before."""
    del report, picks
    return case.whole or None


RELATIONS: dict[str, Relation] = {
    "typing-error": typing_error,
    "other-script": other_script,
    "noise": noise,
    "other-name": other_name,
    "distractor": distractor,
    "repeated": repeated,
    WHOLE: asked_whole,
}


@cache
def _converter(direction: str) -> Any:
    return opencc.OpenCC(direction)


def _names(report: Report) -> Iterator[str]:
    for one in report.respondents:
        yield from one.spellings


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)


def _outside(at: int, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start - 1 <= at < end for start, end in taken)


def _may_replace(other: str, name: str, question: str) -> bool:
    """Return whether a name can stand for another: same script, and not there already."""
    same = _is_latin(other) == _is_latin(name)
    return same and other != name and other not in question and name not in other


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
