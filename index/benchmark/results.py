"""What a run of the benchmark found, kept in the model's folder as JSON Lines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "benchmark.jsonl"
# After the name of a system that searched the annotations too.
ANNOTATED = " + annotations"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one set: means over the questions, and milliseconds per query (median)."""

    set_name: str
    annotations: str
    system: str
    questions: int
    recall: tuple[float, float, float]
    reciprocal_rank: float
    ndcg: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Difference:
    """MRR@10 of one system less another's on a set, with its 95 % paired bootstrap interval.

    `better` and `worse` are names of systems, with `ANNOTATED` after them where it applies.
    """

    set_name: str
    better: str
    worse: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to have a model: seconds to load, ms to encode a question, megabytes."""

    model: str
    dimensions: int
    load_seconds: float
    milliseconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run; `sha256` is that of the weights that were measured as the shipped model."""

    sha256: str
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    costs: tuple[Cost, ...]

    def save(self, folder: Path) -> None:
        """Write the results into a model folder, one record a line."""
        records: list[tuple[str, dict[str, Any]]] = [("model", {"sha256": self.sha256})]
        records += [("row", asdict(row)) for row in self.rows]
        records += [("difference", asdict(difference)) for difference in self.differences]
        records += [("cost", asdict(cost)) for cost in self.costs]
        lines = [json.dumps({"is": kind, **of}, ensure_ascii=False) for kind, of in records]
        (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_results(folder: Path) -> Results | None:
    """Read the results of a model folder, or return None where it has not been measured."""
    if not (folder / FILE).is_file():
        return None
    of_kind: dict[str, list[dict[str, Any]]] = {"row": [], "difference": [], "cost": []}
    for line in (folder / FILE).read_text(encoding="utf-8").rstrip("\n").split("\n"):
        record = json.loads(line)
        of_kind.setdefault(record.pop("is"), []).append(record)
    return Results(
        of_kind["model"][0]["sha256"],
        tuple(Row(**{**row, "recall": tuple(row["recall"])}) for row in of_kind["row"]),
        tuple(Difference(**one) for one in of_kind["difference"]),
        tuple(Cost(**one) for one in of_kind["cost"]),
    )
