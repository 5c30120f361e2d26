"""What a question corrects: it says what is meant, and often what is not."""

import re

from index.text import normalise

_SORRY = r"(?:不好意思|抱歉|对不起|\bsorry\b|\bapologies\b)[，,.!：:\s]*"
_MEANT = r"我?(?:想|要)?(?:问|说|指)的?(?:其实|实际上)?"
_NOT_BUT = re.compile(
    rf"^(?:{_SORRY})?(?:不[，,]\s*)?{_MEANT}(?:并)?不是[^，,。？?]{{1,16}}[，,]\s*(?:而?是|{_MEANT}是)"
)
"""Not this, but: what follows is meant."""
_IS_MEANT = re.compile(rf"^(?:{_SORRY})?(?:不[，,]\s*)?{_MEANT}是")
_BUT_NOT = re.compile(
    r"[，,]\s*(?:而?不是|不要|不问)(?:问|说|指)?[^，,。？?]{1,12}[。！!]*$|"
    r",\s*not (?:the )?[\w' -]{1,24}\W*$"
)
"""Takes back what was understood, after what is meant."""
_WRONG = re.compile(
    rf"^(?:{_SORRY})?(?:that's |that is |it's )?(?:the )?wrong (?P<noun>[a-z]+)[,.!;]\s*(?=i mean)"
)
_OPENS = re.compile(r"(?:no\b|不)?[，,.\s]*(?:i mean|我)")
_ONE = re.compile(r"\bone\b(?=\W*$)")
_CORRECTS = "不对，"
_CORRECTS_EN = "I meant "


def corrected(text: str) -> str:
    """Return a correction with what it means alone, or a text that corrects nothing as it is."""
    said = normalise(text)
    if len(said) != len(text):
        text = said
    noun = _WRONG.match(said)
    meant = _NOT_BUT.match(said) or _IS_MEANT.match(said)
    opened = noun or meant
    start = opened.end() if opened else 0
    taken = _BUT_NOT.search(said, start)
    end = taken.start() if taken else len(said)
    rest = text[start:end].strip()
    if noun:
        return _ONE.sub(noun["noun"], rest)
    if meant:
        return f"{_CORRECTS_EN if rest.isascii() else _CORRECTS}{rest}" if rest else text
    return rest if taken and _OPENS.match(said) else text
