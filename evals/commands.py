"""What the commands of ``python -m evals`` do; each returns its exit status."""

from argparse import Namespace
from collections.abc import Sequence

from corpus import load_report
from evals.asking import ask_all, engine_from, filter_of, filtered, suites_of
from evals.compare import compare, duel_rows, scores_by_key, summary_line
from evals.gate import why
from evals.gating import print_against_committed
from evals.report import page
from evals.results import load_run, save_run
from evals.scoring import score_all
from evals.suite import is_gate_only
from evals.tables import align, print_run
from evals.truth import Truth, truth_of
from evals.types import Scored
from evals.validate import (
    coverage_table,
    overlap_problems,
    suite_problems,
    suite_rows,
    uncovered,
)


def run_command(given: Namespace) -> int:
    """Run suites on an engine, print the table, keep the answers; 1 if a case crashed."""
    truth = _truth(given.no_corpus)
    suites = filtered(suites_of(given.suite, lenient=given.lenient), filter_of(given, truth))
    name = given.name or given.engine or given.url
    found = ask_all(suites, engine_from(given), rerun=given.rerun, name=name)
    if given.out:
        save_run(given.out, found)
    scored = score_all(found.results, truth)
    print_run(scored)
    print_against_committed(scored)
    if given.failures:
        _print_failures(scored)
    return int(any(one.scores["completed"] == 0 for one in scored))


def validate_command(given: Namespace) -> int:
    """Check suites against the report; 1 if a case is wrong."""
    suites = suites_of(given.suite, gate=True)
    truth = truth_of(load_report())
    problems = [
        f"{name}/{problem}"
        for name, cases in suites.items()
        for problem in suite_problems(cases, truth)
    ]
    problems += overlap_problems(suites)
    cases = [case for own in suites.values() for case in own]
    print(align(suite_rows(suites)) + "\n")
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
    whole, reasons = duels[0], {one.key: why(one) for one in after}
    print("\n".join(f"won: {key}" for key in whole.won))
    print("\n".join(f"lost: {key}: {reasons[key]}" for key in whole.lost))
    print(summary_line(whole))
    return 0


def report_command(given: Namespace) -> int:
    """Write one self-contained HTML page about a kept run."""
    truth = _truth(given.no_corpus)
    kept = load_run(given.run)
    scored = score_all(kept.results, truth)
    other = score_all(load_run(given.against).results, truth) if given.against else None
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(page(kept, scored, other), encoding="utf-8")
    print(f"{given.out}: {len(scored)} cases")
    return 0


def _truth(absent: bool) -> Truth:
    return {} if absent else truth_of(load_report())


def _print_failures(scored: Sequence[Scored]) -> None:
    for one in scored:
        if one.failures and not is_gate_only(one.result.suite):
            case = one.result.case
            print(f"\n{one.key} [{case.kind}, {case.lang}] {case.question}")
            print("\n".join(f"    {line}" for line in one.failures))
