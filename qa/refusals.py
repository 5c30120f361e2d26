"""Why a question has no answer in the report."""

import re
from datetime import date

from qa.draft import Draft, refuse
from qa.evidence import Evidence
from qa.knowledge import Knowledge
from qa.places import country_finder
from qa.tuning import REFUSAL
from qa.understand import Understanding
from qa.wording import join_names, name_of

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?: ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?)?")
_REPLY_OF = r"(?:的|在)?(?:答复|答覆|回复|来文)|(?:'s)? (?:own )?(?:reply|response)"
_OUTCOME = re.compile(
    r"结果|成果|结论|成效|进展如何|怎么样了|后来|之后|如今|现在|目前|最新|今天|今年|"
    r"outcome|result|conclusion|turned out|since then|nowadays|currently|latest|today"
)


def refusal(asked: Understanding, evidence: list[Evidence], knowledge: Knowledge) -> Draft:
    """Return the refusal of a question that no evidence answers, with the most fitting reason."""
    language = asked.language
    if is_after_closing(asked, evidence, knowledge):
        closing = knowledge.report.closing_date.isoformat()
        return refuse("after-closing-date", language, closing=closing)
    stranger = not_a_respondent(asked, knowledge)
    if stranger:
        return stranger
    if asked.named:
        names = [name_of(knowledge.respondents[code], language) for code in asked.named]
        return refuse("respondent-silent", language, names=join_names(names, language))
    best = max((one.support for one in evidence), default=REFUSAL["off_topic"] - 1)
    if best < REFUSAL["off_topic"] and not asked.entities:
        return refuse("off-topic", language)
    return refuse("not-in-report", language)


def not_a_respondent(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Return the refusal of a question about a country that sent no reply, or None."""
    strangers = absent_countries(asked, knowledge) + _silent_bodies(asked, knowledge)
    if not strangers or asked.named:
        return None
    return refuse(
        "not-a-respondent",
        asked.language,
        names=join_names(strangers, asked.language),
        n=len(knowledge.report.respondents),
    )


def asks_for_absent_reply(asked: Understanding, knowledge: Knowledge) -> bool:
    """Tell whether a question asks for the reply of a country or body that sent none."""
    if asked.named:
        return False
    countries = absent_countries(asked, knowledge)
    return bool(_silent_bodies(asked, knowledge)) or any(
        re.search(rf"{re.escape(country)}(?:政府)?(?:自己)?{_REPLY_OF}", asked.normalised)
        for country in countries
    )


def _silent_bodies(asked: Understanding, knowledge: Knowledge) -> list[str]:
    """Return the bodies whose own reply is asked for though they sent none."""
    text = asked.normalised
    return [
        text[name.start : name.end]
        for name in knowledge.names.find(text)
        if name.key not in knowledge.codes and re.match(rf"(?:自己)?{_REPLY_OF}", text[name.end :])
    ]


def absent_countries(asked: Understanding, knowledge: Knowledge) -> list[str]:
    """Return the countries named in a question that are no respondents, as the question says."""
    replied = [(name.start, name.end) for name in knowledge.names.find(asked.normalised)]
    return list(
        dict.fromkeys(
            asked.normalised[name.start : name.end]
            for name in country_finder().find(asked.normalised)
            if not any(start <= name.start < end for start, end in replied)
            or asked.normalised[name.start : name.end] in _bare_entities(knowledge)
        )
    )


def _bare_entities(knowledge: Knowledge) -> set[str]:
    """Return the names of places that the report mentions though they sent no reply."""
    return {
        spelling.lower()
        for entity in knowledge.notes.entities.values()
        if entity.kind == "place"
        for spelling in entity.spellings
    }


def is_after_closing(asked: Understanding, evidence: list[Evidence], knowledge: Knowledge) -> bool:
    """Tell whether a question is about what came after the report was closed.

    A later date alone does not make it so, since replies announce plans: it must be absent from
    the evidence, or the question must ask what became of it.
    """
    closing = knowledge.report.closing_date
    later = [match[1] for match in _YEAR.finditer(asked.normalised) if _first_day(match) > closing]
    if later and not any(year in one.sentence.text for one in evidence[:5] for year in later):
        return True
    planned = [
        match
        for one in evidence[:1]
        for match in _YEAR.finditer(one.sentence.text)
        if _first_day(match) > closing
    ]
    return bool((later or planned) and _OUTCOME.search(asked.normalised))


def _first_day(match: re.Match[str]) -> date:
    """Return the first day that a year, month or date can mean."""
    month = min(max(int(match[2] or 1), 1), 12)
    day = min(max(int(match[3] or 1), 1), 28)
    return date(int(match[1]), month, day)
