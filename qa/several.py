"""Follow-ups put to several: those who answered, all of them, or the replies spoken of together."""

import re
from collections.abc import Sequence

from index.text import content, normalise
from qa import patterns
from qa.conditions import LANGUAGE, asks_of_replies
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.leaning import ITS, says_enough, without_names
from qa.things import things_in
from qa.ties import PUNCTUATION, without_lead
from qa.turns import ORDINAL, answering, last_answer, respondents_of
from qa.types import Language, Turn
from qa.wants import asks_for
from qa.wording import name_of

_WITHIN = r"(?:里面?|里头|之?中|当中|中间)"
OF_THEM = re.compile(
    rf"^(?:这?其中|这?里面|当中|[那这]?(?:[两三四五六七八九十几]|\d+)[家国个者方位份]{_WITHIN}|"
    rf"(?:他们|它们|这些(?:国家|组织|答复方)?){_WITHIN})[，,]?|"
    r"\b(?:of|among) (?:them|those|these|(?:all|the) (?:three|four|five|six))\b"
)
"""Means those spoken of, some of whom a question asks for."""
_MEMBERS = re.compile(
    r"(?:各|所有|全部)?(?:成员国|伙伴国|会员国|参加国)|各国(?!政府|的?答复)|"
    r"\b(?:member|partner) (?:states|countries)\b"
)
"""Means the members of an organisation just spoken of."""
_WHO_CAME = re.compile(
    r"(?:那|所以)?(?:他们|它们|[两俩][个家国])?(?:谁|哪一?[个家国份方边])的?(?:答复)?"
    r"(?:更|比较|先|最)?[早晚迟先](?:一些|些|一点|点)?\W*|"
    r"(?:and |so )?(?:which|who)(?: one| of the two)?(?: is| was| came| comes)? "
    r"(?:earlier|later)\W*"
)
"""Asks which of two replies came first or last, and no more."""
_THAT_LANGUAGE = re.compile(
    r"(?:[这那同][一]?种|同样的?|相同的?|一样的?)(?:语言|文字|语文)|\b(?:that|the same|this) language\b"
)
"""Means the language of a reply that was just asked."""
_THAT_DAY = re.compile(
    r"[那这同]一?[天日](?!早|晚|之前|之后)|\b(?:that|the same) (?:very |same )?(?:day|date)\b"
)
"""Means the date of a reply that was just asked."""
DOES_IT = re.compile(
    r"^who (?!does|did|do|has|have|is|was|will|can|else|also|mention|support|ratif|sign|join|"
    r"oppos|back|endors|agree|say|said|talk|speak|discuss|refer|cit|name|adopt|welcom|took|take)\w+"
    r"(?: \w+){0,3} (?:it|that|this)\b"
)
"""Asks who sees to a thing spoken of, which is no stance of those who reply."""
_ITS_STATES = re.compile(r"(?:成员|伙伴|参加)国|国家?[都全]|\b(?:member|partner)s?\b")
_WHO_DID_NOT = re.compile(
    r"没[^，。？?]{0,4}的是(?:谁|哪)|(?:谁|哪一?[个国家些]+)(?:还|尚)?[没未]|"
    r"\b(?:who|which) (?:has|have|did|does|is|are)(?:n't| not)\b"
)
"""Asks which members of an organisation have not done what others did."""
_THOSE_TWO, _TWO = (
    re.compile(
        r"[那这]?[两俩]|[前后]者|\b(?:(?:those|these|the) two|both|the (?:latter|former))\b"
    ),
    2,
)
_FIRST_TWO = re.compile(r"[头前]两|\b(?:the )?first two\b")
_BOTH = re.compile(
    r"[这那][两俩](?:个|家)?(?:国家|国|组织|机构|答复方|方|家)?(?=[^，,。？?]{3})|"
    r"\b(?:both of (?:them|these|those)|(?:those|these) two)\b"
)
"""Means two respondents just spoken of, whom a question asks."""
_ADDS = re.compile(r"\badd\b|加在一起|加一加|加总|[并合加]在?(?:一块儿?|一起|一处)|\btogether\b")
_TOTAL = re.compile(r"共计|\btotal\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COMPARES = re.compile(
    r"比(?:呢|一?比|较|起来|如何|怎么样)\W*$|相比|对比|\bcompared? (?:to|with)\b"
)
_THAN = re.compile(r"比|\bthan\b")


