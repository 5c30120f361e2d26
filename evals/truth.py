"""The report's own passages, against which citations are checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus import Report


@dataclass(frozen=True, slots=True)
class Source:
    """What the report says of one passage."""

    passage_id: str
    code: str
    respondent: str
    text: str


Truth = Mapping[str, Source]
"""The report's passages by id; empty when a foreign service is measured."""


def truth_of(report: Report) -> Truth:
    """Return every passage of a report by its id."""
    return {
        passage.id: Source(passage.id, passage.code, passage.respondent, passage.text)
        for passage in report.passages
    }
