"""``python -m evals board``: several engines asked the same questions, the best one first."""

from argparse import Namespace
from collections.abc import Mapping, Sequence

from corpus import load_report
from evals.asking import ask_all, filter_of, filtered, suites_of
from evals.chance import p_value
from evals.compare import compare, scores_by_key
from evals.engines import read_engine
from evals.results import save_run
from evals.scoring import score_all
from evals.summary import Table, run_figures, solved_interval, tabulate
from evals.tables import NONE, align, number
from evals.truth import truth_of
from evals.types import EvalsError, Scored

METRICS = ("keys_strict", "recall@10", "ndcg@10", "citation_recall", "set_f1", "refusal_right")
FIGURES = ("refusal_f1", "latency_median_s")


def board_command(given: Namespace) -> int:
    """Run every engine on the same suites and print them, the best one first."""
    truth = truth_of(load_report())
    suites = filtered(suites_of(given.suite), filter_of(given, truth))
    names = [spec.partition(":")[0] for spec in given.engine]
    if len(set(names)) < len(names):
        raise EvalsError(f"engines are called {', '.join(names)}; each needs a name of its own")
    found: dict[str, tuple[Scored, ...]] = {}
    for spec in given.engine:
        name, engine = read_engine(spec)
        kept = ask_all(suites, engine, rerun=False, name=name)
        if given.out:
            save_run(given.out / f"{name}.jsonl", kept)
        found[name] = score_all(kept.results, truth)
    print(align(board_rows(found)))
    print(f"won, lost and the sign test's p: against {names[0]}, case by case")
    return 0


def board_rows(found: Mapping[str, Sequence[Scored]]) -> list[list[str]]:
    """Return the rows of the board: one an engine, most questions answered rightly first.

    The first engine given is the one that the others are compared with.
    """
    reference = next(iter(found))
    rows = []
    for name, scored in found.items():
        table, whole = tabulate(name, scored), run_figures(scored)
        means = {metric: figure.mean for metric, figure in table.figures.items()} | whole
        cells = [number(means[key]) if key in means else NONE for key in (*METRICS, *FIGURES)]
        duel = [NONE, NONE, NONE]
        if name != reference:
            first, *_ = compare(scores_by_key(found[reference]), scores_by_key(scored))
            duel = [str(len(first.won)), str(len(first.lost)), p_value(first.p)]
        solved = number(table.solved / table.cases)
        rows.append([name, solved, _between(table), *duel, *cells])
    head = ["engine", "solved", "95 % interval", "won", "lost", "p", *METRICS, *FIGURES]
    return [head, *sorted(rows, key=lambda row: row[1], reverse=True)]


def _between(table: Table) -> str:
    found = solved_interval(table)
    return "{:.3f} to {:.3f}".format(*found) if found else NONE
