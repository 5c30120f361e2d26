"""Figures as text: aligned tables for the terminal and the same as Markdown."""

import unicodedata
from collections.abc import Sequence

from evals.scoring import GATES, METRICS
from evals.summary import (
    Figure,
    Table,
    by_kind,
    by_kind_and_lang,
    by_lang,
    by_suite,
    refusals_by_reason,
    run_figures,
    tabulate,
)
from evals.types import Scored

COLUMNS = {
    "keys_strict": "keys=",
    "keys_loose": "keys~",
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr": "MRR",
    "ndcg@10": "nDCG",
    "citation_recall": "citR",
    "citation_precision": "citP",
    "set_f1": "setF1",
    "refusal_right": "refuse",
    "reason_right": "reason",
    "conciseness": "length",
}
NONE = "·"


def width(text: str) -> int:
    """Return the columns a terminal gives to a text: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an aligned table: the first column to the left, figures to the right."""
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(_pad(cell, widths[at], left=at == 0) for at, cell in enumerate(row)).rstrip()
        for row in rows
    )


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, figures to the right."""
    head, *body = [" | ".join(row) for row in rows]
    rule = " | ".join(["---", *["---:"] * (len(rows[0]) - 1)])
    return "\n".join(f"| {line} |" for line in (head, rule, *body))


def figure_rows(scored: Sequence[Scored]) -> list[list[str]]:
    """Return the rows of a run: all cases, then each suite, kind and language."""
    everything = tabulate("all", scored)
    used = [name for name in COLUMNS if name in everything.figures]
    suites = by_suite(scored)
    tables = (*(suites if len(suites) > 1 else ()), *by_kind(scored), *by_lang(scored))
    head = ["", "cases", "solved", *(COLUMNS[name] for name in used)]
    return [head, *(_row(table, used) for table in (everything, *tables))]


def cross_rows(scored: Sequence[Scored]) -> list[list[str]]:
    """Return the share answered rightly by kind (down) and language (across), with its cases."""
    found = by_kind_and_lang(scored)
    kinds, langs = (list(dict.fromkeys(key[at] for key in found)) for at in (0, 1))
    rows = [["solved", *langs, "all"]]
    for kind in (*kinds, "all"):
        own = [key for key in found if kind in ("all", key[0])]
        cells = [_share([found[key] for key in own if key[1] == lang]) for lang in langs]
        rows.append([kind, *cells, _share([found[key] for key in own])])
    return rows


def interval_rows(table: Table) -> list[list[str]]:
    """Return every metric of a table with its mean, 95 % interval and number of cases."""
    titles = {metric.name: metric.title for metric in METRICS}
    rows = [["metric", "mean", "95 % interval", "cases"]]
    for name, figure in table.figures.items():
        rows.append([titles[name], number(figure.mean), _interval(figure), str(figure.count)])
    return rows


def reason_rows(scored: Sequence[Scored]) -> list[list[str]]:
    """Return how well each reason for a refusal is given."""
    rows = [["refusal reason", "due", "given", "precision", "recall", "F1"]]
    for reason, found in refusals_by_reason(scored).items():
        values = (found.precision, found.recall, found.f1)
        figures = [NONE if value is None else number(value) for value in values]
        rows.append([reason, str(found.due), str(found.given), *figures])
    return rows


def print_run(scored: Sequence[Scored]) -> None:
    """Print a run: its table, the promises, the figures of the whole and what crashed."""
    print(align(figure_rows(scored)))
    print("\n" + align(cross_rows(scored)))
    everything = tabulate("all", scored)
    print("\n" + align(reason_rows(scored)))
    print("\npromises: " + ", ".join(_gate_words(everything)))
    figures = run_figures(scored)
    print("whole run: " + ", ".join(f"{name} {number(v)}" for name, v in figures.items()))
    for one in scored:
        if one.scores["completed"] == 0:
            print(f"crashed: {one.key}: {one.failures[0]}")


def number(value: float) -> str:
    """Return a figure with three digits after the point."""
    return f"{value:.3f}"


def _share(tables: Sequence[Table]) -> str:
    cases = sum(table.cases for table in tables)
    return f"{sum(table.solved for table in tables) / cases:.3f} of {cases}" if cases else NONE


def _gate_words(table: Table) -> list[str]:
    found = [(gate.title, table.figures.get(gate.name)) for gate in GATES]
    return [f"{title} {number(one.mean) if one else 'not measured'}" for title, one in found]


def _row(table: Table, used: Sequence[str]) -> list[str]:
    solved = f"{table.solved / table.cases:.3f}"
    found = [table.figures.get(name) for name in used]
    return [
        table.title,
        str(table.cases),
        solved,
        *(number(figure.mean) if figure else NONE for figure in found),
    ]


def _interval(figure: Figure) -> str:
    if figure.interval is None:
        return NONE
    low, high = figure.interval
    return f"{low:.3f} to {high:.3f}"


def _pad(text: str, columns: int, *, left: bool) -> str:
    blank = " " * (columns - width(text))
    return text + blank if left else blank + text
