"""Which kind of question is asked: the likeliest of those that its words do not rule out."""

import re
from collections.abc import Collection, Sequence
from typing import Literal, get_args

from index.names import Name
from qa import patterns
from qa.conditions import asks_of_replies, asks_who_replied
from qa.intent import Intent
from qa.knowledge import Knowledge
from qa.places import strangers_in
from qa.scope import is_object
from qa.wants import NOT_IN_HEADERS, NOT_IN_TABLES, Want

Aim = Literal["lookup", "survey", "comparison", "metadata", "table", "off-topic", "instruction"]
_AIMS: tuple[Aim, ...] = get_args(Aim)
_ALONE = 0.2
"""What a comparison's chances are worth where one respondent is named alone."""
_PASSAGE = re.compile(r"句|话|段|\b(?:sentence|passage|quot(?:e|ation)|words?)\b")
"""What has a page of its own, beside the replies."""
_TABLE = re.compile(r"[那这两]?张表|\btables?\b")
QUOTED_SENTENCE = re.compile(r"(?<=\w)“[^”]{24,}”(?=:)")
"""A quotation of some length that a follow-up stands after."""


def likeliest(
    intent: Intent, named: Sequence[str], strangers: bool, excluded: Collection[Aim]
) -> Aim:
    """Return the likeliest kind of question of those that are not ruled out.

    ``strangers`` tells whether it names a country or body that sent no reply beside the one
    respondent.
    """
    chances = {aim: 0.0 if aim in excluded else intent.aim[aim] for aim in _AIMS}
    if len(named) < 2 and not (named and strangers):
        chances["comparison"] *= _ALONE * len(named)
    return max(_AIMS, key=chances.__getitem__)


def is_beside_a_stranger(
    text: str, names: Sequence[Name], named: Sequence[str], knowledge: Knowledge
) -> bool:
    """Tell whether a normalised question names one respondent, and one that sent no reply outside
    of what it quotes.
    """
    unquoted = patterns.QUOTED.sub(lambda match: " " * len(match[0]), text)
    strangers = strangers_in(unquoted, names, knowledge.codes)
    return len(named) == 1 and not all(is_object(one, unquoted) for one in strangers)


def ruled_out(
    text: str,
    named: Sequence[str],
    want: Want,
    grouped: bool,
    named_things: bool,
    knowledge: Knowledge,
) -> set[Aim]:
    """Return the kinds that a normalised question cannot be of.

    ``named_things`` tells whether it names anything but respondents, ``grouped`` whether it is put
    to many, since it lists them, or names a group or sets somebody aside and names nobody else.
    """
    many = grouped or patterns.WHICH_REPLIES.search(text)
    out: set[Aim] = {"lookup", "comparison", "off-topic"} if many else set()
    if asks_who_replied(text):
        return {"lookup", "comparison", "off-topic", "survey", "table"}
    paged = patterns.PAGE.search(text) and not _PASSAGE.search(text)
    if named and (paged or patterns.ORIGINAL.search(text)):
        out.add("lookup")
    spoken_of = named_things and patterns.MENTION.search(text)
    if len(named) > 1 and patterns.REPLY.search(text) and patterns.EARLIER_OR_LATER.search(text):
        out |= {"lookup", "comparison"}
    silent_on = patterns.SILENT.search(text) and patterns.WHICH_MANY.search(text)
    if len(named) > 1 and patterns.EACH.search(text):
        out.add("lookup")
    quoted = QUOTED_SENTENCE.search(text)
    if quoted or want in NOT_IN_HEADERS or spoken_of or silent_on or not asks_of_replies(text):
        out.add("metadata")
    tabulated = knowledge.tables and set(named) <= knowledge.table_codes
    if want in NOT_IN_TABLES or not tabulated:
        out.add("table")
    return out | _plainly_not(text, bool(tabulated and named))


def _plainly_not(text: str, tabulated: bool) -> set[Aim]:
    """Return the kinds that single words rule out: what asks for an original is no instruction, and
    what asks one with tables for the total of one is no lookup.
    """
    out: set[Aim] = set()
    if patterns.ORIGINAL.search(text) and patterns.ASKS.search(text):
        out.add("instruction")
    if tabulated and _TABLE.search(text) and patterns.SUM.search(text):
        out.add("lookup")
    return out
