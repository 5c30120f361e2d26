"""Everything that answering needs to know of one report, prepared once and never changed."""

import math
from collections import Counter
from dataclasses import dataclass

from corpus import Group, Passage, Report, Respondent
from corpus.notes_types import Notes
from index.names import NameFinder
from index.search import Searcher
from index.text import normalise


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, with its span and its lexical terms."""

    passage: Passage
    start: int
    end: int
    terms: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return self.passage.text[self.start : self.end]


class Knowledge:
    """A report with its notes, its index, its names and its sentences."""

    def __init__(self, report: Report, notes: Notes, searcher: Searcher) -> None:
        self.report = report
        self.notes = notes
        self.searcher = searcher
        self.respondents: dict[str, Respondent] = {
            reply.respondent.code: reply.respondent for reply in report.replies
        }
        self.replies = {reply.respondent.code: reply for reply in report.replies}
        self.codes = tuple(self.respondents)
        self.names = NameFinder(self._spellings())
        self.groups = tuple(map(_normalised_group, report.groups))
        self.tables = tuple(p for p in report.passages if p.kind == "table")
        self.table_codes = {passage.code for passage in self.tables}
        self.sentences = {
            passage.id: tuple(
                Sentence(passage, start, end, searcher.terms(passage.text[start:end]))
                for start, end in passage.sentences
            )
            for passage in report.passages
        }
        self._document_frequency = Counter(
            term for passage in report.passages for term in searcher.terms(passage.text)
        )

    def _spellings(self) -> dict[str, str]:
        spellings = {
            spelling: entity.id
            for entity in self.notes.entities.values()
            if entity.kind != "respondent"
            for spelling in entity.spellings
        }
        for respondent in self.respondents.values():
            spellings.update(dict.fromkeys(respondent.spellings, respondent.code))
        return spellings

    def weight(self, term: str) -> float:
        """Return how much a term tells passages apart: its inverse document frequency."""
        found = self._document_frequency.get(term, 0)
        return math.log(1 + (len(self.report.passages) - found + 0.5) / (found + 0.5))


def _normalised_group(group: Group) -> Group:
    spellings = tuple(normalise(spelling) for spelling in group.spellings)
    return Group(group.id, group.name, group.name_en, spellings, group.codes)
