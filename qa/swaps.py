"""The question before, put again with the one thing that is new in this one."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.conditions import LANGUAGE
from qa.knowledge import Knowledge
from qa.things import BY_NOUN, THING, thing_meant, things_in
from qa.turns import ORDINAL, askable_in, names_in, respondents_in

LEAD = re.compile(
    r"^(?:(?:那么?|还有|另外|至于|换成|改成|再看看?|再问|不对|不是(?:[这那](?:个|部|项|份|次|家|笔|条|场|届|种|张表?))?|错了|[打写说弄搞记]错了?(?:年份?|国家|名字|字)?了?|"
    r"我(?:是|要|想|其实)*问的?(?:是)?|我是说|我[要指]的是|同样的?问题|"
    r"同样的?[两几三]?[点个件](?:问题|事)?|"
    r"(?:the )?same question,?(?: but)?(?: for| about| of| to)?\b|"
    r"(?:(?:i )?(?:typed|wrote|got|said|had) the wrong|wrong) (?:year|country|name|one|body)\b|"
    r"(?:and|then|what about|how about|no|oops|sorry|i meant?(?: to (?:say|ask|type|write))?|right|"
    r"ok)\b)"
    r"[，,.!：:\s]*)+"
)
_TAIL = re.compile(
    r"(?:呢|怎么样|如何|又如何|怎么说)?"
    r"(?:[，,]? ?(?:同样的?问题|一样的?问题|(?:the )?same question))?"
    r"\s*[？?]?\s*$"
)
CORRECTS = re.compile(
    r"错了|不对|不是|我[^，,]{0,4}(?:问的是|是说)|换成|改成|\b(?:sorry|i meant?)\b"
)
_JOINING = re.compile(r"[\W_的和与及年]+|\b(?:and|the)\b")
_BESIDE_THE_NAME = ("", "the", "对", "第")
_OF_ONE = re.compile(r"^那[^，,？?]+呢\s*[？?]?$")
_WHOM = re.compile(r"^[^，,？?]{1,14}呢[，,]\s*(?=[^，,？?]*也)")
"""Says of what sort those are who are named next."""
_NOUN = 4
"""Characters with which a correction may name the thing again, or an office of a respondent."""
GROUP = re.compile(
    r"国家的?政府|各国政府|各国|政府|(?:会员)?国家|(?:国际|区域)?组织|机构|拉美国家|"
    r"\b(?:governments?|countries|(?:member )?states|(?:international )?organi[sz]ations?)\b"
)
_ONE_GROUP = re.compile(
    rf"(?:有?哪一?些|哪几个|which|what|any)? ?(?:the )?(?P<group>{GROUP.pattern})"
    r"(?:那边|这边|方面|那头|里头?|里面|当中|之中|那?部分)?(?:又|也|还)?"
    r"(?:有?哪一?些|有谁|有没有|呢)?(?: as well| too| also)?"
)
_ALL = re.compile(r"答复方|答复者|答复|\b(?:respondents?|replies|reply)\b")
"""Those among whom a group is looked for."""
_NOT = re.compile(r"(?:不是|并非|不算|不看|不要|不说|\bnot)\s*(?:个|any |the )?$")
_AMONG = re.compile(
    r"其中|里面|里头|当中|这些(?:里|之?中)|只有|仅有|只要|只看|换成|不看|不要|(?:有没有|有无|还有)(?=国际组织|政府)|"
    r"\b(?:(?:of|among) (?:them|those|these)|only|just|any)\b"
)
_WHO = re.compile(r"谁|哪个(?:国家|组织)|哪一?国|哪一?家|\bwho\b")
_ELSE = re.compile(
    r"还有(?:谁|哪[些个几国家]|别的|其他|其它|别人|别家|别国|没有(?:别的|其他|其它|别人))|"
    r"^(?:其他|其它|别的)(?:国家|政府|组织|答复方|人|方)(?:呢|也)|"
    r"\b(?:(?:any|some)(?:one|body) else|who else|any others?|(?:which|what) others?)\b"
)
_OTHERS = re.compile(
    rf"{_ELSE.pattern}|还有人|别[国家处]|(?:其他|其它|别的|其余)(?:国家|国|组织|机构|政府|答复方|答复者|答复|成员)|"
    r"除(?:了)?(?:它|他|她|他们|它们|此)?(?:之外|以外|外)|除了(?:它|他|他们)|\belsewhere\b|"
    r"\bother (?:\w+ )?(?:countries|states|respondents|governments|organi[sz]ations|replies)\b"
)
_OTHER_HOUSES = re.compile(r"还有别[国家](?:也)?")
_SAME = re.compile(
    r"(?:持|有|抱有?|表达|说|做)?过?(?:同样|一样|相同|类似|相似|这种|这样|同一)的?"
    r"(?:看法|观点|立场|主张|意见|态度|说法|做法|话|事)?|(?:这么|这样|那么|那样)(?:看|说|讲|想|认为|主张|做)|(?:都|全部|请|全)?列(?:出来?|举|一下)|"
    r"(?:同意|赞同|认同)(?=吗|么|不|[？?]|$)|"
    r"\b(?:agrees?|concurs?)(?: with (?:that|this|it|them))?\b|"
    r"\b(?:the )?same (?:two |three |few )?(?:details?|things?|figures?|questions?|q|facts?|data|"
    r"information)(?: for| about| on| from)?\b|"
    r"\b(?:(?:the )?(?:same|similar|likewise)(?: (?:view|thing|position|stance|opinion))?|"
    r"th(?:at|is) (?:view|position|stance|opinion))\b"
)
_WORD = re.compile(r"[a-z]{4,}")
_MANY = 3
"""More things than these were spoken of by the way, and none of them is meant."""
_SPOKEN_OF = re.compile(
    r"[它他她其此这那]|\b(?:it|its|they|them|their|this|that|these|those|such|there)\b"
)
_FILLERS = re.compile(
    r"[也是有过吗呢这样么持抱]|只要|一个|属于|活动|"
    r"\b(?:also|too|as well|who|does|do|is|are|say|says|so|takes?|holds?|shares?|of|please)\b"
)
_VERB = 3
"""Characters that may stand beside a group and its question words: a verb."""
_REST, _REST_EN = 6, 14
"""Characters, and letters of English, that may stand beside "who else" or a group."""
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
_PUNCTUATION = " ?？。.!！，,：:”“"


def swapped(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question with what is new in a normalised text in the place of its like: a
    respondent, a year, a treaty, a group, a place in a list. Nothing where more is new.
    """
    return (
        _relative_year(text, last)
        or _respondent_or_year(text, last, knowledge)
        or _thing(text, last, knowledge)
        or _group(text, last, knowledge)
        or _language(text, last)
        or _ordinal(text, last)
    )


