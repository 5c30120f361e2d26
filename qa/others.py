"""The question before, put to others: to another group, to all but those who answered."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.things import BY_NOUN, THING, thing_meant, things_in
from qa.ties import FILLERS, LEAD, PUNCTUATION, SAME, TAIL
from qa.turns import respondents_in

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
    r"还有(?:谁|哪[些个几国家份方]|别的|其他|其它|别人|别家|别国|没有(?:别的|其他|其它|别人))|"
    r"^(?:其他|其它|别的)的?呢(?=.*(?:国家|组织|政府|答复))|"
    r"^(?:其他|其它|别的)(?:国家|政府|组织|答复方|人|方)(?:呢|也)|"
    r"(?:只有|就|唯独)(?:它|他|这家|这国)(?:一[家国个])?(?:这么|这样)?(?:[说想讲看主张]+)?(?:吗|么)|"
    r"\b(?:(?:any|some)(?:one|body) else|who else|any others?|(?:which|what) others?)\b|"
    r"\bis (?:it|that) (?:the only one|alone)(?: in (?:wanting|saying|thinking|asking|doing)?"
    r"(?: ?(?:that|this|so|it))?)?"
)
_OTHERS = re.compile(
    rf"{_ELSE.pattern}|还有人|别[国家处]|(?:其他|其它|别的|其余)(?:国家|国|组织|机构|政府|答复方|答复者|答复|成员)|"
    r"除(?:了)?(?:它|他|她|他们|它们|此)?(?:之外|以外|外)|除了(?:它|他|他们)|\belsewhere\b|"
    r"(?<!\bto )(?<!\bwith )(?<!\bfor )\bother (?:\w+ )?"
    r"(?:countries|states|respondents|governments|organi[sz]ations|replies)\b"
)
_BESIDES_THAT = re.compile(r"除(?:了)?此(?:之外|以外|外)[，,]")
_WHICH_ONES = re.compile(r"谁|哪[些几个家国]|还有|别[国家]|其[他它余]")
"""Goes on to something else of the same respondent, unless it asks who."""
_OTHER_HOUSES = re.compile(r"还有别[国家](?:也)?")
_WORD = re.compile(r"[a-z]{4,}")
_MANY = 3
"""More things than these were spoken of by the way, and none of them is meant."""
_SPOKEN_OF = re.compile(
    r"[它他她其此这那]|\b(?:it|its|they|them|their|this|that|these|those|such|there)\b"
)
_ACT = re.compile(
    r"(?:别的|也|又|都|明?说|自?称|表示|声明)*(?:参加|参与|加入|批准|签署?|支持|赞成|反对|同意|谴责|通过|执行|捐[款钱助]?|出钱)[了过]?|"
    r"join(?:ed|s)?|ratif(?:ied|y|ies)|sign(?:ed|s)?|support(?:ed|s)?|"
    r"t(?:ook|akes?) part|gave|pa(?:id|ys?)"
)
"""A verb alone, that says nothing of what is joined or signed."""
_LIGHT = re.compile(r"[当做干搞办去来有是在用][过了]?")
"""A verb that says nothing of what is done."""
_TOLD_OF = re.compile(
    r"^(?:what|how|where|when|why)\b.*?\b(?:say|said|says|view|think|see|mention|put|"
    r"position|stance|attitude|opinion)s? "
    r"(?:about|of|on)? ?"
)
"""Asks what one says of something: what stands before that."""
_AUXILIARY = re.compile(r"^(?:did|does|do|has|have|is|was|are|were|will|can) ")
_VERB = 3
"""Characters that may stand beside a group and its question words: a verb."""
_REST, _REST_EN = 6, 14
"""Characters, and letters of English, that may stand beside "who else" or a group."""


def others(text: str, last: str, answered: Sequence[str]) -> str:
    """Return the last question put to all but those who have answered it, whom it does not name,
    where a normalised text asks who else does; nothing for other texts.
    """
    if not _ELSE.search(text) or not answered:
        return ""
    rest = GROUP.sub("", SAME.sub("", THING.sub("", _ELSE.sub("", LEAD.sub("", text)))))
    if _is_more(patterns.SCAFFOLD.sub("", rest)):
        return ""
    before = normalise(last)
    who = _WHO.search(before) or patterns.SURVEY.search(before)
    if before.isascii():
        asked = before if who else f"who {_AUXILIARY.sub('', before)}"
        if not who and _TOLD_OF.match(before):
            asked = f"who mentions {_TOLD_OF.sub('', before)}"
        return f"Apart from {' and '.join(answered)}, {asked}"
    groups = {match[0] for match in GROUP.finditer(text)}
    whom = f"哪些{groups.pop()}" if len(groups) == 1 else "谁"
    asked = _WHO.sub(whom, before, count=1) if who else f"还有{whom}{before}"
    return f"除{'、'.join(answered)}以外，{asked}"


def others_about(
    text: str, said: Sequence[str], answered: Sequence[str], knowledge: Knowledge
) -> str:
    """Return a normalised text that asks others about something just spoken of, with its name and
    those who have answered set aside; nothing where it asks no others, or only the same again.

    ``said`` are the question before, the answer to it, and what was said before them.
    """
    besides = _BESIDES_THAT.match(text) and not _WHICH_ONES.search(text)
    if not _OTHERS.search(text) or not answered or besides:
        return ""
    bare = GROUP.sub("", SAME.sub("", THING.sub("", _OTHERS.sub("", text))))
    rest = patterns.SCAFFOLD.sub("", FILLERS.sub("", bare))
    says = knowledge.known_words(rest) or patterns.MENTION.search(text) or _WORD.search(rest)
    whole = bool(says) and not SAME.search(text) and not _ACT.fullmatch(content(rest))
    things = _spoken_of(text, said, whole, knowledge)
    if not content(rest) or _LIGHT.fullmatch(content(rest)) or not (things or whole):
        return ""
    bare = _OTHER_HOUSES.sub("还有谁", LEAD.sub("", text).strip())
    bare = BY_NOUN.sub("", bare) if things else bare
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
    rest = patterns.SCAFFOLD.sub("", GROUP.sub("", _AMONG.sub("", FILLERS.sub("", text))))
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


def another_group(text: str, last: str, knowledge: Knowledge) -> str:
    """Return the last question put to another group, if a group is all that is new in this one."""
    rest = TAIL.sub("", LEAD.sub("", text)).strip(PUNCTUATION)
    asked = _ONE_GROUP.match(rest)
    if asked is None or len(content(_beside_group(rest[asked.end() :]))) > _VERB:
        return ""
    before = normalise(last)
    group = {"各国": "国家"}.get(asked["group"], asked["group"].removeprefix("各国"))
    things = things_in(last, knowledge, places=False)
    if respondents_in(before, knowledge) and len(things) == 1:
        put = "which {} mention {}" if group.isascii() else "哪些{}提到{}"
        return put.format(group, things[0])
    old = GROUP.search(before)
    if old is None and not (patterns.SURVEY.search(before) or respondents_in(before, knowledge)):
        return ""
    return f"{before[: old.start()]}{group}{before[old.end() :]}" if old else f"{group}：{last}"


def _beside_group(text: str) -> str:
    """Return what a question says beside the group that it asks: nothing, if it only goes on."""
    bare = _SPOKEN_OF.sub("", patterns.SCAFFOLD.sub("", BY_NOUN.sub("", text)))
    return patterns.MENTION.sub("", _AMONG.sub("", FILLERS.sub("", bare)))
