"""Metadata: original languages, dates, kinds and counts, answered from the replies' headers."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from corpus import Reply
from qa import patterns
from qa.draft import Draft, Item, Writer, refuse
from qa.knowledge import Knowledge
from qa.plans.conditions import conditions_of
from qa.refusals import is_after_closing, refuse_absent
from qa.types import Coverage, Reason, Stand
from qa.understand import Understanding
from qa.wants import asks_for
from qa.wording import language_name, name_of, phrase

_ASKS_WHO = re.compile(r"谁[和与跟]|哪[些个][^，。？]{0,8}[和与跟]|\bwho\b|which")
_SAME_DAY = re.compile(r"同一天|同日|同一日|same (?:day|date)")
_HOW_MANY = re.compile(r"多少|几[份个家]|how many")
_KINDS = (("government", "governments"), ("organisation", "organisations"))


def metadata(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return what the replies' headers say to the question."""
    absent = refuse_absent(asked, knowledge)
    if absent:
        return absent
    asks_who = _ASKS_WHO.search(asked.normalised)
    replies = [
        knowledge.replies[code]
        for code in asked.scope
        if knowledge.respondents[code].kind != "introduction"
    ]
    same_day = _SAME_DAY.search(asked.normalised)
    if same_day and (len(asked.named) < 2 or asks_who):
        return _of_one_day(asked, knowledge.report.replies)
    if asked.named and replies and not asks_who:
        return _of_named(asked, replies)
    conditions = conditions_of(asked.normalised)
    kept = [reply for reply in replies if all(condition(reply) for condition in conditions)]
    if not kept:
        late = is_after_closing(asked, (), knowledge)
        closing = knowledge.report.closing_date.isoformat()
        reason: Reason = "after-closing-date" if late else "not-in-report"
        return refuse(reason, asked.language, closing=closing)
    extreme = patterns.FIRST.search(asked.normalised) or patterns.LAST.search(asked.normalised)
    if extreme and not _HOW_MANY.search(asked.normalised):
        return _extreme(Writer(asked.language), asked, kept).draft("metadata")
    writer = Writer(asked.language)
    coverage = _list(writer, kept, replies)
    if extreme:
        _extreme(writer, asked, kept)
    return writer.draft("metadata", coverage)


def _of_named(asked: Understanding, replies: Sequence[Reply]) -> Draft:
    writer = Writer(asked.language)
    text = asked.normalised
    language = bool(patterns.ORIGINAL.search(text))
    dated = not language or asks_for("date", text) or _SAME_DAY.search(text)
    if _SAME_DAY.search(text) and len(replies) > 1:
        same = len({reply.date for reply in replies}) == 1
        marks = [_cite(writer, reply, 2) for reply in replies]
        writer.say(phrase("yes" if same else "no", writer.language), marks)
    for reply in replies:
        if language:
            printed = language_name(reply.original_language or "", writer.language)
            _say(writer, reply, "original", 1, language=printed)
        if dated:
            _say(writer, reply, "date", 2, date=day(reply.date, writer.language))
    return writer.draft("metadata")


def _of_one_day(asked: Understanding, replies: Sequence[Reply]) -> Draft:
    """Return the replies that share their date with the one named, or with any other."""
    everyone = [reply for reply in replies if reply.date]
    days = Counter(reply.date for reply in everyone)
    named = {reply.date for reply in everyone if reply.respondent.code in asked.named}
    kept = [
        reply
        for reply in everyone
        if days[reply.date] > 1
        and (not named or reply.date in named)
        and reply.respondent.code not in asked.named
    ]
    ordered = sorted(kept, key=lambda reply: str(reply.date))
    writer = Writer(asked.language)
    return writer.draft("metadata", _list(writer, ordered, everyone))


def _cite(writer: Writer, reply: Reply, line: int) -> int:
    """Return the mark of a line of a reply's header: 0 name, 1 original language, 2 date."""
    header = reply.passages[0]
    return writer.cite(header, header.sentences[-3:][line])


def _say(writer: Writer, reply: Reply, key: str, line: int, **slots: object) -> None:
    who = name_of(reply.respondent, writer.language)
    text = phrase(key, writer.language, who=who, **slots)
    writer.say(text, [_cite(writer, reply, line)], reply.respondent.code)


def _extreme(writer: Writer, asked: Understanding, replies: Sequence[Reply]) -> Writer:
    """Write the earliest or latest replies; all of them when several share the date."""
    dates = [reply.date for reply in replies if reply.date]
    for pattern, key, wanted in (
        (patterns.FIRST, "first", min(dates)),
        (patterns.LAST, "last", max(dates)),
    ):
        if not pattern.search(asked.normalised):
            continue
        for reply in replies:
            if reply.date == wanted:
                _say(writer, reply, key, 2, date=day(reply.date, writer.language))
    return writer


def _list(writer: Writer, kept: Sequence[Reply], replies: Sequence[Reply]) -> Coverage:
    """Write the replies kept, by kind, and return who they are among all that were looked at."""
    writer.note("count_replies", n=len(kept))
    stands = []
    for kind, key in _KINDS:
        items = []
        for reply in kept:
            if reply.respondent.kind == kind:
                marks = (_cite(writer, reply, 1), _cite(writer, reply, 2))
                items.append(Item(_line(writer, reply), marks, reply.respondent.code))
                code, name = reply.respondent.code, reply.respondent.name
                stands.append(Stand(code, name, marks))
        if items:
            writer.say_list(phrase(key, writer.language, n=len(items)), items)
    others = (reply.respondent for reply in replies if reply not in kept)
    rest = tuple(Stand(respondent.code, respondent.name) for respondent in others)
    return Coverage(len(replies), tuple(stands), (), rest)


def _line(writer: Writer, reply: Reply) -> str:
    return phrase(
        "reply_line",
        writer.language,
        who=name_of(reply.respondent, writer.language),
        language=language_name(reply.original_language or "", writer.language),
        date=day(reply.date, writer.language),
    )


def day(value: date | None, language: str) -> str:
    """Return a date as the language writes it; the report's own spacing in Chinese."""
    if value is None:
        return "-"
    if language == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year} 年 {value.month} 月 {value.day} 日"