def without_lead(text: str) -> str:
    """Return a question without the words that tie it to the one before, such as "no, I meant"."""
    match = LEAD.match(normalise(text))
    return text[match.end() :] if match and len(normalise(text)) == len(text) else text


def others(text: str, last: str, answered: Sequence[str]) -> str:
    """Return the last question put to all but those who have answered it, where a normalised text
    asks who else does; nothing for other texts.
    """
    if not _ELSE.search(text) or not answered:
        return ""
    rest = GROUP.sub("", _SAME.sub("", THING.sub("", _ELSE.sub("", LEAD.sub("", text)))))
    if _is_more(patterns.SCAFFOLD.sub("", rest)):
        return ""
    before = normalise(last)
    for name in answered:
        before = before.replace(normalise(name), "")
    who = _WHO.search(before) or patterns.SURVEY.search(before)
    if before.isascii():
        return f"Apart from {' and '.join(answered)}, {before if who else f'who {before}'}"
    group = GROUP.search(text)
    whom = f"哪些{group[0]}" if group else "谁"
    asked = _WHO.sub(whom, before, count=1) if who else f"还有{whom}{before}"
    return f"除{'、'.join(answered)}以外，{asked}"


def others_about(
    text: str, said: Sequence[str], answered: Sequence[str], knowledge: Knowledge
) -> str:
    """Return a normalised text that asks others about something just spoken of, with its name and
    those who have answered set aside; nothing where it asks no others, or only the same again.

    ``said`` are the question before, the answer to it, and what was said before them.
    """
    if not _OTHERS.search(text) or not answered:
        return ""
    bare = _SAME.sub("", THING.sub("", _OTHERS.sub("", text)))
    rest = patterns.SCAFFOLD.sub("", _FILLERS.sub("", bare))
    says = knowledge.known_words(rest) or patterns.MENTION.search(text) or _WORD.search(rest)
    whole = bool(says) and not _SAME.search(text)
    things = _spoken_of(text, said, whole, knowledge)
    if not content(rest) or not (things or whole):
        return ""
    bare = _OTHER_HOUSES.sub("还有谁", LEAD.sub("", text).strip())
    if text.isascii():
        about = f"{', '.join(things)}: " if things else ""
        return f"{about}apart from {' and '.join(answered)}, {bare}"
    about = f"{'、'.join(things)}：" if things else ""
    return f"{about}除{'、'.join(answered)}以外，{bare}"


def _spoken_of(text: str, said: Sequence[str], whole: bool, knowledge: Knowledge) -> list[str]:
    """Return the names of the things that a normalised text asks others about: the one that it
    points at, or those last spoken of unless it is ``whole`` and points at nothing.
    """
    if meant := thing_meant(text, said, knowledge):
        return [meant]
    if whole and not _SPOKEN_OF.search(text):
        return []
    things = next(filter(None, (things_in(one, knowledge) for one in said[:2])), [])
    return things if len(things) <= _MANY else []


