"""One self-contained HTML page about a run: figures, plots, and every case with its reasons."""

from collections.abc import Sequence
from html import escape

from evals.compare import Duel, compare, duel_rows, scores_by_key, summary_line
from evals.plots import Bar, bars, histogram
from evals.report_case import case_block
from evals.results import Run
from evals.scoring import GATES, METRICS
from evals.style import CSS
from evals.suite import is_gate_only
from evals.summary import (
    RUN_TITLES,
    Table,
    by_kind,
    by_lang,
    by_suite,
    run_figures,
    solved_interval,
    tabulate,
)
from evals.tables import cross_rows, figure_rows, interval_rows, number, reason_rows
from evals.types import Scored

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
TITLES = {metric.name: metric.title for metric in METRICS}
SHOWN = (
    "keys_strict",
    "recall@1",
    "recall@10",
    "ndcg@10",
    "citation_recall",
    "citation_precision",
    "set_f1",
    "refusal_right",
    "reason_right",
)


def page(run: Run, scored: Sequence[Scored], other: Sequence[Scored] | None = None) -> str:
    """Return the page; with ``other``, an earlier run, it says what got better and worse.

    Of suites that are kept for the gate there are figures, but no cases to read.
    """
    everything = tabulate("all", scored)
    duels = compare(scores_by_key(other), scores_by_key(scored)) if other else ()
    parts = [
        f"<h1>{everything.solved} of {everything.cases} questions answered rightly</h1>",
        _lead(run, scored, duels),
        _promises(everything),
        '<div class="pair">',
        _section("Totals", _totals(everything)),
        _section("By kind and language", _grid(cross_rows(scored))),
        _section("By kind", _by_groups(by_kind(scored))),
        _section("By suite and language", _by_groups((*by_suite(scored), *by_lang(scored)))),
        _section("Refusals", _grid(reason_rows(scored))),
        _section("The whole run", _whole(scored)),
        "</div>",
        _section("Against the other run", _against(duels)) if duels else "",
        _section("Every figure", _folded(scored, everything)),
        _section("Cases", _cases(scored, other)),
    ]
    return _document(run.name, "\n".join(parts))


def _lead(run: Run, scored: Sequence[Scored], duels: Sequence[Duel]) -> str:
    found = solved_interval(tabulate("all", scored))
    said = ["That is {:.1%} to {:.1%} with 95 % confidence.".format(*found)] if found else []
    said += [f"Against the other run: {summary_line(duels[0])}."] if duels else []
    return (
        f'<p class="lead">{escape(" ".join(said))}</p><p class="dim">Run “{escape(run.name)}”, '
        f"{escape(run.made)}. An answer is right if it keeps every promise, holds every key fact, "
        "cites the right passage and refuses exactly when it should.</p>"
    )


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation: {escape(title)}</title><style>{CSS}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _promises(table: Table) -> str:
    items = []
    for gate in GATES:
        figure = table.figures.get(gate.name)
        kept = figure is not None and figure.mean == 1
        word = "not measured" if figure is None else "kept" if kept else number(figure.mean)
        style = "dim" if figure is None else "good" if kept else "bad"
        items.append(f'<li>{escape(gate.title)}: <b class="{style}">{word}</b></li>')
    return f'<ul class="promises">{"".join(items)}</ul>'


def _totals(table: Table) -> str:
    rows = [
        Bar(TITLES[name], table.figures[name].mean, table.figures[name].interval, "")
        for name in SHOWN
        if name in table.figures
    ]
    return bars("means with 95 % bootstrap intervals", rows)


def _by_groups(tables: Sequence[Table]) -> str:
    rows = [
        Bar(one.title, one.solved / one.cases, solved_interval(one), f"of {one.cases}")
        for one in tables
    ]
    return bars("share of questions answered rightly", rows)


def _whole(scored: Sequence[Scored]) -> str:
    rows = [["figure", "value"]]
    rows += [[RUN_TITLES[name], number(value)] for name, value in run_figures(scored).items()]
    times = [one.result.seconds for one in scored]
    return _grid(rows) + histogram("how long the answers took", times)


def _against(duels: Sequence[Duel]) -> str:
    return "<p>A is the other run, B is this one.</p>" + _grid(duel_rows(duels))


def _folded(scored: Sequence[Scored], everything: Table) -> str:
    tables = {"with intervals": interval_rows(everything), "by group": figure_rows(scored)}
    return "".join(
        f"<details><summary>{title}</summary>{_grid(rows)}</details>"
        for title, rows in tables.items()
    )


def _cases(scored: Sequence[Scored], other: Sequence[Scored] | None) -> str:
    before = {one.key: one for one in other or ()}
    shown = [one for one in scored if not is_gate_only(one.result.suite)]
    failed = sum(not one.solved for one in shown)
    choices = [("every", f"all {len(shown)}", True), ("failed", f"failed {failed}", False)]
    if other:
        choices.append(("won", "answered rightly in this run only", False))
        choices.append(("lost", "answered rightly in the other run only", False))
    radios = "".join(
        f'<input type="radio" name="shown" id="{name}"{" checked" if on else ""}>'
        f'<label for="{name}">{label}</label> '
        for name, label, on in choices
    )
    blocks = "\n".join(case_block(one, before.get(one.key)) for one in shown)
    kept = len(scored) - len(shown)
    note = f'<p class="dim">{kept} cases of gate-only suites are not shown.</p>' if kept else ""
    return f'{note}{radios}<div class="cases">{blocks}</div>'


def _grid(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body
    )
    return f'<div class="scroll"><table><tr>{top}</tr>{lines}</table></div>'
