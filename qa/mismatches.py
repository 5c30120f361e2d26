"""What a sentence tells of instead, though it has the words of a question."""

import re

from qa.figures import numeral
from qa.knowledge import Sentence

_ORDINAL = re.compile(r"第 ?(?P<zh>\d+|[一二三四五六七八九十]+) ?(?P<counter>次|份|届|轮|期|批)")
_ORDINAL_EN = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth)(?: \w+){0,5}? "
    r"(?:reports?|meetings?|sessions?|summits?|conferences?|reviews?|rounds?)\b"
)
_ENGLISH = {
    word: str(number)
    for number, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), start=1)
}
_LARGEST = re.compile(
    r"最大|头号|第一大|排第一|第一名|榜首|头一?名|老大|"
    r"(?<!second )(?<!third )\b(?:largest|biggest|number one|top)\b|"
    r"\bwho(?:'s| is| was| comes| came| ranks?) first\b|\bfirst place\b|\bnumber 1\b"
)
_NEXT_LARGEST = re.compile(r"第[二三四五]大")
_LAST_SENTENCE = re.compile(r"[.。!:](?=\s*\S)")
_WHO = r"谁|哪|\b(?:who|which)\b|^name\b"
_NOT_DONE = (
    r"(?:没有?|未|尚未)(?:能|曾|被)?(?:加入|批准|签署|参加|签)|"
    r"\b(?:not|n't|never|yet to)(?: yet| been)? (?:join|ratif|sign|acced)|"
    r"\b(?:still|remain(?:s|ing)?|stand(?:s|ing)?|left) outside\b"
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
        re.compile(
            r"下(?:一[次届场]|[次届])|"
            r"\bnext (?:one|meeting|conference|summit|session|assembly|round|drill|exercise)\b"
        ),
        re.compile(r"下一?[次届场]|将|预计|计划|拟"),
    ),
    (
        re.compile(rf"(?:{_WHO})[^，。?]*?(?:{_NOT_DONE})|(?:{_NOT_DONE})[^，。?]*?(?:{_WHO})"),
        re.compile(r"[未没除]|尚|不(?=[参加是])"),
    ),
)
"""What a question may ask, and what a sentence that tells of it must hold."""
_COUNT = r"(?:\d{2,}|[3-9]|[三四五六七八九十]+) ?(?:个|名|项|国|处|家|位|种|条|份|台|座)"
_EACH = re.compile(
    rf"{_COUNT}[^，。？?、]{{0,30}}[，,]?(?:都|分别|各)(?:是|叫|来自|指|由|从|在)|"
    rf"{_COUNT}[^，。？?、]{{0,12}}(?:叫什么|名单|名字|是哪些|有哪些)|"
    r"是哪(?:\d{2,}|[3-9]|[三四五六七八九十]+)(?:个|名|项|国|处|家|位|种|条|份|台|座)?|"
    r"\bnames? (?:of )?(?:all|each)|\bname (?:all|each) (?:of )?(?:the )?\w+"
)
"""Asks for each of a counted set of more than two."""
_COUNTED = re.compile(rf"{_COUNT}([\u4e00-\u9fff]{{2}})")
_SORT = re.compile(r"哪些(?!国家|组织|机构|地方)([\u4e00-\u9fff]{2})")
"""The sort of thing that is wanted of each."""
_LISTED = re.compile(r"[、；;]|以及|(?<=[》”])和")
_PART = re.compile(
    r"(?:其中|当中|之中|里面|里头|里(?![面头]))[，,]?(?:有|属于|是|因为?|涉及|来自|出自|发生在)*"
    r"(?!一共|总共|到底)(?P<part>[\u4e00-\u9fff]{2,8}?)的?(?:又|各|分别)?"
    r"(?:有|占了?|共|一共|到底)+(?:几|多少)"
)
"""Asks how many of those counted are of some sort."""
_FEWEST = 2
"""Signs of a list that a sentence must have to name several things."""


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
    """Tell whether a normalised question asks when something entered into force or was signed, for
    the next of its sort, or who has not joined it, and a sentence says nothing of that.
    """
    own = question.rpartition(":")[2]
    return any(asked.search(own) and not told.search(sentence) for asked, told in _ACTS_TOLD)


def is_of_another_sort(question: str, sentence: str) -> bool:
    """Tell whether a normalised question asks how many of those counted are of some sort, of which
    a sentence says nothing.
    """
    asked = _PART.search(question)
    if asked is None:
        return False
    return not set(asked["part"]) & set(sentence)


def _ordinal(numeral_: str) -> str:
    return numeral_ if numeral_.isdigit() else str(numeral(numeral_))


def names_each(question: str, sentence: Sentence) -> bool:
    """Tell whether a sentence or its passage lists things where a normalised question wants each of
    a counted set by name: to say how many there are is no answer.
    """
    if not _EACH.search(question):
        return True
    passage = sentence.passage
    sort = _SORT.search(question)
    if sort and sort[1] not in passage.text:
        return False
    counted = _COUNTED.search(question)
    if passage.kind == "list":
        return not counted or counted[1] in passage.text
    if counted and counted[1] not in sentence.text:
        return False
    return len(_LISTED.findall(sentence.text)) >= _FEWEST
