"""What is on record of a model's training: its run, and how repeated runs came out."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.training.recipe import Recipe

FILE = "training.jsonl"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the model was adapted to: its path as given, and its checksum."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """Everything besides the data folder that decides the model."""

    recipe: Recipe
    corpus: tuple[Text, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """A second run of the same command against a first: weights and retrieval.

    `circumstances` says which runs they are and what differed between them. `equal_weights` is a
    share, `largest` the largest difference of two weights, `cosine` the lowest of two rows; `mrr`
    holds, by set, the MRR@10 of the first and of the second model.
    """

    circumstances: str
    equal_files: bool
    equal_weights: float
    largest: float
    cosine: float
    mrr: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Record:
    """The run that made a model, and its repeats in the order in which they were made."""

    run: Run
    repeats: tuple[Repeat, ...] = ()

    def save(self, folder: Path) -> None:
        """Write the record into a model folder, one line for the run and one for each repeat."""
        lines: list[dict[str, Any]] = [asdict(self.run), *map(asdict, self.repeats)]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / FILE).write_text(text, encoding="utf-8")


def texts_of(files: Sequence[Path]) -> tuple[Text, ...]:
    """The files as texts on record."""
    return tuple(
        Text(file.as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()) for file in files
    )


def load_record(folder: Path) -> Record:
    """Read a model folder's record; ValueError when it has none."""
    path = folder / FILE
    if not path.is_file():
        raise ValueError(f"{folder} was not made by python -m index.training: it has no {FILE}")
    first, *others = map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    corpus, notes = (
        tuple(Text(**text) for text in first.get(part, ())) for part in ("corpus", "notes")
    )
    run = Run(Recipe(**first["recipe"]), corpus, notes)
    repeats = [
        Repeat(**{**one, "mrr": {name: tuple(two) for name, two in one["mrr"].items()}})
        for one in others
    ]
    return Record(run, tuple(repeats))
