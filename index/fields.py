"""What of each passage is searched: its text, what stands above it, and its annotations."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus import Passage, Report

FIELDS = ("text", "heading", "notes")


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that gets a vector: a whole passage, one of its sentences, or an annotation."""

    id: str
    passage_id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything of one passage that the index holds."""

    passage: Passage
    lexical: Mapping[str, str]
    units: tuple[Unit, ...]


def entries_of(report: Report) -> tuple[Entry, ...]:
    """Return the searchable fields of every passage, in printed order."""
    spellings = {
        reply.respondent.code: " ".join(reply.respondent.spellings) for reply in report.replies
    }
    return tuple(_entry(passage, spellings[passage.code]) for passage in report.passages)


def _entry(passage: Passage, spellings: str) -> Entry:
    heading = " ".join((spellings, *passage.heading, passage.lead))
    body = passage.text if passage.kind != "header" else passage.text.split("\n", 1)[-1]
    return Entry(
        passage=passage,
        lexical={"text": body, "heading": heading, "notes": ""},
        units=tuple(_units(passage)),
    )


def _units(passage: Passage) -> list[Unit]:
    context = "：".join((passage.respondent, *passage.heading[-1:]))
    units = [Unit(passage.id, passage.id, "passage", f"{context}：{passage.text}")]
    if len(passage.sentences) > 1:
        units += [
            Unit(f"{passage.id}#s{n}", passage.id, "sentence", passage.text[start:end])
            for n, (start, end) in enumerate(passage.sentences)
        ]
    return units
