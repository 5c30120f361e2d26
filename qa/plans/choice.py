"""Which plan answers a question: by its kind, or by another where that finds nothing."""

from collections.abc import Sequence
from dataclasses import replace

from index.search import Found
from qa import patterns
from qa.closing import asks_where_late
from qa.draft import Draft, refuse
from qa.knowledge import Knowledge
from qa.plans.comparison import comparison
from qa.plans.lookup import lookup
from qa.plans.metadata import metadata
from qa.plans.survey import survey
from qa.plans.table import table
from qa.tuning import SUBJECT
from qa.understand import Understanding


def plan(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> Draft:
    """Return the answer to a question, or its refusal, by the plan of its kind."""
    if asked.aim == "instruction":
        return refuse("instruction", asked.language)
    if asked.aim == "metadata":
        return _of_headers(asked, found, knowledge)
    if asked.aim == "survey":
        return _of_many(asked, found, knowledge)
    if asked.aim == "comparison":
        return comparison(asked, knowledge)
    if asked.aim == "table":
        draft = table(asked, found, knowledge)
        if draft is not None:
            return draft
    return lookup(asked, found, knowledge)


def _of_headers(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> Draft:
    """Return the answer from the headers of the replies, or that of a passage where none of them
    meets what is asked.
    """
    draft = metadata(asked, knowledge)
    refused = draft.refusal is not None and draft.refusal.reason == "not-in-report"
    if not (refused or asks_where_late(asked.normalised)):
        return draft
    told = lookup(replace(asked, aim="lookup"), found, knowledge)
    return draft if told.refusal else told


def _of_many(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> Draft:
    """Return the answer to a question to many, or to one that asks which one of them, unless it is
    likely to be one that nobody answers.
    """
    draft = survey(asked, knowledge)
    if draft.refusal is None or not patterns.ONE.search(asked.normalised):
        return draft
    if knowledge.subjects.compared(asked.normalised).vacant >= SUBJECT["vacant"]:
        return draft
    return lookup(replace(asked, aim="lookup"), found, knowledge)
