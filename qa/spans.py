"""The decisive span of a sentence: the date, number or amount that a question asks for."""

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.types import Span
from qa.figures import claimed
from qa.wants import NUMBERS, Want

_DATE = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日(?:至(?:\d{4} ?年 ?)?(?:\d{1,2} ?月 ?)?\d{1,2} ?日)?|"
    r"\d{4} ?年 ?\d{1,2} ?月|\d{4}-\d{4} ?年|\d{4} ?年|\d{1,2} ?月 ?\d{1,2} ?日|\d{1,2} ?月份|"
    r"(?<=-)(?:19|20)\d\d(?=”)"
)
"""Dates, and the year in the name of an exercise."""
_UNIT = (
    r"(?:个(?:[^，。、；\s]{1,4}国|地区|国家|项目)?|项|次|名|份|种|国|台|人|件|倍|届|级|起|港|"
    r"所|家|座|段|天|年|月|小时|"
    r"%|万(?:美元|欧元)?|亿(?:美元|欧元)?|美元|欧元|多(?:个|项|名|份|起|次)?)"
)
_NUMBER = re.compile(rf"(?<![\d第/-])\d[\d ]*(?:\.\d+)?\s?(?:多|余)?\s?(?:万|亿|千)?\s?{_UNIT}+")
_ASKED_UNIT = re.compile(r"(?:多少|几)\s?(个|项|次|名|份|种|国|台|人|件|起|欧元|美元|届|级|年|天)")


def decisive_span(sentence: str, want: Want, question: str) -> Span | None:
    """Return the span that answers a question of when or how many, or None unless it is plain.

    It is plain when the sentence holds one such expression, or one with the unit asked for. What
    has a form, such as a sum of money, is taken only in its form.
    """
    if want == "date":
        dates = [match.span() for match in _DATE.finditer(sentence)]
        return dates[0] if len(dates) == 1 else None
    if want != "money" and want not in NUMBERS:
        return None
    undated = _DATE.sub(lambda match: " " * len(match[0]), sentence)
    numbers = list(_NUMBER.finditer(undated))
    if form := _FORMS.get(want):
        numbers = [match for match in numbers if form.search(match[0])]
    asked = _ASKED_UNIT.search(question)
    if asked:
        numbers = [match for match in numbers if asked[1] in match[0]]
    return numbers[0].span() if len(numbers) == 1 else None


def fit(sentence: str, want: Want, question: str) -> float:
    """Return how well a sentence holds what is asked for, from 0 to 1.

    The report names no persons. A date is stated to the day, month or year that is asked for. A
    date or number that the question itself states is no answer to it; one that stands before the
    noun that is counted is the best.
    """
    if want == "person":
        return 0.0
    if want == "date":
        stated, unit = question.replace(" ", ""), _unit_of_date(question)
        said = sentence if _OF_A_LAW_ITSELF.search(question) else _DATED_LAW.sub("", sentence)
        dates = (match[0].replace(" ", "") for match in _DATE.finditer(said))
        return float(any(date not in stated and _has_unit(date, unit) for date in dates))
    if want == "number":
        return _fit_of_number(sentence, question)
    form = _FORMS.get(want)
    if want == "code" and _OF_A_LAW.search(question):
        form = _LAW_NUMBER
    if form is None:
        return _UNCHECKED
    said = sentence if want == "code" else _NUMBERED.sub("", sentence)
    return 1.0 if form.search(said) else _LACKING.get(want, 0.0)


def _has_unit(date: str, unit: str) -> bool:
    """Tell whether a date is stated to a unit; one that is digits alone is a year."""
    return unit in date or (unit == "年" and date.isdigit())


def _unit_of_date(question: str) -> str:
    """Return the smallest unit that a date must have to answer a question of when."""
    if _DAY.search(question):
        return "日"
    return "月" if _MONTH.search(question) else "年" if _YEAR.search(question) else ""


def _fit_of_number(sentence: str, question: str) -> float:
    counted = _COUNTED.search(question)
    if counted and re.search(rf"\d ?(?:多)? ?[^，。、\d]{{0,4}}{re.escape(counted[1])}", sentence):
        return 1.0
    known = _numbers_of(question)
    rest = _DATE.sub("", _NUMBERED.sub("", _IN_ORDER.sub("", sentence)))
    new = [number for number in _DIGITS.findall(rest) if number.replace(" ", "") not in known]
    return 0.6 if new or _HAN_NUMBER.search(rest) else 0.0


