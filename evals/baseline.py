"""The committed baseline: what every case scored, the totals, and why any of them ever fell."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.compare import EPSILON
from evals.scoring import METRICS
from evals.summary import by_suite, run_figures
from evals.tables import markdown
from evals.types import EvalsError, Scored

TOTALS = Path(__file__).resolve().parent / "baseline.toml"
RESULTS = "RESULTS.md"
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
    """Totals by suite and metric, cases by key, and the history of what was lowered."""

    totals: Mapping[str, Mapping[str, float]]
    cases: Mapping[str, Kept]
    lowered: tuple[Lowered, ...] = ()


def baseline_of(scored: Sequence[Scored], lowered: Sequence[Lowered] = ()) -> Baseline:
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
    return Baseline(totals, cases, tuple(lowered))


def fallen(old: Baseline, new: Baseline) -> list[tuple[str, str, float, float]]:
    """Return the totals of ``new`` that lie below ``old``: suite, metric, before, after."""
    return [
        (suite, name, before, after)
        for suite, figures in old.totals.items()
        for name, before in figures.items()
        if (after := new.totals.get(suite, {}).get(name)) is not None and after < before - EPSILON
    ]


def results_page(baseline: Baseline) -> str:
    """Return RESULTS.md: the baseline's totals as a Markdown table, a suite a column."""
    suites = list(baseline.totals)
    titles = {metric.name: metric.title for metric in METRICS} | {"solved": "answered rightly"}
    names = ["solved", *(name for name in HELD if any(name in one for one in _values(baseline)))]
    rows = [["", *suites], ["cases", *(str(_cases(baseline, suite)) for suite in suites)]]
    for name in names:
        found = [baseline.totals[suite].get(name) for suite in suites]
        cells = ["·" if value is None else f"{value:.3f}" for value in found]
        rows.append([titles.get(name, name.replace("_", " ")), *cells])
    return (
        "# Results\n\nThe committed baseline, written by `python -m evals gate "
        f"--write-baseline`; the gate fails below it.\n\n{markdown(rows)}\n"
    )


def load_baseline(totals: Path = TOTALS) -> Baseline:
    """Return the baseline kept in a TOML file and the JSON Lines file beside it."""
    try:
        data = tomllib.loads(totals.read_text(encoding="utf-8"))
        lines = _cases_path(totals).read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        cases = {one["case"]: Kept(one["solved"], one["scores"]) for one in records}
        lowered = tuple(Lowered(**one) for one in data.get("lowered", []))
        return Baseline(data["totals"], cases, lowered)
    except FileNotFoundError as error:
        raise EvalsError(
            f"no baseline: {error.filename} is missing; make one with "
            "`python -m evals gate --write-baseline`"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalsError(f"{totals}: not a baseline: {error}") from error


def save_baseline(baseline: Baseline, totals: Path = TOTALS) -> None:
    """Write the totals as TOML, beside it the cases and RESULTS.md: all three are committed."""
    lines = ["# Written by `python -m evals gate --write-baseline`; the gate fails below it.\n"]
    for suite, figures in baseline.totals.items():
        lines.append(f"\n[totals.{_quote(suite)}]\n")
        lines += [f"{_quote(name)} = {value:.6f}\n" for name, value in figures.items()]
    for one in baseline.lowered:
        lines.append("\n[[lowered]]\n")
        lines.append(f"date = {_quote(one.date)}\nsuite = {_quote(one.suite)}\n")
        lines.append(f"metric = {_quote(one.metric)}\n")
        lines.append(f"before = {one.before:.6f}\nafter = {one.after:.6f}\n")
        lines.append(f"reason = {_quote(one.reason)}\n")
    totals.write_text("".join(lines), encoding="utf-8")
    _cases_path(totals).write_text("".join(map(_line, baseline.cases.items())), encoding="utf-8")
    totals.with_name(RESULTS).write_text(results_page(baseline), encoding="utf-8")


def _values(baseline: Baseline) -> list[Mapping[str, float]]:
    return list(baseline.totals.values())


def _cases(baseline: Baseline, suite: str) -> int:
    return sum(key.split("/")[0] == suite for key in baseline.cases)


def _line(item: tuple[str, Kept]) -> str:
    key, kept = item
    scores = {name: value if value is None else round(value, 6) for name, value in _sorted(kept)}
    data = {"case": key, "solved": kept.solved, "scores": scores}
    return json.dumps(data, ensure_ascii=False) + "\n"


def _sorted(kept: Kept) -> list[tuple[str, float | None]]:
    order = [metric.name for metric in METRICS if metric.held]
    return [(name, kept.scores[name]) for name in order if kept.scores.get(name) is not None]


def _cases_path(totals: Path) -> Path:
    return totals.with_suffix(".jsonl")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
