"""Follow-ups: a question that leans on the conversation, made whole by rule."""

import re
from collections.abc import Sequence

from index.text import normalise
from qa import patterns
from qa.corrections import corrected
from qa.knowledge import Knowledge
from qa.leaning import (
    BARE,
    ITS,
    PRONOUN,
    is_fragment,
    leans,
    own_words,
    says_enough,
    says_what,
    stands_alone,
)
from qa.named_one import of_one_named
from qa.others import narrowed, others, others_about
from qa.placed import named_by_place
from qa.reading import Readings
from qa.several import (
    DOES_IT,
    OF_THEM,
    body_of_members,
    lacks_members,
    of_both,
    put_to_many,
)
from qa.spoken_headers import in_that_language, on_that_day, than_those
from qa.strangers import asks_a_stranger, is_one_spoken_of, turns_to_a_stranger
from qa.sums import of_two_tables, of_two_years, with_another_year
from qa.swaps import swapped
from qa.things import THING, put_in, thing_meant, things_in
from qa.ties import CHANGES, CORRECTS, LEAD, PUNCTUATION, without_lead
from qa.topics import gives_another, topic_of, turns_away, turns_to_another, under_topic
from qa.turns import (
    ORDINAL,
    answering,
    askable_in,
    item_pointed_at,
    last_answer,
    names_in,
    quoted_in,
    quoting,
    respondents_in,
    speaker_pointed_at,
    speakers,
)
from qa.types import MAX_QUESTION, Question, Turn

_IT = re.compile(r"它(?!们)|\b(?:it|its)\b")
"""Means the thing spoken of, where nobody was."""
_THEIR = re.compile(r"他们|它们|\b(?:they|their|them)\b")
"""What means those whom a question to many is put to, where it stands after them."""
_DONE_TO_IT = re.compile(
    r"\bit(?:'s| is| was| has been) (?:being |still |ever )?"
    r"(?:\w+ed|done|run|held|set|put|kept|built)\b|"
    r"\b(?:did|does|will) it (?:last|take place|begin|start|happen|end|occur|cost)\b"
)
"""Says of a thing, and of nobody who replies, what is done to it or how it went."""
_THIS_REPLY = re.compile(r"(?:这份|该|此|这个)(?:答复|答覆|回复)|\b(?:this|that) reply\b")
_OF_THOSE = re.compile(r"(?<=\bwhich) (?:one )?of (?:them|those|these)\b", re.IGNORECASE)
"""Asks for one of the things that a single respondent was quoted on."""
_VERY_FIRST = re.compile(r"第一个问题|最开始|一开始|最初|\b(?:very|your|my) first\b")
"""Goes back to the beginning of a conversation."""
_NTH_TABLE = re.compile(r"第[一二]张?表|\b(?:first|second) table\b")
_TABLE = re.compile(r"[那这][张个]表|[那这]张|表[里中]|\btable\b")
_REACH = 12
"""Turns that are looked back upon."""
_BACK = re.compile(
    r"(?:再|又)?(?:说回|回到|回头说|回过头)|(?:刚才|前面|之前)(?:那[个次项场届]?|[说提问讲聊谈]到?的?)|"
    r"最开始|"
    r"\b(?:back to|earlier|going back|return(?:ing)? to|you mentioned)\b"
)
"""Words by which a question goes back to one before the last."""


def readings(question: Question, knowledge: Knowledge) -> Readings:
    """Return what a question means as it would be asked without the conversation before it.

    Every question of the conversation is made whole in turn, so that one may lean on another that
    leaned on a third. No reading is longer than a question may be.
    """
    last = ""
    asked: list[str] = []
    before: list[Turn] = []
    read = Readings(question.text)
    for turn in (*question.history[-_REACH:], Turn("user", question.text)):
        if turn.role == "user":
            text = corrected(turn.content.strip()) if last else turn.content.strip()
            changes = CHANGES.match(normalise(text))
            text = text[changes.end() :] if changes else text
            read = _read(text, last, before, knowledge) if last else Readings(text)
            if changes and says_enough(normalise(text)):
                read = Readings(text, instead=read.first)
            back = _BACK.search(normalise(text))
            if back and not named_by_place(normalise(text), before, knowledge):
                read = _returned(text, asked, before, knowledge) or read
            if both := of_two_years(text, asked) or of_two_tables(text, before, knowledge):
                read = Readings(both)
            last = read.first[:MAX_QUESTION]
            asked.append(last)
        before.append(turn)
    if last == question.text.strip():
        last = question.text
    others = (one[:MAX_QUESTION] for one in (read.rival, read.instead, read.afresh))
    return Readings(last, *others)


