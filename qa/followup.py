"""Follow-ups: a question that leans on the conversation, made whole by rule."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.places import country_finder
from qa.types import MAX_QUESTION, Question, Turn

_LEAD = re.compile(
    r"^(?:(?:那么?|还有|另外|至于|换成|改成|再看看?|再问|不对|不是|错了|打错了|说错了|"
    r"我(?:是|要|想|其实)*问的是|我是说|"
    r"(?:and|then|what about|how about|no|sorry|i meant?)\b)[，,：:\s]*)+"
)
_TAIL = re.compile(r"(?:呢|怎么样|如何|又如何|怎么说)?\s*[？?]?\s*$")
_PRONOUN = re.compile(
    r"该国|该组织|该机构|这个国家|这个组织|这个机构|这国|它们?|他们|该答复方|"
    r"\b(?:it|its|they|their|them|that country|this country|that organi[sz]ation)\b"
)
_THING = re.compile(
    r"这(?:项|个|份|次|部|些|一|场|套)|那(?:项|个|份|次|部|些|场|套)|上述|前述|此(?:项|次|举)|"
    r"该(?!国|组织|机构)|其(?![他它余中实])|"
    r"\b(?:this|that|these|those|there)\b"
)
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十]|\d+)(?:个|项|条|种|家|场|次)(?!国家报告)|(前者)|(后者)|"
    r"(最后一[个项条])|"
    r"(前面那[个项条部份家]|前一[个项条部份家])|(后面那[个项条部份家]|后一[个项条部份家])|"
    r"\b(?:the )?(first|second|third|fourth|former|latter|last)(?: one)?\b"
)
_CORRECTS = re.compile(
    r"错了|不对|不是|我[^，,]{0,4}(?:问的是|是说)|换成|改成|\b(?:sorry|i meant?)\b"
)
_BESIDE_THE_NAME = ("", "the", "对", "第")
_NOUN = 4
"""Letters and characters with which a correction may name the thing again."""
_GROUP = re.compile(
    r"各国政府|各国|政府|(?:会员)?国家|(?:国际|区域)?组织|机构|拉美国家|"
    r"\b(?:governments|countries|(?:member )?states|(?:international )?organi[sz]ations)\b"
)
_ORDINALS = {
    **{char: n for n, char in enumerate("一二三四五六七八九十")},
    "first": 0,
    "former": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "latter": -1,
    "last": -1,
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?!\d)")
_ITEM = re.compile(r"[\n；;]+")
_MARK = re.compile(r"\[\d+\]")
_QUOTE = re.compile(r"“([^”]{4,80})")
_QUOTED = re.compile(r"“([^”]{6,})”")
_BARE = 2
"""Letters and characters up to which a question asks about the very words just quoted."""
_THIS_REPLY = re.compile(r"(?:这份|该|此|这个)(?:答复|答覆|回复)|\b(?:this|that) reply\b")
_PUNCTUATION = " ?？。!！，,：:”“"
_REACH = 12
"""Turns that are looked back upon."""
_READ = 2_000
"""Characters of a turn that are read for names."""
_LONGEST_TOPIC = 300
_OWN = 6
"""Letters and characters, question words aside, from which a question has a subject of its own."""
_SHORT = 14
"""Letters and characters; a longer question without pronouns stands on its own."""


def resolve(question: Question, knowledge: Knowledge) -> str:
    """Return the question as it would be asked without the conversation before it.

    Every question of the conversation is made whole in turn, so that one may lean on another that
    leaned on a third. The result is no longer than a question may be.
    """
    last = ""
    before: list[Turn] = []
    for turn in (*question.history[-_REACH:], Turn("user", question.text)):
        if turn.role == "user" and last:
            last = _resolve(turn.content.strip(), last, before, knowledge)[:MAX_QUESTION]
        elif turn.role == "user":
            last = turn.content.strip()[:MAX_QUESTION]
        before.append(turn)
    return last if last != question.text.strip() else question.text


def cited_before(history: Sequence[Turn], knowledge: Knowledge) -> frozenset[str]:
    """Return the ids of the passages that the last answer of a conversation quotes."""
    answers = [turn.content for turn in history if turn.role == "assistant"]
    quotes = _QUOTED.findall(answers[-1]) if answers else []
    return frozenset(id_ for quote in quotes for id_ in knowledge.searcher.holding(quote))


def _resolve(text: str, last: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question made whole by the resolved one before it and the turns so far."""
    normalised = normalise(text)
    names = _names_in(normalised, knowledge)
    swapped = (
        _swap(normalised, names, last, knowledge)
        or _swap_thing(normalised, last, knowledge)
        or _regroup(normalised, last)
    )
    if swapped:
        return swapped
    pointing = _PRONOUN.search(normalised) or _THING.search(normalised)
    if _respondents(normalised, knowledge) or (names and not pointing):
        return text
    if not _leans(normalised, knowledge):
        return text
    topic = last.rpartition("：")[0] or patterns.SCAFFOLD.sub("", normalise(last)).strip(
        _PUNCTUATION
    )
    who = _respondents(normalise(topic), knowledge) or _speakers(before, knowledge)
    item = _item(normalised, before)
    return _pointed(text, who, item, knowledge) or _under_topic(
        text, topic, who, item, _quoted(before)
    )


def _pointed(text: str, who: Sequence[str], item: str, knowledge: Knowledge) -> str:
    """Return a question with the name of the respondent that it points at, or nothing."""
    normalised = normalise(text)
    if who and _THIS_REPLY.search(normalised):
        return _THIS_REPLY.sub(f"{who[0]}的答复", text, count=1)
    if item and _respondents(normalise(item), knowledge):
        return _ORDINAL.sub(item, text, count=1)
    if who and not item and _PRONOUN.search(normalised) and _says_enough(normalised):
        return _PRONOUN.sub(who[0], text, count=1)
    return ""


