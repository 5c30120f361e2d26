"""The committed baseline: what every case scored, the totals, and why any of them ever fell."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.compare import EPSILON, SOLVED, Scores
from evals.floors import Shaken, shares
from evals.scoring import METRICS
from evals.summary import by_suite, run_figures
from evals.types import EvalsError, Json, Scored

TOTALS = Path(__file__).resolve().parent / "baseline.toml"
RUN_FIGURES = ("refusal_f1", "consistency")
"""Figures of whole runs that may not fall either; higher is better."""
HELD = (*(metric.name for metric in METRICS if metric.held), *RUN_FIGURES)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the baseline knows of one case."""

    solved: bool
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A total that fell on purpose: when, which suite and metric, from, to, and the reason."""

    date: str
    suite: str
    metric: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """Totals by suite and metric, cases by key, what was lowered, and the metamorphic answers."""

    totals: Mapping[str, Mapping[str, float]]
    cases: Mapping[str, Kept]
    lowered: tuple[Lowered, ...] = ()
    shaken: tuple[Shaken, ...] = ()


def baseline_of(scored: Sequence[Scored], shaken: Sequence[Shaken] = ()) -> Baseline:
    """Return the baseline that a run would make."""
    totals: dict[str, dict[str, float]] = {}
    for table in by_suite(scored):
        own = [one for one in scored if one.result.suite == table.title]
        figures = {name: figure.mean for name, figure in table.figures.items() if name in HELD}
        whole = run_figures(own)
        figures |= {name: whole[name] for name in RUN_FIGURES if name in whole}
        figures["solved"] = table.solved / table.cases
        totals[table.title] = figures
    cases = {one.key: Kept(one.solved, one.scores) for one in scored}
    return Baseline(totals, cases, (), tuple(shaken))


def kept_scores(baseline: Baseline) -> dict[str, Scores]:
    """Return every case's scores as a comparison of two runs takes them."""
    return {
        key: {SOLVED.name: float(one.solved), **one.scores} for key, one in baseline.cases.items()
    }


def fallen(old: Baseline, new: Baseline) -> list[tuple[str, str, float, float]]:
    """Return the totals of ``new`` that lie below ``old``: suite, metric, before, after."""
    return [
        (suite, name, before, after)
        for suite, figures in old.totals.items()
        for name, before in figures.items()
        if (after := new.totals.get(suite, {}).get(name)) is not None and after < before - EPSILON
    ]


def load_baseline(totals: Path = TOTALS) -> Baseline:
    """Return the baseline kept in a TOML file and the JSON Lines file beside it."""
    try:
        data = tomllib.loads(totals.read_text(encoding="utf-8"))
        lines = _cases_path(totals).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        records = [json.loads(line) for line in lines]
        asked = [one for one in records if "case" in one]
        cases = {one["case"]: Kept(one["solved"], one["scores"]) for one in asked}
        shaken = tuple(one for record in records for one in _shaken(record))
        lowered = tuple(Lowered(**one) for one in data.get("lowered", []))
        found = Baseline(data["totals"], cases, lowered, shaken)
    except FileNotFoundError as error:
        raise EvalsError(
            f"no baseline: {error.filename} is missing; make one with "
            "`python -m evals gate --write-baseline`"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalsError(f"{totals}: not a baseline: {error}") from error
    if _floors(found) != data.get("metamorphic", {}):
        raise EvalsError(f"{totals}: [metamorphic] is not the sum of the cases beside it")
    return found


def save_baseline(baseline: Baseline, totals: Path = TOTALS) -> None:
    """Write the totals and floors as TOML, and the cases beside it; both are committed."""
    lines = ["# Written by `python -m evals gate --write-baseline`; the gate fails below it.\n"]
    for suite, figures in baseline.totals.items():
        lines.append(f"\n[totals.{_quote(suite)}]\n")
        lines += [f"{_quote(name)} = {value:.6f}\n" for name, value in figures.items()]
    for relation, floors in _floors(baseline).items():
        lines.append(f"\n[metamorphic.{_quote(relation)}]\n")
        lines += [f"{name} = {value}\n" for name, value in floors.items()]
    for one in baseline.lowered:
        lines.append("\n[[lowered]]\n")
        lines.append(f"date = {_quote(one.date)}\nsuite = {_quote(one.suite)}\n")
        lines.append(f"metric = {_quote(one.metric)}\n")
        lines.append(f"before = {one.before:.6f}\nafter = {one.after:.6f}\n")
        lines.append(f"reason = {_quote(one.reason)}\n")
    totals.write_text("".join(lines), encoding="utf-8")
    records = (*map(_case_line, baseline.cases.items()), *_shaken_lines(baseline.shaken))
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    _cases_path(totals).write_text(text, encoding="utf-8")


def _floors(baseline: Baseline) -> dict[str, dict[str, float]]:
    return {
        relation: {name: round(value, 6) for name, value in figures.items()}
        for relation, figures in shares(baseline.shaken).items()
    }


def _case_line(item: tuple[str, Kept]) -> Json:
    key, kept = item
    order = [metric.name for metric in METRICS if metric.held]
    found = [(name, kept.scores.get(name)) for name in order]
    scores = {name: round(value, 6) for name, value in found if value is not None}
    return {"case": key, "solved": kept.solved, "scores": scores}


def _shaken_lines(shaken: Sequence[Shaken]) -> Iterator[Json]:
    """Yield one record a relation and suite: of every case whether it held and is right."""
    groups: dict[tuple[str, str], dict[str, list[int]]] = {}
    for one in shaken:
        name = one.key.removeprefix(f"{one.suite}/")
        groups.setdefault((one.relation, one.suite), {})[name] = [int(one.held), int(one.right)]
    for (relation, suite), cases in groups.items():
        yield {"relation": relation, "suite": suite, "held, right": cases}


def _shaken(record: Json) -> Iterator[Shaken]:
    for name, (held, right) in record.get("held, right", {}).items():
        yield Shaken(record["relation"], f"{record['suite']}/{name}", bool(held), bool(right))


def _cases_path(totals: Path) -> Path:
    return totals.with_suffix(".jsonl")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
