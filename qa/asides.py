"""What a question to many says about how to count and answer, beside what it asks."""

import re

from index.text import content
from qa import patterns

_CLAUSE = re.compile(r"[^，,。？?！!；;:()]+|(?<=\()[^()]+(?=\))")
_SENTENCE_EN = re.compile(r"[^.?!;()]+")
_COUNTED = re.compile(
    r"^\s*(?:不管|无论|不论|不限|只要|哪怕|即使|凡)|"
    r"(?:就|也|都|才|不|均|全|别|不要|无需)(?:要|能|该)?算(?:数|上|在内|进来|进去|[谈提说有是][了过]?)?[哈啊哦呢吧哟的了]?\s*$|"
    r"(?:那|这)[种类](?:不是|不算)|不等于|(?:整份|全部|全文)[^，,]{0,6}(?:查|找|看)|"
    r"(?:也|都|就)(?:可以?|行|包括(?:在内)?|计入?|成)\s*$|一并算"
)
"""Says what counts: 只要提到就算, 不管是保护还是利用, 备忘录不算."""
_SUCH_AS = re.compile(r"^\s*(?:像|比如)?什么")
_THEM = r"(?:它们|他们|这些|各家?|具体|相关)?的?(?:名字|名单|名称|清单|国家|国名|组织)?(?:名|名称)?"
_TOLD = re.compile(
    rf"^\s*(?:请|麻烦|并|再|也|另|顺便|最好|要|还要)*(?:把|将)?{_THEM}(?:都|一一|逐一|全部|全)?"
    rf"(?:列|写|说|报|点|给|数)(?:出来?|一下|个|给我|全|我|一?列)*{_THEM}\s*$|"
    r"^\s*(?:请|麻烦)?(?:统计|数|清点)(?:一下)?\s*$"
)
"""Asks for the names, whatever was asked: 把名字列出来."""
_COUNTED_EN = re.compile(
    r"^\s*(?:please )?(?:do not |don't )?(?:also )?(?:count|include)\b|"
    r"\b(?:counts?|(?:is|are) (?:enough|fine|ok(?:ay)?)|will do|suffices?|qualif(?:y|ies))"
    r"(?: too| as well| also)?\s*$|^\s*(?:whether|no matter|regardless)\b"
)
_TOLD_EN = re.compile(
    r"^\s*(?:and |please |just |then )*(?:name|list|give|tell|count)(?: me)?(?: the)?"
    r"(?: (?:each|all|every|them|names?|one|of|both|full|list))*(?: too| please| as well)?\s*$|"
    r"^\s*(?:names?|list)(?: (?:too|please|as well|if you can))+\s*$"
)


_OF_THE_ASKER = re.compile(
    r"\s*(?:我(?!国)|咱|本人|(?:i|i'm|i've|i'd|we|we're|my|our)\b)[^。.!！?？\n]+[。.!！\n]+\s*(?=\S)|"
    r"\s*for (?:a|my|our|the|tonight's|today's) [^:?.]{3,50}:\s*(?=\S)"
)
"""What somebody who asks says of himself: 我想写一篇评论."""
_POINTS = re.compile(
    r"[它他她其此这那该]|\b(?:it|its|they|them|their|this|that|these|those|such|so|there|one)\b"
)
_ENOUGH = 4
"""Characters or letters, beside question words, with which a sentence asks by itself."""


def without_context(text: str) -> str:
    """Return a normalised question to many with blanks in the place of what the asker says of
    himself before it, where it points at nothing and says what it is about; its length stays.
    """
    start = 0
    while (said := _OF_THE_ASKER.match(text, start)) and not patterns.ASKS.search(said[0]):
        start = said.end()
    rest = text[start:]
    bare = patterns.SURVEY_WORDS.sub("", patterns.SCAFFOLD.sub("", patterns.MENTION.sub("", rest)))
    if not patterns.ASKS.search(rest) or _POINTS.search(rest) or len(content(bare)) < _ENOUGH:
        return text
    return " " * start + rest


def without_asides(text: str) -> str:
    """Return a normalised question to many with blanks in the place of what only says how to count
    and answer; its length stays.
    """
    for clauses, counted, told in (
        (_SENTENCE_EN, _COUNTED_EN, _TOLD_EN),
        (_CLAUSE, _COUNTED, _TOLD),
    ):
        for clause in clauses.finditer(text):
            aside = counted.search(clause[0]) or told.search(clause[0])
            if aside and not patterns.ASKS.search(_SUCH_AS.sub("", clause[0])):
                text = f"{text[: clause.start()]}{' ' * len(clause[0])}{text[clause.end() :]}"
    return text
