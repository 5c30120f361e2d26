"""Shared by all tests: the real report, and its index built once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Report, load_report
from corpus.notes import load_notes
from corpus.notes_types import Notes
from index.embeddings import make_embeddings
from index.opening import Index, open_index
from qa.chain import Dafu
from qa.environment import close_lines
from qa.knowledge import Knowledge

close_lines(os.environ)


@pytest.fixture(scope="session")
def report() -> Report:
    return load_report()


@pytest.fixture(scope="session")
def notes(report: Report) -> Notes:
    return load_notes(report)


@pytest.fixture(scope="session")
def index(report: Report, notes: Notes, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("index")
    return open_index(report, notes, make_embeddings(), folder)


@pytest.fixture(scope="session")
def chain(report: Report, notes: Notes, index: Index) -> Dafu:
    return Dafu(Knowledge(report, notes, index.searcher), index.fingerprint)


@pytest.fixture
def make(chain: Dafu, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return what makes chains whose chat model is a scripted server (``chat_live.Scripted``)."""
    from chat_live import scripted

    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:9")  # nobody is there
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "for-another-server")
    with scripted(chain) as one:
        yield one


@pytest.fixture
def stub(make):
    """Return the scripted model."""
    return make.stub


@pytest.fixture
def dafu(make) -> Dafu:
    """Return a chain with the scripted model."""
    return make()
