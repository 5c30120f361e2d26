"""Which cases are asked, of which engine; and the asking itself, with its progress shown."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from evals.engines import Engine, in_process, over_http, read_engine
from evals.results import Run, load_run
from evals.runner import run, watch
from evals.scoring import score_all
from evals.suite import find_suite, is_gate_only, load_suite, shipped_suites, suite_name
from evals.truth import Truth
from evals.types import Case, EvalsError, Result

Suites = dict[str, tuple[Case, ...]]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases to take; what is empty lets every case pass.

    ``ids`` are patterns as a shell has them; ``keys`` are suite and id of single cases.
    """

    kinds: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    keys: frozenset[str] | None = None

    def passes(self, suite: str, case: Case) -> bool:
        """Return whether a case is taken."""
        return (
            (not self.kinds or case.kind in self.kinds)
            and (not self.langs or case.lang in self.langs)
            and (not self.ids or any(fnmatchcase(case.id, one) for one in self.ids))
            and (not self.respondents or bool(set(self.respondents) & set(case.respondents)))
            and (self.keys is None or f"{suite}/{case.id}" in self.keys)
        )


def suites_of(given: Sequence[str] | None, *, lenient: bool = False, gate: bool = False) -> Suites:
    """Return the suites of these files or names; without any, those that are shipped.

    Suites kept for the gate are among the shipped ones for the gate alone.
    """
    paths = [find_suite(one) for one in given or ()] or [
        path for path in shipped_suites() if gate or not is_gate_only(suite_name(path))
    ]
    if not paths:
        raise EvalsError("there is no suite; name one with --suite FILE")
    return {suite_name(path): load_suite(path, lenient=lenient) for path in paths}


def filtered(suites: Suites, wanted: Filter) -> Suites:
    """Return the cases that pass, suites without any left out; none at all is an error."""
    kept = {
        name: tuple(case for case in cases if wanted.passes(name, case))
        for name, cases in suites.items()
    }
    kept = {name: cases for name, cases in kept.items() if cases}
    if not kept:
        total = sum(map(len, suites.values()))
        raise EvalsError(f"none of the {total} cases of {', '.join(suites)} passes the filters")
    return kept


def failed_in(path: Path, truth: Truth) -> frozenset[str]:
    """Return suite and id of every case that is not answered rightly in a kept run."""
    return frozenset(one.key for one in score_all(load_run(path).results, truth) if not one.solved)


def filter_of(given: Namespace, truth: Truth) -> Filter:
    """Return the filter that the options make."""
    return Filter(
        kinds=tuple(given.kind or ()),
        langs=tuple(given.lang or ()),
        ids=tuple(given.id or ()),
        respondents=tuple(given.respondent or ()),
        keys=failed_in(given.failed_in, truth) if given.failed_in else None,
    )


def engine_from(given: Namespace) -> Engine:
    """Return the engine that the options name: a running service, a spec, or this installation."""
    if given.url:
        return over_http(given.url)
    return read_engine(given.engine)[1] if given.engine else in_process()


def ask_all(suites: Suites, engine: Engine, *, rerun: bool, name: str | None) -> Run:
    """Ask an engine every question of the suites, showing progress, and keep what it says."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    results: list[Result] = []
    for suite, cases in suites.items():
        found = run(suite, cases, engine, rerun=rerun)
        results += watch(found, len(cases), _show_progress)
    return Run(name or "in process", made, tuple(results))


def _show_progress(done: int, total: int, result: Result) -> None:
    """Draw a bar on a terminal, one line a suite elsewhere."""
    if sys.stderr.isatty():
        bar = ("#" * (30 * done // total)).ljust(30, "-")
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{result.suite} [{bar}] {done}/{total}{end}")
        sys.stderr.flush()
    elif done == total:
        sys.stderr.write(f"{result.suite}: {total} cases asked\n")