def _returned(
    text: str, asked: Sequence[str], before: Sequence[Turn], knowledge: Knowledge
) -> Readings | None:
    """Return what a question means that goes back to one of those asked, the last left out: to the
    one whose words, or those of its answer, it takes up again.
    """
    terms = knowledge.searcher.terms(text)
    answers = [turn.content for turn in before if turn.role == "assistant"]
    shared = {
        one: sum(map(knowledge.weight, terms & knowledge.searcher.terms(f"{one} {answer}")))
        for one, answer in zip(asked[:-1], answers, strict=False)
    }
    best = max(shared, key=shared.__getitem__, default="")
    if _VERY_FIRST.search(normalise(text)):
        best = asked[0]
        shared[best] = max(shared.get(best, 0.0), 1.0)
    if not best or (shared[best] <= 0 and len(shared) > 1):
        return None
    named = respondents_in(normalise(text), knowledge) and not _VERY_FIRST.search(normalise(text))
    if len(normalise(text)) == len(text) and not named:
        bare = _BACK.sub("", normalise(text)).strip(PUNCTUATION)
        return Readings(f"{topic_of(best)}：{bare}")
    return _read(text, best, before, knowledge)


def _read(text: str, last: str, before: Sequence[Turn], knowledge: Knowledge) -> Readings:
    """Return what a question means after the resolved one before it and the turns so far."""
    normalised = normalise(text)
    if one := named_by_place(normalised, before, knowledge):
        text = normalised = one
    own = askable_in(normalised, knowledge)
    stranger = "" if own else turns_to_a_stranger(text, before, knowledge)
    again = None if stranger else _asked_again(normalised, own, last, before, knowledge)
    if stranger or again:
        return again or Readings(stranger)
    topic = topic_of(last)
    asked_of_two = than_those(normalised, own, before, knowledge)
    asked_of_two = asked_of_two or with_another_year(normalised, last)
    if asked_of_two := asked_of_two or of_both(text, before, knowledge):
        return Readings(asked_of_two)
    if own:
        return of_one_named(text, own, topic, _said(last, before), knowledge)
    if not own and (body := body_of_members(normalised, before, knowledge)):
        return Readings(f"{body}：{text}", instead="" if lacks_members(normalised) else text)
    pointing = PRONOUN.search(normalised) or THING.search(normalised) or is_fragment(normalised)
    new = names_in(normalised, knowledge) and not (pointing or LEAD.search(normalised))
    goes_on = OF_THEM.search(normalised) or gives_another(normalised)
    goes_on = goes_on or is_one_spoken_of(normalised, before, knowledge)
    alone = (new or not leans(normalised, knowledge)) and not goes_on
    if alone or asks_a_stranger(normalised, knowledge):
        spoken = answering(last_answer(before), knowledge)
        nobody = not knowledge.names.find(normalised) and len(spoken) == 1
        return Readings(text, rival=under_topic(text, topic, spoken) if nobody else "")
    return _leaning(text, last, topic, before, knowledge)


def _asked_again(
    text: str, own: Sequence[str], last: str, before: Sequence[Turn], knowledge: Knowledge
) -> Readings | None:
    """Return the last question put to somebody else, or about something else, if a normalised text
    says no more than that.
    """
    same = on_that_day(text, last, knowledge) or in_that_language(text, before, knowledge)
    if same:
        return Readings(same)
    if swap := swapped(text, last, knowledge):
        return Readings(swap, instead=_elsewhere(own, last, knowledge))
    answered = answering(last_answer(before), knowledge)
    further = (
        others_about(text, _said(last, before), answered, knowledge)
        or others(text, _said_of_all(last, answered, knowledge), answered)
        or narrowed(text, last)
    )
    return Readings(further) if further else None


def _said_of_all(last: str, answered: Sequence[str], knowledge: Knowledge) -> str:
    """Return the last question without those who answered it, in whatever language it names them,
    and without the words that tied it to the one before.
    """
    codes = {name.key for one in answered for name in knowledge.names.find(normalise(one))}
    bare = without_lead(normalise(last))
    for name in reversed(knowledge.names.find(bare)):
        if name.key in codes:
            bare = bare[: name.start] + bare[name.end :]
    return " ".join(bare.split())


def _said(last: str, before: Sequence[Turn]) -> tuple[str, ...]:
    """Return the last question, made whole, and what was said before this one, the last first."""
    return (last, *(turn.content for turn in reversed(before)))


