"""The report as data: text, replies, passages and the catalogue of respondents."""

from corpus.report import load_report
from corpus.types import (
    CatalogueError,
    CorpusError,
    Group,
    ParseError,
    Passage,
    Reply,
    Report,
    Respondent,
)

__all__ = [
    "CatalogueError",
    "CorpusError",
    "Group",
    "ParseError",
    "Passage",
    "Reply",
    "Report",
    "Respondent",
    "load_report",
]
