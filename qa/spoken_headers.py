"""Follow-ups on the headers of replies spoken of: who was first, on that day, in that language."""

import re
from collections.abc import Sequence

from index.text import normalise
from qa import patterns
from qa.conditions import LANGUAGE
from qa.knowledge import Knowledge
from qa.language import language_of
from qa.sums import THOSE_TWO
from qa.turns import answering, last_answer, names_of, respondents_of
from qa.types import Turn
from qa.wants import asks_for
from qa.wording import name_of

_WHO_CAME = re.compile(
    r"(?:那|所以)?(?:他们|它们|[两俩][个家国])?(?:谁|哪一?[个家国份方边])的?(?:答复)?"
    r"(?:更|比较|先|最)?[早晚迟先](?:一些|些|一点|点)?\W*|"
    r"(?:and |so )?(?:which|who)(?: one| of the two)?(?: is| was| came| comes)? "
    r"(?:earlier|later)\W*"
)
"""Asks which of two replies came first or last, and no more."""
_THAT_LANGUAGE = re.compile(
    r"(?:[这那同]一?种|同样的?|相同的?|一样的?)(?:语言|文字|语文)|"
    r"\b(?:that|the same|this) language\b"
)
"""Means the language of a reply that was just asked."""
_THAT_DAY = re.compile(
    r"[那这同]一?[天日](?!早|晚|之前|之后)|\b(?:that|the same) (?:very |same )?(?:day|date)\b"
)
"""Means the date of a reply that was just asked."""

_TWO = 2


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
        own, others = names_of(others[-1:], language_of(text), knowledge), others[:-1]
    if not (own and others) or not patterns.EARLIER_OR_LATER.search(text):
        return ""
    others = others[-_TWO:] if THOSE_TWO.search(text) else others[-1:]
    language = language_of(text)
    names = names_of(others, language, knowledge)
    if language == "en":
        return f"Is the reply of {own[0]} earlier or later than that of {' and '.join(names)}?"
    return f"{own[0]}的答复比{'、'.join(names)}的答复早还是晚？"


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


def in_that_language(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question for the other replies in the language of the one whose language was asked
    before, or nothing.
    """
    answer = last_answer(before)
    language = LANGUAGE.search(normalise(answer))
    names = answering(answer, knowledge)
    if not (_THAT_LANGUAGE.search(text) and language and len(names) == 1):
        return ""
    if language_of(text) == "en":
        return f"Apart from {names[0]}, which replies were written in {language[0]}?"
    return f"除{names[0]}以外，哪些答复的原件是{language[0]}？"
