"""Whom a question is put to: the respondents and groups that it asks, and those it sets aside."""

import re
from collections.abc import Collection, Iterable, Sequence

from corpus import Group
from corpus.types import Span
from index.names import Name
from index.text import normalise
from qa import patterns
from qa.conditions import written_in
from qa.knowledge import Knowledge

_COUNTED = re.compile(r" ?[这那]?(?:[两三四五六七八九十几]|\d+)(?:家|国|个|方|份)")
_AMONG = re.compile(r"(?:[(（]|\b(?:of|among|take) (?:the )?)$")
_LIST_BEGINS = re.compile(rf"(?:^|[，,。：:—–]| -|{_AMONG.pattern})\s*$")
_LIST_ENDS = re.compile(r" ?(?:[)），,:：—–.;；。-]|[之当]?[里中间]|里面|其中)")
"""What stands around respondents that a question lists as those whom it is put to."""
_ITSELF = re.compile(r" ?(?:自己|本身|自身|itself|themselves)")
_IT = re.compile(
    r"它们?|他们|[该这](?:个|一)?(?:组织|机构|国家?|共同体|联盟)|"
    r"\b(?:it|them|(?:this|that) (?:organi[sz]ation|agency|body|country|alliance))\b"
)
"""Means who was just set aside."""
_INCLUDED = re.compile(
    r"包括[^，。？]{0,6}(?:自己|自身|本身|主办方)|(?:自己|自身|本身|主办方)也[^，。？]{0,4}(?:算|列|包括|计)|"
    r"\bincluding [^,.?]{1,20}(?:itself|themselves)\b|\bhosts? included\b"
)
"""Puts a question to the one spoken of as well."""
_ELSE = re.compile(
    r"还有(?:谁|哪)|别[家国的]|其[他它余]|(?:谁|哪[些几个家]\w{0,4})(?:还|也)|"
    r"\b(?:else|others?|too|as well)\b|别国|另外(?:谁|哪)"
)
_OBJECT = re.compile(
    r"(?:[给为向对]了?|[给向]了?[^，,。？?]{2,12}(?:和|与|及|、))$|"
    r"\b(?:to|for) (?:the )?(?:(?!to|for)\w+ (?:\w+ ){0,2}and (?:the )?)?$"
)
"""What stands before those to whom another does something."""
_WHICH = re.compile(r"哪|谁|几[家国个]|\b(?:which|whose|who|how many)\b")
_PAIR = 2


def except_spans(text: str, names: Sequence[Name]) -> list[Span]:
    """Return where a question sets respondents aside: 除……以外, 挪威不算, except Norway."""
    plain = (patterns.EXCEPT, patterns.IGNORED_EN)
    spans = [match.span() for pattern in plain for match in pattern.finditer(text)]
    spans += [
        (name.start, match.end())
        for name in names
        if (match := patterns.ASIDE.match(text, name.end))
    ]
    for match in patterns.EXCEPT_EN.finditer(text):
        kind = patterns.KIND_EN.match(text, match.end())
        end = kind.end() if kind else match.end()
        for name in names:
            if name.start >= end and re.fullmatch(
                r"(?:the |,? ?and |,? ?or |, )*", text[end : name.start]
            ):
                end = name.end
        spans.append((match.start(), end))
    return spans


def spelt_out(text: str, names: Sequence[Name]) -> str:
    """Return a question with the name of the one that it sets aside where it means that one again.

    "Apart from INTERPOL itself, who works with it?" asks who works with INTERPOL.
    """
    normalised = normalise(text)
    if len(normalised) != len(text):
        text = normalised
    for start, end in except_spans(normalised, names):
        for name in names:
            itself = _ITSELF.match(normalised, name.end)
            if itself and start <= name.start < end:
                after = max(end, itself.end())
                spelling = text[name.start : name.end]
                meant = list(_IT.finditer(text, after))[-1:]
                for it in meant:
                    text = f"{text[: it.start()]}{spelling}{text[it.end() :]}"
                return text
    return text


def parties(text: str, names: Sequence[Name], codes: Sequence[str]) -> tuple[str, ...]:
    """Return whom a comparison compares: of several respondents, those named in one breath.

    What Norway and the European Union give to the IAEA compares two, and speaks of a third.
    """
    runs = _runs(text, [name for name in names if name.key in codes])
    joined = [name.key for run in runs if len(run) > 1 for name in run]
    return tuple(dict.fromkeys(joined)) or tuple(codes)


