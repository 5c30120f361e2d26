"""Metadata: original languages, dates, kinds and counts, answered from the replies' headers."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from corpus import Passage, Reply
from corpus.types import Span
from qa import patterns
from qa.closing import is_after_closing
from qa.conditions import Condition, conditions_of, conditions_than
from qa.draft import Draft, Item, Writer, refuse
from qa.figures import numeral
from qa.kinds import KIND_WORDS
from qa.knowledge import Knowledge
from qa.refusals import refuse_absent
from qa.types import Coverage, Reason, Stand
from qa.understand import Understanding
from qa.wants import asks_for
from qa.wording import language_name, name_of, phrase

_ASKS_WHO = re.compile(r"谁[和与跟]|哪[些个][^，。？]{0,8}[和与跟]|\bwho\b|which")
_ASKS_ONE = re.compile(
    r"(?:谁|哪一?[家个国份方边])(?:的?答复)?(?:更|比较|先|最)?[早晚迟先]|"
    r"\b(?:which|who)(?: one)?\b[^?]*\b(?:earlier|later|first)\b"
)
"""Asks which one of several comes first or last."""
_HOW_MANY = re.compile(r"多少|几[份个家]|how many")
_ASKS_MANY = re.compile(r"哪|谁|多少|几[份个家国]|\bwho\b|\bwhich\b|how many")
_HEADING = re.compile(r"([一二三四五六七八九十]+)[.、．] *(.+)")
_KINDS = (("government", "governments"), ("organisation", "organisations"))


def metadata(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return what the replies' headers say to the question."""
    absent = refuse_absent(asked, knowledge)
    if absent:
        return absent
    text = asked.normalised
    replies = [
        knowledge.replies[code]
        for code in asked.scope
        if knowledge.respondents[code].kind != "introduction"
    ]
    if patterns.SECTION.search(text):
        return _of_sections(asked, replies, knowledge)
    if patterns.SAME_DAY.search(text) and (len(asked.named) < 2 or _ASKS_WHO.search(text)):
        return _of_one_day(asked, knowledge.report.replies)
    between = len(asked.named) > 1 and _ASKS_ONE.search(text)
    if (
        asked.named
        and _ASKS_MANY.search(text)
        and not between
        and (than := conditions_than(text, replies))
    ):
        return _of_many(asked, _beside(asked, knowledge), than, knowledge)
    if (
        asked.named
        and replies
        and (between or patterns.PAGE.search(text) or not _ASKS_WHO.search(text))
    ):
        return _of_named(asked, replies)
    return _of_many(asked, replies, conditions_of(text), knowledge)


def _beside(asked: Understanding, knowledge: Knowledge) -> list[Reply]:
    """Return the replies of all, or of the kind that is asked for, but those named."""
    kinds = [kind for kind, word in KIND_WORDS.items() if word.search(asked.normalised)]
    return [
        reply
        for code, reply in knowledge.replies.items()
        if code not in asked.named and reply.respondent.kind in (kinds or KIND_WORDS)
    ]


def _of_many(
    asked: Understanding,
    replies: Sequence[Reply],
    conditions: Sequence[Condition],
    knowledge: Knowledge,
) -> Draft:
    """Return the replies that meet the conditions, or the earliest or latest of them."""
    kept = [reply for reply in replies if all(condition(reply) for condition in conditions)]
    late = is_after_closing(asked, (), knowledge)
    if not kept or (late and not conditions):
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
    language, page = (bool(asks.search(text)) for asks in (patterns.ORIGINAL, patterns.PAGE))
    dated = not (language or page) or asks_for("date", text) or patterns.SAME_DAY.search(text)
    if patterns.SAME_DAY.search(text) and len(replies) > 1:
        same = len({reply.date for reply in replies}) == 1
        marks = [_cite(writer, reply, 2) for reply in replies]
        writer.say(phrase("yes" if same else "no", writer.language), marks)
    for reply in replies:
        if language:
            printed = language_name(reply.original_language or "", writer.language)
            _say(writer, reply, "original", 1, language=printed)
        if page:
            _say(writer, reply, "pages", 0, pages=_pages(reply))
        if dated:
            _say(writer, reply, "date", 2, date=day(reply.date, writer.language))
    return writer.draft("metadata")


def _pages(reply: Reply) -> str:
    """Return the first page of a reply, and its last if that is another."""
    pages = [page for passage in reply.passages for page in passage.pages]
    first, last = min(pages), max(pages)
    return f"{first}" if first == last else f"{first}-{last}"


def _of_sections(asked: Understanding, replies: Sequence[Reply], knowledge: Knowledge) -> Draft:
    """Return in which section of the report the replies stand, with the words that say so."""
    writer = Writer(asked.language)
    number = title = ""
    place: tuple[Passage, Span] | None = None
    for reply in knowledge.report.replies:
        header = reply.passages[0]
        start, end = header.sentences[0]
        heading = _HEADING.fullmatch(header.text[start:end].strip())
        if heading:
            number, title = heading.groups()
            told = _told_in_introduction(f"第{number}节", knowledge)
            place = told or (header, (start, end))
        if place and reply in replies:
            who = name_of(reply.respondent, writer.language)
            shown = numeral(number) if writer.language == "en" else number
            text = phrase("section", writer.language, who=who, number=shown, title=title)
            writer.say(text, [writer.cite(*place)])
    return writer.draft("metadata")


def _told_in_introduction(words: str, knowledge: Knowledge) -> tuple[Passage, Span] | None:
    """Return the introduction's sentence that holds some words, if one does."""
    return next(
        (
            (passage, span)
            for passage in knowledge.report.passages
            if passage.code == "INTRO"
            for span in passage.sentences
            if words in passage.text[slice(*span)]
        ),
        None,
    )


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
