"""The folder of a draft: vocabularies beside a file of records that grows line by line.

It has the shape of ``corpus/reports``, so a draft is loaded by ``load_notes`` like reviewed notes.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from corpus.notes import load_notes, text_hash
from corpus.notes_checks import named_entities
from corpus.notes_types import Entity, Note, Notes
from corpus.report import DEFAULT, REPORTS, load_report
from corpus.types import CorpusError, Report

_KIND = {"government": "place", "organisation": "body"}


def open_draft(report: Report, source: Path, folder: Path) -> Notes:
    """Return the draft so far with its vocabularies; makes what is missing of the folder.

    Records for a text that has changed since are dropped, and so is a line cut off in writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = _name(report)
    _vocabulary(f"{name}.topics.toml", source, folder, _shipped_topics)
    _vocabulary(f"{name}.entities.toml", source, folder, partial(_entities, report))
    _mend(draft_path(report, folder), report)
    return load_notes(report, folder)


def draft_path(report: Report, folder: Path) -> Path:
    """Return the file that holds the draft's records."""
    return folder / f"{_name(report)}.notes.jsonl"


def append_note(path: Path, note: Note) -> None:
    """Write one record at the end of the file, whole and on the disk before it returns."""
    line = json.dumps(asdict(note), ensure_ascii=False) + "\n"
    with path.open("ab", buffering=0) as file:  # one system call: Ctrl-C cannot cut it
        file.write(line.encode("utf-8"))
        os.fsync(file.fileno())


def _name(report: Report) -> str:
    return f"{report.symbol.replace('/', '-')}.{report.language}"


def _vocabulary(name: str, source: Path, folder: Path, make: Callable[[], str]) -> None:
    """Take a vocabulary from beside the report, or make one from those that are shipped."""
    target = folder / name
    if target.exists():
        return
    if (source / name).is_file():
        shutil.copyfile(source / name, target)
    else:
        target.write_text(make(), encoding="utf-8")


def _shipped_topics() -> str:
    return (REPORTS / f"{DEFAULT}.topics.toml").read_text(encoding="utf-8")


def _entities(report: Report) -> str:
    """Return the report's respondents and the entities of the shipped report that it names too."""
    shipped = load_notes(load_report())
    taken = {form.casefold() for one in report.respondents for form in one.spellings}
    ids = {one.code.lower() for one in report.respondents}
    found = {id_ for passage in report.passages for id_ in named_entities(passage, shipped)}
    kinds = {one.code.lower(): _KIND[one.kind] for one in load_report().respondents}
    lines = ["# Names in this report. Complete this file before drafting; see docs/annotate.md."]
    for one in report.respondents:
        lines += _toml(Entity(one.code.lower(), "respondent", one.name, (), one.name_en, ""))
    for entity in shipped.entities.values():
        forms = {form.casefold() for form in entity.spellings}
        if entity.id in found - ids and not forms & taken:
            lines += _toml(entity, kinds.get(entity.id, entity.kind))
    return "\n".join(lines) + "\n"


def _toml(entity: Entity, kind: str = "respondent") -> Iterator[str]:
    """A JSON string is a TOML string; a list of them is a TOML list."""
    variants = [form for form in entity.variants if form != entity.name]
    yield from ("", "[[entities]]")
    for key, value in (
        ("id", entity.id),
        ("kind", kind),
        ("name", entity.name),
        ("variants", variants),
        ("en", entity.en),
        ("acronym", entity.acronym),
    ):
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _mend(path: Path, report: Report) -> None:
    """Keep the whole lines whose hash is current, in place of the file, in one step."""
    path.touch()
    current = {passage.id: text_hash(passage) for passage in report.passages}
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    kept = [
        line.rstrip(b"\n") + b"\n"
        for number, line in enumerate(lines, 1)
        if _is_current(line, current, f"{path.name}, line {number}", whole=line.endswith(b"\n"))
    ]
    if b"".join(kept) != data:
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(b"".join(kept))
        os.replace(fresh, path)


def _is_current(line: bytes, current: dict[str, str], place: str, *, whole: bool) -> bool:
    try:
        record = json.loads(line)
        return bool(current.get(record["id"]) == record["hash"])
    except (ValueError, TypeError, KeyError) as error:
        if not whole:
            return False
        raise CorpusError(f"{place}: not a record: {error!r}") from error
