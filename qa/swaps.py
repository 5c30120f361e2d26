"""The question before, put again with the one thing that is new in this one."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.conditions import LANGUAGE
from qa.knowledge import Knowledge
from qa.others import GROUP, another_group
from qa.places import strangers_in
from qa.things import THING
from qa.ties import CORRECTS, FILLERS, LEAD, PUNCTUATION, SAME, TAIL
from qa.turns import ORDINAL, askable_in, names_in, respondents_in

_JOINING = re.compile(r"[\W_的和与及年]+|\b(?:and|the)\b")
_BESIDE_THE_NAME = ("", "the", "对", "第")
_TAKEN_BACK = re.compile(r"[，,]\s*(?:而?不是|\bnot)\s*[^，,。]{1,12}$")
"""Says whom the question before should not have named."""
_OF_ONE = re.compile(r"^那[^，,？?]+呢\s*[？?]?$")
_ONE_OF = re.compile(r"^(?:and )?(?:the )?([a-z ]+?)(?:'s)? (?:one|reply)\W*$")
"""The one of somebody: the Lebanese one."""
_WHOM = re.compile(r"^[^，,？?]{1,14}呢[，,]\s*(?=[^，,？?]*也)")
"""Says of what sort those are who are named next."""
_NOUN = 4
"""Characters with which a correction may name the thing again, or an office of a respondent."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?!\d)")
_NEXT_YEAR = {
    1: re.compile(
        r"(?:后|下|次)一?年(?:的?呢|的)?|晚一年|\b(?:the )?(?:next|following) year\b|\byear after\b"
    ),
    -1: re.compile(
        r"[前上]一年(?:的?呢|的)?|早一年|\b(?:previous|preceding) year\b|\byear before\b"
    ),
}
"""By how many years, the words that mean the year after or before."""
_EXTREME = re.compile(
    r"最[早先晚迟后多少大小高低长短贵]|最便宜|"
    r"\b(?:earliest|latest|first|last|most|fewest|least|largest|smallest|highest|lowest)\b"
)
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "two": 2, "three": 3, "four": 4}
_YEARS_ON = re.compile(
    r"(?:往前|往回|再?早|前)(?:倒|推|数)?([两二三四])年|(?:往后|再?晚|后)(?:推|数)?([两二三四])年|"
    r"\b(two|three|four) years (before|earlier|after|later)\b"
)
"""So many years before or after the one spoken of."""


def swapped(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question with what is new in a normalised text in the place of its like: a
    respondent, a year, a treaty, a group, a place in a list. Nothing where more is new.
    """
    return (
        _relative_year(text, last)
        or _respondent_or_year(text, last, knowledge)
        or _thing(text, last, knowledge)
        or another_group(text, last, knowledge)
        or _language(text, last)
        or _ordinal(text, last)
        or _extreme(text, last)
    )


def _respondent_or_year(text: str, last: str, knowledge: Knowledge) -> str:
    names = names_in(text, knowledge)
    if respondents_in(text, knowledge) and not askable_in(text, knowledge):
        return ""
    rest = TAIL.sub("", LEAD.sub("", _WHOM.sub("", text)))
    names, rest = _without_taken_back(names, _ONE_OF.sub(r"\1", rest))
    corrects = rest != text and bool(CORRECTS.search(text))
    years = _YEAR.findall(rest)
    for new in (*names, *years):
        rest = rest.replace(new, "")
    if names and SAME.search(rest):
        rest = FILLERS.sub("", SAME.sub("", rest))
    rest = _JOINING.sub("", THING.sub("", rest) if corrects else rest)
    part_of_one = len(names) == 1 and bool(_OF_ONE.search(text)) and not rest.isascii()
    if len(rest) > (_NOUN if corrects or part_of_one else 1):
        return ""
    before = normalise(last)
    if names:
        old = _like(names, before, knowledge)
        wanted = "、".join(names) + (rest if part_of_one and not corrects else "")
        if old and before.startswith(f"{old[0]}:") and not respondents_in(text, knowledge):
            return _of_a_stranger(wanted, before[len(old[0]) + 1 :])
        about = _without_survey(last) if patterns.SURVEY.search(before) else last
        return before.replace(old[0], wanted, 1) if old else f"{wanted}：{about}"
    old_years = _YEAR.findall(before)
    if years and old_years:
        return before.replace(old_years[0], years[0], 1)
    return ""


def _like(names: Sequence[str], before: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents that a normalised question names, or else its countries; where those
    asked about next sent no reply, a country first that sent none either.
    """
    if not respondents_in(" ".join(names), knowledge):
        found = strangers_in(before, knowledge.names.find(before), knowledge.codes)
        if found:
            return [before[found[0].start : found[0].end]]
    return names_in(before, knowledge)


def _without_taken_back(names: list[str], rest: str) -> tuple[list[str], str]:
    """Return the names in a text, and the text, without the one that it takes back."""
    taken = _TAKEN_BACK.search(rest)
    if taken is None or len(names) < 2:
        return names, rest
    return [name for name in names if name not in taken[0]], rest[: taken.start()]


def _without_survey(last: str) -> str:
    """Return what a question to many asks, without the words that ask who."""
    bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalise(last)))
    return patterns.SCAFFOLD.sub(" ", GROUP.sub(" ", bare)).strip(PUNCTUATION)


