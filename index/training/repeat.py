"""`python -m index.training.repeat FIRST SECOND`: how a repeated run came out, put on record."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from index.benchmark.run import run
from index.benchmark.sets import QuestionSet, public_sets
from index.benchmark.systems import SHIPPED, System, dense
from index.embeddings import TABLE, StaticEmbeddings
from index.training.card import write_card
from index.training.folder import read_sums
from index.training.recipe import Recipe
from index.training.record import Record, Repeat, load_record


def main(arguments: list[str] | None = None) -> int:
    """Compare two models of one command; the record and the card of the first say the outcome."""
    options = _parser().parse_args(arguments)
    try:
        first, second = load_record(options.first), load_record(options.second)
        if _command(first) != _command(second):
            raise ValueError(f"not the same command: {_command(first)} and {_command(second)}")
        sets = public_sets(options.data)
        found = compare(options.first, options.second, sets, options.circumstances)
        replace(first, repeats=(*first.repeats, found)).save(options.first)
        write_card(options.first)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(found)
    return 0


def compare(
    first: Path, second: Path, sets: Sequence[QuestionSet], circumstances: str = ""
) -> Repeat:
    """The second model against the first; ValueError when their shapes or words differ."""
    one, two = (load_file(folder / "model.safetensors")[TABLE] for folder in (first, second))
    sums = read_sums(first), read_sums(second)
    if one.shape != two.shape or sums[0]["tokenizer.json"] != sums[1]["tokenizer.json"]:
        raise ValueError(f"{first} and {second} have different words: no weights to compare")
    systems = [System(SHIPPED, dense(StaticEmbeddings(folder))) for folder in (first, second)]
    rows = [run([system], sets)[0] for system in systems]
    return Repeat(
        circumstances,
        equal_files=sums[0] == sums[1],
        equal_weights=float((one == two).mean()),
        largest=float(np.abs(one.astype(np.float32) - two).max()),
        cosine=_lowest_cosine(one, two),
        mrr={
            here.set_name: (here.reciprocal_rank, there.reciprocal_rank)
            for here, there in zip(*rows, strict=True)
        },
    )


def _command(record: Record) -> tuple[Recipe, list[str]]:
    """What the command was given, wherever the corpus texts lay."""
    return record.run.recipe, [text.sha256 for text in record.run.corpus]


def _lowest_cosine(one: npt.NDArray[np.float16], two: npt.NDArray[np.float16]) -> float:
    """The lowest cosine of two rows, rows of zeros aside."""
    wide = [rows.astype(np.float64) for rows in (one, two)]
    norms = np.linalg.norm(wide[0], axis=1) * np.linalg.norm(wide[1], axis=1)
    cosines = (wide[0] * wide[1]).sum(axis=1)[norms > 0] / norms[norms > 0]
    return float(min(cosines.min(), 1.0))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.training.repeat",
        description="Compare two model folders that the same command has made: bytes, weights, and "
        "MRR@10 on the public sets. The outcome goes into the first one's record and card.",
    )
    parser.add_argument("first", type=Path, help="model folder, the one on record")
    parser.add_argument("second", type=Path, help="model folder of the repeated run")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument(
        "--circumstances", default="", help="what differed between the runs, for the card"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
