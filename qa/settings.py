"""Settings of the answering layer, and the one function that reads any layer's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

PREFIX = "DAFU_"
ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator can choose; each field is also ``DAFU_<FIELD>`` in the environment."""

    embeddings: str = ""
    """Embedding model: a sentence-transformers name or folder; empty for the shipped model."""
    index_dir: Path = ROOT / "var" / "index"
    """Folder that holds the built index; made when it is missing."""
    chat_model: str = ""
    """Chat model: ``openai:NAME``, ``ollama:NAME``, another provider's as LangChain names it, or
    the plain name that the server at ``chat_url`` knows; empty for answers without a model."""
    chat_url: str = ""
    """Base URL of an OpenAI-compatible server, such as ``http://127.0.0.1:8000/v1``."""
    chat_key_variable: str = ""
    """Name of the environment variable that holds the server's key, where it wants one."""
    chat_timeout: float = 20.0
    """Seconds that a model may take for a whole answer, retries included."""
    chat_retries: int = 1
    """How often a call that failed is made again, as long as there is time."""
    chat_concurrency: int = 8
    """Calls to the model at the same time, those of all questions together."""

    def __post_init__(self) -> None:
        """Refuse what cannot work, naming the variable to change."""
        _require("chat_timeout", self.chat_timeout, self.chat_timeout > 0, "more than 0")
        _require("chat_retries", self.chat_retries, self.chat_retries >= 0, "0 or more")
        _require("chat_concurrency", self.chat_concurrency, self.chat_concurrency > 0, "1 or more")


def read_settings(cls: type[T], environ: Mapping[str, str]) -> T:
    """Return ``cls`` with every field that has a ``DAFU_<FIELD>`` variable converted from it."""
    hints = get_type_hints(cls)
    given: dict[str, Any] = {}
    for field in fields(cls):  # type: ignore[arg-type]
        name = PREFIX + field.name.upper()
        if name in environ:
            given[field.name] = _convert(name, environ[name], hints[field.name])
    return cls(**given)


def check_environment(environ: Mapping[str, str], *classes: type[Any]) -> None:
    """Raise ``ValueError`` for a ``DAFU_`` variable that is no field of any of the classes."""
    known = sorted(PREFIX + field.name.upper() for cls in classes for field in fields(cls))
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            raise ValueError(f"unknown setting {name}; choose from {', '.join(known)}")


def _require(name: str, value: object, holds: bool, allowed: str) -> None:
    if not holds:
        raise ValueError(f"{PREFIX}{name.upper()}={value!r}; allowed: {allowed}")


def _convert(name: str, value: str, kind: type[Any]) -> object:
    if kind is bool:
        if value.lower() not in ("0", "1", "true", "false"):
            raise ValueError(f"{name}={value!r}; allowed: 0, 1, true, false")
        return value.lower() in ("1", "true")
    if kind is Path and not value:
        raise ValueError(f"{name} is empty; allowed: the path of a folder, or leave it out")
    try:
        return kind(value)
    except ValueError as error:
        raise ValueError(f"{name}={value!r} is not a valid {kind.__name__}") from error
