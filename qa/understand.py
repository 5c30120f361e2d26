"""A question understood: whom it asks about, what it asks for, and which kind of answer fits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.names import Name
from index.text import normalise
from qa import patterns
from qa.aims import QUOTED_SENTENCE, Aim, is_beside_a_stranger, likeliest, ruled_out
from qa.asides import without_asides, without_context
from qa.intent import Intent, intent_of, masked
from qa.kinds import asked_kinds
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.scope import (
    acting,
    asks_others,
    blanked,
    except_spans,
    excluded_by,
    group_of,
    is_asked_too,
    listed,
    objects,
    parties,
    spelt_out,
    without,
    written_as,
)
from qa.types import Language, Question, QuestionError
from qa.wants import Want, want_of
from qa.wording import name_of

_OF_MANY = ("survey", "metadata")
_CAPITAL = 4
"""Letters and characters up to which a description is the name of a place, and stays."""
_SURE = 0.9
"""From which chance a question asks who is silent though no pattern of grammar tells, and a text
is an instruction though it could go on from what was said.
"""
_NAMED = {"comparison": parties, "lookup": acting}
"""By kind of question, which of several respondents named it is put to."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood. Codes are respondents' codes, entities are ids of the notes.

    ``named`` are the respondents that the question names, ``scope`` those it is asked of and
    ``excluded`` those it sets aside. ``follows`` tells of a question that leans on the
    conversation, ``context`` are the passages of its scope that the answer before quoted, and
    ``alone`` is what its own words ask of those spoken of, without the topic put before them.
    ``bare`` is the question without any names, ``focus`` without respondents' names and question
    words, both in normalised text, and of a question to many without what says how to count.
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
    follows: bool = False
    context: frozenset[str] = frozenset()
    alone: "Understanding | None" = None


def understand(question: Question, text: str, knowledge: Knowledge) -> Understanding:
    """Return what the (resolved) text of a question asks. Raises ``QuestionError`` for an unknown
    respondent in the request.
    """
    normalised = normalise(text)
    names = knowledge.names.find(normalised)
    aside = except_spans(normalised, names)
    excluded = excluded_by(normalised, names, aside, knowledge)
    named = without(_respondents_of(normalised, names, knowledge), excluded)
    intent = _intent(QUOTED_SENTENCE.sub("", normalised), knowledge)
    group = group_of(normalised, aside, knowledge)
    of_list = listed(normalised, names, named)
    want = want_of(normalised)
    grouped = bool(of_list) or (bool(group or excluded) and not named)
    grouped = grouped or (bool(excluded) and asks_others(normalised, aside))
    things = any(name.key in knowledge.notes.entities for name in names)
    out = ruled_out(normalised, named, want, grouped, things, knowledge)
    beside = is_beside_a_stranger(normalised, names, named, knowledge)
    aim = likeliest(intent, acting(normalised, names, named), beside, out)
    named = _NAMED[aim](normalised, names, named) if aim in _NAMED else named
    kinds = asked_kinds(intent, normalised, names, aside, knowledge)
    asked = kinds if aim in _OF_MANY else knowledge.codes
    of_list, spoken_to = (of_list, of_list) if aim == "survey" else ((), named)
    about = [code for code in objects(names, aside, knowledge) if code not in of_list]
    scope = requested_codes(question, knowledge) or spoken_to or group or asked
    if aim == "survey":
        others = () if is_asked_too(normalised, names, knowledge) else without(named, of_list)
        scope = written_as(normalised, without(scope, others), knowledge)
    told = without_context(without_asides(normalised)) if aim == "survey" else normalised
    return Understanding(
        question=question,
        text=text,
        normalised=normalised,
        language=language_of(question.text, question.lang),
        aim=aim,
        want=want,
        named=named,
        excluded=excluded,
        scope=without(scope, excluded),
        entities=_entities_of(aim, names, (*named, *excluded), about, knowledge),
        bare=_without(told, names),
        focus=_focus(told, names, knowledge, aim, named),
        yes_no=bool(patterns.YES_NO.search(normalised)),
        silent=aim == "survey" and _asks_who_is_silent(normalised, intent),
    )


