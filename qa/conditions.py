"""Conditions on replies that a question states: original language, date, month."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from corpus import Reply
from index.text import content
from qa import patterns
from qa.figures import numeral
from qa.wants import asks_for

Condition = Callable[[Reply], bool]
_LANGUAGES = {
    "英文": r"英文|英语|\benglish\b",
    "西班牙文": r"西班牙文|西班牙语|西文|西语|\bspanish\b",
    "阿拉伯文": r"阿拉伯文|阿拉伯语|\barabic\b",
    "俄文": r"俄文|俄语|\brussian\b",
    "法文": r"法文|法语|\bfrench\b",
    "中文": r"中文|汉语|汉文|\bchinese\b",
}
_LANGUAGE = "|".join(_LANGUAGES.values())
LANGUAGE = re.compile(_LANGUAGE)
_REPLIED_IN = re.compile(
    rf"(?:不是|并非|非)?用?(?:{_LANGUAGE})(?:来|所|的)?(?:写|提交|作答|答复|答覆|回复|回覆|原件|来文|作出)|"
    rf"原[件文稿](?:不)?(?:是|为|用)(?:{_LANGUAGE})|"
    r"(?:not )?(?:repl(?:ied|y|ies)|writt?en|writing|wrote|submitted|originals?|responded)"
    rf"(?: \w+){{0,2}} in (?:{_LANGUAGE})"
)
MONTHS = (
    "january february march april may june july august september october november december"
).split()
_HAN_DAY = re.compile(
    r"[一二三四五六七八九十]{1,3}(?=月)|(?<=月)[一二三四五六七八九十]{1,3}(?=[日号])"
)
_ZH_DATE = re.compile(
    r"(?:(\d{4}) ?年)? ?(\d{1,2}) ?月(?:份)?"
    r"(?: ?(\d{1,2}) ?[日号]|(上旬|中旬|下旬|初|中|底|上半月|下半月)|的?(最后一天|第一天|头一天))?"
)
_PARTS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
    "第一天": (1, 1),
    "头一天": (1, 1),
    "最后一天": (31, 31),
}
"""First and last day of a part of a month."""
_EN_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?\b({'|'.join(MONTHS)})\b(?: (\d{{1,2}})(?:st|nd|rd|th)"
    rf"?\b)?(?:,? (\d{{4}}))?"
)
_THAN = re.compile(
    r"比(?!较)|[早晚迟]于|在[^，。？]{1,12}(?:之前|以前|之后|以后|前|后)|\bthan\b|\bbefore\b|\bafter\b"
)
_EARLIER = re.compile(r"早|先|之前|以前|(?<=[^以之])前|before|earlier|sooner")
_LATER = re.compile(r"晚|迟|之后|以后|(?<=[^以之])后|after|later")
_WHICH_COMES = re.compile(r"先|后|早|晚|迟|earlier|later|sooner|before|after|in time|deadline|截止")
_COUNT = re.compile(
    r"多少|几[份个家国]|数量|总数|统计|how many|number of|\bcount\b|respondents? list"
)
_OF_REPLIES = re.compile(
    rf"{patterns.REPLY.pattern}|报告|提交|[交寄送]了?|国家|组织|政府|respondents?|\breport\b|"
    r"\b(?:submi\w+|sent|contribut\w+|wrote|governments?|organi[sz]ations?|countries|states|bodies)\b"
)
"""What is counted where the replies are, or those who sent them."""
_NOT = re.compile(r"不是|并非|非|除了?|\bnot\b|\bneither\b|other than|except")
_WHO = re.compile(r"哪[些几]|谁|多少|几[家国个份]|\b(?:who|which|how many)\b")
_SENT = re.compile(
    r"总共?|一共|全部|提交|递交|交来?|寄来?|给|秘书长|\b(?:in (?:all|total)|sent|submitted|total)\b"
)


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


def asks_of_replies(text: str) -> bool:
    """Tell whether a normalised question asks for what the replies' headers say, or puts a
    condition on it: their languages, dates and places in the report, their order and number.
    """
    asked = (patterns.ORIGINAL, patterns.PAGE, patterns.SECTION, patterns.SAME_DAY)
    ordered = (patterns.FIRST, patterns.LAST, _THAN, _WHICH_COMES)
    return (
        any(pattern.search(text) for pattern in (*asked, *ordered))
        or bool(_COUNT.search(text) and _OF_REPLIES.search(text))
        or asks_for("date", text)
        or bool(conditions_of(text))
    )


def written_in(text: str) -> list[Condition]:
    """Return the condition of a normalised question to many on the language in which they replied,
    if it puts one.
    """
    match = _REPLIED_IN.search(text)
    return conditions_of(match[0]) if match else []


def conditions_than(text: str, others: Sequence[Reply]) -> list[Condition]:
    """Return the condition that a normalised question puts on replies beside the dates of others:
    earlier or later than all of them; none where it compares with nobody.
    """
    days = [reply.date for reply in others if reply.date]
    if not days or not _THAN.search(text):
        return []
    first, last = min(days), max(days)
    if _EARLIER.search(text):
        return [lambda reply: reply.date is not None and reply.date < first]
    if _LATER.search(text):
        return [lambda reply: reply.date is not None and reply.date > last]
    return []


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
    """Return the days or months a text names, each as its first and last day; 2017 if no year.

    A part of a month may be named, and Chinese numerals are read too.
    """
    text = _HAN_DAY.sub(lambda match: str(numeral(match[0])), text)
    found = [
        _span(match[1], int(match[2]), match[3], _PARTS.get(match[4] or match[5]))
        for match in _ZH_DATE.finditer(text)
    ]
    for match in _EN_DATE.finditer(text):
        month = MONTHS.index(match[2]) + 1
        found.append(_span(match[4], month, match[1] or match[3]))
    return [span for span in found if span is not None]


def _span(
    year: str | None, month: int, day: str | None, part: tuple[int, int] | None = None
) -> tuple[date, date] | None:
    try:
        first = date(int(year or 2017), month, int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if part is None:
        return first, last
    return first.replace(day=min(part[0], last.day)), last.replace(day=min(part[1], last.day))


def asks_who_replied(text: str) -> bool:
    """Tell whether a normalised question asks who, or how many, sent a reply and nothing else."""
    bare = patterns.SCAFFOLD.sub(" ", patterns.SURVEY.sub(" ", patterns.REPLY.sub(" ", text)))
    said = content(patterns.SURVEY_WORDS.sub(" ", _SENT.sub(" ", bare)))
    return bool(patterns.REPLY.search(text) and _WHO.search(text)) and not said
