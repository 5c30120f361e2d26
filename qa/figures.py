"""Numbers and dates that a text states, by value: 930 万 is 9.3 million, 5 月 3 日 is 3 May."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from index.text import normalise

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_NUMERAL = "".join((*_DIGITS, *_SMALL, *_LARGE))
_CLASSIFIER = (
    "个項项次名份种国台人件届年月日天条家座类组轮级方期章节款号段批位架艘枚倍度港所起多余美欧世"
)
_SCALES = {
    "百万": 1_000_000,
    "千万": 10_000_000,
    "万": 10_000,
    "亿": 100_000_000,
    "千": 1_000,
    "百": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(rf"{name}|{name[:3]}\b\.?" for name in _MONTHS)
_TO_TWENTY = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {
    **{word: value for value, word in enumerate(_TO_TWENTY, 2)},
    **{word: 10 * value for value, word in enumerate(_TENS, 3)},
    **{word: value for value, word in enumerate(_ORDINALS, 3)},
}

_NUMERAL_RUN = re.compile(rf"(?<![\d.])(?<![\d.] )(第)?([{_NUMERAL}]+)(?=(.)?)", re.DOTALL)
_PERCENT_ZH = re.compile(rf"百分之 ?(\d+(?:\.\d+)?|[{_NUMERAL}]+)")
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})(?:-({'|'.join(_WORDS)}))?\b")
_NUMBER = re.compile(
    r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ -]?(百万|千万|万|亿|千(?![克米瓦])|百|thousand\b|million\b|billion\b))?"
    r"( ?%| ?per ?cent\b)?"
)
_DATE_ZH = re.compile(
    r"(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月(?:份)?(?: ?(?P<day>\d{1,2}) ?[日号])?"
    r"|(?<=[至到—–~、和与及-])(?P<same> ?\d{1,2}) ?[日号]"
)
_DATE_EN = re.compile(
    rf"(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:[-–]| to | and ))?"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,? (?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}})"
)
_DATE_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as a text states it."""

    year: int | None
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The values of the numbers in a text, years of its dates among them, and its dates."""

    numbers: frozenset[Fraction]
    dates: frozenset[Moment]


def claimed(text: str) -> Figures:
    """Return the figures that a sentence claims.

    Chinese numerals count only where they count something (三项, not 三维), and one is an article.
    """
    return _figures(_spelt_out(normalise(text), strict=True), strict=True)


def printed(text: str) -> Figures:
    """Return every figure that a text of the report can be read to hold."""
    return _figures(_spelt_out(normalise(text), strict=False), strict=False)


def states(held: Figures, date: Moment) -> bool:
    """Tell whether a text states a date: its month, and its day and year as far as they are given.

    A printed date without a year may take any year that the same text prints.
    """
    return any(
        one.month == date.month
        and date.day in (None, one.day)
        and (
            date.year in (None, one.year)
            or (one.year is None and Fraction(date.year or 0) in held.numbers)
        )
        for one in held.dates
    )


def numeral(text: str) -> int:
    """Return the value of a Chinese numeral: 二十四 is 24, 一百二十万 is 1,200,000."""
    if not set(text) & (_SMALL.keys() | _LARGE.keys()):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * _LARGE[char]
            section = digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[char]
            section = digit = 0
    return total + section + digit


def _spelt_out(text: str, *, strict: bool) -> str:
    """Return a normalised text with numbers in words and numerals turned to digits."""

    def percent(match: re.Match[str]) -> str:
        value = match[1]
        return f"{value if value[0].isdigit() else numeral(value)}%"

    def run(match: re.Match[str]) -> str:
        counts = match[1] or (match[3] or "") in _CLASSIFIER
        value = numeral(match[2])
        if strict and (not counts or not match[3] or value == 1):
            return match[0]
        return f"{match[1] or ''}{value}"

    def word(match: re.Match[str]) -> str:
        return str(_WORDS[match[1]] + (_WORDS[match[2]] if match[2] else 0))

    text = _PERCENT_ZH.sub(percent, text)
    return _WORD.sub(word, _NUMERAL_RUN.sub(run, text))


def _figures(text: str, *, strict: bool) -> Figures:
    dates: set[Moment] = set()
    for pattern, read in ((_DATE_ISO, _iso), (_DATE_EN, _english)):
        for match in pattern.finditer(text):
            dates.update(read(match))
        text = pattern.sub(" ; ", text)
    dates.update(_chinese(text, strict=strict))
    rest = _DATE_ZH.sub(" ; ", text)
    numbers = {_value(match) for match in _NUMBER.finditer(rest)}
    years = {Fraction(date.year) for date in dates if date.year and not strict}
    return Figures(frozenset(numbers | years), frozenset(dates))


def _chinese(text: str, *, strict: bool) -> Iterator[Moment]:
    """Yield the dates written in Chinese; the year of one may be that of the one before it."""
    year = month = None
    for match in _DATE_ZH.finditer(text):
        if match["same"]:
            if month is not None:
                yield Moment(year, month, int(match["same"]))
            continue
        month, day = int(match["month"]), int(match["day"]) if match["day"] else None
        if match["year"]:
            year = int(match["year"])
        elif not strict:
            yield Moment(None, month, day)
        yield Moment(year if match["year"] or not strict else None, month, day)


def _english(match: re.Match[str]) -> Iterator[Moment]:
    month = match["month"] or match["month2"] or match["month3"]
    year = match["year"] or match["year2"] or match["year3"]
    number = next(n for n, name in enumerate(_MONTHS, 1) if month[:3] == name[:3])
    for day in (match["first"], match["day"] or match["day2"]):
        if day or (match["month3"] and day is match["first"]):
            yield Moment(int(year) if year else None, number, int(day) if day else None)


def _iso(match: re.Match[str]) -> Iterator[Moment]:
    yield Moment(int(match[1]), int(match[2]), int(match[3]))


def _value(match: re.Match[str]) -> Fraction:
    value = Fraction(match[1].replace(",", "")) * _SCALES.get(match[2] or "", 1)
    return value / 100 if match[3] else value