def _respondents_of(text: str, names: Sequence[Name], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes of the respondents that a normalised question names, each once, but not
    within a sentence that was quoted before.
    """
    told = [match.span() for match in QUOTED_SENTENCE.finditer(text)]
    asked = (one for one in names if not any(start <= one.start < end for start, end in told))
    return tuple(dict.fromkeys(one.key for one in asked if one.key in knowledge.codes))


def _asks_who_is_silent(text: str, intent: Intent) -> bool:
    return bool(patterns.SILENT.search(text)) or intent.silent["yes"] > _SURE


def named(text: str, knowledge: Knowledge) -> str:
    """Return a question with the names of those that it only describes, or as it is.

    A name replaces the description, and stands before a question that says the same in other words
    or by a capital. A question put to many describes those whom it asks for, and names nobody.
    """
    normalised = normalise(text)
    names = knowledge.names.find(normalised)
    text = spelt_out(text, names)
    codes = {name.key for name in names} & knowledge.respondents.keys()
    each = patterns.EACH.search(normalised) is not None
    found = knowledge.describer.find(text, bool(codes) and not each)
    language, before, filled = language_of(text), [], text
    for code, words in found.items():
        name = name_of(knowledge.respondents[code], language)
        if code in codes:
            continue
        if len(words) > _CAPITAL and words in filled:
            filled = filled.replace(words, name, 1)
        else:
            before.append(name)
    if before:
        filled = f"{'、'.join(before)}：{filled}"
    of_several = each and len(codes) + len(before) > 1
    many = filled != text and not of_several and _is_put_to_many(filled, knowledge)
    return text if many else filled


def is_instruction(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a text is plainly an instruction, whatever was said before it."""
    return _intent(text, knowledge).aim["instruction"] > _SURE


def _is_put_to_many(text: str, knowledge: Knowledge) -> bool:
    chances = _intent(text, knowledge).aim
    return max(chances, key=chances.__getitem__) in _OF_MANY


def _intent(text: str, knowledge: Knowledge) -> Intent:
    normalised = normalise(text)
    names = knowledge.names.find(normalised)
    return intent_of(masked(normalised, names, knowledge.respondents))


def requested_codes(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes that a request narrows the search to, each of them once."""
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


def _entities_of(
    aim: Aim,
    names: Sequence[Name],
    parties: Collection[str],
    objects: Sequence[str],
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """Return the things with a name that are asked about: respondents too, where they are the
    ``objects`` of a survey, or not the ``parties`` of another question.
    """
    found = [name.key for name in names if name.key in knowledge.notes.entities]
    if aim in {"comparison", "lookup"}:
        codes = (name.key for name in names if name.key in knowledge.codes)
        found += [code.lower() for code in codes if code not in parties]
    if aim == "survey":
        found += [code.lower() for code in objects]
    return tuple(dict.fromkeys(found))


def focus_of(text: str, knowledge: Knowledge) -> str:
    """Return a normalised text without respondents' names and question words."""
    return _focus(text, knowledge.names.find(text), knowledge, "lookup", knowledge.codes)


def _without(text: str, names: Sequence[Name]) -> str:
    kept, last = [], 0
    for name in names:
        kept.append(text[last : name.start])
        last = name.end
    return " ".join([*kept, text[last:]])


def _focus(
    text: str, names: tuple[Name, ...], knowledge: Knowledge, aim: Aim, named: Sequence[str]
) -> str:
    """Return the text without respondents' names, exceptions and question words.

    Of a comparison only those leave that are ``named`` as its parties.
    """
    aside = except_spans(text, names)
    kept = blanked(text, aside)
    leaving = named if aim == "comparison" else knowledge.codes
    respondents = [name for name in names if name.key in leaving]
    focus = _without(kept if aim == "survey" else text, respondents)
    if aim == "survey":
        focus = patterns.SURVEY.sub(" ", focus)
        focus = patterns.SILENT.sub(" ", focus)
    return " ".join(patterns.SCAFFOLD.sub(" ", focus).split())
