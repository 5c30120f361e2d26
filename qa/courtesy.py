"""What stands before a question and asks nothing: greetings, and who is asking."""

import re
from collections.abc import Callable

from index.text import normalise
from qa import patterns

_OPENING = re.compile(
    r"[^。！!：:.？?\n]{0,120}?(?:。|！|!|：|:|\.(?=\s)|\n)\s*(?=\S)",
)
_HELLO_ZH = "您好|你好|大家好|早上好|上午好|下午好|晚上好"
_HELLO_EN = "hello|hi|hey|dear all|good (?:morning|afternoon|evening|day)"
_SPEAKS = re.compile(
    rf"^\W*(?:{_HELLO_ZH}|打扰|不好意思|抱歉|对不起|麻烦|劳驾|请教|请帮|帮我|帮忙|我(?!国)|我们|谢谢|多谢|感谢|"
    r"嗯|哦|噢|好的?[，。！]|明白|知道了|原来如此|有意思|"
    rf"(?:{_HELLO_EN}|dear|sorry|excuse me|please|thanks|"
    r"hm+|thank you|many thanks|ok(?:ay)?|pity|nice|great|interesting|wow|i see|got it|"
    r"i|we|my|quick question|i'm|i've|i'd|we're)\b)"
)
_GREETING = re.compile(
    rf"^\W*(?:{_HELLO_ZH}|请问|{_HELLO_EN})[\s，,！!。.~～]+(?=\S)", re.IGNORECASE
)
_WISH = re.compile(
    r"^我(?:们)?(?:想|要|需要)(?:请教|请问|咨询|询问|打听|问问|问|了解|知道)"
    r"(?:一下|下|一声)?[，,：:\s]*(?=\S)"
)
_THANKS = re.compile(
    r"(?<=[^\W_])[，,\s]*(?:\b(?:please|pls|plz|thanks|thank you|thx)|谢谢|多谢|拜托)"
    r"(?:了|啦)?[\s.!。！]*$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"[这那][个家位]|刚才|前面|先[说提讲]|[问说弄搞记]错|\bwrong\b|"
    r"\b(?:that|this|the (?:first|other|last)) (?:one|country|organi[sz]ation|body|reply)\b"
)
"""Points at what was said, which a question goes on from."""
_TRAILING = re.compile(r"\s*(?:…+|\.{2,}|。{2,}|~+)\s*$")
_MARKS = re.compile(r"([?？!！])\1+")
"""Marks that were typed more often than is needed."""
_KNOWN = 1
"""Words of the report that may stand in an opening by chance."""


def without_courtesy(text: str, known: Callable[[str], int], names: Callable[[str], bool]) -> str:
    """Return a question without openings that greet or speak of the asker and of nothing else.

    ``known`` counts the report's words in a text, ``names`` tells whether it names anybody or
    anything of the report: an opening that says what the question is about stays.
    """
    text = _MARKS.sub(r"\1", _TRAILING.sub("", text)).strip()
    rest = _THANKS.sub("", _WISH.sub("", _GREETING.sub("", text)))
    while (match := _OPENING.match(rest)) and _is_courtesy(match[0], known, names):
        rest = rest[match.end() :]
    return rest


def _is_courtesy(opening: str, known: Callable[[str], int], names: Callable[[str], bool]) -> bool:
    normalised = normalise(opening)
    return (
        bool(_SPEAKS.match(normalised))
        and not patterns.ASKS.search(normalised)
        and not _POINTS.search(normalised)
        and not names(normalised)
        and known(opening) <= _KNOWN
    )
