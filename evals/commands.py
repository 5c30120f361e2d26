"""What the commands of ``python -m evals`` do; each returns its exit status."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus import load_report
from evals.baseline import Baseline, load_baseline, save_baseline
from evals.compare import compare, duel_rows, scores_by_key
from evals.engines import Engine, in_process, over_http
from evals.gate import Verdict, judge, raised
from evals.report import page
from evals.results import Run, load_run, save_run
from evals.runner import run, watch
from evals.scoring import score_all
from evals.suite import load_suite, shipped_suites, suite_name
from evals.tables import align, print_run
from evals.truth import Truth, truth_of
from evals.types import Case, EvalsError, Result, Scored
from evals.validate import coverage_table, overlap_problems, suite_problems, uncovered

Suites = dict[str, tuple[Case, ...]]


def run_command(given: Namespace) -> int:
    """Run suites on an engine, print the table, keep the answers; 1 if a case crashed."""
    suites = suites_of(given.suite, lenient=given.lenient)
    found = ask_all(suites, engine_of(given.url), rerun=given.rerun, name=given.name or given.url)
    if given.out:
        save_run(given.out, found)
    scored = score_all(found.results, _truth(given.no_corpus))
    print_run(scored)
    if given.failures:
        _print_failures(scored)
    return int(any(one.scores["completed"] == 0 for one in scored))


def validate_command(given: Namespace) -> int:
    """Check suites against the report; 1 if a case is wrong."""
    suites = suites_of(given.suite)
    truth = truth_of(load_report())
    problems = [
        f"{name}/{problem}"
        for name, cases in suites.items()
        for problem in suite_problems(cases, truth)
    ]
    problems += overlap_problems(suites)
    cases = [case for own in suites.values() for case in own]
    print(align(coverage_table(cases, truth)))
    for line in uncovered(cases, truth):
        print(f"note: {line}")
    for line in problems:
        print(line)
    print(f"{len(cases)} cases in {len(suites)} suites, {len(problems)} problems")
    return int(bool(problems))


def compare_command(given: Namespace) -> int:
    """Compare two kept runs case by case and print who won and who lost."""
    truth = _truth(given.no_corpus)
    before, after = (score_all(load_run(path).results, truth) for path in (given.a, given.b))
    duels = compare(scores_by_key(before), scores_by_key(after))
    print(align(duel_rows(duels)))
    for duel in duels:
        if duel.metric.name == "keys_strict":
            lines = [*(f"won: {key}" for key in duel.won), *(f"lost: {key}" for key in duel.lost)]
            print("\n".join(lines))
    return 0


def gate_command(given: Namespace) -> int:
    """Say whether a release may go out; with --write-baseline, make this run the baseline."""
    suites = suites_of(given.suite)
    if given.run:
        found = load_run(given.run)
    else:
        found = ask_all(suites, engine_of(given.url), rerun=True, name="gate")
    scored = score_all(found.results, truth_of(load_report()))
    print_run(scored)
    if given.write_baseline:
        old = load_baseline(given.baseline) if given.baseline.exists() else None
        new = raised(scored, old, given.reason, found.made[:10])
        save_baseline(new, given.baseline)
        print(f"baseline written: {given.baseline}, {len(new.cases)} cases")
        return 0
    return _print_verdict(judge(scored, _known(suites, load_baseline(given.baseline))))


def report_command(given: Namespace) -> int:
    """Write one self-contained HTML page about a kept run."""
    truth = _truth(given.no_corpus)
    kept = load_run(given.run)
    scored = score_all(kept.results, truth)
    other = score_all(load_run(given.against).results, truth) if given.against else None
    given.out.write_text(page(kept, scored, other), encoding="utf-8")
    print(f"{given.out}: {len(scored)} cases")
    return 0


def suites_of(paths: Sequence[Path] | None, *, lenient: bool = False) -> Suites:
    """Return the suites of these files by name; without any, all that are shipped."""
    chosen = paths or shipped_suites()
    if not chosen:
        raise EvalsError("there is no suite; name one with --suite FILE")
    return {suite_name(path): load_suite(path, lenient=lenient) for path in chosen}


def _known(suites: Suites, baseline: Baseline) -> Baseline:
    """Return the baseline of the suites that are run; the others are no business of this gate."""
    cases = {key: one for key, one in baseline.cases.items() if key.split("/")[0] in suites}
    return Baseline(baseline.totals, cases, baseline.lowered)


def engine_of(url: str | None) -> Engine:
    """Return the engine to ask: a running service, or the one of this installation."""
    return over_http(url) if url else in_process()


def _truth(absent: bool) -> Truth:
    return {} if absent else truth_of(load_report())


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


def _print_failures(scored: Sequence[Scored]) -> None:
    for one in scored:
        if one.failures:
            case = one.result.case
            print(f"\n{one.key} [{case.kind}, {case.lang}] {case.question}")
            print("\n".join(f"    {line}" for line in one.failures))


def _print_verdict(verdict: Verdict) -> int:
    print()
    for title in ("broken", "lost", "fallen", "missing"):
        for line in getattr(verdict, title):
            print(f"{title}: {line}")
    for key in verdict.won:
        print(f"won: {key} (raise the baseline: --write-baseline)")
    print("PASSED" if verdict.passed else "FAILED")
    return int(not verdict.passed)