def _under_topic(text: str, topic: str, who: Sequence[str], item: str, quoted: str) -> str:
    """Return a question after what it is about: an item listed, words quoted, or the old topic."""
    speaker = who[0] if who else ""
    if item:
        topic, text = f"{speaker}“{item}”", _ORDINAL.sub("", text, count=1)
    elif quoted and len(_own(normalise(text))) <= _BARE:
        topic = f"{speaker}“{quoted}”"
    elif speaker and speaker not in normalise(topic):
        topic = f"{speaker}：{topic}"
    return f"{topic[:_LONGEST_TOPIC]}：{_LEAD.sub('', text).strip()}"


def _leans(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a question cannot be understood without what was said before it."""
    if patterns.SURVEY.search(text) and not _THING.search(text):
        return False
    marked = _PRONOUN.search(text) or _THING.search(text) or _ORDINAL.search(text)
    entity = any(name.key not in knowledge.codes for name in knowledge.names.find(text))
    return bool(marked or _LEAD.search(text)) or (len(content(text)) <= _SHORT and not entity)


def _says_enough(text: str) -> bool:
    """Tell whether a question says what it is about, so that only "it" wants a name."""
    about_reply = patterns.REPLY.search(text) or patterns.ORIGINAL.search(text)
    return bool(about_reply) or len(_own(text)) >= _OWN


def _own(text: str) -> str:
    """Return the words of a question that say what it is about."""
    return content(patterns.SCAFFOLD.sub("", _THING.sub("", _PRONOUN.sub("", text))))


def _quoted(before: Sequence[Turn]) -> str:
    """Return the first quotation of the last answer, without what closes it."""
    answers = [turn.content for turn in before if turn.role == "assistant"]
    match = _QUOTE.search(answers[-1]) if answers else None
    return match[1].strip(_PUNCTUATION) if match else ""


def _speakers(before: Sequence[Turn], knowledge: Knowledge) -> list[str]:
    """Return whom the last turn that names a respondent names."""
    for turn in reversed(before):
        names = _respondents(normalise(turn.content[:_READ]), knowledge)
        if names:
            return names
    return []


def _swap(text: str, names: list[str], last: str, knowledge: Knowledge) -> str:
    """Return the last question with its respondent or year replaced, if that is all that is new."""
    rest = _TAIL.sub("", _LEAD.sub("", text))
    corrects = rest != text and bool(_CORRECTS.search(text))
    years = _YEAR.findall(rest)
    for new in (*names, *years):
        rest = rest.replace(new, "")
    rest = _THING.sub("", rest) if corrects else rest
    if len(re.sub(r"[\W_的和与及年]+|and\b", "", rest)) > (_NOUN if corrects else 1):
        return ""
    before = normalise(last)
    if names:
        old = _names_in(before, knowledge)
        wanted = "、".join(names)
        return before.replace(old[0], wanted, 1) if old else f"{wanted}：{last}"
    old_years = _YEAR.findall(before)
    if years and old_years:
        return before.replace(old_years[0], years[0], 1)
    return ""


def _swap_thing(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question about another treaty, body or place of the same kind, if its name
    is all that is new.
    """
    rest = _TAIL.sub("", _LEAD.sub("", text)).strip(_PUNCTUATION)
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


def _regroup(text: str, last: str) -> str:
    """Return the last question put to another group, if a group is all that is new in this one."""
    rest = _TAIL.sub("", _LEAD.sub("", text)).strip(_PUNCTUATION)
    if not _GROUP.fullmatch(rest):
        return ""
    before = normalise(last)
    old = _GROUP.search(before)
    return f"{before[: old.start()]}{rest}{before[old.end() :]}" if old else f"{rest}：{last}"


def _names_in(text: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents and countries that a normalised text names, as it writes them."""
    found = [name for name in knowledge.names.find(text) if name.key in knowledge.codes]
    if not found:
        found = list(country_finder().find(text))
    return list(dict.fromkeys(text[name.start : name.end] for name in found))


def _respondents(text: str, knowledge: Knowledge) -> list[str]:
    names = knowledge.names.find(text)
    return [text[name.start : name.end] for name in names if name.key in knowledge.codes]


def _item(text: str, before: Sequence[Turn]) -> str:
    """Return the item of the last answer that an ordinal points at, or nothing."""
    match = _ORDINAL.search(text)
    answers = [turn.content for turn in before if turn.role == "assistant"]
    if match is None or not answers:
        return ""
    items = _items(answers[-1][:_READ])
    number, former, _, _, earlier, _, english = match.groups()
    if number:
        place = int(number) - 1 if number.isdigit() else _ORDINALS[number]
    elif english:
        place = _ORDINALS[english]
    else:
        place = 0 if former or earlier else -1
    return items[place] if -len(items) <= place < len(items) and len(items) > 1 else ""


def _items(answer: str) -> list[str]:
    """Return the items of a list in an answer: its lines, or what stands between its commas."""
    body = _MARK.sub("", answer)
    quoted = re.findall(r"“([^”]+)”", body)
    if len(quoted) > 1:
        return quoted
    lines = [line.strip(" -•*。") for line in _ITEM.split(body) if line.strip()]
    if len(lines) > 1:
        return lines[1:] if lines[0].endswith(("：", ":")) else lines
    after = re.split(r"[：:]", body, maxsplit=1)[-1]
    return [
        part.strip(' 。.“”"') for part in re.split(r"、|，|以及|和|, | and ", after) if part.strip()
    ]
