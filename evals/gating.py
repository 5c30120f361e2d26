"""``python -m evals gate``: the suites asked twice, the metamorphic questions once, one verdict."""

from argparse import Namespace
from collections.abc import Sequence

from corpus import load_report
from evals.asking import Suites, ask_all, engine_from, suites_of
from evals.baseline import TOTALS, Baseline, kept_scores, load_baseline
from evals.compare import compare, scores_by_key, summary_line
from evals.floors import Shaken, floor_rows
from evals.gate import Verdict, judge, raised, without_suites
from evals.published import publish
from evals.results import Run, load_run, save_run
from evals.scoring import score_all
from evals.shake import shake
from evals.tables import align, print_run
from evals.truth import truth_of
from evals.types import Scored


def gate_command(given: Namespace) -> int:
    """Say whether a release may go out; with --write-baseline, make this run the baseline."""
    suites = suites_of(given.suite, gate=True)
    first = given.write_baseline and not given.baseline.exists()
    old = None if first else load_baseline(given.baseline)
    found, shaken = _measure(given, suites)
    if given.out:
        save_run(given.out, found)
    scored = score_all(found.results, truth_of(load_report()))
    print_run(scored)
    if shaken:
        print("\n" + align(floor_rows(shaken, {one.key: one.solved for one in scored})))
    if old is not None:
        print_against(scored, old)
    whole = not (given.suite or given.run)
    if old is None or given.write_baseline:
        today = found.made[:10]
        new = raised(scored, old, given.reason, today, shaken, whole=whole)
        print("\n".join(f"written: {path}" for path in publish(new, given.baseline)))
        return 0
    known = old if whole else _known(scored, old)
    return _print_verdict(judge(scored, known, shaken))


def print_against(scored: Sequence[Scored], baseline: Baseline) -> None:
    """Print in one line what was won and lost against the baseline, over the cases of both."""
    kept = kept_scores(baseline)
    if any(one.key in kept for one in scored):
        whole, *_ = compare(kept, scores_by_key(scored))
        print(f"against the baseline: {summary_line(whole)}")


def print_against_committed(scored: Sequence[Scored]) -> None:
    """Print the line of ``print_against`` where a baseline is committed."""
    if TOTALS.exists():
        print_against(scored, load_baseline())


def _measure(given: Namespace, suites: Suites) -> tuple[Run, tuple[Shaken, ...] | None]:
    """Return the answers to the suites, and to the metamorphic questions if they are asked."""
    if given.run:
        print(f"{given.run}: a kept run; the metamorphic questions are not asked")
        return load_run(given.run), None
    engine = engine_from(given)
    found = ask_all(suites, engine, rerun=True, name="gate")
    if given.no_metamorphic:
        return found, None
    report = load_report()
    return found, shake(score_all(found.results, truth_of(report)), engine, report)


def _known(scored: Sequence[Scored], baseline: Baseline) -> Baseline:
    """Return the baseline of the suites that are run; the others are no business of this gate."""
    return without_suites(baseline, set(baseline.totals) - {one.result.suite for one in scored})


def _print_verdict(verdict: Verdict) -> int:
    print()
    for title in ("broken", "lost", "fallen", "missing"):
        for line in getattr(verdict, title):
            print(f"{title}: {line}")
    for key in verdict.won:
        print(f"won: {key} (raise the baseline: --write-baseline)")
    print("PASSED" if verdict.passed else "FAILED")
    return int(not verdict.passed)
