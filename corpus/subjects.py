"""The subject index of a report, read beside its text: ``<name>.{subjects,unanswered}.jsonl``.

It says of every subject which respondents speak of it, and where, as the index at the back of a
book does, and which questions to all of them nobody answers. It helps to find and to count; a
citation slices the report.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from corpus.notes_types import Locator, Subject, Unanswered, Wording
from corpus.types import CorpusError, Passage

Record = TypeVar("Record", Unanswered, Subject)


def load_subjects(path: Path, passages: Mapping[str, Passage]) -> dict[str, Subject]:
    """Return the subjects of a JSON Lines file by id, none where there is no file.

    Raises ``CorpusError`` naming the line that is damaged or points at what is not there.
    """
    subjects: dict[str, Subject] = {}
    for place, subject in _records(path, _subject):
        if subject.id in subjects:
            raise CorpusError(f"{place}: a second subject {subject.id}")
        _check(subject, passages)
        subjects[subject.id] = subject
    return subjects


def load_unanswered(path: Path) -> dict[str, Unanswered]:
    """Return what nobody answers of a JSON Lines file by id, nothing where there is no file.

    Raises ``CorpusError`` naming the line that is damaged, asks nothing, or asks what one before it
    asked.
    """
    unanswered: dict[str, Unanswered] = {}
    asked: set[str] = set()
    for place, one in _records(path, _unanswered):
        if one.id in unanswered:
            raise CorpusError(f"{place}: a second entry {one.id}")
        texts = [question.text for question in one.questions]
        if not texts:
            raise CorpusError(f"{place}: no question asks for it")
        if again := [text for text in texts if text in asked or texts.count(text) > 1]:
            raise CorpusError(f"{place}: asked before: {again[0]}")
        asked.update(texts)
        unanswered[one.id] = one
    return unanswered


def _records(
    path: Path, make: Callable[[Mapping[str, Any]], Record]
) -> Iterator[tuple[str, Record]]:
    """Yield what a JSON Lines file holds, each with the place that an error would name."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{path.name}, line {number}"
        try:
            yield place, make(json.loads(line))
        except json.JSONDecodeError as error:
            raise CorpusError(f"{place}: not JSON: {error}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"{place}: {error!r}") from error


def _unanswered(data: Mapping[str, Any]) -> Unanswered:
    return Unanswered(data["id"], _wordings(data))


def _subject(data: Mapping[str, Any]) -> Subject:
    return Subject(
        id=data["id"],
        zh=data["zh"],
        en=data["en"],
        questions=_wordings(data),
        says=_places(data["says"]),
        otherwise=_places(data["otherwise"]),
    )


def _wordings(data: Mapping[str, Any]) -> tuple[Wording, ...]:
    return tuple(Wording(**entry) for entry in data["questions"])


def _places(data: Mapping[str, Sequence[str]]) -> dict[str, tuple[Locator, ...]]:
    return {code: tuple(map(_locator, places)) for code, places in data.items()}


def _locator(place: str) -> Locator:
    passage, _, sentence = place.partition("#")
    return Locator(passage, int(sentence))


def _check(subject: Subject, passages: Mapping[str, Passage]) -> None:
    """Raise where a subject is not about the report: a place that it has not, or nobody there."""
    if not subject.says or not subject.questions:
        raise CorpusError(f"subject {subject.id}: nobody speaks of it, or no question asks for it")
    if both := subject.says.keys() & subject.otherwise.keys():
        raise CorpusError(f"subject {subject.id}: {min(both)} cannot say so and say otherwise")
    for code, places in (*subject.says.items(), *subject.otherwise.items()):
        if not places:
            raise CorpusError(f"subject {subject.id}: no place for {code}")
        for place in places:
            passage = passages.get(place.passage)
            if passage is None or passage.code != code:
                raise CorpusError(f"subject {subject.id}: {place.passage} is no passage of {code}")
            if not 0 <= place.sentence < len(passage.sentences):
                raise CorpusError(
                    f"subject {subject.id}: {place.passage} has {len(passage.sentences)} sentences,"
                    f" none numbered {place.sentence}"
                )
