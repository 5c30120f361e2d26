"""Metadata: original languages, dates, kinds and counts, answered from the replies' headers."""

from collections.abc import Sequence
from datetime import date

from corpus import Reply
from qa import patterns
from qa.draft import Draft, Writer, refuse
from qa.knowledge import Knowledge
from qa.plans.conditions import Condition, conditions_of
from qa.refusals import absent_countries
from qa.types import Coverage, Stand
from qa.understand import Understanding
from qa.wording import join_names, language_name, name_of, phrase


def metadata(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return what the replies' headers say to the question."""
    strangers = absent_countries(asked, knowledge)
    if strangers and not asked.named:
        return refuse(
            "not-a-respondent",
            asked.language,
            names=join_names(strangers, asked.language),
            n=len(knowledge.report.respondents),
        )
    conditions = conditions_of(asked.normalised)
    replies = [
        knowledge.replies[code]
        for code in asked.scope
        if knowledge.respondents[code].kind != "introduction"
    ]
    if asked.named:
        return _of_named(asked, replies)
    kept = [reply for reply in replies if all(condition(reply) for condition in conditions)]
    if patterns.FIRST.search(asked.normalised) or patterns.LAST.search(asked.normalised):
        return _extreme(asked, kept)
    return _listed(asked, kept, replies, conditions)


def _of_named(asked: Understanding, replies: Sequence[Reply]) -> Draft:
    writer = Writer(asked.language)
    language = bool(patterns.ORIGINAL.search(asked.normalised))
    dated = not language or asked.want == "date" or patterns.DATED.search(asked.normalised)
    for reply in replies:
        if language:
            _say_language(writer, reply)
        if dated:
            _say_date(writer, reply)
    return writer.draft("metadata")


def _say_language(writer: Writer, reply: Reply) -> None:
    who = name_of(reply.respondent, writer.language)
    printed = language_name(reply.original_language or "", writer.language)
    _say(writer, reply, "original", 1, who=who, language=printed)


def _say_date(writer: Writer, reply: Reply) -> None:
    who = name_of(reply.respondent, writer.language)
    _say(writer, reply, "date", 2, who=who, date=day(reply.date, writer.language))


def _say(writer: Writer, reply: Reply, key: str, line: int, **slots: object) -> None:
    n = writer.cite(reply.passages[0], reply.passages[0].sentences[-3:][line])
    writer.say(phrase(key, writer.language, **slots), [n], reply.respondent.code)


def _extreme(asked: Understanding, replies: Sequence[Reply]) -> Draft:
    """Return the earliest or latest replies; all of them when several share the date."""
    writer = Writer(asked.language)
    for pattern, key, pick in ((patterns.FIRST, "first", min), (patterns.LAST, "last", max)):
        if not pattern.search(asked.normalised):
            continue
        wanted = pick(reply.date for reply in replies if reply.date)
        for reply in replies:
            if reply.date == wanted:
                who = name_of(reply.respondent, writer.language)
                _say(writer, reply, key, 2, who=who, date=day(reply.date, writer.language))
    return writer.draft("metadata")


def _listed(
    asked: Understanding,
    kept: Sequence[Reply],
    replies: Sequence[Reply],
    conditions: Sequence[Condition],
) -> Draft:
    writer = Writer(asked.language)
    if not kept:
        return refuse("not-in-report", asked.language)
    writer.note("count_replies", n=len(kept))
    by_language = bool(conditions) or not patterns.ORIGINAL.search(asked.normalised)
    ordered = kept if by_language else sorted(kept, key=lambda reply: str(reply.original_language))
    stands = []
    for reply in ordered:
        header = reply.passages[0]
        marks = [writer.cite(header, span) for span in header.sentences[-2:]]
        line = phrase(
            "reply_line",
            writer.language,
            who=name_of(reply.respondent, writer.language),
            language=language_name(reply.original_language or "", writer.language),
            date=day(reply.date, writer.language),
        )
        writer.say(line, marks, reply.respondent.code)
        stands.append(Stand(reply.respondent.code, reply.respondent.name, tuple(marks)))
    rest = tuple(
        Stand(reply.respondent.code, reply.respondent.name)
        for reply in replies
        if reply not in kept
    )
    coverage = Coverage(len(replies), tuple(stands), rest, ())
    return writer.draft("metadata", coverage)


def day(value: date | None, language: str) -> str:
    """Return a date as the language writes it; the report's own spacing in Chinese."""
    if value is None:
        return "-"
    if language == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year} 年 {value.month} 月 {value.day} 日"
