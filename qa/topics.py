"""What a question was about, put before the one that goes on from it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text import normalise
from qa import patterns
from qa.knowledge import Knowledge
from qa.leaning import BARE, own_words, says_enough
from qa.places import country_finder
from qa.ties import CORRECTS, LEAD, PUNCTUATION
from qa.turns import ORDINAL
from qa.understand import Understanding, understand

_ALIKE = re.compile(
    r"^(?:那么?|至于|还有|换成|再说)?(?!.{0,4}第[一二三四五六七八九十\d]+[个条项次场])"
    r"[^，,？?。]{2,20}?呢(?:[，,？?。]|$)|"
    r"^(?:and |so |but )?(?:what|how) about |"
    r"^and (?:for |in |on )?(?:the )?(?!last|first|other|one)\w"
)
"""Turns to something else of the same sort: 机场呢, what about the airports."""
_NOUN = re.compile(r"(?![那这它他她此第前后双])[\u4e00-\u9fff]{2,4}[？?]")
"""A noun that is asked after: 海港?"""
_ANOTHER = re.compile(r"别的什么|另外(?:那|一|的)|另一|别的那|\b(?:the|an) ?other\b")
"""Turns to something else of the same respondent."""
_GIVEN = re.compile(r"^那?么?(?:给|为(?![什何啥])|向)|^(?:and )?(?:to|for) (?:the )?")
_AGAIN = re.compile(r"那[笔项份次场条批个]|又|呢|^and\b")
"""Turns to another who is given something, by the one spoken of."""
_LONGEST_TOPIC = 300
_NAME = 8
"""Characters up to which what stands before a question is but a name."""


def topic_of(last: str) -> str:
    """Return what the question before is about, without its question words."""
    head, _, own = last.rpartition("：")
    told = patterns.SILENT.sub(" ", normalise(own))
    bare = patterns.SCAFFOLD.sub("", told).strip(PUNCTUATION)
    bare = LEAD.sub("", bare)
    if len(head) <= _NAME:
        return f"{head}{bare}"[:_LONGEST_TOPIC]
    goes_on = says_enough(normalise(own))
    return (bare if goes_on else head)[:_LONGEST_TOPIC]


def under_topic(text: str, topic: str, who: Sequence[str], item: str = "", quoted: str = "") -> str:
    """Return a question after what it is about: an item listed, words quoted, or the old topic."""
    speaker = who[0] if who else ""
    if item:
        topic, text = f"{speaker}“{item}”", ORDINAL.sub("", text, count=1)
    elif quoted and len(own_words(normalise(text))) <= BARE and not turns_to_another(text):
        topic = f"{speaker}“{quoted}”"
    elif speaker and speaker not in normalise(topic):
        topic = f"{speaker}：{topic}"
    return f"{topic[:_LONGEST_TOPIC]}：{LEAD.sub('', text).strip()}"


def turns_to_another(text: str) -> bool:
    """Tell whether a question turns from what was asked to something else of the same sort."""
    said = normalise(text)
    if _NOUN.fullmatch(said) and not (patterns.ASKS.search(said) or patterns.YES_NO.search(said)):
        return True
    turns = _ALIKE.match(said)
    return turns is not None and not patterns.ASKS.search(turns[0].replace("what about", ""))


def gives_another(text: str) -> bool:
    """Tell whether a normalised question asks what another was given, by the one spoken of."""
    return bool(_GIVEN.match(text) and _AGAIN.search(text))


def turns_away(text: str, last: str, knowledge: Knowledge) -> bool:
    """Tell whether a normalised question turns to something else of the same respondent: it says
    so, corrects the one before, or goes on with a name that is new.
    """
    if _ANOTHER.search(text) or CORRECTS.search(text) or gives_another(text):
        return True
    if not LEAD.match(text):
        return False
    known = {name.key for name in knowledge.names.find(normalise(last))}
    new = (*knowledge.names.find(text), *country_finder().find(text))
    return any(name.key not in known for name in new)


def without_topic(asked: Understanding, knowledge: Knowledge) -> Understanding | None:
    """Return what a lookup asks of those spoken of without the topic put before it, if any."""
    _, _, own = asked.text.rpartition("：")
    names = "、".join(knowledge.respondents[code].name for code in asked.named)
    text = f"{names}：{own}" if names else own
    if asked.aim != "lookup" or not turns_to_another(own) or text == asked.text:
        return None
    alone = understand(asked.question, text, knowledge)
    return replace(
        asked,
        text=text,
        normalised=alone.normalised,
        want=alone.want,
        entities=alone.entities,
        bare=alone.bare,
        focus=alone.focus,
        yes_no=alone.yes_no,
    )
