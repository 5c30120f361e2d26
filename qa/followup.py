"""Follow-ups: a question that leans on the conversation, made whole by rule."""

import re

from index.text import content, normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.places import country_finder
from qa.types import Question

_LEAD = re.compile(
    r"^(?:(?:那么?|还有|另外|至于|换成|改成|再看看?|再问|不对|不是|错了|打错了|说错了|我(?:是)"
    r"?(?:想)?问的是|我是说|"
    r"and|then|what about|how about|no|sorry|i meant?)[，,：:\s]*)+"
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
    r"\b(?:the )?(first|second|third|fourth|former|latter|last)(?: one)?\b"
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
_BARE = 2
"""Letters and characters up to which a question asks about the very words just quoted."""
_OWN = 6
"""Letters and characters, question words aside, from which a question has a subject of its own."""
_SHORT = 14
"""Letters and characters; a longer question without pronouns stands on its own."""


def resolve(question: Question, knowledge: Knowledge) -> str:
    """Return the question as it would be asked without the conversation before it."""
    asked = [turn.content for turn in question.history if turn.role == "user"]
    if not asked:
        return question.text
    text = question.text.strip()
    last = _last_full(asked, knowledge)
    normalised = normalise(text)
    names = _names_in(normalised, knowledge)
    swapped = _swap(normalised, names, last, knowledge)
    if swapped:
        return swapped
    if [name for name in names if name in _respondents(normalised, knowledge)]:
        return text
    if not _leans(normalised, knowledge):
        return text
    item = _item(normalised, question)
    topic = _topic(asked[-1], question, knowledge)
    quoted = _quoted(question)
    if quoted and len(_own(normalised)) <= _BARE:
        topic = f"{_speaker(question, knowledge)}“{quoted}”"
    who = _respondents(normalise(topic), knowledge)
    if who and not item and _PRONOUN.search(normalised) and _says_enough(normalised):
        return _PRONOUN.sub(who[0], text, count=1)
    if item:
        who = _respondents(normalise(last), knowledge)[:1]
        topic = "".join(f"{name}：" for name in who) + item
        text = _ORDINAL.sub("", text, count=1)
    return f"{topic}：{_LEAD.sub('', text).strip()}"


def _last_full(asked: list[str], knowledge: Knowledge) -> str:
    """Return the last question that says whom it is about, or the last one."""
    full = [text for text in asked if _names_in(normalise(text), knowledge)]
    return full[-1] if full else asked[-1]


def _leans(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a question cannot be understood without what was said before it."""
    if patterns.SURVEY.search(text) and not _THING.search(text):
        return False
    marked = _PRONOUN.search(text) or _THING.search(text) or _ORDINAL.search(text)
    entity = any(name.key not in knowledge.codes for name in knowledge.names.find(text))
    return bool(marked or _LEAD.search(text)) or (len(content(text)) <= _SHORT and not entity)


def _says_enough(text: str) -> bool:
    """Tell whether a question says what it is about, so that only "it" wants a name."""
    return len(_own(text)) >= _OWN


def _own(text: str) -> str:
    """Return the words of a question that say what it is about."""
    return content(patterns.SCAFFOLD.sub("", _THING.sub("", _PRONOUN.sub("", text))))


def _quoted(question: Question) -> str:
    """Return the first quotation of the last answer."""
    answers = [turn.content for turn in question.history if turn.role == "assistant"]
    match = _QUOTE.search(answers[-1]) if answers else None
    return match[1] if match else ""


def _speaker(question: Question, knowledge: Knowledge) -> str:
    """Return whom the last answer quotes, as the beginning of a question."""
    for turn in reversed(question.history):
        names = _respondents(normalise(turn.content), knowledge)
        if names:
            return f"{names[0]}："
    return ""


def _swap(text: str, names: list[str], last: str, knowledge: Knowledge) -> str:
    """Return the last question with its respondent or year replaced, if that is all that is new."""
    rest = _TAIL.sub("", _LEAD.sub("", text))
    years = _YEAR.findall(rest)
    for new in (*names, *years):
        rest = rest.replace(new, "")
    if len(re.sub(r"[\W_和与及年]+|and\b", "", rest)) > 1:
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


def _names_in(text: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents and countries that a normalised text names, as it writes them."""
    found = [name for name in knowledge.names.find(text) if name.key in knowledge.codes]
    if not found:
        found = list(country_finder().find(text))
    return list(dict.fromkeys(text[name.start : name.end] for name in found))


def _respondents(text: str, knowledge: Knowledge) -> list[str]:
    names = knowledge.names.find(text)
    return [text[name.start : name.end] for name in names if name.key in knowledge.codes]


def _topic(last: str, question: Question, knowledge: Knowledge) -> str:
    """Return what the last question was about, with its respondent."""
    words = patterns.SCAFFOLD.sub("", normalise(last)).strip(" ?？。!！，,")
    return words if _respondents(words, knowledge) else _speaker(question, knowledge) + words


def _item(text: str, question: Question) -> str:
    """Return the item of the last answer that an ordinal points at, or nothing."""
    match = _ORDINAL.search(text)
    answers = [turn.content for turn in question.history if turn.role == "assistant"]
    if match is None or not answers:
        return ""
    items = _items(answers[-1])
    number, former, latter, final, english = match.groups()
    if number:
        place = int(number) - 1 if number.isdigit() else _ORDINALS[number]
    else:
        place = 0 if former else -1 if latter or final else _ORDINALS[english]
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
