"""``python -m evals board``: several engines asked the same questions, the best one first."""

from argparse import Namespace

from corpus import load_report
from evals.commands import ask_all, suites_of
from evals.engines import Engine, in_process, over_http
from evals.results import save_run
from evals.scoring import score_all
from evals.summary import run_figures, tabulate
from evals.tables import NONE, align, number
from evals.truth import truth_of
from evals.types import EvalsError, Scored

METRICS = ("keys_strict", "recall@10", "ndcg@10", "citation_recall", "set_f1", "refusal_right")
FIGURES = ("refusal_f1", "latency_median_s")


def board_command(given: Namespace) -> int:
    """Run every engine on the same suites and print them, the best one first."""
    suites, truth = suites_of(given.suite), truth_of(load_report())
    found: dict[str, tuple[Scored, ...]] = {}
    for spec in given.engine:
        name, engine = read_engine(spec)
        kept = ask_all(suites, engine, rerun=False, name=name)
        if given.out:
            save_run(given.out / f"{name}.jsonl", kept)
        found[name] = score_all(kept.results, truth)
    print(align(board_rows(found)))
    return 0


def read_engine(spec: str) -> tuple[str, Engine]:
    """Return an engine's name and the engine: ``NAME``, ``NAME:field=value,...``, ``NAME:URL``."""
    name, _, rest = spec.partition(":")
    if rest.startswith(("http://", "https://")):
        return name, over_http(rest)
    pairs = [pair.partition("=") for pair in rest.split(",") if pair]
    if not name or any(not equals for _, equals, _ in pairs):
        raise EvalsError(f"--engine is {spec!r}; expected NAME, NAME:field=value,... or NAME:URL")
    return name, in_process({field: value for field, _, value in pairs})


def board_rows(found: dict[str, tuple[Scored, ...]]) -> list[list[str]]:
    """Return the rows of the board: one an engine, most questions answered rightly first."""
    rows = []
    for name, scored in found.items():
        table, whole = tabulate(name, scored), run_figures(scored)
        means = {metric: figure.mean for metric, figure in table.figures.items()} | whole
        cells = [number(means[key]) if key in means else NONE for key in (*METRICS, *FIGURES)]
        rows.append([name, number(table.solved / table.cases), *cells])
    head = ["engine", "solved", *METRICS, *FIGURES]
    return [head, *sorted(rows, key=lambda row: row[1], reverse=True)]
