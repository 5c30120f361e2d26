"""What a good note must keep: every name linked, no invented number, no wording copied."""

import re
from calendar import month_name
from collections.abc import Iterator

from corpus.notes_types import Entity, Fact, Note, Notes
from corpus.types import Passage

LONGEST_COPY = 11
MOST_GAPS = 96
_HAN = re.compile(r"[\u3400-\u9fff]+")
_DIGITS = re.compile(r"\d+")
_FORMS = re.compile(r"《(?:[^《》]|〈[^〉]*〉)*》")
_MONTHS = {month_name[month]: month for month in range(1, 13)}
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def problems(note: Note, passage: Passage, notes: Notes) -> list[str]:
    """Return what is wrong with a note, one sentence each; an empty list is a good note."""
    return [
        *_question_problems(note, passage),
        *_copies(note, passage),
        *_number_problems(note, passage),
        *_missing_links(note, passage, notes),
    ]


def questions_expected(passage: Passage) -> tuple[int, int]:
    """Return how many questions a passage has at least and, asked by several readers, at most."""
    return (2, 8) if passage.kind == "header" else (4, 100 + 12 * len(passage.sentences))


def named_entities(passage: Passage, notes: Notes) -> dict[str, str]:
    """Return the entities that a passage's text names, each with a form that it prints.

    Of overlapping names the longest counts; a respondent's own name and a header name none.
    """
    if passage.kind == "header":
        return {}
    text = _bare(passage.text)
    forms = {
        form: entity.id
        for entity in notes.entities.values()
        for form in (*_printed(entity), *entity.local.get(passage.code, ()))
        if form in text
    }
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    named = {forms[form]: form for form in pattern.findall(text)}
    named.pop(passage.code.lower(), None)
    return named


def unknown_forms(passage: Passage, notes: Notes) -> list[str]:
    """Return the names in 《》 of a passage that no entity has."""
    known = {
        form.strip("《》")
        for entity in notes.entities.values()
        for form in (entity.name, *entity.variants, *entity.local.get(passage.code, ()))
    }
    printed = _FORMS.findall(_bare(passage.text))
    return [form for form in printed if not _covered(form.strip("《》"), known)]


def _covered(form: str, known: set[str]) -> bool:
    return form in known or any(f"《{form}》" in name for name in known)


def _printed(entity: Entity) -> Iterator[str]:
    for form in (entity.name, *entity.variants):
        if entity.kind != "respondent" or _HAN.search(form):
            yield _bare(form)


def _missing_links(note: Note, passage: Passage, notes: Notes) -> Iterator[str]:
    linked = {fact.object for fact in note.facts}
    for entity, form in named_entities(passage, notes).items():
        if entity not in linked:
            yield f"{note.id}: {form} is in the text, but no fact has {entity}"


def _question_problems(note: Note, passage: Passage) -> Iterator[str]:
    least, most = questions_expected(passage)
    if not least <= len(note.questions) <= most:
        yield f"{note.id}: {len(note.questions)} questions, expected {least} to {most}"
    if all(question.lang != "en" for question in note.questions):
        yield f"{note.id}: no English question"
    asked = [*(one.text for one in note.questions), *(one.text for one in note.gaps)]
    texts = [_bare(text).casefold() for text in asked]
    if len(set(texts)) < len(texts):
        yield f"{note.id}: the same question twice"
    yield from _answer_problems(note, passage)


def _answer_problems(note: Note, passage: Passage) -> Iterator[str]:
    """An answer noted beside a question stands in the sentence noted, to the letter."""
    for question in note.questions:
        if question.sentence is None:
            if question.answer is not None or question.verdict is not None:
                yield f"{note.id}: {question.text!r} has an answer, but no sentence"
            continue
        start, end = passage.sentences[question.sentence]
        if question.answer is not None and question.answer not in passage.text[start:end]:
            yield f"{note.id}: {question.answer!r} is not in sentence {question.sentence}"
        if question.verdict not in (None, "yes", "no"):
            yield f"{note.id}: unknown verdict {question.verdict!r}"


def _copies(note: Note, passage: Passage) -> Iterator[str]:
    """A question or paraphrase may share short names with its passage, never its wording."""
    text = "".join(_HAN.findall(passage.text))
    asked = [*(one.text for one in note.questions), *(one.text for one in note.gaps)]
    for ours in (note.paraphrase, *asked, *(claim.text for claim in note.claims)):
        han = "".join(_HAN.findall(ours))
        for start in range(len(han) - LONGEST_COPY):
            if (piece := han[start : start + LONGEST_COPY + 1]) in text:
                yield f"{note.id}: copies {piece!r} from the text"
                break


def _number_problems(note: Note, passage: Passage) -> Iterator[str]:
    for line, (start, end) in zip(note.gloss, passage.sentences, strict=True):
        for number in sorted(_numbers_in(line) - _stated(passage.text[start:end])):
            yield f"{note.id}: the gloss has {number}, its sentence has not"
    known = _stated(f"{passage.text}\n{passage.lead}")
    for fact in note.facts:
        parts = _numbers_in(f"{fact.when or ''}\n{fact.detail}")
        for number in sorted(parts - known):
            yield f"{note.id}: the fact {_label(fact)} has {number}, the passage has not"
        start, end = passage.sentences[fact.sentence]
        amount = _numbers_in(_bare(fact.number or ""))
        for number in sorted(amount - _stated(passage.text[start:end])):
            yield f"{note.id}: the fact {_label(fact)} has {number}, its sentence has not"


def _label(fact: Fact) -> str:
    return f"{fact.act} {fact.object or fact.detail}"


def _stated(text: str) -> set[str]:
    """Every number that a text states, in each way that a gloss may write it."""
    numbers = _numbers_in(text) | set(_DIGITS.findall(text))
    numbers |= set(_DIGITS.findall(text.translate(_CHINESE_DIGITS)))
    for found in re.findall(r"(\d+)万", _bare(text)):
        numbers |= set(_DIGITS.findall(f"{int(found) / 100:g} {int(found) * 10_000}"))
    return {number.lstrip("0") or "0" for number in numbers}


def _numbers_in(text: str) -> set[str]:
    """Numbers as digits without separators; a month's English name counts as its number."""
    joined = re.sub(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    for name, month in _MONTHS.items():
        joined = re.sub(rf"\b{name}\b", f" {month} ", joined)
    return {digits.lstrip("0") or "0" for digits in _DIGITS.findall(joined)}


def _bare(text: str) -> str:
    return "".join(text.split())