def narrowed(text: str, last: str) -> str:
    """Return the last question put to the group among whom a normalised text looks further."""
    groups = [one for one in GROUP.finditer(text) if not _NOT.search(text[: one.start()])]
    rest = patterns.SCAFFOLD.sub("", GROUP.sub("", _AMONG.sub("", _FILLERS.sub("", text))))
    if not groups or not _AMONG.search(text) or _is_more(LEAD.sub("", THING.sub("", rest))):
        return ""
    before, group = normalise(last), groups[-1][0]
    old = GROUP.search(before) or _WHO.search(before) or _ALL.search(before)
    if old is None:
        return ""
    kept = old.re is not _WHO
    wanted = group if kept else f"which {group}" if group.isascii() else f"哪些{group}"
    return f"{before[: old.start()]}{wanted}{before[old.end() :]}"


def _is_more(rest: str) -> bool:
    """Tell whether what is left of a question says more than that it asks on."""
    return len(content(rest)) > (_REST_EN if rest.isascii() else _REST)


def _respondent_or_year(text: str, last: str, knowledge: Knowledge) -> str:
    names = names_in(text, knowledge)
    if respondents_in(text, knowledge) and not askable_in(text, knowledge):
        return ""
    rest = _TAIL.sub("", LEAD.sub("", _WHOM.sub("", text)))
    corrects = rest != text and bool(CORRECTS.search(text))
    years = _YEAR.findall(rest)
    for new in (*names, *years):
        rest = rest.replace(new, "")
    if names and _SAME.search(rest):
        rest = _FILLERS.sub("", _SAME.sub("", rest))
    rest = _JOINING.sub("", THING.sub("", rest) if corrects else rest)
    part_of_one = len(names) == 1 and bool(_OF_ONE.search(text)) and not rest.isascii()
    if len(rest) > (_NOUN if corrects or part_of_one else 1):
        return ""
    before = normalise(last)
    if names:
        old = names_in(before, knowledge)
        wanted = "、".join(names) + (rest if part_of_one and not corrects else "")
        if old and before.startswith(f"{old[0]}:") and not respondents_in(text, knowledge):
            return _of_a_stranger(wanted, before[len(old[0]) + 1 :])
        about = _without_survey(last) if patterns.SURVEY.search(before) else last
        return before.replace(old[0], wanted, 1) if old else f"{wanted}：{about}"
    old_years = _YEAR.findall(before)
    if years and old_years:
        return before.replace(old_years[0], years[0], 1)
    return ""


def _without_survey(last: str) -> str:
    """Return what a question to many asks, without the words that ask who."""
    bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", normalise(last)))
    return patterns.SCAFFOLD.sub(" ", GROUP.sub(" ", bare)).strip(_PUNCTUATION)


def _relative_year(text: str, last: str) -> str:
    """Return the last question about the year after or before the one that it named."""
    shift = next((by for by, way in _NEXT_YEAR.items() if way.search(text)), 0)
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
    rest = _TAIL.sub("", LEAD.sub("", text)).strip(_PUNCTUATION)
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


def _group(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question put to another group, if a group is all that is new in this one."""
    rest = _TAIL.sub("", LEAD.sub("", text)).strip(_PUNCTUATION)
    asked = _ONE_GROUP.match(rest)
    if asked is None or len(content(_beside_group(rest[asked.end() :]))) > _VERB:
        return ""
    before, group = normalise(last), asked["group"]
    things = things_in(last, knowledge, places=False)
    if respondents_in(before, knowledge) and len(things) == 1:
        return (
            f"which {group} mention {things[0]}"
            if group.isascii()
            else f"哪些{group}提到{things[0]}"
        )
    old = GROUP.search(before)
    return f"{before[: old.start()]}{group}{before[old.end() :]}" if old else f"{group}：{last}"


def _language(text: str, last: str) -> str:
    """Return the last question about another language, if that is all that is new in this one."""
    rest = _TAIL.sub("", LEAD.sub("", text)).strip(_PUNCTUATION).removesuffix("的")
    old = LANGUAGE.search(normalise(last))
    if old is None or not LANGUAGE.fullmatch(rest):
        return ""
    before = normalise(last)
    return f"{before[: old.start()]}{rest}{before[old.end() :]}"


def _beside_group(text: str) -> str:
    """Return what a question says beside the group that it asks: nothing, if it only goes on."""
    bare = _SPOKEN_OF.sub("", patterns.SCAFFOLD.sub("", BY_NOUN.sub("", text)))
    return patterns.MENTION.sub("", _AMONG.sub("", _FILLERS.sub("", bare)))


def _ordinal(text: str, last: str) -> str:
    """Return the last question about another item of its list, if that is all that is new."""
    rest = _TAIL.sub("", LEAD.sub("", text)).strip(_PUNCTUATION)
    old = ORDINAL.search(normalise(last))
    if old is None or not ORDINAL.fullmatch(rest):
        return ""
    before = normalise(last)
    return f"{before[: old.start()]}{rest}{before[old.end() :]}"
