"""What the turns of a conversation hold: whom they name, what they quote, which items they list."""

import re
from collections.abc import Sequence
from typing import TypeVar

from index.text import content, normalise
from qa.knowledge import Knowledge
from qa.places import country_finder
from qa.ties import PUNCTUATION
from qa.types import Language, Turn
from qa.wording import name_of

Item = TypeVar("Item")
_MARK = re.compile(r"\[\d+\]")
_NTH_THING = re.compile(
    r"\b(?:first|second|third|fourth) (?!one|countr|state|govern|organi|bod|respondent|repl|"
    r"of\b|is\b|"
    r"was\b|has\b|did\b|does\b|say|said|and\b|in\b|on\b|to\b)[a-z]+"
)
"""Counts things that are no respondents: the second donor."""
_VERDICT = re.compile(r"^(?:是|否|yes|no)[。.]", re.IGNORECASE)
_ITEM = re.compile(r"[\n；;]+")
_QUOTE = re.compile(r"“([^”]{4,80})")
_QUOTING = re.compile("[：:] ?“")
"""Stands between a name and what it is quoted with."""
_QUOTED = re.compile(r"“([^”]{6,})”")
_WHOLE = re.compile(r"^[^“\n]*“(.{6,})”", re.MULTILINE)
"""A quotation that quotes in turn, the only one of its line."""
_READ = 2_000
"""Characters of a turn that are read for names."""
_LONGEST_OF_TWO = 20
"""Characters of each of two things joined by "and" that are still a list."""
_OF_ONE = 2
"""Respondents up to which a line without a quotation tells of the first."""
_PAIR = 2
_FEWEST = 3
"""Parts between commas from which a sentence is taken for a list."""
_RECEIVES = re.compile(r"给$|\b(?:given?|gave|paid|granted|donated) to (?:the )?$")
"""What stands before those to whom something is given."""
ORDINAL = re.compile(
    r"第([一二三四五六七八九十]|\d+)(?:个|项|条|种|家|场|次|块|类|点|方面|部分)(?!国家报告)|(前者|头一[个家份项])|(后者)|"
    r"(最后[那这]?一?[个项条家份])|"
    r"(前面那[个项条部份家]|前一[个项条部份家])|(后面那[个项条部份家]|后一[个项条部份家])|"
    r"(?<!\bcomes )(?<!\bcome )\b(?:the )?(first|second|third|fourth|former|latter|"
    r"last(?= (?:one|of|item|point|objective|measure|regime|entry)\b)|(?<=the )last(?=\W*$))"
    r"(?: one\b)?(?: of (?:them|these|those)\b)?"
)
"""An item of a list by its place: its number, or one of the former, the latter and the last."""
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


