"""Why a question has no answer in the report."""

import re
from collections.abc import Sequence

from qa.closing import is_after_closing
from qa.draft import Draft, refuse
from qa.evidence import Evidence
from qa.knowledge import Knowledge
from qa.places import strangers_in
from qa.tuning import REFUSAL
from qa.understand import Understanding
from qa.wording import join_names, name_of

_ACRONYM = 4
"""Letters up to which a name in small letters is taken for an acronym."""
_LOOKED_AT = 5
"""Sentences whose meaning is compared with that of a question without support."""
_REPLY_OF = (
    r"(?:政府)?(?:[给向]秘书长)?在?(?:自己|其|它|单独)*所?(?:提交|递交|交来|寄来|发来|交|寄|发|写)?的?(?:[那这]份)?"
    r"(?:答复|答覆|回复|来文|来函|复函)(?![方者])|(?:'s)? (?:own )?(?:reply|response|submission)\b|"
    r"'s own (?:answer|statement)\b|'s (?:line|views?|position|stance|take|opinion) (?:on|about)\b"
)
_WHAT_THEY = r"(?:what|how|when|where|did|does|have|has)\b[^?]*\b(?:they|it)\b"
_GIVES = r"(?:政府)?(?:\d{4} ?年)?(?:[给捐]|出了?多少|提供|批准?了|花了)(?![^，。？]{0,16}的)"
_ASKED = r"(?:^|[，,。：:]|请问|说说)"
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


def refusal(asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge) -> Draft:
    """Return the refusal of a question that no evidence answers, with the most fitting reason."""
    language = asked.language
    if is_after_closing(asked, evidence, knowledge):
        closing = knowledge.report.closing_date.isoformat()
        return refuse("after-closing-date", language, closing=closing)
    unknown = strangers(asked, knowledge)
    own = asked.normalised.rpartition(":")[2] if asked.follows else asked.normalised
    acting = [one for one in unknown if acts(one, own)]
    strange = asked.aim == "off-topic" and not acting and not asked.question.history
    if unknown and not (asked.named or asked.aim == "survey" or strange):
        return _not_a_respondent(asked, unknown, knowledge)
    if acting:
        return _not_a_respondent(asked, acting, knowledge)
    if not _is_near(asked, evidence):
        return refuse("off-topic", language)
    if asked.named and asked.aim != "survey" and _is_silent(asked, evidence):
        names = [name_of(knowledge.respondents[code], language) for code in asked.named]
        return refuse("respondent-silent", language, names=join_names(names, language))
    return refuse("not-in-report", language)


def _is_near(asked: Understanding, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a question has to do with the report at all: by names, support or meaning, or
    since it asks what a respondent says or goes on in a conversation.
    """
    if asked.named and asked.want == "view":
        return True
    if asked.aim == "off-topic":
        return False
    if asked.entities or asked.aim == "survey" or asked.question.history:
        return True
    best = max((one.support for one in evidence), default=REFUSAL["off_topic"] - 1)
    meant = max((_meant(one) for one in evidence[:_LOOKED_AT]), default=0.0)
    return best >= REFUSAL["off_topic"] or (bool(asked.named) and meant >= REFUSAL["meant"])


def _meant(one: Evidence) -> float:
    """Return how nearly a sentence means what is asked, or a passage of others does (cosine)."""
    features = one.features
    of_others = features.dense + features.rival
    return max(features.similarity, features.dense, features.asked, of_others)


def _is_silent(asked: Understanding, evidence: Sequence[Evidence]) -> bool:
    """Tell whether those named do not speak of the subject at all, rather than not say so much.

    They do not when they leave a name of the question out, or others are far closer to it, or
    closer at all to what they are asked about in words of which they use none, and they were not
    just quoted on it.
    """
    if not evidence:
        return True
    best = evidence[0].features
    strange = asked.want == "view" and not any(one.features.noted for one in evidence[:_LOOKED_AT])
    apart = best.rival >= REFUSAL["rival"] or (strange and best.rival > 0)
    return best.entities > 0 or (apart and not asked.context)


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
    name = re.escape(stranger)
    return bool(
        re.search(rf"{name}(?:{_REPLY_OF})", text)
        or re.search(rf"\b{name}\b[^.?]*\bits (?:own|separate)\b[^.?]*\b(?:reply|submission)", text)
        or re.search(rf"\bits (?:own|separate) (?:reply|submission)\b[^.?]*\b{name}\b", text)
        or re.search(rf"\b{name} (?!in\b)(?:\w+ ){{1,3}}in its (?:reply|submission)\b", text)
        or re.search(rf"\b{name} itself (?:write|wrote|say|said|report|submit|send|tell)\b", text)
    )


def is_asked(stranger: str, text: str) -> bool:
    """Tell whether a normalised question asks what a country or body says or did."""
    name = re.escape(stranger)
    return bool(
        re.search(rf"{_ASKED}{name}{_SAYS}", text)
        or re.search(rf"{_SAYS_EN}{name}", text)
        or re.match(rf"(?:and |but |what about )?(?:the )?{name} ?[,:] ?{_WHAT_THEY}", text)
    )


def acts(stranger: str, text: str) -> bool:
    """Tell whether a normalised question asks what a country or body itself says or did, rather
    than what was done in it or with what is its own.
    """
    name = re.escape(stranger)
    return bool(
        re.search(rf"{_ASKED}{name}(?:{_SAYS}|{_GIVES})", text)
        or re.search(rf"\b(?:did|does|do|has|have|will) (?:the )?{name}\b(?!')", text)
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
    """Return a name found in the normalised question as the question itself spells it, with
    capitals where it has none.
    """
    match = re.search(re.escape(name), asked.text, re.IGNORECASE)
    written = match[0] if match else name
    if not (written.isascii() and written.islower()):
        return written
    return written.upper() if len(written) <= _ACRONYM else written.title()