def put_to_many(
    text: str, last: str, topic: str, answered: Sequence[str], knowledge: Knowledge
) -> tuple[str, str]:
    """Return what a question means that goes on asking several, those who answered or all, and what
    else it may mean; nothing for others.
    """
    normalised = normalise(text)
    if OF_THEM.search(normalised) and asks_of_replies(normalise(last)):
        return f"{last.strip(PUNCTUATION)}，{text}", ""
    asks = patterns.ASKS.search(normalised) or patterns.YES_NO.search(normalised)
    if len(answered) > 1 and OF_THEM.search(normalised) and asks and not ORDINAL.search(normalised):
        about = "" if says_enough(OF_THEM.sub("", normalised)) else without_names(topic, knowledge)
        whole = f"{last.strip(PUNCTUATION)}，{text}" if ITS.search(normalised) else text
        return f"{about}：".lstrip("：") + _asked_of(answered, text, knowledge), whole
    of_one = len(answered) == 1 and DOES_IT.search(normalised)
    if not patterns.SURVEY.search(normalised) or of_one:
        return "", ""
    if things := things_in(last, knowledge, places=False):
        return f"{things[0]}：{without_lead(text)}", ""
    if patterns.SURVEY.search(normalise(last)):
        return f"{without_names(topic, knowledge)}：{without_lead(text)}", ""
    return "", ""


