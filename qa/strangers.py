"""Follow-ups about a country or body that sent no reply: asked itself, or after one that did."""

from collections.abc import Sequence

from index.text import content, normalise
from qa.knowledge import Knowledge
from qa.leaning import says_enough
from qa.places import places_and_bodies, strangers_in
from qa.refusals import asks_for_reply, is_asked, is_subject
from qa.ties import TAIL, without_lead
from qa.turns import speakers
from qa.types import Turn


def asks_a_stranger(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a normalised text asks what a country or body said that sent no reply."""
    found = strangers_in(text, knowledge.names.find(text), knowledge.codes)
    spelt = [text[one.start : one.end] for one in found]
    return any(is_asked(one, text) or asks_for_reply(one, text) for one in spelt)


def turns_to_a_stranger(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a question, without what ties it to the one before, whether or when somebody did the
    same that sent no reply, and of whom those just spoken of say nothing; or nothing.
    """
    said = normalise(without_lead(text))
    found = strangers_in(said, knowledge.names.find(said), knowledge.codes)
    if len(found) != 1 or not content(TAIL.sub("", said[found[0].end :])):
        return ""
    if not is_subject(said[found[0].start : found[0].end], said):
        return ""
    spoken = speakers(before, knowledge)
    return without_lead(text) if spoken and not _is_known(found[0].key, spoken, knowledge) else ""


def is_one_spoken_of(text: str, before: Sequence[Turn], knowledge: Knowledge) -> bool:
    """Tell whether a normalised text asks in a few words about a country or body that sent no reply
    and of which those just spoken of tell.
    """
    found = strangers_in(text, knowledge.names.find(text), knowledge.codes)
    if len(found) != 1 or says_enough(text[: found[0].start] + text[found[0].end :]):
        return False
    return _is_known(found[0].key, speakers(before, knowledge), knowledge)


def _is_known(key: str, spoken: Sequence[str], knowledge: Knowledge) -> bool:
    """Tell whether the replies of respondents speak of a country or body."""
    codes = {name.key for one in spoken for name in knowledge.names.find(normalise(one))}
    told = (one.text for one in knowledge.passages.values() if one.code in codes)
    return any(key in places_and_bodies(normalise(one)) for one in told)