def acting(text: str, names: Sequence[Name], codes: Sequence[str]) -> tuple[str, ...]:
    """Return of several respondents those who are asked what they do or say, without those to whom
    they do it: what the European Union pays for the IAEA is asked of the Union.
    """
    told = [name for name in names if name.key in codes]
    apart = {name.key for name in told if not is_object(name, text)}
    return tuple(code for code in codes if code in apart) or tuple(codes)


def is_object(name: Name, text: str) -> bool:
    """Tell whether a normalised text names one to whom another does something."""
    return _OBJECT.search(text[: name.start]) is not None


def listed(text: str, names: Sequence[Name], codes: Collection[str]) -> tuple[str, ...]:
    """Return the respondents that a question lists as those whom it is put to, if it asks which of
    them, or who is silent.

    "Of Iran, Iraq and Jordan, who ...?" asks these three.
    """
    if not (_WHICH.search(text) or patterns.SILENT.search(text)):
        return ()
    told = [name for name in names if name.key in codes]
    for run in _runs(text, told):
        before, after = text[: run[0].start], text[run[-1].end :]
        many = len(run) > _PAIR or _AMONG.search(before)
        apart = many and _LIST_BEGINS.search(before) and _LIST_ENDS.match(after)
        if len(run) > 1 and (apart or _COUNTED.match(after)):
            return tuple(dict.fromkeys(name.key for name in run))
    return ()


def _runs(text: str, told: Sequence[Name]) -> list[list[Name]]:
    """Return names in runs: those of one breath together."""
    runs: list[list[Name]] = []
    for name in told:
        if runs and patterns.JOINED.fullmatch(text, runs[-1][-1].end, name.start):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def excluded_by(
    text: str, names: Sequence[Name], aside: Sequence[Span], knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the codes of the respondents that a question sets aside, one by one or as a group."""
    codes = [n.key for n in names if n.key in knowledge.codes and _within(n.start, aside)]
    for group in knowledge.groups:
        places = places_of(group, text)
        if places and all(_within(at, aside) for at in places):
            codes += group.codes
    return tuple(dict.fromkeys(codes))


def group_of(text: str, aside: Sequence[Span], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes of the group of respondents that a text asks, if it names one."""
    for group in knowledge.groups:
        if any(not _within(at, aside) for at in places_of(group, text)):
            return group.codes
    return ()


def objects(names: Sequence[Name], aside: Sequence[Span], knowledge: Knowledge) -> list[str]:
    """Return the respondents that a survey asks about, those it only sets aside left out."""
    return [
        name.key for name in names if name.key in knowledge.codes and not _within(name.start, aside)
    ]


def is_asked_too(text: str, names: Sequence[Name], knowledge: Knowledge) -> bool:
    """Tell whether a survey that speaks of a respondent is put to that one as well: it says so, or
    is about something else with a name, such as its conference, and asks not only who else.
    """
    owned = any(name.key in knowledge.notes.entities for name in names)
    return bool(_INCLUDED.search(text)) or (owned and not _ELSE.search(text))


def asks_others(text: str, aside: Sequence[Span]) -> bool:
    """Tell whether a question asks for others than those whom it sets aside."""
    return bool(_ELSE.search(blanked(text, aside)))


def blanked(text: str, spans: Sequence[Span]) -> str:
    """Return a text with blanks in the place of some spans; its length stays."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def written_as(text: str, scope: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """Return those of a scope who replied in the language that a question names, if it does."""
    conditions = written_in(text)
    return tuple(
        code
        for code in scope
        if all(condition(knowledge.replies[code]) for condition in conditions)
    )


def without(codes: Sequence[str], aside: Iterable[str]) -> tuple[str, ...]:
    """Return codes in their order, some of them left out."""
    left_out = frozenset(aside)
    return tuple(code for code in codes if code not in left_out)


def places_of(group: Group, text: str) -> list[int]:
    """Return where a text names a group."""
    return [at for spelling in group.spellings if (at := text.find(spelling)) >= 0]


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
