"""Conditions on replies that a question states: original language, date, month."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from corpus import Reply
from qa import patterns

Condition = Callable[[Reply], bool]
_LANGUAGES = {
    "英文": r"英文|英语|\benglish\b",
    "西班牙文": r"西班牙文|西班牙语|西文|西语|\bspanish\b",
    "阿拉伯文": r"阿拉伯文|阿拉伯语|\barabic\b",
    "俄文": r"俄文|俄语|\brussian\b",
    "法文": r"法文|法语|\bfrench\b",
    "中文": r"中文|汉语|汉文|\bchinese\b",
}
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_ZH_DATE = re.compile(r"(?:(\d{4}) ?年)? ?(\d{1,2}) ?月(?:份)?(?: ?(\d{1,2}) ?[日号])?")
_EN_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?\b({'|'.join(_MONTHS)})\b(?: (\d{{1,2}})(?:st|nd|rd|th)"
    rf"?\b)?(?:,? (\d{{4}}))?"
)
_NOT = re.compile(r"不是|并非|非|除了?|\bnot\b|other than|except")


def conditions_of(text: str) -> list[Condition]:
    """Return the conditions that a normalised question puts on replies, all of which must hold."""
    conditions = []
    languages = {name for name, pattern in _LANGUAGES.items() if re.search(pattern, text)}
    if languages:
        negated = bool(
            re.search(
                rf"(?:{_NOT.pattern})"
                rf"[^，。？]{{0,6}}(?:{'|'.join(_LANGUAGES[name] for name in sorted(languages))})",
                text,
            )
        )
        conditions.append(_in_language(languages, negated))
    conditions += _dated(text)
    return conditions


def _in_language(languages: set[str], negated: bool) -> Condition:
    return lambda reply: (reply.original_language in languages) != negated


def _dated(text: str) -> list[Condition]:
    spans = dates_in(text)
    if not spans:
        return []
    if len(spans) == 2 and re.search(r"至|到|和|与|~|-|之间|between|\bto\b|\band\b", text):
        low, high = spans[0][0], spans[1][1]
        return [lambda reply: reply.date is not None and low <= reply.date <= high]
    first, last = spans[0]
    if patterns.BEFORE.search(text):
        return [lambda reply: reply.date is not None and reply.date < first]
    if patterns.AFTER.search(text):
        return [lambda reply: reply.date is not None and reply.date > last]
    return [lambda reply: reply.date is not None and first <= reply.date <= last]


def dates_in(text: str) -> list[tuple[date, date]]:
    """Return the days or months a text names, each as its first and last day; 2017 if no year."""
    found = [_span(match[1], int(match[2]), match[3]) for match in _ZH_DATE.finditer(text)]
    for match in _EN_DATE.finditer(text):
        month = _MONTHS.index(match[2]) + 1
        found.append(_span(match[4], month, match[1] or match[3]))
    return [span for span in found if span is not None]


def _span(year: str | None, month: int, day: str | None) -> tuple[date, date] | None:
    try:
        first = date(int(year or 2017), month, int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
