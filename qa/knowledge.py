"""Everything that answering needs to know of one report, prepared once and never changed."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Group, Passage, Report, Respondent
from corpus.notes_types import ExpectedQuestion, Notes
from index.fields import NOTED_KINDS, Entry, entries_of
from index.names import NameFinder, spellings_of
from index.search import Searcher
from index.text import content, normalise
from qa.beyond import BeyondWords
from qa.described import Describer
from qa.noted import NotedQuestions
from qa.patterns import NUMBER
from qa.places import body_finder, country_finder
from qa.spelling import Speller
from qa.subjects import SubjectIndex
from qa.wants import Want

_OPEN = (None, "place", "group", "event")
"""Kinds of names in which a place is one: the Kyiv ministerial meeting took place there."""
_TELLING = 5
"""Letters from which an English word is likely to say what a text is about."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage: its span, its terms with its gloss's, the places it names, and its
    letters, digits and Han characters alone.
    """

    passage: Passage
    start: int
    end: int
    terms: frozenset[str]
    places: frozenset[str]
    content: str

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
        self.passages = {passage.id: passage for passage in report.passages}
        self.names = NameFinder(names_of(report, notes))
        self._places = NameFinder(_places_of(notes))
        self.groups = tuple(map(_normalised_group, report.groups))
        self.tables = tuple(p for p in report.passages if p.kind == "table")
        self.table_codes = {passage.code for passage in self.tables}
        self.sentences = {passage.id: self._sentences(passage) for passage in report.passages}
        self.above = {
            passage.id: searcher.terms(" ".join((*passage.heading, passage.lead)))
            for passage in report.passages
        }
        entries = entries_of(report, notes)
        self.noted = {entry.passage.id: searcher.terms(entry.lexical["notes"]) for entry in entries}
        self.speller = _speller_of(report, notes, searcher, entries)
        self.answered = NotedQuestions("question", searcher)
        self.open = NotedQuestions("gap", searcher)
        self.beyond = self._beyond()
        self.named = {passage.id: self._named(passage) for passage in report.passages}
        self.objects = {
            passage.id: self.named[passage.id] | {code.lower() for code in self.named[passage.id]}
            for passage in report.passages
        }
        self.numbers = {passage.id: _numbers_in(passage) for passage in report.passages}
        self._vocabulary = frozenset(
            term for found in self.sentences.values() for one in found for term in one.terms
        )
        self.describer = _describer_of(self.codes, notes, searcher)
        self._weights = _weights_of(report, searcher)
        self.told = frozenset(self._weights).union(*self.noted.values())
        self._weight_of_others = _rarity(0, len(report.passages))
        self.subjects = SubjectIndex(notes, searcher, self.told)

    def _beyond(self) -> BeyondWords:
        searcher, noted = self.searcher, (self.answered, self.open)
        held = {
            id_: self.above[id_].union(*(sentence.terms for sentence in found))
            for id_, found in self.sentences.items()
        }
        return BeyondWords(
            searcher.noted,
            [searcher.units(kind) for kind in NOTED_KINDS],
            [want for one in noted for want in one.wants],
            held,
        )

    def _places_in(self, text: str, code: str) -> frozenset[str]:
        """Return the places and countries that a text of one respondent names, itself left out;
        those in names of bodies, laws and the like are none, those in names of events are.
        """
        normalised = normalise(text)
        kinds = {entity.id: entity.kind for entity in self.notes.entities.values()}
        named = self.names.find(normalised)
        events = [name for name in named if kinds.get(name.key) == "event"]
        places = [
            name
            for name in self._places.find(normalised)
            if name in named or any(one.start <= name.start < one.end for one in events)
        ]
        whole = [name for name in named if kinds.get(name.key) not in _OPEN or name.key == code]
        countries = [
            one
            for one in country_finder().find(normalised)
            if not any(name.start <= one.start and one.end <= name.end for name in whole)
        ]
        return frozenset(normalised[one.start : one.end] for one in (*places, *countries))

    def _named(self, passage: Passage) -> frozenset[str]:
        """Return the names that a passage and its notes hold, as codes and entity ids."""
        text = normalise(" ".join((passage.respondent, *passage.heading, passage.text)))
        note = self.notes.of(passage.id)
        noted = [fact.object for fact in note.facts if fact.object] if note else []
        return frozenset([*(name.key for name in self.names.find(text)), *noted])

    def _sentences(self, passage: Passage) -> tuple[Sentence, ...]:
        note = self.notes.of(passage.id)
        gloss = note.gloss if note else ("",) * len(passage.sentences)
        texts = [passage.text[slice(*span)] for span in passage.sentences]
        return tuple(
            Sentence(
                passage,
                start,
                end,
                self.searcher.terms(f"{text} {line}"),
                self._places_in(text, passage.code),
                content(text),
            )
            for (start, end), text, line in zip(passage.sentences, texts, gloss, strict=True)
        )

    def noted_for(
        self, text: str, sentence: Sentence, want: Want, least: float
    ) -> list[tuple[float, ExpectedQuestion]]:
        """Return the questions noted for a sentence that ask for the same as a text and are as
        close to it as ``least``, each after its cosine.
        """
        passage = sentence.passage
        note = self.notes.of(passage.id)
        if note is None:
            return []
        place = [start for start, _ in passage.sentences].index(sentence.start)
        return [
            (cosine, question)
            for (cosine, asked_for), question in zip(
                self.answered.of(text, passage.id), note.questions, strict=False
            )
            if cosine >= least and asked_for == want and question.sentence == place
        ]

    def known_words(self, text: str) -> int:
        """Return how many words of the report and its translation a text holds."""
        return sum(
            term in self._vocabulary
            for term in self.searcher.terms(text)
            if term.startswith("w:") or (term.isascii() and len(term) >= _TELLING)
        )

    def names_any(self, normalised: str) -> bool:
        """Tell whether a normalised text names anybody or anything of the report."""
        return bool(self.names.find(normalised))

    def weight(self, term: str) -> float:
        """Return how much a term tells passages apart: its inverse document frequency."""
        return self._weights.get(term, self._weight_of_others)


def _places_of(notes: Notes) -> dict[str, str]:
    """Return which place of the notes every spelling of one is."""
    places = (entity for entity in notes.entities.values() if entity.kind == "place")
    return {spelling: place.id for place in places for spelling in place.spellings}


def _speller_of(
    report: Report, notes: Notes, searcher: Searcher, entries: Sequence[Entry]
) -> Speller:
    known = [text for entry in entries for text in entry.lexical.values()]
    foreign = [*country_finder().spellings, *body_finder().spellings]
    grouped = [spelling for group in report.groups for spelling in group.spellings]
    words = [*known, *foreign, *grouped]
    return Speller(names_of(report, notes), searcher.vocabulary, words)


def _describer_of(codes: Iterable[str], notes: Notes, searcher: Searcher) -> Describer:
    entities = {code: notes.entities.get(code.lower()) for code in codes}
    described = {code: one.descriptions for code, one in entities.items() if one}
    return Describer(described, searcher.terms)


def _numbers_in(passage: Passage) -> frozenset[str]:
    return frozenset(NUMBER.findall(normalise(passage.text + " ".join(passage.heading))))


def _weights_of(report: Report, searcher: Searcher) -> dict[str, float]:
    """Return the inverse document frequency of every term of the report."""
    found = Counter(term for passage in report.passages for term in searcher.terms(passage.text))
    size = len(report.passages)
    return {term: _rarity(count, size) for term, count in found.items()}


def _rarity(found: int, size: int) -> float:
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def names_of(report: Report, notes: Notes) -> dict[str, str]:
    """Return whose name every spelling is: of a group too, where nobody else has it."""
    grouped = {spelling: group.id for group in report.groups for spelling in group.spellings}
    return grouped | spellings_of(report, notes)


def _normalised_group(group: Group) -> Group:
    spellings = tuple(normalise(spelling) for spelling in group.spellings)
    return Group(group.id, group.name, group.name_en, spellings, group.codes)
