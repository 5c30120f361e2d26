"""The notes of a report beside its text, ``<name>.{notes,subjects,unanswered}.jsonl``, and the
vocabularies ``<name>.{topics,entities}.toml``.

They help to find passages and to read them. They are never evidence: a citation slices the report.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from corpus.notes_types import (
    Act,
    Claim,
    Entity,
    ExpectedQuestion,
    Fact,
    Gap,
    Note,
    Notes,
    Topic,
)
from corpus.report import REPORTS
from corpus.subjects import load_subjects, load_unanswered
from corpus.types import CorpusError, Passage, Report

Entry = TypeVar("Entry", Topic, Act, Entity)
SCRIPTS = ("zh-Hans", "zh-Hant", "en")


def load_notes(report: Report, folder: Path = REPORTS) -> Notes:
    """Return the notes of a report, or empty ``Notes`` where it has none.

    Raises ``CorpusError`` naming the record that is damaged, stale or uses an unknown word.
    """
    name = f"{report.symbol.replace('/', '-')}.{report.language}"
    path = folder / f"{name}.notes.jsonl"
    if not path.is_file():
        return Notes()
    vocabularies = _toml(folder / f"{name}.topics.toml")
    topics = _by_id(f"{name}.topics.toml", vocabularies, "topics", lambda entry: Topic(**entry))
    acts = _by_id(f"{name}.topics.toml", vocabularies, "acts", lambda entry: Act(**entry))
    entities = _by_id(
        f"{name}.entities.toml",
        _toml(folder / f"{name}.entities.toml"),
        "entities",
        lambda entry: _entity(entry, report),
    )
    _unique_spellings(f"{name}.entities.toml", entities)
    notes = Notes(topics, acts, entities)
    found = read_notes(path)
    passages = {passage.id: passage for passage in report.passages}
    for note in found.values():
        _check(note, passages, notes)
    order = [passage.id for passage in report.passages if passage.id in found]
    subjects = load_subjects(folder / f"{name}.subjects.jsonl", passages)
    unanswered = load_unanswered(folder / f"{name}.unanswered.jsonl")
    by_passage = {id_: found[id_] for id_ in order}
    return Notes(topics, acts, entities, by_passage, subjects, unanswered)


def read_notes(path: Path) -> dict[str, Note]:
    """Return the records of a JSON Lines file by passage id, not yet held against a report."""
    notes: dict[str, Note] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{path.name}, line {number}"
        try:
            note = _note(json.loads(line))
        except json.JSONDecodeError as error:
            raise CorpusError(f"{place}: not JSON: {error}") from error
        except KeyError as error:
            raise CorpusError(f"{place}: the field {error} is missing") from error
        except TypeError as error:
            raise CorpusError(f"{place}: {error}") from error
        if note.id in notes:
            raise CorpusError(f"{place}: a second record for {note.id}")
        notes[note.id] = note
    return notes


def text_hash(passage: Passage) -> str:
    """Return what ties a note to a passage: the first 16 hex digits of its text's sha256."""
    return hashlib.sha256(passage.text.encode("utf-8")).hexdigest()[:16]


def _note(data: Mapping[str, Any]) -> Note:
    return Note(
        id=data["id"],
        hash=data["hash"],
        questions=tuple(ExpectedQuestion(**entry) for entry in data["questions"]),
        paraphrase=data["paraphrase"],
        gloss=tuple(data["gloss"]),
        topics=tuple(data["topics"]),
        facts=tuple(Fact(**entry) for entry in data["facts"]),
        claims=tuple(Claim(**entry) for entry in data.get("claims", ())),
        gaps=tuple(Gap(**entry) for entry in data.get("gaps", ())),
    )


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(f"{path.name} is missing beside the notes that use it") from error
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path.name}: not TOML: {error}") from error


def _by_id(
    name: str, data: Mapping[str, Any], key: str, make: Callable[[Mapping[str, Any]], Entry]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for position, raw in enumerate(data.get(key, ()), 1):
        try:
            entry = make(raw)
        except (KeyError, TypeError) as error:
            label = raw.get("id", position)
            raise CorpusError(f"{name}: [[{key}]] {label}: {error}") from error
        if entry.id in entries:
            raise CorpusError(f"{name}: [[{key}]] {entry.id} is there twice")
        entries[entry.id] = entry
    return entries


def _entity(raw: Mapping[str, Any], report: Report) -> Entity:
    """Return an entity; a respondent takes its spellings from the report's own catalogue."""
    variants = tuple(raw["variants"])
    if raw["kind"] == "respondent":
        codes = {one.code.lower(): one for one in report.respondents}
        variants = codes[raw["id"]].spellings
    local = {code: tuple(forms) for code, forms in raw.get("local", {}).items()}
    descriptions = tuple(raw.get("descriptions", ()))
    return Entity(**{**raw, "variants": variants, "local": local, "descriptions": descriptions})


def _unique_spellings(name: str, entities: Mapping[str, Entity]) -> None:
    owner: dict[str, str] = {}
    for entity in entities.values():
        forms = {spelling.casefold() for spelling in entity.spellings}
        forms |= {f"{code}: {form}" for code, found in entity.local.items() for form in found}
        for spelling in forms:
            other = owner.setdefault(spelling, entity.id)
            if other != entity.id:
                raise CorpusError(f"{name}: {spelling!r} is given for {other} and for {entity.id}")


def _check(note: Note, passages: Mapping[str, Passage], notes: Notes) -> None:
    """Raise where a record does not fit its passage or the vocabularies."""
    passage = passages.get(note.id)
    if passage is None:
        raise CorpusError(f"{note.id}: noted, but no passage of the report")
    if note.hash != text_hash(passage):
        raise CorpusError(
            f"{note.id}: the note is for a text with hash {note.hash}, "
            f"the passage now has {text_hash(passage)}"
        )
    sentences = len(passage.sentences)
    if len(note.gloss) != sentences:
        raise CorpusError(f"{note.id}: {len(note.gloss)} gloss lines for {sentences} sentences")
    _known(note.id, "topic", note.topics, notes.topics)
    _known(note.id, "question language", [one.lang for one in note.questions], SCRIPTS)
    _known(note.id, "act", [fact.act for fact in note.facts], notes.acts)
    objects = [fact.object for fact in note.facts if fact.object is not None]
    _known(note.id, "entity", objects, notes.entities)
    _known(note.id, "language of a gap", [one.lang for one in note.gaps], SCRIPTS)
    for what, found in (
        ("fact", [fact.sentence for fact in note.facts]),
        ("claim", [claim.sentence for claim in note.claims]),
        ("question", [one.sentence for one in note.questions if one.sentence is not None]),
    ):
        for sentence in found:
            if not 0 <= sentence < sentences:
                raise CorpusError(f"{note.id}: a {what} for sentence {sentence} of {sentences}")


def _known(id_: str, what: str, used: Iterable[str], known: Container[str]) -> None:
    for one in used:
        if one not in known:
            raise CorpusError(f"{id_}: unknown {what} {one!r}")
