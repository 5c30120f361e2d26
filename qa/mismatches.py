"""What a sentence tells of instead, though it has the words of a question."""

import re

from qa.figures import numeral

_ORDINAL = re.compile(r"第 ?(?P<zh>\d+|[一二三四五六七八九十]+) ?(?P<counter>次|份|届|轮|期|批)")
_ORDINAL_EN = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth)(?: \w+){0,2} "
    r"(?:reports?|meetings?|sessions?|summits?|conferences?|reviews?|rounds?)\b"
)
_ENGLISH = {
    word: str(number)
    for number, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), start=1)
}
_LARGEST = re.compile(
    r"最大|头号|第一大|排第一|第一名|(?<!second )(?<!third )\b(?:largest|biggest|number one|top)\b"
)
_NEXT_LARGEST = re.compile(r"第[二三四五]大")
_LAST_SENTENCE = re.compile(r"[.。!:](?=\s*\S)")
_WHO = r"谁|哪|\b(?:who|which)\b"
_NOT_DONE = (
    r"(?:没有?|未|尚未)(?:能|曾|被)?(?:加入|批准|签署|参加|签)|"
    r"\b(?:not|n't|never|yet to)(?: yet| been)? (?:join|ratif|sign|acced)"
)
_ACTS_TOLD = (
    (
        re.compile(r"生效|\b(?:enter(?:s|ed)?|entry|come|came) into force\b|\btook effect\b"),
        re.compile(r"生效"),
    ),
    (
        re.compile(
            r"(?:何时|什么时候|哪一?[年天月日])[^，。?]{0,6}签[署订的了]|签[署订]于?(?:何时|哪)"
        ),
        re.compile(r"签"),
    ),
    (
        re.compile(rf"(?:{_WHO})[^，。?]*?(?:{_NOT_DONE})|(?:{_NOT_DONE})[^，。?]*?(?:{_WHO})"),
        re.compile(r"[未没除]|尚|不(?=[参加是])"),
    ),
)
"""What a question may ask, and what a sentence that tells of it must hold."""


def is_another_of_a_series(question: str, sentence: str) -> bool:
    """Tell whether a normalised question asks for one of a series by its number, such as the first
    report, and a sentence speaks of others of the series alone.
    """
    last = _LAST_SENTENCE.split(question)[-1]
    if _LARGEST.search(last) and _NEXT_LARGEST.search(sentence):
        return "最大" not in sentence
    asked = list(_ORDINAL.finditer(question))
    if asked:
        number, counter = asked[-1].group("zh", "counter")
    elif (english := _ORDINAL_EN.search(question)) and english[1] in _ENGLISH:
        number, counter = _ENGLISH[english[1]], ""
    else:
        return False
    told = [match for match in _ORDINAL.finditer(sentence) if counter in match["counter"]]
    return bool(told) and all(_ordinal(one["zh"]) != _ordinal(number) for one in told)


def is_of_another_act(question: str, sentence: str) -> bool:
    """Tell whether a normalised question asks when something entered into force or was signed, or
    who has not joined it, and a sentence says nothing of that.
    """
    own = question.rpartition(":")[2]
    return any(asked.search(own) and not told.search(sentence) for asked, told in _ACTS_TOLD)


def _ordinal(numeral_: str) -> str:
    return numeral_ if numeral_.isdigit() else str(numeral(numeral_))