def _leaning(
    text: str, last: str, topic: str, before: Sequence[Turn], knowledge: Knowledge
) -> Readings:
    """Return what a question means that cannot be understood by itself."""
    normalised, answer = normalise(text), last_answer(before)
    answered = answering(answer, knowledge)
    many, otherwise = put_to_many(text, last, topic, before, knowledge)
    if many:
        return Readings(many, instead=otherwise)
    who = respondents_in(normalise(topic), knowledge) or speakers(before, knowledge)
    item = item_pointed_at(normalised, answer)
    if says_enough(ORDINAL.sub("", normalised)) or (item and answer.count(item) > 1):
        item = speaker_pointed_at(normalised, answer, knowledge) or item
    who = (item and quoting(item, answer, knowledge)) or who
    of_total = turns_to_another(text) and patterns.SUM.search(normalise(last))
    topic = f"{topic}共计" if of_total else topic
    if who and _NTH_TABLE.search(normalised):
        return Readings(f"{who[0]}：{text}", instead=under_topic(text, topic, who))
    enough = says_enough(_without_names(normalised, knowledge))
    if who and enough and turns_away(normalised, last, knowledge):
        under = under_topic(text, topic, who)
        alone = f"{who[0]}：{without_lead(text)}"
        mends = (CORRECTS.search(normalised) or of_total) and _TABLE.search(normalised)
        return Readings(under, instead=alone) if mends else Readings(alone, instead=under)
    pointed = _pointed(text, who, item, _said(last, before), knowledge)
    if pointed:
        settled = item or respondents_in(normalised, knowledge)
        return Readings(pointed, rival="" if settled else under_topic(text, topic, who))
    if len(answered) == 1:
        text = _OF_THOSE.sub("", text)
    under = under_topic(text, topic, who, item, quoted_in(answer))
    rival = f"{who[0]}：{text}" if who and not item and says_what(normalised) else ""
    may_stand = not item and stands_alone(normalised, knowledge)
    alone = f"{who[0]}：{text}" if who and turns_to_another(text) else ""
    says = len(own_words(normalised)) > BARE and not item
    afresh = f"{who[0]}：{text}" if who and says else ""
    return Readings(under, rival, instead=text if may_stand else alone, afresh=afresh)


def _without_names(text: str, knowledge: Knowledge) -> str:
    """Return a normalised text without the respondents, or else the countries, that it names."""
    for name in names_in(text, knowledge):
        text = text.replace(name, " ")
    return text


def _elsewhere(own: Sequence[str], last: str, knowledge: Knowledge) -> str:
    """Return what a respondent asked in the place of another may say about the same things."""
    before = normalise(last)
    if len(own) != 1:
        return ""
    names = [one for one in knowledge.names.find(before) if one.key in knowledge.notes.entities]
    things = "、".join(dict.fromkeys(before[one.start : one.end] for one in names))
    topic = topic_of(last)
    for name in respondents_in(normalise(topic), knowledge):
        topic = topic.replace(name, " ")
    return f"{own[0]}：{things or topic.strip()}"


def _pointed(
    text: str, who: Sequence[str], item: str, said: Sequence[str], knowledge: Knowledge
) -> str:
    """Return a question with the name of the respondent that it points at, or nothing."""
    normalised = normalise(text)
    if who and _THIS_REPLY.search(normalised):
        return _THIS_REPLY.sub(f"{who[0]}的答复", text, count=1)
    if item and respondents_in(normalise(item), knowledge):
        of_item = ORDINAL.sub(item, text, count=1)
        thing = thing_meant(normalise(of_item), said, knowledge)
        return put_in(of_item, thing) if thing else of_item
    things = things_in(said[0], knowledge, places=False)
    if (
        len(things) == 1
        and _IT.search(normalised)
        and not respondents_in(normalise(said[0]), knowledge)
    ):
        return ITS.sub(things[0], normalised, count=1)
    if not who or item or not PRONOUN.search(normalised) or not says_enough(normalised):
        return ""
    many = patterns.SURVEY.search(normalised)
    of_those = many and len(who) > 1 and _THEIR.search(normalised, many.end())
    if of_those or _DONE_TO_IT.search(normalised) or DOES_IT.search(normalised):
        return ""
    name = who[0]
    if patterns.ORIGINAL.search(normalised) and not patterns.REPLY.search(normalised):
        name = f"the reply of {name}" if name.isascii() else f"{name}的答复"
    return PRONOUN.sub(name, without_lead(text), count=1)
