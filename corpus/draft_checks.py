"""What a drafted record must keep: the form asked for, the checks of the notes, nothing foreign."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.notes import SCRIPTS, text_hash
from corpus.notes_checks import MOST_GAPS, named_entities, problems, questions_expected
from corpus.notes_types import Claim, ExpectedQuestion, Fact, Gap, Note, Notes
from corpus.types import Passage, Report

Schema = dict[str, Any]
Record = Mapping[str, Any]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_OUTSIDE = re.compile(r"[a-z]+://\S+|www\.\S+|\S+@\S+|[<>{}`]|\]\(", re.IGNORECASE)
_TYPES: Mapping[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def names_offered(passage: Passage, notes: Notes) -> dict[str, str]:
    """Return the entities that a fact of this passage may have, each with a form printed there."""
    context = "\n".join((*passage.heading, passage.lead, passage.text))
    around = named_entities(replace(passage, text=context, sentences=()), notes)
    return {**around, **named_entities(passage, notes)}


def record_schema(passage: Passage, notes: Notes) -> Schema:
    """Return the JSON Schema of this passage's record: ids, counts and ranges are its own."""
    header, sentences = passage.kind == "header", len(passage.sentences)
    nth = {"type": "integer", "minimum": 0, "maximum": max(sentences - 1, 0)}
    question = _object(
        lang=_choice(list(SCRIPTS)),
        text=_text(200),
        sentence={**nth, "type": ["integer", "null"]},
        answer={"type": ["string", "null"], "maxLength": 200},
        verdict=_choice(["yes", "no", None]),
    )
    claim = _object(sentence=nth, text=_text(120))
    gap = _object(lang=_choice(list(SCRIPTS)), text=_text(200))
    fact = _object(
        act=_choice(list(notes.acts)),
        object=_choice([*names_offered(passage, notes), None]),
        detail=_text(120),
        when={
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|/[0-9]{4})?$",
        },
        number={"type": ["string", "null"], "maxLength": 40},
        sentence=nth,
        negated={"type": "boolean"},
    )
    record = _object(
        questions=_list(question, *questions_expected(passage)),
        paraphrase=_text(600),
        gloss=_list(_text(4_000), sentences, sentences),
        topics=_list(_choice(list(notes.topics)), 1, 4),
        facts=_list(fact, *((0, 0) if header else (1, 30))),
        claims=_list(claim, 0, 0 if header else 6 * sentences),
        gaps=_list(gap, 0, MOST_GAPS),
    )
    return {"title": "note", "description": "The index record of one passage.", **record}


def misfits(value: object, schema: Schema, place: str = "record") -> Iterator[str]:
    """Yield where a value does not fit a schema, in the words of JSON Schema used above."""
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if type(value) not in map(_TYPES.get, kinds):
        yield f"{place}: expected {' or '.join(kinds)}, found {_shown(value)}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {_shown(value)} is not one of those allowed"
    elif isinstance(value, dict):
        yield from _object_misfits(value, schema, place)
    elif isinstance(value, list):
        yield from _array_misfits(value, schema, place)
    elif isinstance(value, str):
        yield from _between(len(value), schema, ("minLength", "maxLength"), f"{place}: characters")
        if not re.search(schema.get("pattern", ""), value):
            yield f"{place}: {_shown(value)} does not match {schema['pattern']}"
    elif isinstance(value, int):
        yield from _between(value, schema, ("minimum", "maximum"), f"{place}: value")


class Examiner:
    """Holds drafted records against the checks; knows which questions the report has already."""

    def __init__(self, report: Report, notes: Notes) -> None:
        self.notes = notes
        self._owner = {name: one.code for one in report.respondents for name in one.spellings}
        forms = [_whole(name) for name in sorted(self._owner, key=len, reverse=True)]
        self._respondents = re.compile("|".join(forms) or "(?!)")
        self._asked: set[str] = set()
        for note in notes.by_passage.values():
            self.accept(note)

    def accept(self, note: Note) -> None:
        """Remember the questions of a record that is in the draft."""
        self._asked.update(question.text for question in note.questions)

    def flaws(self, record: object, passage: Passage) -> list[str]:
        """Return what is wrong with a drafted record; it may be written when the list is empty."""
        found = list(misfits(record, record_schema(passage, self.notes)))
        if found or not isinstance(record, dict):
            return found
        note = note_of(record, passage)
        # An unprintable character would spoil the messages of the later checks as well.
        return list(_unprintable(note)) or [
            *problems(note, passage, self.notes),
            *_wrong_script(note, passage),
            *_outside(note, passage),
            *self._elsewhere(note, passage),
            *(f"already asked: {q.text!r}" for q in note.questions if q.text in self._asked),
        ]

    def _elsewhere(self, note: Note, passage: Passage) -> Iterator[str]:
        """Only respondents that the passage names may be named: others did not say this.

        What a gap names is what the passage does not have.
        """
        context = "\n".join((passage.respondent, *passage.heading, passage.lead, passage.text))
        known = {passage.code} | self._named(context) | self._named("".join(context.split()))
        for place, text in _texts(replace(note, gaps=())):
            for code in sorted(self._named(text) - known):
                yield f"{place}: names {code}, which the passage does not name"

    def _named(self, text: str) -> set[str]:
        return {self._owner[form] for form in self._respondents.findall(text)}


