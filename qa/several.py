"""Follow-ups put to several: those who answered, all of them, or the members of one."""

import re
from collections.abc import Sequence

from index.text import normalise
from qa import patterns
from qa.conditions import asks_of_replies
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.leaning import ITS, says_enough, without_names
from qa.things import things_in
from qa.ties import PUNCTUATION, without_lead
from qa.turns import ORDINAL, answering, last_answer, names_of, respondents_of
from qa.types import Turn
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
_ITS_STATES = re.compile(r"(?:成员|伙伴|参加)国|国家?[都全]|\b(?:member|partner)s?\b")
_WHO_DID_NOT = re.compile(
    r"没[^，。？?]{0,4}的是(?:谁|哪)|(?:谁|哪一?[个国家些]+)(?:还|尚)?[没未]|"
    r"\b(?:who|which) (?:has|have|did|does|is|are)(?:n't| not)\b"
)
"""Asks which members of an organisation have not done what others did."""
DOES_IT = re.compile(
    r"^who (?!does|did|do|has|have|is|was|will|can|else|also|mention|support|ratif|sign|join|"
    r"oppos|back|endors|agree|say|said|talk|speak|discuss|refer|cit|name|adopt|welcom|took|take)\w+"
    r"(?: \w+){0,3} (?:it|that|this)\b"
)
"""Asks who sees to a thing spoken of, which is no stance of those who reply."""
_THE_REST = re.compile(r"反过来|\bother way (?:a)?round\b|\b(?:do|did|are|have)n't\W*$")
_ITS_COUNT = re.compile(rf"(?:{ITS.pattern})[^，。？?]*(?:多少|几)个?(?:国家|成员国|组织)")
"""Asks how many states or bodies something of one respondent reaches."""
_BOTH = re.compile(
    r"[这那][两俩](?:个|家)?(?:国家|国|组织|机构|答复方|方|家)?(?=[^，,。？?]{3})|"
    r"\b(?:both of (?:them|these|those)|(?:those|these) two)\b"
)
"""Means two respondents just spoken of, whom a question asks."""

_TWO = 2


def put_to_many(
    text: str, last: str, topic: str, before: Sequence[Turn], knowledge: Knowledge
) -> tuple[str, str]:
    """Return what a question means that goes on asking several, those who answered or all, and what
    else it may mean; nothing for others.
    """
    normalised = normalise(text)
    answered = answering(last_answer(before), knowledge)
    if OF_THEM.search(normalised) and asks_of_replies(normalise(last)):
        spoken = respondents_of([Turn("assistant", last_answer(before))], knowledge)
        of_these = len(spoken) > 1 and _asks_more(OF_THEM.sub("", normalised))
        asked = _asked_of(spoken, text, knowledge) if of_these else ""
        return asked or f"{last.strip(PUNCTUATION)}，{text}", ""
    asks = patterns.ASKS.search(normalised) or patterns.YES_NO.search(normalised)
    if len(answered) > 1 and OF_THEM.search(normalised) and asks and not ORDINAL.search(normalised):
        about = "" if says_enough(OF_THEM.sub("", normalised)) else without_names(topic, knowledge)
        whole = f"{last.strip(PUNCTUATION)}，{text}" if ITS.search(normalised) else text
        return f"{about}：".lstrip("：") + _asked_of(answered, text, knowledge), whole
    of_one = len(answered) == 1 and (DOES_IT.search(normalised) or _ITS_COUNT.search(normalised))
    if not patterns.SURVEY.search(normalised) or of_one:
        return "", ""
    if things := things_in(last, knowledge, places=False):
        return f"{things[0]}：{without_lead(text)}", ""
    if patterns.SURVEY.search(normalise(last)):
        return f"{without_names(topic, knowledge)}：{without_lead(text)}", ""
    return "", ""


def _asks_more(text: str) -> bool:
    """Tell whether a normalised text asks something else of replies than what their headers say."""
    return says_enough(text) and not (asks_of_replies(text) or _THE_REST.search(text))


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
    both = names_of(codes, language, knowledge)
    return _BOTH.sub(" and ".join(both) if language == "en" else "和".join(both), said, count=1)


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


def lacks_members(text: str) -> bool:
    """Tell whether a normalised text asks which members have not done what others did."""
    return _WHO_DID_NOT.search(text) is not None
