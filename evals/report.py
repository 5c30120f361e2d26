"""One self-contained HTML page about a run: figures, plots, and every case with its reasons."""

from collections.abc import Sequence
from html import escape

from evals.compare import compare, duel_rows, scores_by_key
from evals.plots import Bar, bars, histogram
from evals.report_case import case_block
from evals.results import Run
from evals.scoring import GATES, METRICS
from evals.style import CSS
from evals.summary import Table, by_kind, by_lang, run_figures, tabulate
from evals.tables import figure_rows, interval_rows, number, reason_rows
from evals.types import Scored

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
TITLES = {metric.name: metric.title for metric in METRICS}
SHOWN = ("keys_strict", "keys_loose", "recall@10", "ndcg@10", "citation_recall", "set_f1")


def page(run: Run, scored: Sequence[Scored], other: Sequence[Scored] | None = None) -> str:
    """Return the page; with ``other``, an earlier run, it says what got better and worse."""
    everything = tabulate("all", scored)
    parts = [
        f"<h1>{everything.solved} of {everything.cases} questions answered rightly</h1>",
        f'<p class="dim">Run “{escape(run.name)}”, {escape(run.made)}. An answer is right if it '
        "keeps every promise, holds every key fact, cites the right passage and refuses "
        "exactly when it should.</p>",
        _promises(everything),
        _section("Totals", _totals(everything) + _grid(interval_rows(everything))),
        _section("By suite, kind and language", _by_groups(scored) + _grid(figure_rows(scored))),
        _section("The whole run", _whole(scored)),
        _section("Against the other run", _against(scored, other)) if other else "",
        _section("Cases", _cases(scored, other)),
    ]
    return _document(run.name, "\n".join(parts))


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


def _by_groups(scored: Sequence[Scored]) -> str:
    tables = (*by_kind(scored), *by_lang(scored))
    rows = [Bar(one.title, one.solved / one.cases, None, f"of {one.cases}") for one in tables]
    return bars("share of questions answered rightly", rows)


def _whole(scored: Sequence[Scored]) -> str:
    figures = run_figures(scored)
    rows = [["figure", "value"], *([name, number(value)] for name, value in figures.items())]
    times = [one.result.seconds for one in scored]
    refusals = _grid(reason_rows(scored))
    return _grid(rows) + histogram("seconds an answer took", times) + refusals


def _against(scored: Sequence[Scored], other: Sequence[Scored]) -> str:
    duels = compare(scores_by_key(other), scores_by_key(scored))
    return "<p>A is the other run, B is this one.</p>" + _grid(duel_rows(duels))


def _cases(scored: Sequence[Scored], other: Sequence[Scored] | None) -> str:
    before = {one.key: one for one in other or ()}
    failed = sum(not one.solved for one in scored)
    choices = [("every", f"all {len(scored)}", True), ("failed", f"failed {failed}", False)]
    if other:
        choices.append(("lost", "answered rightly in the other run only", False))
    radios = "".join(
        f'<input type="radio" name="shown" id="{name}"{" checked" if on else ""}>'
        f'<label for="{name}">{label}</label> '
        for name, label, on in choices
    )
    blocks = "\n".join(case_block(one, before.get(one.key)) for one in scored)
    return f'{radios}<div class="cases">{blocks}</div>'


def _grid(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body
    )
    return f'<div class="scroll"><table><tr>{top}</tr>{lines}</table></div>'
