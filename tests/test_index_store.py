"""The built index: whole or rebuilt, never a mix; exact search and Chroma's own agree."""

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import make_embeddings
from index.fields import entries_of, units_of
from index.manifest import NAME, IndexDamaged, read_manifest
from index.opening import open_index
from index.publish import IndexFolder
from index.store import Store
from index.vectors import ChromaSearch, ExactSearch

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def published(report, notes, tmp_path_factory):
    root = tmp_path_factory.mktemp("published")
    return open_index(report, notes, make_embeddings(), root), root


@pytest.fixture
def built(published, tmp_path):
    """Return an index that was just built, and a copy of its folder to do harm to."""
    index, root = published
    shutil.copytree(root, tmp_path, dirs_exist_ok=True, symlinks=True)
    return index, tmp_path


@pytest.fixture(scope="module")
def large(report, notes, tmp_path_factory):
    """Return an index that is too large to be searched exactly, and its folder."""
    root = tmp_path_factory.mktemp("large")
    return open_index(report, notes, make_embeddings(), root, exact_limit=10), root


def current(root: Path) -> Path:
    folder = IndexFolder(root).current()
    assert folder is not None
    return folder


def test_an_unchanged_index_is_not_built_again(report, notes, built):
    first, root = built
    again = open_index(report, notes, make_embeddings(), root)
    assert (first.built, again.built) == (True, False)
    assert first.fingerprint == again.fingerprint


def test_opening_leaves_the_published_files_as_they_were(report, notes, built):
    _, root = built
    open_index(report, notes, make_embeddings(), root)
    read_manifest(current(root), json.loads((current(root) / NAME).read_text())["identity"])


@pytest.mark.parametrize("victim", ["chroma.sqlite3", "vocabulary.json", NAME, "header.bin"])
def test_a_damaged_index_is_rebuilt_with_one_clear_line(
    report, notes, built, victim, caplog, monkeypatch
):
    # a server that ran before in this process has its own logging set up
    monkeypatch.setattr(logging.getLogger("dafu"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("dafu.index"), "disabled", False)
    _, root = built
    path = next(current(root).rglob(victim))
    path.write_bytes(path.read_bytes()[:-7] + b"damaged")
    with caplog.at_level(logging.INFO, logger="dafu.index"):
        assert open_index(report, notes, make_embeddings(), root).built
    assert len([record for record in caplog.records if record.name == "dafu.index"]) == 1
    assert "building the index" in caplog.text


def test_a_foreign_file_or_another_identity_is_damage(built):
    first, root = built
    with pytest.raises(IndexDamaged, match="built from other"):
        read_manifest(current(root), "0" * 64)
    (current(root) / "extra.bin").write_bytes(b"x")
    with pytest.raises(IndexDamaged, match=r"extra\.bin is missing or was changed"):
        read_manifest(current(root), first.fingerprint)


def test_old_builds_are_swept(report, notes, built):
    _, root = built
    for _ in range(3):
        (current(root) / NAME).unlink()
        open_index(report, notes, make_embeddings(), root)
    assert len(list((root / "builds").iterdir())) == 2


def test_chroma_and_exact_search_agree(report, notes, large):
    _, root = large
    entries = entries_of(report, notes)
    units = units_of(entries)
    store = Store(current(root) / "chroma")
    stored = store.read(units)
    assert store.finds_itself(stored)
    exact, chroma = ExactSearch(stored, entries), ChromaSearch(store, entries)
    vector = stored.vectors[40]
    left, right = exact.similarities(vector).text, chroma.similarities(vector).text
    top = np.argsort(-left)[:5]
    assert np.allclose(left[top], right[top], atol=1e-4)
    chroma.close()


def test_a_large_index_is_searched_by_chroma(large):
    index, _ = large
    found = index.searcher.find("古巴批准了多少项反恐国际公约", 3)
    assert "A-72-344/CUB/2" in [one.passage.id for one in found]
    index.searcher.close()


def test_a_store_that_lacks_a_unit_is_damage(report, notes, built):
    _, root = built
    units = units_of(entries_of(report, notes))
    store = Store(current(root) / "chroma")
    with pytest.raises(IndexDamaged, match="vectors, found"):
        store.read(units[:-1])
    store.close()


_NURSERY = """
import os, random, signal, sys, time
from pathlib import Path
import chromadb, jieba
from corpus import load_report
from corpus.notes import load_notes
from index.embeddings import make_embeddings
from index.fields import entries_of
from index.manifest import read_manifest
from index.names import spellings_of
from index.opening import Builder
from index.publish import IndexFolder

folder, identity, rng = IndexFolder(Path(sys.argv[1])), sys.argv[2], random.Random(9)
report = load_report()
notes = load_notes(report)
entries, spellings = entries_of(report, notes), spellings_of(report, notes)
build = Builder(entries, spellings, identity, make_embeddings(), lambda _: None)
for _ in range(20):
    child = os.fork()
    while not child:
        with folder.lock():
            folder.publish(build)
    time.sleep(rng.uniform(0.0, 2.5))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    read_manifest(folder.current(), identity)
    print("whole", len(list((folder.root / "builds").iterdir())), flush=True)
"""


def test_killed_at_any_moment_the_next_start_serves_a_complete_index(report, notes, tmp_path):
    """Twenty builds are killed at random moments; what is in use afterwards is always whole."""
    whole = open_index(report, notes, make_embeddings(), tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", _NURSERY, str(tmp_path), whole.fingerprint],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.count("whole") == 20
    again = open_index(report, notes, make_embeddings(), tmp_path)
    assert not again.built
    assert len(again.searcher.find("核", 500)) == len(report.passages)
