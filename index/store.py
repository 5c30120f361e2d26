"""The Chroma store: units with their vectors and metadata, written once and read back.

Chroma runs in this process only, without an embedding function of its own and without telemetry.
Opening a Chroma folder changes its files, so the published one is never opened: readers work on a
copy, and the checksums of what was published stay true.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus import Passage
from index.fields import Unit
from index.manifest import IndexDamaged

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Vectors = NDArray[np.float32]
COLLECTION = "passages"
_PROBES = 16
_BATCH = 500
"""Units read at a time: Chroma holds those of one answer many times over."""
_SEARCHED, _READ = (200, 32), (40, 8)
"""Neighbours tried and kept for each vector of Chroma's graph, by what the store is for."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a store holds, in the order of ``unit_ids``; ``vectors`` has shape (units, dim)."""

    unit_ids: tuple[str, ...]
    passage_ids: tuple[str, ...]
    vectors: Vectors


def write_store(
    folder: Path,
    units: Sequence[Unit],
    passages: Sequence[Passage],
    vectors: Vectors,
    *,
    searched: bool = True,
) -> None:
    """Write every unit with its vector into a new Chroma folder.

    A store that is only read back, and not ``searched`` by Chroma, gets a graph that is built in
    half the time.
    """
    tried, kept = _SEARCHED if searched else _READ
    client = _client(folder)
    collection = client.create_collection(
        COLLECTION,
        embedding_function=None,
        configuration={
            "hnsw": {
                "space": "cosine",
                "ef_construction": tried,
                "max_neighbors": kept,
                "ef_search": 200,
            }
        },
    )
    by_id = {passage.id: passage for passage in passages}
    step = client.get_max_batch_size()
    for start in range(0, len(units), step):
        batch = units[start : start + step]
        collection.add(
            ids=[unit.id for unit in batch],
            embeddings=vectors[start : start + step],
            documents=[unit.text for unit in batch],
            metadatas=[_metadata(unit, by_id[unit.passage_id]) for unit in batch],
        )
    client.close()


class Store:
    """A working copy of a published Chroma folder; ``close`` removes it."""

    def __init__(self, published: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dafu-index-"))
        shutil.copytree(published, self._folder, dirs_exist_ok=True)
        self._client = _client(self._folder)
        self._collection = self._open()

    def _open(self) -> "Collection":
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(COLLECTION, embedding_function=None)
        except NotFoundError as error:
            self.close()
            raise IndexDamaged("the store has no collection") from error

    def read(self, units: Sequence[Unit]) -> Stored:
        """Return vectors and owners of the units, in their order; ``IndexDamaged`` if one lacks."""
        if (held := self._collection.count()) != len(units):
            raise IndexDamaged(f"expected {len(units)} vectors, found {held}")
        batches = [
            self._batch(units[start : start + _BATCH]) for start in range(0, len(units), _BATCH)
        ]
        return Stored(
            unit_ids=tuple(unit.id for unit in units),
            passage_ids=tuple(owner for _, owners in batches for owner in owners),
            vectors=np.concatenate([vectors for vectors, _ in batches]),
        )

    def _batch(self, units: Sequence[Unit]) -> tuple[Vectors, list[str]]:
        found = self._collection.get(
            ids=[unit.id for unit in units], include=["embeddings", "metadatas", "documents"]
        )
        position = {unit_id: row for row, unit_id in enumerate(found["ids"])}
        documents, metadatas = found["documents"] or [], found["metadatas"] or []
        for unit in units:
            row = position.get(unit.id)
            if row is None or documents[row] != unit.text:
                raise IndexDamaged(f"the store lacks {unit.id}, or holds another text for it")
        order = [position[unit.id] for unit in units]
        vectors = np.asarray(found["embeddings"], dtype=np.float32)[order]
        return vectors, [str(metadatas[row]["passage"]) for row in order]

    def nearest(self, vector: Vectors, n: int) -> list[tuple[str, float]]:
        """Return the ids and cosine similarities of Chroma's ``n`` nearest units, best first."""
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=n, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        ids = found["ids"][0]
        return [(unit, 1.0 - distance) for unit, distance in zip(ids, distances, strict=True)]

    def finds_itself(self, stored: Stored) -> bool:
        """Tell whether Chroma's own index returns a sample of the vectors for themselves.

        Twins have one vector, so it is the similarity that must be found, not the id.
        """
        step = max(1, len(stored.unit_ids) // _PROBES)
        return all(
            (found := self.nearest(vector, 1)) and found[0][1] > 0.999
            for vector in stored.vectors[::step]
            if vector.any()
        )

    def close(self) -> None:
        """Close Chroma and remove the working copy."""
        self._client.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _client(folder: Path) -> "Client":
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)


def _metadata(unit: Unit, passage: Passage) -> dict[str, Any]:
    return {
        "passage": passage.id,
        "unit": unit.kind,
        "code": passage.code,
        "respondent": passage.respondent,
        "kind": passage.kind,
        "paragraph": passage.paragraph,
        "first_page": passage.pages[0],
        "original_language": passage.original_language or "",
        "date": passage.date.isoformat() if passage.date else "",
    }