def note_of(record: Record, passage: Passage) -> Note:
    """Return the note of a record that fits its schema; id and hash are never the model's."""
    return Note(
        id=passage.id,
        hash=text_hash(passage),
        questions=tuple(ExpectedQuestion(**entry) for entry in record["questions"]),
        paraphrase=record["paraphrase"],
        gloss=tuple(record["gloss"]),
        topics=tuple(record["topics"]),
        facts=tuple(Fact(**entry) for entry in record["facts"]),
        claims=tuple(Claim(**entry) for entry in record["claims"]),
        gaps=tuple(Gap(**entry) for entry in record["gaps"]),
    )


def _texts(note: Note) -> Iterator[tuple[str, str]]:
    for number, question in enumerate(note.questions):
        yield f"questions[{number}]", question.text
    yield "paraphrase", note.paraphrase
    for number, line in enumerate(note.gloss):
        yield f"gloss[{number}]", line
    for number, fact in enumerate(note.facts):
        yield f"facts[{number}]", f"{fact.detail} {fact.number or ''}"
    for number, claim in enumerate(note.claims):
        yield f"claims[{number}]", claim.text
    for number, gap in enumerate(note.gaps):
        yield f"gaps[{number}]", gap.text


def _unprintable(note: Note) -> Iterator[str]:
    for place, text in _texts(note):
        kinds = {unicodedata.category(char) for char in text}
        if not text.strip() or any(kind[0] == "C" or kind in ("Zl", "Zp") for kind in kinds):
            yield f"{place}: blank, or holds line breaks or invisible characters"


def _wrong_script(note: Note, passage: Passage) -> Iterator[str]:
    if len(set(note.topics)) < len(note.topics):
        yield "topics: the same one twice"
    if len(_LATIN.findall(note.paraphrase)) > len(_HAN.findall(note.paraphrase)):
        yield "paraphrase: not in Chinese"
    for number, question in enumerate(note.questions):
        if (question.lang == "en") == bool(_HAN.search(question.text)):
            yield f"questions[{number}]: not in the language {question.lang}"
    for number, (line, (start, end)) in enumerate(zip(note.gloss, passage.sentences, strict=True)):
        if _HAN.search(line):
            yield f"gloss[{number}]: not in English"
        if len(line) > 40 + 10 * (end - start):
            yield f"gloss[{number}]: far longer than its sentence"


def _outside(note: Note, passage: Passage) -> Iterator[str]:
    """Addresses and markup are only those that the passage prints."""
    for place, text in _texts(note):
        for found in _OUTSIDE.findall(text):
            if found.rstrip(".,;)。，；）") not in passage.text:
                yield f"{place}: {found!r} is not in the passage"


def _object_misfits(value: Record, schema: Schema, place: str) -> Iterator[str]:
    known = schema["properties"]
    for key in known:
        if key not in value:
            yield f"{place}: the field {key!r} is missing"
    for key, entry in value.items():
        if key not in known:
            yield f"{place}: unknown field {_shown(key)}"
        else:
            yield from misfits(entry, known[key], f"{place}.{key}")


def _array_misfits(value: list[object], schema: Schema, place: str) -> Iterator[str]:
    yield from _between(len(value), schema, ("minItems", "maxItems"), f"{place}: entries")
    for number, entry in enumerate(value):
        yield from misfits(entry, schema["items"], f"{place}[{number}]")


def _between(found: int, schema: Schema, words: tuple[str, str], what: str) -> Iterator[str]:
    least, most = schema.get(words[0], found), schema.get(words[1], found)
    if not least <= found <= most:
        yield f"{what} {found}, expected {least} to {most}"


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema, least: int, most: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _choice(allowed: list[Any]) -> Schema:
    kinds = ["string", "null"] if None in allowed else "string"
    return {"type": kinds, "enum": allowed}


def _text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _whole(name: str) -> str:
    """A Latin name counts as a whole word only, a Chinese one anywhere."""
    form = re.escape(name)
    return rf"(?<![A-Za-z]){form}(?![A-Za-z])" if _LATIN.match(name) else form


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
