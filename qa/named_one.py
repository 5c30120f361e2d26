"""Follow-ups that name a respondent: of what is spoken of, or of something of its own."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.leaning import ITS, PRONOUN, is_empty, is_fragment, without_names
from qa.reading import Readings
from qa.things import BY_NOUN, THING, put_in, thing_meant
from qa.turns import quoted_in, respondents_in

_COMPARED = re.compile(
    r"(?<=[跟和与同])(?:它|他)们?(?=[^，,。？?]{0,3}比)|(?<=[比])(?:它|他)们?|"
    r"(?:(?<=\bwith )|(?<=\bthan ))(?:it|them)\b"
)
"""Means the respondent spoken of, beside which another is put."""
_BESIDE = re.compile(
    r"(?:那么?)?[跟和与同].{2,12}(?:比|对比|相比|比较)(?:一下|呢|怎么样|如何|一比)*[？?。]?|"
    r"(?:and )?(?:how (?:does|do) (?:that|it|this|they) )?(?:compared?|versus|vs\.?)"
    r"(?: (?:to|with))? .{2,30}[?.]?"
)
"""Asks how the one spoken of stands beside another, and no more."""
_SET_BESIDE = re.compile(
    r"\b(?:how (?:does|do) )?(?:that|this|it|they|those|these) (?:compares?|differs?|stacks? up)"
    r"(?: (?:with|to|from|against))?\b"
)
"""Sets what was just said beside something of another."""
_THAT_TIME = re.compile(r"[那这](?:一?[次场回届])(?![^，,。？?]{0,3}(?:会|峰|演|行动))")
"""Means one of the events just spoken of, without a noun of its own."""
_SENTENCE = re.compile(
    r"[那这]句话?|原句|整句|原话|整段|全句|完整|给我|贴|抄|一字不差|"
    r"\b(?:sentence|passage|wording)\b|\bin full\b|\bas it stands\b|"
    r"\b(?:full|whole|complete|entire|very words?|the|quote)\b"
)
"""Asks for the sentence that was just quoted from."""
_SAME_DEED = re.compile(
    r"(?:那么?)?(?:也|又)?(?:去|来|有|在|是|做|办|参加|出席)(?:过|了)?(?:没有?|吗|么|不)\W*|"
    r"(?:(?:and|so) )?(?:did|does|has|have|is|was)\W+(?:too|as well|also|do so|do the same)?\W*"
)
"""Asks whether another did the same, with a verb that says nothing of what was done."""
_NO_MORE = 3
_ONE = re.compile(r"\bones?\b")
_ELIDED = re.compile(r"的(?=叫|是[什哪多几怎]|在哪|有几|有哪|怎)")
"""Stands for a noun that was said before: 挪威的是哪年."""


def of_one_named(
    text: str, own: Sequence[str], topic: str, said: Sequence[str], knowledge: Knowledge
) -> Readings:
    """Return what a question means that names a respondent: it may point at the thing spoken of, or
    at another respondent that it asks about this one.
    """
    normalised = normalise(text)
    before = respondents_in(normalise(topic), knowledge)
    if before and before[0] not in own and _COMPARED.search(normalised):
        text = normalised = _COMPARED.sub(before[0], normalised, count=1)
    if both := _of_both(normalised, own, topic, knowledge):
        return Readings(both, instead=text)
    pronoun = ITS.search(normalised)
    if pronoun and len(own) == 1 and pronoun.start() < normalised.find(own[0]):
        spoken = (respondents_in(normalise(one), knowledge) for one in (topic, *said))
        who = next(filter(None, spoken), own)[0]
        return Readings(PRONOUN.sub(who, text, count=1) if who != own[0] else text)
    if thing := thing_meant(normalised, _told(normalised, said), knowledge):
        return Readings(put_in(text, thing))
    if len(own) == 1 and (one := _asked_alone(text, own[0], topic, said, knowledge)):
        return one
    pointing = pronoun or PRONOUN.search(normalised) or THING.search(normalised)
    goes_on = pointing or _ONE.search(normalised) or is_fragment(normalised)
    bare = without_names(topic, knowledge)
    codes = [{name.key for name in knowledge.names.find(one)} for one in (normalised, topic)]
    if _THAT_TIME.search(normalised) and codes[0] & codes[1]:
        return Readings(f"{bare}：{text}", instead=text)
    return Readings(text, instead=f"{bare}：{text}" if goes_on else "")


def _of_both(text: str, own: Sequence[str], topic: str, knowledge: Knowledge) -> str:
    """Return a question to several that a normalised text puts beside one another: those whom it
    names, of whom it says no more, or the one that it names and the one spoken of; or nothing.
    """
    before = respondents_in(normalise(topic), knowledge)
    about = without_names(topic, knowledge)
    if before and before[0] not in own and _SET_BESIDE.search(text):
        return f"{before[0]} and {own[0]} each: {about}, {_SET_BESIDE.sub(' ', text)}"
    if len(own) > 1 and topic and is_empty(text, knowledge):
        return (
            f"{' and '.join(own)} each：{about}"
            if own[0].isascii()
            else f"{'和'.join(own)}各自：{about}"
        )
    return ""


def _asked_alone(
    text: str, who: str, topic: str, said: Sequence[str], knowledge: Knowledge
) -> Readings | None:
    """Return what a question means that says little more than the name of one respondent: beside
    the one spoken of, on the same subject, or the sentence that it was quoted from.
    """
    normalised = normalise(text)
    before = respondents_in(normalise(topic), knowledge)
    about = without_names(topic, knowledge)
    if before and who not in before and _BESIDE.fullmatch(normalised):
        both = f"{before[0]} and {who} each" if who.isascii() else f"{before[0]}和{who}各自"
        return Readings(f"{both}：{about}", instead=text)
    if is_empty(normalised, knowledge) or _SAME_DEED.fullmatch(normalised.replace(who, "", 1)):
        asked = normalise(said[0])
        if len(set(before)) == 1 and before[0] in asked and not patterns.SURVEY.search(asked):
            return Readings(asked.replace(before[0], who))
        about = about or without_names(said[0].rpartition("：")[2], knowledge)
        return Readings(
            f"{who}：{about}", instead="" if patterns.YES_NO.search(normalised) else text
        )
    if quote := _quote_of(normalised, who, said, knowledge):
        return Readings(f"{who}“{quote}”：{text}")
    if _ELIDED.search(normalised):
        return Readings(f"{about}：{text}", instead=text)
    return None


def _told(text: str, said: Sequence[str]) -> Sequence[str]:
    """Return where the thing is sought that a normalised text points at: what many were asked is
    the subject, and not what they were quoted with, unless it is called by a noun.
    """
    last = normalise(said[0])
    many = patterns.SURVEY.search(last) or patterns.WHICH_REPLIES.search(last)
    return said[:1] if many and not BY_NOUN.search(text) else said


def _quote_of(text: str, who: str, said: Sequence[str], knowledge: Knowledge) -> str:
    """Return what a respondent was just quoted with, where a normalised text asks for no more than
    the sentence that it stands in.
    """
    rest = patterns.SCAFFOLD.sub("", _SENTENCE.sub("", text.replace(who, "", 1)))
    if not _SENTENCE.search(text) or len(content(rest)) > _NO_MORE:
        return ""
    lines = (line for one in said[1:2] for line in one.splitlines())
    named = ((line, knowledge.names.find(normalise(line))) for line in lines)
    wanted = knowledge.names.find(text)[0].key
    line = next((line for line, names in named if names and names[0].key == wanted), "")
    return quoted_in(line)
