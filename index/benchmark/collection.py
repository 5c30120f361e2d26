"""What is searched: the passages of a report or of any texts, with annotations or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus import Passage, Reply, Report, Respondent
from corpus.notes_types import Notes
from corpus.sentences import sentence_spans
from index.fields import APART_KINDS, TEXT_KINDS, Entry, entries_of

WITH, WITHOUT = "with", "without"
# The name that plain texts stand under: in no text, and no analyser and no tokenizer reads it.
NOBODY = "\ue000"
DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Passages to search, compared by identity: each is made ready once for many question sets."""

    report: Report
    notes: Notes
    entries: tuple[Entry, ...]

    @property
    def annotations(self) -> str:
        """`with` or `without`."""
        return WITH if self.notes.by_passage else WITHOUT

    @property
    def documents(self) -> list[str]:
        """Each passage with its annotations, if any, as one text for the plain BM25 systems."""
        return [f"{one.passage.text}\n{one.lexical['notes']}" for one in self.entries]

    @property
    def units(self) -> list[list[str]]:
        """Each passage's texts for the plain dense systems: itself, then its annotations.

        A question that finds no passage is no way to ask for one, and left out.
        """
        other = (*TEXT_KINDS, *APART_KINDS)
        return [
            [one.passage.text, *(unit.text for unit in one.units if unit.kind not in other)]
            for one in self.entries
        ]


def collection_of(report: Report, notes: Notes | None = None) -> Collection:
    """The collection of a report, without annotations unless notes are given."""
    notes = notes or Notes()
    return Collection(report, notes, entries_of(report, notes))


def plain_report(texts: Sequence[str]) -> Report:
    """Texts as the passages of one voice without a name, so that the product can index them."""
    nobody = Respondent(NOBODY, "introduction", NOBODY, NOBODY, NOBODY)
    passages = tuple(_passage(f"{n}", text) for n, text in enumerate(texts))
    reply = Reply(nobody, None, None, (1,), passages)
    return Report(
        symbol="plain",
        title="",
        title_en="",
        language="zh",
        session=0,
        agenda_title="",
        job_number="",
        closing_date=DAY,
        sha256="",
        introduction=nobody,
        groups=(),
        replies=(reply,),
    )


def _passage(id_: str, text: str) -> Passage:
    return Passage(
        id=id_,
        symbol="plain",
        code=NOBODY,
        respondent=NOBODY,
        respondent_kind="introduction",
        kind="paragraph",
        original_language=None,
        date=None,
        heading=(),
        paragraph=1,
        pages=(1,),
        lines=(1, 1),
        text=text,
        sentences=sentence_spans(text),
    )