def _relative_year(text: str, last: str) -> str:
    """Return the last question about the year after or before the one that it named."""
    shift = next((by for by, way in _NEXT_YEAR.items() if way.search(text)), 0)
    if further := _YEARS_ON.search(text):
        back, on, number, way = further.groups()
        shift = _YEARS[back or on or number] * (1 if on or way in ("after", "later") else -1)
    before = normalise(last)
    years = _YEAR.findall(before)
    if not shift or not years or not years[-1].isdigit():
        return ""
    place = before.rindex(years[-1])
    return f"{before[:place]}{int(years[-1]) + shift}{before[place + 4 :]}"


def _of_a_stranger(name: str, about: str) -> str:
    """Return a question for what a country that sent no reply says about something."""
    return f"what does {name} say about: {about}" if name.isascii() else f"{name}怎么说：{about}"


def _thing(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question about another treaty, body or place of the same kind, if its name
    is all that is new.
    """
    rest = _new_in(text)
    before = normalise(last)
    new, old = (
        [name for name in knowledge.names.find(one) if name.key in knowledge.notes.entities]
        for one in (rest, before)
    )
    if len(new) != 1 or content(rest[: new[0].start] + rest[new[0].end :]) not in _BESIDE_THE_NAME:
        return ""
    kind = knowledge.notes.entities[new[0].key].kind
    same = [name for name in old if knowledge.notes.entities[name.key].kind == kind]
    if not same:
        return ""
    start, end = same[0].start, same[0].end
    bare = rest.strip("《》") if before[:start].endswith("《") else rest
    return f"{before[:start]}{bare}{before[end:]}"


def _language(text: str, last: str) -> str:
    """Return the last question about another language, if that is all that is new in this one."""
    rest = _new_in(text).removesuffix("的")
    old = LANGUAGE.search(normalise(last))
    if old is None or not LANGUAGE.fullmatch(rest):
        return ""
    before = normalise(last)
    return f"{before[: old.start()]}{rest}{before[old.end() :]}"


def _ordinal(text: str, last: str) -> str:
    """Return the last question about another item of its list, if that is all that is new."""
    rest = _new_in(text)
    old = ORDINAL.search(normalise(last))
    if old is None or not ORDINAL.fullmatch(rest):
        return ""
    before = normalise(last)
    return f"{before[: old.start()]}{rest}{before[old.end() :]}"


def _extreme(text: str, last: str) -> str:
    """Return the last question about the other end of a scale, if that is all that is new."""
    rest = _new_in(text).removesuffix("的").removeprefix("the ")
    before = normalise(last)
    old = _EXTREME.search(before)
    if old is None or not _EXTREME.fullmatch(rest):
        return ""
    return f"{before[: old.start()]}{rest}{before[old.end() :]}"


def _new_in(text: str) -> str:
    """Return what a normalised text says beside the words that tie it to the question before."""
    return TAIL.sub("", LEAD.sub("", text)).strip(PUNCTUATION)
