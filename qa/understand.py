"""A question understood: whom it asks about, what it asks for, and which kind of answer fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.names import Name
from index.text import normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.places import strangers_in
from qa.plans import conditions
from qa.types import Language, Question, QuestionError

Aim = Literal["instruction", "metadata", "table", "survey", "comparison", "lookup"]
Want = Literal["person", "date", "money", "number", "place", "reason", "list", "any"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood. Codes are respondents' codes, entities are ids of the notes.

    ``named`` are the respondents that the question names, ``scope`` those it is asked of and
    ``excluded`` those it sets aside. ``bare`` is the question without any names, ``focus`` without
    respondents' names and question words, both in normalised text.
    """

    question: Question
    text: str
    normalised: str
    language: Language
    aim: Aim
    want: Want
    named: tuple[str, ...]
    excluded: tuple[str, ...]
    scope: tuple[str, ...]
    entities: tuple[str, ...]
    bare: str
    focus: str
    yes_no: bool
    silent: bool
    count: bool


def understand(question: Question, text: str, knowledge: Knowledge) -> Understanding:
    """Return what the (resolved) text of a question asks. Raises ``QuestionError`` for an unknown
    respondent in the request.
    """
    normalised = normalise(text)
    names = knowledge.names.find(normalised)
    excluded = _excluded(normalised, names, knowledge)
    found = tuple(dict.fromkeys(n.key for n in names if n.key in knowledge.codes))
    named = tuple(code for code in found if code not in excluded)
    narrowed = _requested(question, knowledge)
    aim = _aim(normalised, names, named, knowledge)
    scope = _scope(normalised, named if aim != "survey" else (), narrowed, knowledge)
    if aim == "metadata" and not named and not narrowed:
        scope = _of_kinds_said(normalised, scope, knowledge)
    set_aside = (*excluded, *named) if aim == "survey" else excluded
    entities = [name.key for name in names if name.key in knowledge.notes.entities]
    if aim == "survey":
        entities += [code.lower() for code in _objects(normalised, names, knowledge)]
    return Understanding(
        question=question,
        text=text,
        normalised=normalised,
        language=language_of(question.text, question.lang),
        aim=aim,
        want=want_of(normalised),
        named=named,
        excluded=excluded,
        scope=tuple(code for code in scope if code not in set_aside),
        entities=tuple(dict.fromkeys(entities)),
        bare=_without(normalised, names),
        focus=_focus(normalised, names, knowledge, aim),
        yes_no=bool(patterns.YES_NO.search(normalised)),
        silent=bool(patterns.SILENT.search(normalised)),
        count=bool(patterns.COUNT.search(normalised)),
    )


