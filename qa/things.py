"""The thing with a name that a follow-up points at: "this treaty", "that conference", "it"."""

import re
from collections.abc import Mapping, Sequence

from index.text import normalise
from qa.knowledge import Knowledge

THING = re.compile(
    r"这(?:项|个|份|次|部|些|一|场|套|类|种|样)|那(?:项|个|份|次|部|些|场|套|类|种|样|批|笔)|"
    r"[这那][两几三](?:项|个|份|次|部|场|套|类|种|条)|上述|前述|此(?:项|次|举)|"
    r"该(?!国|组织|机构)|其(?![他它余中实])|当时|那时|同一?[天日次场]|"
    r"\b(?:this|that|these|those|there)\b"
)
"""Points at what was spoken of."""
_NOUNS: Mapping[str, str] = {
    "修正案": "amendment",
    "公约": "convention",
    "条约": "treaty",
    "协定": "agreement",
    "决议": "resolution",
    "倡议": "initiative",
    "法": "law|act",
    "令": "decree",
    "会议": "conference|meeting",
    "大会": "assembly|conference",
    "峰会": "summit",
    "演习": "exercise|drill",
    "行动": "operation",
    "计划": "plan",
    "方案": "programme|program|scheme",
    "战略": "strategy",
    "基金": "fund",
    "机制": "mechanism",
    "委员会": "committee",
    "宣言": "declaration",
    "数据库": "database",
    "区": "zone",
}
"""What a thing is called that was named before, in Chinese and in English."""
_NAMED = "|".join(f"{zh}| (?:{en})s?\\b" for zh, en in _NOUNS.items())
BY_NOUN = re.compile(rf"(?:{THING.pattern})(?:新|个|项|部)?(?P<noun>{_NAMED})(?:律|规|案)?")
_BARE = re.compile(
    rf"(?:{THING.pattern})(?:事情?|问题|东西|文书|文件|主张|看法|立场|观点|要求|组织|团伙|"
    r" (?:thing|matter|instrument|document|view|position))?"
    r"(?=$|[^\w“《「『〈]|[是有在由的呢吗说怎谁哪何什多上中里也还后又都])"
)
OF_IT = re.compile(
    r"(?:(?<=[对就])|(?<=关于|支持|反对|加入|批准|签署|提到|谈到|参加)|(?<=提到了|谈到了|加入了))"
    r"[它此](?!们)|"
    r"(?:(?<=\babout )|(?<=\bon )|(?<=\bof )|(?<=\bto )|(?<=\bwith )|(?<=\bin )|(?<=\bratify )|"
    r"(?<=\bmention )|(?<=\bjoin )|(?<=\bback )|"
    r"(?<=\bbring )|(?<=\braise )|(?<=\bcite )|(?<=\bname )|(?<=\bsupport )|(?<=\bsign )|"
    r"(?<=\bwelcome ))(?:it|them)\b"
)
"""Means what was spoken of where a respondent is named beside it."""


def things_in(text: str, knowledge: Knowledge, *, places: bool = True) -> list[str]:
    """Return the names in a text of what is no respondent, those of places among them or not."""
    normalised = normalise(text)
    entities = knowledge.notes.entities
    found: dict[str, str] = {}
    for name in knowledge.names.find(normalised):
        entity = entities.get(name.key)
        if entity is None or name.key.upper() in knowledge.codes:
            continue
        if places or entity.kind != "place":
            found.setdefault(name.key, normalised[name.start : name.end])
    return list(found.values())


def thing_meant(text: str, said: Sequence[str], knowledge: Knowledge) -> str:
    """Return the name of the thing that a normalised text points at, sought in what was said, the
    last of it first; nothing where it points at none, says itself what it means, or several would
    do.
    """
    noun = BY_NOUN.search(text)
    if not (noun or _BARE.search(text) or OF_IT.search(text)):
        return ""
    for one in said:
        things = things_in(one, knowledge)
        if noun:
            things = [thing for thing in things if _is_called(thing, noun["noun"])]
        if len(things) == 1:
            return things[0]
        if things:
            return ""
    return ""


def put_in(text: str, thing: str) -> str:
    """Return a question with the name of a thing where it points at it."""
    normalised = normalise(text)
    match = BY_NOUN.search(normalised) or _BARE.search(normalised) or OF_IT.search(normalised)
    if match is None or len(normalised) != len(text):
        return f"{thing}：{text}"
    return f"{text[: match.start()]}{thing}{text[match.end() :]}"


def _is_called(thing: str, noun: str) -> bool:
    """Tell whether a thing's name has the noun that means it, in Chinese at its end."""
    zh, en = next(
        (zh, en) for zh, en in _NOUNS.items() if zh == noun or re.fullmatch(rf" (?:{en})s?", noun)
    )
    return thing.rstrip("》〉”").endswith(zh) or bool(re.search(rf"\b(?:{en})", thing))