def of_both(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question with the names of the two respondents of whom the last answer spoke where
    it means both; nothing for others.
    """
    names = respondents_of([turn for turn in before if turn.role == "assistant"][-1:], knowledge)
    said = normalise(text)
    if len(names) != _TWO or not _BOTH.search(said) or not says_enough(_BOTH.sub("", said)):
        return ""
    language = language_of(text)
    codes = [knowledge.names.find(normalise(name))[0].key for name in names]
    both = _names_of(codes, language, knowledge)
    return _BOTH.sub(" and ".join(both) if language == "en" else "和".join(both), said, count=1)


def of_two_years(text: str, asked: Sequence[str]) -> str:
    """Return the last question about both years that the last two named, where a text asks for
    their sum or difference; nothing for others. ``asked`` are all before, made whole.
    """
    text = normalise(text)
    adds = patterns.DIFFERENCE.search(text) or _adds(text)
    two = asked[-_TWO - 1 : -1] if _FIRST_TWO.search(text) and len(asked) > _TWO else asked[-_TWO:]
    years = [_YEAR.findall(normalise(one))[-1:] for one in two]
    bare = not content(patterns.SCAFFOLD.sub("", patterns.DIFFERENCE.sub("", text)))
    if not (adds and (bare or _THOSE_TWO.search(text)) and len(years) == _TWO and all(years)):
        return ""
    (first,), (second,) = years
    if first == second:
        return ""
    last = normalise(two[-1])
    place = last.rindex(second)
    both = f"{first} and {second}" if language_of(last) == "en" else f"{first}年和{second}"
    return f"{last[:place]}{both}{last[place + len(second) :].strip(PUNCTUATION)}：{text}"


def with_another_year(text: str, last: str) -> str:
    """Return the last question about its year and the one of a normalised text, where that asks for
    their sum or difference; nothing for others.
    """
    before = normalise(last)
    new, old = set(_YEAR.findall(text)), set(_YEAR.findall(before))
    compares = _COMPARES.search(text) is not None
    differs = compares or (_THAN.search(text) and patterns.DIFFERENCE.search(text))
    if not (len(new) == len(old) == 1 and new != old and (differs or _adds(text))):
        return ""
    (first,), (second,) = old, new
    both = f"{first} and {second}" if language_of(last) == "en" else f"{first}年和{second}"
    place = before.rindex(first)
    if compares:
        text += "，相差多少" if language_of(last) != "en" else ", what is the difference"
    return f"{before[:place]}{both}{before[place + len(first) :].strip(PUNCTUATION)}：{text}"


def of_two_tables(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question for the sum or difference of the totals of both tables, where a text asks
    for one of "the two" and the last two answers were such totals; nothing for others.
    """
    said = normalise(text)
    differ = patterns.DIFFERENCE.search(said)
    if not (_THOSE_TWO.search(said) and (differ or _adds(said))):
        return ""
    answers = [turn.content for turn in before if turn.role == "assistant"][-_TWO:]
    names = [name for one in answers for name in answering(one, knowledge)[:1]]
    codes = {name.key for one in names for name in knowledge.names.find(normalise(one))[:1]}
    totals = all(_TOTAL.search(normalise(one)) for one in answers)
    if not (len(names) == _TWO and len(codes) == 1 and codes <= knowledge.table_codes and totals):
        return ""
    if language_of(text) == "en":
        asked = "what is the difference between" if differ else "what is the sum of"
        return f"{names[0]}: {asked} the totals of the two tables?"
    return f"{names[0]}：两张表的总额{'相差' if differ else '合计是'}多少？"


def _adds(text: str) -> bool:
    return bool(patterns.SUM.search(text) or _ADDS.search(text))


def _asked_of(names: Sequence[str], text: str, knowledge: Knowledge) -> str:
    """Return a question that asks which of those who answered, with their names."""
    rest = OF_THEM.sub("", without_lead(text), count=1).strip(PUNCTUATION)
    if language_of(text) != "en":
        return f"{'、'.join(names)}这{len(names)}家当中，{rest}？"
    found = knowledge.names.find(normalise("、".join(names)))
    named = [name_of(knowledge.respondents[one.key], "en") for one in found]
    asked = " ".join(rest.split())
    return f"Of {', '.join(named[:-1])} and {named[-1]}, {asked[:1].lower()}{asked[1:]}?"


def body_of_members(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return the organisation of whose members a normalised text asks, the one that the last answer
    alone quotes, or nothing.
    """
    asked = normalise(next((turn.content for turn in reversed(before) if turn.role == "user"), ""))
    of_members = _ITS_STATES.search(asked) and lacks_members(text)
    if not (_MEMBERS.search(text) or of_members):
        return ""
    names = answering(last_answer(before), knowledge)
    found = knowledge.names.find(normalise(names[0])) if len(names) == 1 else ()
    of = knowledge.respondents
    kinds = [of[name.key].kind for name in found if name.key in of]
    return names[0] if "organisation" in kinds else ""


def _names_of(codes: Sequence[str], language: Language, knowledge: Knowledge) -> list[str]:
    return [name_of(knowledge.respondents[code], language) for code in codes]


def on_that_day(text: str, last: str, knowledge: Knowledge) -> str:
    """Return a question for the replies of the same date as the one whose date was asked before, or
    nothing.
    """
    before = normalise(last)
    names = [name for name in knowledge.names.find(before) if name.key in knowledge.codes]
    dated = patterns.REPLY.search(before) and asks_for("date", before)
    if not (_THAT_DAY.search(text) and len(names) == 1 and dated):
        return ""
    if language_of(text) == "en":
        name = name_of(knowledge.respondents[names[0].key], "en")
        return f"Which replies bear the same date as that of {name}?"
    return f"哪些答复和{knowledge.respondents[names[0].key].name}的答复是同一天？"


def lacks_members(text: str) -> bool:
    """Tell whether a normalised text asks which members have not done what others did."""
    return _WHO_DID_NOT.search(text) is not None


def in_that_language(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question for the other replies in the language of the one whose language was asked
    before, or nothing.
    """
    answer = normalise(last_answer(before))
    language = LANGUAGE.search(answer)
    names = answering(last_answer(before), knowledge)
    if not (_THAT_LANGUAGE.search(text) and language and len(names) == 1):
        return ""
    if language_of(text) == "en":
        return f"Apart from {names[0]}, which replies were written in {language[0]}?"
    return f"除{names[0]}以外，哪些答复的原件是{language[0]}？"


def than_those(text: str, own: Sequence[str], before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question whether one reply is earlier or later than those spoken of, or nothing."""
    asked = " ".join(normalise(turn.content) for turn in before if turn.role == "user")
    of_dates = patterns.REPLY.search(asked) and asks_for("date", asked)
    if len(own) > 1 or not (of_dates or patterns.DATED.search(asked)):
        return ""
    codes = {name.key for name in knowledge.names.find(text)}
    spoken = (knowledge.names.find(one)[0].key for one in respondents_of(before, knowledge))
    others = [code for code in spoken if code not in codes]
    if not own and len(others) >= _TWO and _WHO_CAME.fullmatch(text):
        own, others = _names_of(others[-1:], language_of(text), knowledge), others[:-1]
    if not (own and others) or not patterns.EARLIER_OR_LATER.search(text):
        return ""
    others = others[-_TWO:] if _THOSE_TWO.search(text) else others[-1:]
    language = language_of(text)
    names = _names_of(others, language, knowledge)
    if language == "en":
        return f"Is the reply of {own[0]} earlier or later than that of {' and '.join(names)}?"
    return f"{own[0]}的答复比{'、'.join(names)}的答复早还是晚？"
