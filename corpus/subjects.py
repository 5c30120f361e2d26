"""The subject index of a report, read beside its text: ``<name>.subjects.jsonl``.

It says of every subject which respondents speak of it, and where, as the index at the back of a
book does. It helps to find and to count; a citation slices the report.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.notes_types import Locator, Subject, Wording
from corpus.types import CorpusError, Passage


def load_subjects(path: Path, passages: Mapping[str, Passage]) -> dict[str, Subject]:
    """Return the subjects of a JSON Lines file by id, none where there is no file.

    Raises ``CorpusError`` naming the line that is damaged or points at what is not there.
    """
    subjects: dict[str, Subject] = {}
    if not path.is_file():
        return subjects
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            subject = _subject(json.loads(line))
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path.name}, line {number}: not JSON: {error}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"{path.name}, line {number}: {error!r}") from error
        if subject.id in subjects:
            raise CorpusError(f"{path.name}, line {number}: a second subject {subject.id}")
        _check(subject, passages)
        subjects[subject.id] = subject
    return subjects


def _subject(data: Mapping[str, Any]) -> Subject:
    return Subject(
        id=data["id"],
        zh=data["zh"],
        en=data["en"],
        questions=tuple(Wording(**entry) for entry in data["questions"]),
        says=_places(data["says"]),
        otherwise=_places(data["otherwise"]),
    )


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
