"""Annotations left out, to see what they are worth; the index without them is a folder apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus import load_report
from corpus.notes import load_notes
from corpus.notes_types import Note, Notes
from index.embeddings import make_embeddings
from index.opening import open_index
from qa.chain import Dafu
from qa.knowledge import Knowledge
from qa.settings import Settings

LEFT_OUT: dict[str, Callable[[Note], Note]] = {
    "questions": lambda note: replace(note, questions=()),
    "paraphrase": lambda note: replace(note, paraphrase=""),
    "gloss": lambda note: replace(note, gloss=("",) * len(note.gloss)),
    "facts": lambda note: replace(note, topics=(), facts=()),
}
"""What each kind of annotation leaves behind when it is taken out of a note."""


def notes_without(notes: Notes, kinds: Sequence[str]) -> Notes:
    """Return the notes without some kinds of annotation; raises ``ValueError`` naming them all."""
    unknown = [kind for kind in kinds if kind not in LEFT_OUT]
    if unknown:
        raise ValueError(f"without is {unknown[0]!r}; allowed: {', '.join(LEFT_OUT)}")
    kept = dict(notes.by_passage)
    for kind in kinds:
        kept = {passage: LEFT_OUT[kind](note) for passage, note in kept.items()}
    return replace(notes, by_passage=kept)


def chain_without(settings: Settings, kinds: Sequence[str]) -> Dafu:
    """Return the extractive engine without some kinds of annotation, its index built or opened."""
    report = load_report()
    notes = notes_without(load_notes(report), kinds)
    embeddings = make_embeddings(settings.embeddings) if settings.embeddings else make_embeddings()
    folder = settings.index_dir / ("without-" + "-".join(sorted(kinds)))
    index = open_index(report, notes, embeddings, folder)
    return Dafu(Knowledge(report, notes, index.searcher), index.fingerprint)
