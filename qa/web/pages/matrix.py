"""Who speaks of what, and who did what: respondents against the notes' topics or acts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from corpus import Passage, Report, Respondent
from corpus.notes_types import Act, Entity, Fact, Note, Notes, Topic
from corpus.types import Span

By = Literal["topics", "acts"]
BY: tuple[By, ...] = get_args(By)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim slice of a passage; ``objects`` are what an act is about, as the notes name it."""

    passage: Passage
    start: int
    end: int
    objects: tuple[Entity, ...] = ()
    negated: bool = False

    @property
    def text(self) -> str:
        """The report's own words."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The quotes of each respondent, by a topic's or an act's id and the respondent's code."""

    by: By
    rows: tuple[Topic | Act, ...]
    respondents: tuple[Respondent, ...]
    cells: Mapping[tuple[str, str], tuple[Quote, ...]]

    def quotes(self, row: str, code: str) -> tuple[Quote, ...]:
        """Return what a respondent says, in printed order."""
        return self.cells.get((row, code), ())

    def count(self, row: str) -> int:
        """Return how many respondents speak of a row."""
        return sum((row, one.code) in self.cells for one in self.respondents)


def matrix(by: By, report: Report, notes: Notes) -> Matrix:
    """Return the table; rows that nobody speaks of are left out."""
    found = _by_topic(report, notes) if by == "topics" else _by_act(report, notes)
    cells: defaultdict[tuple[str, str], list[Quote]] = defaultdict(list)
    for row, quote in found:
        cells[row, quote.passage.code].append(quote)
    vocabulary: Sequence[Topic | Act] = [*(notes.topics if by == "topics" else notes.acts).values()]
    codes = {one.code for one in report.respondents}
    spoken_of = {row for row, code in cells if code in codes}
    return Matrix(
        by,
        tuple(entry for entry in vocabulary if entry.id in spoken_of),
        report.respondents,
        {key: tuple(quotes) for key, quotes in cells.items()},
    )


def _by_topic(report: Report, notes: Notes) -> Iterator[tuple[str, Quote]]:
    for passage, note in _noted(report, notes):
        start, end = passage.sentences[0][0], passage.sentences[-1][1]
        for topic in note.topics:
            yield topic, Quote(passage, start, end)


def _by_act(report: Report, notes: Notes) -> Iterator[tuple[str, Quote]]:
    """Return each sentence once for an act, whatever the number of its facts."""
    for passage, note in _noted(report, notes):
        facts: defaultdict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in note.facts:
            facts[fact.act, fact.sentence].append(fact)
        for (act, sentence), found in sorted(facts.items(), key=lambda item: item[0][1]):
            yield act, _stated(passage, passage.sentences[sentence], found, notes)


def _stated(passage: Passage, span: Span, facts: Sequence[Fact], notes: Notes) -> Quote:
    ids = dict.fromkeys(fact.object for fact in facts if fact.object)
    objects = tuple(notes.entities[one] for one in ids)
    return Quote(passage, *span, objects, all(fact.negated for fact in facts))


def _noted(report: Report, notes: Notes) -> Iterator[tuple[Passage, Note]]:
    """Return what stands below the replies' headings, with its notes."""
    for passage in report.passages:
        note = notes.of(passage.id)
        if note is not None and passage.kind != "header" and passage.sentences:
            yield passage, note
