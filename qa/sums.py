"""Follow-ups that reckon: of two years, a year and another, or both tables spoken of."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.ties import PUNCTUATION
from qa.turns import answering
from qa.types import Turn

THOSE_TWO = re.compile(
    r"[那这]?[两俩]|[前后]者|第[一二][个张]比第[一二]|\b(?:the )?(?:second than the first|"
    r"first than the second)\b|\b(?:(?:those|these|the) two|both|the (?:latter|former))\b"
)
"""Means the two just spoken of, or one of them beside the other."""
_TWO = 2
_FIRST_TWO = re.compile(r"[头前]两|\b(?:the )?first two\b")
_ADDS = re.compile(r"\badd\b|加在一起|加一加|加总|[并合加]在?(?:一块儿?|一起|一处)|\btogether\b")
_TOTAL = re.compile(r"共计|\btotal\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COMPARES = re.compile(
    r"比(?:呢|一?比|较|起来|如何|怎么样)\W*$|相比|对比|\bcompared? (?:to|with)\b"
)
_THAN = re.compile(r"比|\bthan\b")


def of_two_years(text: str, asked: Sequence[str]) -> str:
    """Return the last question about both years that the last two named, where a text asks for
    their sum or difference; nothing for others. ``asked`` are all before, made whole.
    """
    text = normalise(text)
    adds = patterns.DIFFERENCE.search(text) or _adds(text)
    two = asked[-_TWO - 1 : -1] if _FIRST_TWO.search(text) and len(asked) > _TWO else asked[-_TWO:]
    years = [_YEAR.findall(normalise(one))[-1:] for one in two]
    bare = not content(patterns.SCAFFOLD.sub("", patterns.DIFFERENCE.sub("", text)))
    if not (adds and (bare or THOSE_TWO.search(text)) and len(years) == _TWO and all(years)):
        return ""
    (first,), (second,) = years
    if first == second:
        return ""
    return f"{_of_both(normalise(two[-1]), second, (first, second))}：{text}"


def with_another_year(text: str, last: str) -> str:
    """Return the last question about its year and the one of a normalised text, where that asks for
    their sum or difference; nothing for others.
    """
    before = normalise(last)
    new, old = set(_YEAR.findall(text)), set(_YEAR.findall(before))
    compares = _COMPARES.search(text) is not None
    differs = compares or (_THAN.search(text) and patterns.DIFFERENCE.search(text))
    if not (len(new) == len(old) == 1 and new != old and (differs or _adds(text))):
        return ""
    (first,), (second,) = old, new
    if compares:
        text += "，相差多少" if language_of(last) != "en" else ", what is the difference"
    return f"{_of_both(before, first, (first, second))}：{text}"


def _of_both(question: str, year: str, both: tuple[str, str]) -> str:
    """Return a normalised question with two years in the place of the last mention of its year."""
    place = question.rindex(year)
    years = f"{both[0]}{' and ' if language_of(question) == 'en' else '年和'}{both[1]}"
    return f"{question[:place]}{years}{question[place + len(year) :].strip(PUNCTUATION)}"


def of_two_tables(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question for the sum or difference of the totals of both tables, where a text asks
    for one of "the two" and the last two answers were such totals; nothing for others.
    """
    said = normalise(text)
    differ = patterns.DIFFERENCE.search(said)
    if not (THOSE_TWO.search(said) and (differ or _adds(said))):
        return ""
    answers = [turn.content for turn in before if turn.role == "assistant"][-_TWO:]
    names = [name for one in answers for name in answering(one, knowledge)[:1]]
    codes = {name.key for one in names for name in knowledge.names.find(normalise(one))[:1]}
    totals = all(_TOTAL.search(normalise(one)) for one in answers)
    if not (len(names) == _TWO and len(codes) == 1 and codes <= knowledge.table_codes and totals):
        return ""
    if language_of(text) == "en":
        asked = "what is the difference between" if differ else "what is the sum of"
        return f"{names[0]}: {asked} the totals of the two tables?"
    return f"{names[0]}：两张表的总额{'相差' if differ else '合计是'}多少？"


def _adds(text: str) -> bool:
    return bool(patterns.SUM.search(text) or _ADDS.search(text))
