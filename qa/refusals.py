"""Why a question has no answer in the report."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from qa.draft import Draft, refuse
from qa.evidence import Evidence
from qa.figures import numeral
from qa.knowledge import Knowledge
from qa.places import strangers_in
from qa.tuning import REFUSAL
from qa.understand import Understanding
from qa.wording import join_names, name_of

_LOOKED_AT = 5
"""Sentences whose meaning is compared with that of a question without support."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?: ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?)?")
_MONTH = re.compile(r"(?<![\d年])(?<!年 )(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号])?(?:以?后|之后)")
_RECEIVED = re.compile(r"(?<![\d年])(\d{1,2}) ?月(?:份)?(?:[才又]?[收交补寄]|以?后?补交)")
"""A month in which replies came."""
_HAN_MONTH = re.compile(r"(?<![\d一二三四五六七八九十年])[一二三四五六七八九十]{1,2}(?= ?月)")
_AFTER = re.compile(r" ?日?(?:以后|之后|后)")
_REPLY_OF = (
    r"(?:政府)?在?(?:自己|其|它|单独)*所?(?:提交|递交|交来|寄来|发来|交|寄|发|写)?的?(?:[那这]份)?"
    r"(?:答复|答覆|回复|来文|来函|复函)(?![方者])|(?:'s)? (?:own )?(?:reply|response|submission)\b"
)
_SAYS = (
    r"(?:政府)?(?:自己)?(?:(?:说明|报告|表示|声称|宣布|介绍|采取|做|作|提交|递交|补交|怎么|"
    r"如何|怎样|对[^，。？]{1,30}(?:立场|态度|看法))|(?:的|在)?(?:答复|答覆|回复)|"
    r"[^，。？]{1,20}(?:(?:怎么|如何|怎样)(?:说|讲|谈|看|表态|表示|评价|答复|回答|主张)|"
    r"(?:说|表示|认为|主张|表达)了?(?:什么|哪些)))"
)
_SAYS_EN = (
    r"(?:what|how|when|which|did|does|has|summari[sz]e|describe)\b[^?.]{0,40}\b(?:did|does|do|"
    r"has|have|of|reply of|by) (?:the )?"
)
_OUTCOME = re.compile(
    r"结果|成果|结论|成效|进展如何|怎么样了|后来|之后|如今|现在|目前|最新|今天|今年|"
    r"达成|议定|最终|真的|正式版|反响|"
    r"outcome|result|conclusion|conclude|turned out|since then|nowadays|currently|latest|today|"
    r"\bagree[ds]? (?:on|upon|to)\b|\bactually\b|\bdecided?\b|\breceived\b|come out of|came out of"
)
_ANNOUNCED = re.compile(r"将[于在]|预计(?:将|于)|拟于|计划于|下一[次届]")
"""How a reply tells of what is still to come."""


def refusal(asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge) -> Draft:
    """Return the refusal of a question that no evidence answers, with the most fitting reason."""
    language = asked.language
    if is_after_closing(asked, evidence, knowledge):
        closing = knowledge.report.closing_date.isoformat()
        return refuse("after-closing-date", language, closing=closing)
    unknown = strangers(asked, knowledge)
    if unknown and not (asked.named or asked.aim == "survey"):
        return _not_a_respondent(asked, unknown, knowledge)
    if not _is_near(asked, evidence):
        return refuse("off-topic", language)
    if asked.named and asked.aim != "survey" and _is_silent(evidence):
        names = [name_of(knowledge.respondents[code], language) for code in asked.named]
        return refuse("respondent-silent", language, names=join_names(names, language))
    return refuse("not-in-report", language)