@lru_cache(maxsize=64)
def _numbers_of(question: str) -> frozenset[str]:
    """Return the numbers that a question states, in digits, whether it writes them so or not."""
    return frozenset(_DIGITS.findall(question)) | {
        str(number) for number in claimed(question).numbers
    }


_DATED_LAW = re.compile(rf"(?:{_DATE.pattern}) ?(?=第 ?[\d/]+ ?号)")
"""A date by which a law is called says when nothing else happened."""
_OF_A_LAW_ITSELF = re.compile(
    r"号|法(?:律|令|典|规)?(?:是|又|的|在|那|于)?[^，。？?]{0,6}(?:修|改|颁|通过|出台|制定)|"
    r"\b(?:law|act|code|decree)\b[^?]*\b(?:amend|revis|adopt|pass|enact)"
)
"""Asks when a law itself was made, whose name says it."""
_UNCHECKED = 0.6
"""How well any sentence fits a question whose kind of expression has no form."""
_DAY = re.compile(
    r"几号|几日|哪一?[天日]|具体(?:日期|时间)|what day|which day|exact date|what date"
)
_MONTH = re.compile(r"几月|哪一?个?月|what month|which month")
_YEAR = re.compile(r"哪一?年|年份|(?:what|which) year")
_COUNTED = re.compile(r"(?:多少|几)[个项次名份种台件起条位家]?的?([\u4e00-\u9fff]{2})")
_DIGITS = re.compile(r"\d[\d ]*")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十百千两][个项次名份种届大家类条]")
_OF_A_LAW = re.compile(r"法律|法令|法规|[的部]法|法(?=是|第|编|$)|\b(?:laws?|acts?|decrees?)\b")
_LAW_NUMBER = re.compile(r"第 ?[\d/]+ ?号(?!决议|决定)|第 ?\d+ ?条")
_IN_ORDER = re.compile(r"第 ?[\d一二三四五六七八九十百]+ ?[届次个项份条]")
_NUMBERED = re.compile(r"第 ?[\d/]+ ?(?:\(\d{4}\) ?)?号|(?<=[年号]) ?\(?\d+/\d+\)?|\(\d{4}\)")
"""Numbers by which resolutions and laws are called."""
_SOME = r"(?:\d|[一二三四五六七八九十百千两多])[\d ]*(?:多|余)? ?"
_FORMS: Mapping[Want, re.Pattern[str]] = {
    "money": re.compile(r"\d ?[万亿]?(?:美元|欧元|元)"),
    "people": re.compile(rf"{_SOME}(?:名|位|人)"),
    "countries": re.compile(rf"{_SOME}个?(?:[^，。、；\s]{{0,4}}国|国家)"),
    "duration": re.compile(rf"{_SOME}(?:天|年(?! ?\d)|个月|小时|周|日至)|为期|期间|至 ?\d"),
    "share": re.compile(r"\d ?%|分之|半数|大多数|多数"),
    "code": re.compile(r"第[^，。、；]{0,10}[\d一二三四五六七八九十]|\d+/\d+|\(\d{4}\)"),
    "frequency": re.compile(r"每|年度|季度|月度|定期|一次|经常|频"),
    "trend": re.compile(r"[增涨升减降]|翻番|扩大|缩小|比"),
    "maker": re.compile(r"公司|企业|厂"),
    "reason": re.compile(r"因为|由于|因此|旨在|为了|以便|鉴于|考虑到|从而|原因|因[^此素]"),
    "purpose": re.compile(r"旨在|为了|以便|用于|用来|目的|目标|从而|以期|以[^及上下外前后来往]"),
    "name": re.compile(r"《|“|名为|称为|叫|题为"),
}
"""By what is asked for, the form that an answer to it has."""
_LACKING: Mapping[Want, float] = {"reason": 0.3, "purpose": 0.5, "name": 0.3}
"""How well a sentence without the form fits, where other forms will do."""
