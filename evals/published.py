"""What others read of the baseline: RESULTS.md, and the same tables inside the READMEs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.baseline import HELD, TOTALS, Baseline, save_baseline
from evals.floors import floor_rows
from evals.scoring import METRICS
from evals.tables import NONE, markdown
from evals.types import EvalsError

RESULTS = "RESULTS.md"
OPENS = "<!-- results: written by `python -m evals gate --write-baseline` -->"
CLOSES = "<!-- /results -->"
MAIN = ("solved", "keys_strict", "citation_precision", "set_f1", "refusal_right", "verbatim")
"""The figures that a README shows; RESULTS.md shows them all."""
READMES = ("README.md", "README.zh-CN.md")


def publish(baseline: Baseline, totals: Path = TOTALS) -> list[Path]:
    """Write the baseline, RESULTS.md beside it and, for the committed one, the READMEs' tables.

    Returns every file written. Nothing is written where a README has lost its marks.
    """
    root = TOTALS.parent.parent
    own = totals.resolve() == TOTALS
    readmes = readmes_with(baseline, root) if own else {}
    save_baseline(baseline, totals)
    results = totals.with_name(RESULTS)
    results.write_text(results_page(baseline), encoding="utf-8")
    for path, text in readmes.items():
        path.write_text(text, encoding="utf-8")
    return [totals, totals.with_suffix(".jsonl"), results, *readmes]


def readmes_with(baseline: Baseline, root: Path) -> dict[Path, str]:
    """Return the text of every README in ``root`` that shows the results, with these results."""
    found = {}
    for path in (root / name for name in READMES):
        text = path.read_text(encoding="utf-8")
        if OPENS not in text:
            continue
        before, _, rest = text.partition(OPENS)
        _, closing, after = rest.partition(CLOSES)
        if not closing:
            raise EvalsError(f"{path}: {OPENS} is not followed by {CLOSES}")
        tables = results_tables(baseline, MAIN)
        found[path] = f"{before}{OPENS}\n\n{tables}\n\n{CLOSES}{after}"
    if not found:
        raise EvalsError(f"none of {', '.join(READMES)} in {root} holds the line {OPENS}")
    return found


def results_page(baseline: Baseline) -> str:
    """Return RESULTS.md."""
    return (
        "# Results\n\nThe committed baseline, written by `python -m evals gate "
        f"--write-baseline`; the gate fails below it.\n\n{results_tables(baseline)}\n"
    )


def results_tables(baseline: Baseline, figures: Sequence[str] = ()) -> str:
    """Return the totals as a Markdown table, a suite a row, and the metamorphic floors; the totals
    of all metrics, or of some by name.
    """
    tables = [markdown(_totals(baseline, figures))]
    if baseline.shaken:
        tables.append(markdown(_floors(baseline)))
    return "\n\n".join(tables)


def _totals(baseline: Baseline, figures: Sequence[str]) -> list[list[str]]:
    titles = {metric.name: metric.title for metric in METRICS} | {"solved": "answered rightly"}
    held = ["solved", *(name for name in HELD if any(name in one for one in _values(baseline)))]
    names = [name for name in held if not figures or name in figures]
    rows = [["", "cases", *(titles.get(name, name.replace("_", " ")) for name in names)]]
    for suite, totals in baseline.totals.items():
        found = [totals.get(name) for name in names]
        cells = [NONE if value is None else f"{value:.3f}" for value in found]
        rows.append([suite, str(_cases(baseline, suite)), *cells])
    return rows


def _floors(baseline: Baseline) -> list[list[str]]:
    """Return the same table that a gate prints, of what the baseline has kept."""
    right = {key: one.solved for key, one in baseline.cases.items()}
    rows = floor_rows(baseline.shaken, right)
    return [["the question put otherwise", *rows[0][1:]], *rows[1:]]


def _values(baseline: Baseline) -> list[Mapping[str, float]]:
    return list(baseline.totals.values())


def _cases(baseline: Baseline, suite: str) -> int:
    return sum(key.split("/")[0] == suite for key in baseline.cases)