def names_in(text: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents, or else the countries, that a normalised text names."""
    found = [name for name in knowledge.names.find(text) if name.key in knowledge.codes]
    if not found:
        found = list(country_finder().find(text))
    return list(dict.fromkeys(text[name.start : name.end] for name in found))


def respondents_in(text: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents that a normalised text names, as it writes them."""
    names = knowledge.names.find(text)
    return [text[name.start : name.end] for name in names if name.key in knowledge.codes]


def askable_in(text: str, knowledge: Knowledge) -> list[str]:
    """Return the respondents that a normalised text names, those left out that only receive."""
    names = knowledge.names.find(text)
    return [
        text[name.start : name.end]
        for name in names
        if name.key in knowledge.codes and not _RECEIVES.search(text[: name.start])
    ]


def names_of(codes: Sequence[str], language: Language, knowledge: Knowledge) -> list[str]:
    """Return the names of respondents by their codes, as a language has them."""
    return [name_of(knowledge.respondents[code], language) for code in codes]


def other_spoken_of(before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return the one of two respondents of a conversation that did not speak last, or nothing."""
    first: dict[str, str] = {}
    for turn in before:
        for name in respondents_in(normalise(turn.content[:_READ]), knowledge):
            first.setdefault(knowledge.names.find(name)[0].key, name)
    last = [knowledge.names.find(name)[0].key for name in speakers(before, knowledge)]
    others = [name for code, name in first.items() if code not in last]
    return others[0] if len(first) == _PAIR and len(others) == 1 else ""


def speakers(before: Sequence[Turn], knowledge: Knowledge) -> list[str]:
    """Return whom the last turn that names a respondent names."""
    for turn in reversed(before):
        names = respondents_in(normalise(turn.content[:_READ]), knowledge)
        if names:
            return names
    return []


def respondents_of(turns: Sequence[Turn], knowledge: Knowledge) -> list[str]:
    """Return the respondents that turns name, each once, in the order in which they were named."""
    first: dict[str, str] = {}
    for turn in turns:
        text = normalise(turn.content[:_READ])
        for name in knowledge.names.find(text):
            if name.key in knowledge.codes:
                first.setdefault(name.key, text[name.start : name.end])
    return list(first.values())


def answering(answer: str, knowledge: Knowledge) -> list[str]:
    """Return whom an answer quotes: the first respondent that each of its lines names, those left
    out that only say who is silent.
    """
    lines = answer[:_READ].splitlines()
    named = [(line, respondents_in(normalise(line), knowledge)) for line in lines]
    speaking = [names for line, names in named if "“" in line or len(set(names)) <= _OF_ONE]
    return list(dict.fromkeys(names[0] for names in speaking if names))


def last_answer(before: Sequence[Turn]) -> str:
    """Return the last answer given, or nothing."""
    return next((turn.content for turn in reversed(before) if turn.role == "assistant"), "")


def quoted_in(answer: str) -> str:
    """Return the one quotation of an answer, without what closes it, or nothing."""
    match = _QUOTE.search(answer)
    alone = match and len(_QUOTING.findall(answer)) <= 1
    return match[1].strip(PUNCTUATION) if match and alone else ""


def cited_before(history: Sequence[Turn], knowledge: Knowledge) -> frozenset[str]:
    """Return the ids of the passages that the last answer of a conversation quotes."""
    quotes = _QUOTED.findall(last_answer(history))
    return frozenset(id_ for quote in quotes for id_ in knowledge.searcher.holding(quote))


def quoted_before(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return what the answers of a conversation quote, letters and characters alone."""
    answers = [turn.content for turn in history if turn.role == "assistant"]
    quotes = [quote for answer in answers for quote in _QUOTED.findall(answer)]
    whole = [quote for answer in answers for quote in _WHOLE.findall(answer) if "”" in quote]
    return tuple(content(quote) for quote in (*quotes, *whole))


def item_pointed_at(text: str, answer: str) -> str:
    """Return the item of an answer that an ordinal points at, or nothing."""
    return pick(text, _items(answer[:_READ])) or ""


def speaker_pointed_at(text: str, answer: str, knowledge: Knowledge) -> str:
    """Return the respondent that an ordinal points at in an answer that quotes each of several
    once, or nothing.
    """
    quoting = answering(answer, knowledge)
    if _NTH_THING.search(text):
        return ""
    lines = [line for line in answer[:_READ].splitlines() if "“" in line]
    return (pick(text, quoting) if len(quoting) == len(lines) else None) or ""


def quoting(item: str, answer: str, knowledge: Knowledge) -> list[str]:
    """Return whom the line of an answer names that holds an item, the one quoted first."""
    line = next((line for line in answer.splitlines() if item in line), "")
    return respondents_in(normalise(line), knowledge)


def pick(text: str, items: Sequence[Item]) -> Item | None:
    """Return the one of several items that an ordinal in a text points at, or None."""
    match = ORDINAL.search(text)
    if match is None:
        return None
    number, former, _, _, earlier, _, english = match.groups()
    if number:
        place = int(number) - 1 if number.isdigit() else _ORDINALS[number]
    elif english:
        place = _ORDINALS[english]
    else:
        place = 0 if former or earlier else -1
    return items[place] if -len(items) <= place < len(items) and len(items) > 1 else None


def _items(answer: str) -> list[str]:
    """Return the items of a list in an answer: its lines, or what stands between its commas."""
    body = _MARK.sub("", answer)
    quoted: list[str] = re.findall(r"“([^”]+)”", body)
    listed = [quote.splitlines() for quote in quoted if "：\n" in quote]
    if len(listed) == 1:
        return listed[0][1:]
    if len(quoted) > 1:
        return quoted
    lines = [line.strip(" -•*。") for line in _ITEM.split(_VERDICT.sub("", body)) if line.strip()]
    if len(lines) > 1:
        return lines[1:] if lines[0].endswith(("：", ":")) else lines
    after = re.split(r"[：:]", body, maxsplit=1)[-1]
    named = _parts(r"、|以及|和| and ", after)
    parted = _parts(r"、|以及|和|, | and ", after)
    if len(parted) >= _FEWEST and not any("，" in part for part in parted[1:-1]):
        return parted
    return named if all(len(part) <= _LONGEST_OF_TWO for part in named) else []


def _parts(between: str, text: str) -> list[str]:
    return [part.strip(' 。.“”"') for part in re.split(between, text) if part.strip()]
