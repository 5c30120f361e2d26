"""What an index was built from and which files it consists of, so that neither can differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from index.fields import Entry

NAME = "manifest.json"
FORMAT = 3
"""Raise when the layout of a built index changes."""
_TERMS = ("analyser.py", "names.py", "text.py")
"""What decides which terms a text has."""
_LIBRARIES = ("chromadb", "jieba", "numpy")


class IndexDamaged(Exception):
    """A built index is not what its manifest says; the message says what differs."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity, counts and the sha256 of every file of a built index."""

    identity: str
    passages: int
    units: int
    dimension: int
    files: dict[str, str]


def identity_of(entries: Sequence[Entry], spellings: Mapping[str, str], model: str) -> str:
    """Return the sha256 over all that makes an index: passages, annotations, whose name every
    spelling is, the model, versions, and the code that finds the terms of a text.
    """
    digest = hashlib.sha256()
    libraries = {name: version(name) for name in _LIBRARIES}
    code = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in _TERMS]
    digest.update(json.dumps([FORMAT, model, libraries, code]).encode())
    digest.update(json.dumps(dict(spellings), sort_keys=True, ensure_ascii=False).encode())
    for entry in entries:
        fields = [entry.passage.id, entry.passage.text, dict(entry.lexical)]
        units = [[unit.id, unit.kind, unit.text] for unit in entry.units]
        digest.update(json.dumps([fields, units], ensure_ascii=False).encode())
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder whose other files are complete."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder, the manifest aside."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def read_manifest(folder: Path, identity: str) -> Manifest:
    """Return the manifest of a folder that is whole and was built from ``identity``.

    Raises ``IndexDamaged`` otherwise. Run it before any library opens a file of the folder.
    """
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**data)
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"no readable manifest in {folder.name}") from error
    if manifest.identity != identity:
        raise IndexDamaged("built from other passages, annotations, model or versions")
    found = file_hashes(folder)
    for name in sorted({*found, *manifest.files}):
        if found.get(name) != manifest.files.get(name):
            raise IndexDamaged(f"{name} is missing or was changed")
    return manifest