def _requested(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes that the request narrows the search to."""
    codes = []
    for wanted in question.respondents:
        found = knowledge.names.find(normalise(wanted))
        code = wanted if wanted in knowledge.codes else (found[0].key if found else "")
        if code not in knowledge.codes:
            known = ", ".join(knowledge.codes)
            raise QuestionError(
                "unknown_respondent",
                f"没有答复方 {wanted[:40]!r}；可用 / unknown respondent; choose from: {known}",
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def except_spans(text: str, names: Sequence[Name]) -> list[tuple[int, int]]:
    """Return where a question sets respondents aside: 除……以外, except Norway and Cuba."""
    spans = [match.span() for match in patterns.EXCEPT.finditer(text)]
    for match in patterns.EXCEPT_EN.finditer(text):
        end = match.end()
        for name in names:
            if name.start >= end and re.fullmatch(
                r"(?:the |,? ?and |,? ?or |, )*", text[end : name.start]
            ):
                end = name.end
        spans.append((match.start(), end))
    return spans


def _inside(name: Name, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= name.start < end for start, end in spans)


def _objects(text: str, names: tuple[Name, ...], knowledge: Knowledge) -> list[str]:
    """Return the respondents that a survey asks about, those it only sets aside left out."""
    aside = except_spans(text, names)
    return [name.key for name in names if name.key in knowledge.codes and not _inside(name, aside)]


def _excluded(text: str, names: tuple[Name, ...], knowledge: Knowledge) -> tuple[str, ...]:
    aside = except_spans(text, names)
    codes = [name.key for name in names if name.key in knowledge.codes and _inside(name, aside)]
    return tuple(dict.fromkeys(codes))


def _aim(text: str, names: tuple[Name, ...], named: tuple[str, ...], knowledge: Knowledge) -> Aim:
    if patterns.INSTRUCTION.search(text):
        return "instruction"
    if _is_metadata(text, names, named, knowledge):
        return "metadata"
    if set(named) <= knowledge.table_codes and _is_table(text, named):
        return "table"
    if _is_survey(text, names, named, knowledge):
        return "survey"
    if len(named) >= 2 or (
        named and patterns.COMPARE.search(text) and strangers_in(text, names, knowledge.codes)
    ):
        return "comparison"
    return "lookup"


def _is_survey(
    text: str, names: tuple[Name, ...], named: tuple[str, ...], knowledge: Knowledge
) -> bool:
    """Tell whether a question is put to many: it asks which of them, or names a group.

    A respondent named before the question word is who is asked; one named after it is what is
    asked about.
    """
    if not named and any(word in text for group in knowledge.groups for word in group.spellings):
        return True
    match = patterns.SURVEY.search(text)
    if match is None or patterns.WANTS["person"].search(text):
        return False
    before = [name for name in names if name.key in named and name.start < match.start()]
    return not before or bool(patterns.SILENT.search(text) and not named)


def _is_metadata(
    text: str, names: tuple[Name, ...], named: tuple[str, ...], knowledge: Knowledge
) -> bool:
    """Tell whether a question asks about the replies themselves: language, date, number."""
    if patterns.ORIGINAL.search(text):
        return not patterns.WANTS["place"].search(text)
    if not patterns.REPLY.search(text):
        return False
    asks = bool(patterns.SURVEY.search(text) or _ASKS.search(text))
    extreme = patterns.FIRST.search(text) or patterns.LAST.search(text)
    if asks and (extreme or _SAME_DAY.search(text) or conditions.dates_in(text)):
        return not named or bool(_SAME_DAY.search(text))
    entities = [name for name in names if name.key not in knowledge.codes]
    if not named and not entities and _COUNT_OF_REPLIES.search(text):
        return True
    residue = _focus(text, names, knowledge, "lookup")
    for group in knowledge.groups:
        for spelling in group.spellings:
            residue = residue.replace(spelling, "")
    residue = patterns.WANTS["date"].sub("", residue)
    dated = patterns.WANTS["date"].search(text)
    return bool(dated) and len(patterns.REPLY_WORDS.sub("", residue)) <= 2


_ASKS = re.compile(r"哪|谁|几|多少|吗|which|who|what|how many|list|^(?:is|are|did|was|were)\b")
_SAME_DAY = re.compile(r"同一天|同日|同一日|same (?:day|date)")
_COUNT_OF_REPLIES = re.compile(
    r"(?:多少|几)(?:个|份|家)?(?:国家|政府|国际组织|组织|机构|答复方|答复者|答复|答覆|回复)"
    r"[^，。？]{0,6}"
    r"(?:作出|提交|递交|给出|发来|做出|提供|送交|交)了?[^，。？]{0,3}(?:答复|回复)?|"
    r"(?:多少|几)(?:份|篇|个)(?:答复|回复)|(?:共|一共|总共)?收到(?:了)?(?:多少|几)|"
    r"(?:收录|载有|包括|包含|刊载|共有)(?:了)?(?:多少|几)[^，。？]{0,8}(?:答复|回复|答复方)|"
    r"哪些(?:国家|政府|国际组织|组织|机构)[^，。？]{0,6}(?:作出|提交|递交|做出|给出|提供|交)"
    r"了?(?:答复|回复)|"
    r"how many (?:replies|responses|governments|countries|states|organi[sz]ations|respondents)"
    r"[^?]{0,20}(?:repl|respond|submit|received|are there|are included)|how many (?:repl|responses)"
)


def _is_table(text: str, named: tuple[str, ...]) -> bool:
    if not patterns.TABLE.search(text):
        return False
    wants = (
        re.search(r"平均|average", text)
        or patterns.WANTS["number"].search(text)
        or patterns.SUM.search(text)
        or re.search(r"最[大多高小少低]|largest|smallest|对得上|加一遍", text)
    )
    anchor = re.search(
        r"设备|equipment|捐|donat|台|units?|零配件|spare|[那这两一二]张表|表格|表里|"
        r"\btables?\b",
        text,
    )
    return bool(
        (wants or patterns.DIFFERENCE.search(text))
        and anchor
        and (named or re.search(r"捐|表|table", text))
    )


def _scope(
    text: str, named: tuple[str, ...], narrowed: tuple[str, ...], knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the codes to look at: the request's, those named, a group's, or everyone's."""
    if narrowed:
        return narrowed
    if named:
        return named
    for group in knowledge.groups:
        if any(spelling in text for spelling in group.spellings):
            return group.codes
    kinds = _kinds(text)
    return tuple(
        reply.respondent.code
        for reply in knowledge.report.replies
        if reply.respondent.kind in kinds
    )


def _of_kinds_said(text: str, scope: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes of the one kind of respondent that a question about replies speaks of."""
    governments = bool(re.search(r"国家|政府|会员国|countr|government|\bstates?\b", text))
    organisations = bool(re.search(r"组织|机构|organi[sz]ation", text))
    if governments == organisations:
        return scope
    kind = "government" if governments else "organisation"
    everyone = [reply.respondent for reply in knowledge.report.replies]
    codes = {one.code for one in everyone if one.kind == kind}
    grouped = scope if len(scope) < len(codes) else tuple(one.code for one in everyone)
    return tuple(code for code in grouped if code in codes)


def _kinds(text: str) -> set[str]:
    """Return the kinds of respondents that a question is put to."""
    if patterns.NOT_GOVERNMENTS.search(text):
        return {"organisation"}
    if patterns.NOT_ORGANISATIONS.search(text):
        return {"government"}
    governments = bool(patterns.GOVERNMENTS.search(text))
    organisations = bool(patterns.ORGANISATIONS.search(text))
    if patterns.BOTH.search(text) or governments == organisations:
        return {"government", "organisation"}
    return {"government"} if governments else {"organisation"}


def want_of(text: str) -> Want:
    """Return what kind of expression a normalised question or part of one asks for."""
    for want in ("person", "money", "list", "date", "number", "place", "reason"):
        if patterns.WANTS[want].search(text):
            return want
    return "any"


def focus_of(text: str, knowledge: Knowledge) -> str:
    """Return a normalised text without respondents' names and question words."""
    return _focus(text, knowledge.names.find(text), knowledge, "lookup")


def _without(text: str, names: Sequence[Name]) -> str:
    kept, last = [], 0
    for name in names:
        kept.append(text[last : name.start])
        last = name.end
    return " ".join([*kept, text[last:]])


def _focus(text: str, names: tuple[Name, ...], knowledge: Knowledge, aim: Aim) -> str:
    """Return the text without respondents' names, exceptions and question words."""
    aside = except_spans(text, names)
    kept = text
    for start, end in sorted(aside, reverse=True):
        kept = kept[:start] + " " * (end - start) + kept[end:]
    respondents = [name for name in names if name.key in knowledge.codes]
    focus = _without(kept if aim == "survey" else text, respondents)
    if aim == "survey":
        focus = patterns.SURVEY.sub(" ", focus)
        focus = patterns.SILENT.sub(" ", focus)
    return " ".join(patterns.SCAFFOLD.sub(" ", focus).split())
