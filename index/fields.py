"""What of each passage is searched: its text, what stands above it, and its annotations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Passage, Report, Respondent
from corpus.notes_types import Note, Notes, Subject

FIELDS = ("text", "heading", "notes")
UnitKind = Literal[
    "passage",
    "sentence",
    "question",
    "claim",
    "paraphrase",
    "gloss",
    "gap",
    "subject",
    "unanswered",
]
TEXT_KINDS = ("passage", "sentence")
ASKED_KINDS = ("question", "claim")
NOTED_KINDS: tuple[UnitKind, ...] = ("question", "gap")
"""Questions noted for a passage: what it answers, and what it leaves open."""
TO_ALL_KINDS: tuple[UnitKind, ...] = ("subject", "unanswered")
"""Questions put to all respondents."""
APART_KINDS: tuple[UnitKind, ...] = ("gap", *TO_ALL_KINDS)
"""Questions that find no passage: what one leaves open, and those put to all."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that gets a vector: a whole passage, one of its sentences, or an annotation.

    ``sentence`` is the sentence that a sentence or a gloss stands for, or that answers a question,
    counted from 0. A question about a ``subject`` stands at the first place where that is found,
    one about something that nobody answers at the first passage.
    """

    id: str
    passage_id: str
    kind: UnitKind
    text: str
    sentence: int | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything of one passage that the index holds; units of its text come before the others."""

    passage: Passage
    lexical: Mapping[str, str]
    units: tuple[Unit, ...]


def units_of(entries: Sequence[Entry]) -> list[Unit]:
    """Return every unit that finds a passage, one passage after the other."""
    return [unit for entry in entries for unit in entry.units if unit.kind not in APART_KINDS]


def apart_of(entries: Sequence[Entry]) -> dict[UnitKind, list[Unit]]:
    """Return the questions that find no passage by kind, each in the order of the entries."""
    return {
        kind: [unit for entry in entries for unit in entry.units if unit.kind == kind]
        for kind in APART_KINDS
    }


def entries_of(report: Report, notes: Notes) -> tuple[Entry, ...]:
    """Return the searchable fields of every passage, in printed order."""
    respondents = {reply.respondent.code: reply.respondent for reply in report.replies}
    asked: dict[str, list[Unit]] = {}
    for subject in notes.subjects.values():
        units = _subject_units(subject)
        asked.setdefault(units[0].passage_id, []).extend(units)
    first = report.passages[0].id
    asked.setdefault(first, []).extend(
        Unit(f"{one.id}#{n}", first, "unanswered", question.text, subject=one.id)
        for one in notes.unanswered.values()
        for n, question in enumerate(one.questions)
    )
    return tuple(
        _entry(passage, respondents, notes, asked.get(passage.id, ()))
        for passage in report.passages
    )


def _entry(
    passage: Passage, respondents: Mapping[str, Respondent], notes: Notes, asked: Sequence[Unit]
) -> Entry:
    spellings = respondents[passage.code].spellings
    heading = " ".join((*spellings, *passage.heading, passage.lead))
    body = passage.text if passage.kind != "header" else passage.text.split("\n", 1)[-1]
    note = notes.of(passage.id)
    return Entry(
        passage=passage,
        lexical={
            "text": body,
            "heading": heading,
            "notes": _notes_text(note, notes) if note else "",
        },
        units=(*_text_units(passage), *(_note_units(note) if note else ()), *asked),
    )


def _subject_units(subject: Subject) -> list[Unit]:
    place = next(iter(subject.says.values()))[0]
    return [
        Unit(f"{subject.id}#{n}", place.passage, "subject", question.text, subject=subject.id)
        for n, question in enumerate(subject.questions)
    ]


def _text_units(passage: Passage) -> list[Unit]:
    context = "：".join((passage.respondent, *passage.heading[-1:]))
    units = [Unit(passage.id, passage.id, "passage", f"{context}：{passage.text}")]
    units += [
        Unit(f"{passage.id}#s{n}", passage.id, "sentence", passage.text[start:end], n)
        for n, (start, end) in enumerate(passage.sentences)
    ]
    return units


def _note_units(note: Note) -> list[Unit]:
    units = [
        Unit(f"{note.id}#q{n}", note.id, "question", question.text, question.sentence)
        for n, question in enumerate(note.questions)
    ]
    units += [
        Unit(f"{note.id}#c{n}", note.id, "claim", claim.text, claim.sentence)
        for n, claim in enumerate(note.claims)
    ]
    if note.paraphrase:
        units.append(Unit(f"{note.id}#p", note.id, "paraphrase", note.paraphrase))
    units += [
        Unit(f"{note.id}#g{n}", note.id, "gloss", line, n) for n, line in enumerate(note.gloss)
    ]
    units += [Unit(f"{note.id}#x{n}", note.id, "gap", gap.text) for n, gap in enumerate(note.gaps)]
    return units


def _notes_text(note: Note, notes: Notes) -> str:
    """Return every word of a note that may be asked for: wordings, topics, names, details.

    What is noted as left open is none of them.
    """
    topics = [notes.topics[topic] for topic in note.topics]
    entities = {fact.object: None for fact in note.facts if fact.object in notes.entities}
    return " ".join(
        [
            *(question.text for question in note.questions),
            *(claim.text for claim in note.claims),
            note.paraphrase,
            *note.gloss,
            *(f"{topic.zh} {topic.en}" for topic in topics),
            *(" ".join(notes.entities[entity].spellings) for entity in entities if entity),
            *(fact.detail for fact in note.facts),
        ]
    )