def _is_near(asked: Understanding, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a question has to do with the report at all: by names, support or meaning."""
    if asked.entities:
        return True
    if asked.aim == "off-topic":
        return False
    best = max((one.support for one in evidence), default=REFUSAL["off_topic"] - 1)
    meant = max((_meant(one) for one in evidence[:_LOOKED_AT]), default=0.0)
    return best >= REFUSAL["off_topic"] or (bool(asked.named) and meant >= REFUSAL["meant"])


def _meant(one: Evidence) -> float:
    features = one.features
    return max(features.similarity, features.dense, features.asked)


def _is_silent(evidence: Sequence[Evidence]) -> bool:
    """Tell whether those named do not speak of the subject at all, rather than not say so much.

    They do not when they leave a name of the question out, or others are far closer to it.
    """
    if not evidence:
        return True
    best = evidence[0].features
    return best.entities > 0 or best.rival >= REFUSAL["rival"]


def refuse_absent(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Return the refusal of a question about what an absent country or body replied, or None.

    What others say of such a country or body is asked in another way, and answered. Where one that
    did reply is named too, only the reply of the other is asked for in vain.
    """
    text = asked.normalised
    asked_for = [
        stranger
        for stranger in strangers(asked, knowledge)
        if asks_for_reply(stranger, text) or (not asked.named and is_asked(stranger, text))
    ]
    if not asked_for or is_after_closing(asked, (), knowledge):
        return None
    return _not_a_respondent(asked, asked_for, knowledge)


def asks_for_reply(stranger: str, text: str) -> bool:
    """Tell whether a normalised question speaks of the reply of a country or body."""
    return bool(re.search(rf"{re.escape(stranger)}(?:{_REPLY_OF})", text))


def is_asked(stranger: str, text: str) -> bool:
    """Tell whether a normalised question asks what a country or body says or did."""
    name = re.escape(stranger)
    return bool(
        re.search(rf"(?:^|[，,。：:]|请问|说说){name}{_SAYS}", text)
        or re.search(rf"{_SAYS_EN}{name}", text)
    )


def is_subject(stranger: str, text: str) -> bool:
    """Tell whether a normalised question is whether a country or body itself did something."""
    name = re.escape(stranger)
    asks = r"(?:did|does|do|has|have|had|is|was|are|were|will|can)"
    return bool(re.match(rf"(?:请问|那么?|{asks} (?:the )?)?{name}", text))


def _not_a_respondent(asked: Understanding, names: Sequence[str], knowledge: Knowledge) -> Draft:
    return refuse(
        "not-a-respondent",
        asked.language,
        names=join_names([as_written(asked, name) for name in names], asked.language),
        n=len(knowledge.report.respondents),
    )


def strangers(asked: Understanding, knowledge: Knowledge) -> list[str]:
    """Return the countries and bodies named in a question that sent no reply, as it writes them."""
    text = asked.normalised
    found = strangers_in(text, knowledge.names.find(text), knowledge.codes)
    return list(dict.fromkeys(text[name.start : name.end] for name in found))


def as_written(asked: Understanding, name: str) -> str:
    """Return a name found in the normalised question as the question itself spells it."""
    match = re.search(re.escape(name), asked.text, re.IGNORECASE)
    return match[0] if match else name


def is_after_closing(
    asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge
) -> bool:
    """Tell whether a question is about what came after the report was closed.

    A later date alone does not make it so, since replies announce plans: it must be absent from
    the evidence, or the question must ask what became of it.
    """
    closing = knowledge.report.closing_date
    text = asked.normalised
    later = [match[1] for match in _YEAR.finditer(text) if _first_day(match) > closing]
    if later and not any(year in one.sentence.text for one in evidence[:5] for year in later):
        return True
    if any(
        _AFTER.match(text, match.end()) and _first_day(match) >= closing
        for match in _YEAR.finditer(text)
    ):
        return not evidence or evidence[0].support < 0 or asked.aim == "survey"
    if any(int(match[1]) > closing.month for match in _RECEIVED.finditer(text)):
        return True
    months = _HAN_MONTH.sub(lambda match: str(numeral(match[0])), text)
    if any(_last_day(match, closing.year) >= closing for match in _MONTH.finditer(months)):
        return not evidence or evidence[0].support < 0
    planned = [
        match
        for one in evidence[:1]
        for match in _YEAR.finditer(one.sentence.text)
        if _first_day(match) > closing
    ]
    return bool((later or planned) and _OUTCOME.search(text))


def is_only_announced(asked: Understanding, best: Evidence) -> bool:
    """Tell whether what became of something is asked that the best sentence only announces."""
    announced = _ANNOUNCED.search(best.sentence.text)
    return bool(announced and _OUTCOME.search(asked.focus))


def _first_day(match: re.Match[str]) -> date:
    """Return the first day that a year, month or date can mean."""
    month = min(max(int(match[2] or 1), 1), 12)
    year = int(match[1])
    day = min(max(int(match[3] or 1), 1), monthrange(year, month)[1])
    return date(year, month, day)


def _last_day(match: re.Match[str], year: int) -> date:
    """Return the day after which something is asked for, of a month without a year."""
    month = min(max(int(match[1]), 1), 12)
    last = monthrange(year, month)[1]
    return date(year, month, min(max(int(match[2] or last), 1), last))
