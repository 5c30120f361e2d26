"""An index opened: the built one if it is whole and current, else a new one in its place."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from langchain_core.embeddings import Embeddings
from threadpoolctl import threadpool_limits

from corpus import Report
from corpus.notes_types import Notes
from index.analyser import Analyser, vocabulary_of
from index.apart import read_apart, write_apart
from index.fields import FIELDS, NOTED_KINDS, TO_ALL_KINDS, Entry, apart_of, entries_of, units_of
from index.lexical import LexicalIndex
from index.manifest import (
    IndexDamaged,
    Manifest,
    file_hashes,
    identity_of,
    read_manifest,
    write_manifest,
)
from index.names import NameFinder, spellings_of
from index.publish import IndexFolder
from index.search import Searcher
from index.store import Store, Vectors, write_store
from index.terms import table_of
from index.vectors import EXACT_LIMIT, ChromaSearch, ExactSearch, VectorSearch

Progress = Callable[[str], None]
_STORE = "chroma"
_VOCABULARY = "vocabulary.json"
log = logging.getLogger("dafu.index")


@runtime_checkable
class Fingerprinted(Protocol):
    """An embedding model that can say which model it is."""

    @property
    def fingerprint(self) -> str:
        """A hash that differs whenever the vectors would."""
        ...


@dataclass(frozen=True, slots=True)
class Index:
    """An open index. ``fingerprint`` names what it was built from; ``built`` says whether now."""

    searcher: Searcher
    fingerprint: str
    built: bool


def open_index(
    report: Report,
    notes: Notes,
    embeddings: Embeddings,
    root: Path,
    progress: Progress = lambda _: None,
    exact_limit: int = EXACT_LIMIT,
) -> Index:
    """Return the index of a report, building it when there is none, or none that is whole.

    One process at a time does so for one folder. From here on BLAS keeps to one thread: for
    products of this size two are slower, far more so on a busy machine. Raises ``OSError`` when the
    folder cannot be written.
    """
    threadpool_limits(limits=1, user_api="blas")
    entries = entries_of(report, notes)
    spellings = spellings_of(report, notes)
    identity = identity_of(entries, spellings, _fingerprint(embeddings))
    folder = IndexFolder(root)
    with folder.lock():
        found = folder.current()
        reason = "no index yet" if found is None else _damage(found, identity)
        if found is None or reason:
            log.info("building the index: %s", reason)
            build = Builder(entries, spellings, identity, embeddings, progress, exact_limit)
            found = folder.publish(build)
        progress("reading the index")
        searcher = _read(found, entries, spellings, embeddings, exact_limit)
    return Index(searcher, identity, built=bool(reason))


def _fingerprint(embeddings: Embeddings) -> str:
    if isinstance(embeddings, Fingerprinted):
        return embeddings.fingerprint
    return f"{type(embeddings).__module__}.{type(embeddings).__qualname__}"


def _damage(folder: Path, identity: str) -> str:
    """Return why a built index cannot be used, or nothing."""
    try:
        read_manifest(folder, identity)
    except IndexDamaged as damage:
        return str(damage)
    return ""


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds a complete index into an empty folder."""

    entries: Sequence[Entry]
    spellings: Mapping[str, str]
    identity: str
    embeddings: Embeddings
    progress: Progress
    exact_limit: int = EXACT_LIMIT

    def __call__(self, folder: Path) -> None:
        """Write vocabulary, terms, vectors, store and manifest."""
        units, apart = units_of(self.entries), apart_of(self.entries)
        self.progress("finding the words of the report")
        texts = [text for entry in self.entries for text in entry.lexical.values()]
        vocabulary = vocabulary_of(texts)
        listed = json.dumps(sorted(vocabulary), ensure_ascii=False)
        (folder / _VOCABULARY).write_text(listed, encoding="utf-8")
        analyser = Analyser(vocabulary, NameFinder(self.spellings))
        of_kinds = {**apart, "question": [unit for unit in units if unit.kind == "question"]}
        to_all, noted = (
            table_of(analyser.terms(unit.text) for kind in kinds for unit in of_kinds[kind])
            for kinds in (TO_ALL_KINDS, NOTED_KINDS)
        )
        self.progress(f"embedding {len(units) + sum(map(len, apart.values()))} texts")
        vectors = embed(self.embeddings, [unit.text for unit in units])
        of_kind = {
            kind: embed(self.embeddings, [unit.text for unit in found]) if found else vectors[:0]
            for kind, found in apart.items()
        }
        write_apart(folder, of_kind, to_all, noted)
        self.progress("writing the store")
        passages = [entry.passage for entry in self.entries]
        searched = len(units) > self.exact_limit
        write_store(folder / _STORE, units, passages, vectors, searched=searched)
        files = file_hashes(folder)
        manifest = Manifest(self.identity, len(passages), len(units), vectors.shape[1], files)
        write_manifest(folder, manifest)


def embed(embeddings: Embeddings, texts: Sequence[str]) -> Vectors:
    """Return unit vectors of the texts, shape (texts, dim); a text without a vector gets zeros."""
    vectors = np.asarray(embeddings.embed_documents(list(texts)), dtype=np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)


def _read(
    folder: Path,
    entries: Sequence[Entry],
    spellings: Mapping[str, str],
    embeddings: Embeddings,
    exact_limit: int,
) -> Searcher:
    vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
    analyser = Analyser(frozenset(vocabulary), NameFinder(spellings))
    fields = {name: [entry.lexical[name] for entry in entries] for name in FIELDS}
    return Searcher(
        entries=entries,
        lexical=LexicalIndex(analyser, fields),
        vectors=_vector_search(folder / _STORE, entries, exact_limit),
        apart=read_apart(folder, entries),
        embeddings=embeddings,
    )


def _vector_search(folder: Path, entries: Sequence[Entry], exact_limit: int) -> VectorSearch:
    units = units_of(entries)
    store = Store(folder)
    stored = store.read(units)
    if len(units) > exact_limit:
        if store.finds_itself(stored):
            return ChromaSearch(store, entries)
        log.warning("Chroma's index does not find its own vectors: searching exactly")
    store.close()
    return ExactSearch(stored, entries)
