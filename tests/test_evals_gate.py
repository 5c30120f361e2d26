"""The gate: deliberately broken engines are caught, good ones pass, the baseline only rises."""

from dataclasses import replace

import pytest

from corpus import load_report
from evals.__main__ import main
from evals.baseline import TOTALS, Baseline, baseline_of, load_baseline, save_baseline
from evals.breaks import BREAKS, broken, one_key_dropped
from evals.gate import judge, raised, without_suites
from evals.oracle import oracle
from evals.published import CLOSES, MAIN, OPENS, publish, readmes_with, results_page, results_tables
from evals.results import Run, save_run
from evals.runner import run
from evals.scoring import score_all
from evals.suite import SUITES, load_suite
from evals.truth import truth_of
from evals.types import EvalsError

REPORT = load_report()
TRUTH = truth_of(REPORT)
CASES = load_suite(SUITES / "A-72-344.dev.jsonl")
ORACLE = oracle(CASES, REPORT)
NAME = "A-72-344.dev"


def measure(*breaks):
    """Return the scored answers of the oracle, each one broken in the given ways."""
    engine = ORACLE
    for change in breaks:
        engine = broken(engine, CASES, change)
    results = tuple(run(NAME, CASES, engine, rerun=True))
    return results, score_all(results, TRUTH)


RESULTS, GOOD = measure()
BASELINE = baseline_of(GOOD)


def test_the_good_engine_passes_its_own_baseline():
    verdict = judge(GOOD, BASELINE)
    assert verdict.passed
    assert (verdict.won, verdict.lost, verdict.fallen) == ((), (), ())


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_engine_is_caught_and_the_metric_that_fell_is_named(name):
    verdict = judge(measure(BREAKS[name].change)[1], BASELINE)
    assert not verdict.passed
    assert any(f": {BREAKS[name].metric} fell from" in line for line in verdict.fallen)


@pytest.mark.parametrize(
    "name", ["quote-shifted", "given-to-another", "mark-without-citation", "crash"]
)
def test_a_broken_promise_fails_even_where_the_baseline_is_as_bad(name):
    _, bad = measure(BREAKS[name].change)
    assert judge(bad, baseline_of(bad)).broken
    with pytest.raises(EvalsError, match="breaks a promise cannot be a baseline"):
        raised(bad, None, "anything", "2026-01-01")


def test_one_key_lost_in_one_case_is_caught_and_the_case_named():
    def only_once(answer, case):
        return one_key_dropped(answer, case) if case.id == "cub-18" else answer

    _, bad = measure(only_once)
    (line,) = judge(bad, BASELINE).lost
    assert line == "A-72-344.dev/cub-18: key missing: 18 项 / 18 个 / 十八"


def test_an_engine_that_answers_differently_each_time_is_caught():
    count = iter(range(10_000))

    def restless(answer, case):
        return {**answer, "answer": f"{answer['answer']} {next(count)}"}

    _, bad = measure(restless)
    assert any("byte-equal reruns" in line for line in judge(bad, BASELINE).broken)


def test_id_and_timings_may_differ_between_reruns():
    count = iter(range(10_000))

    def harmless(answer, case):
        return {**answer, "id": str(next(count)), "timings_ms": {"all": next(count)}}

    assert judge(measure(harmless)[1], BASELINE).passed


def test_a_case_that_vanished_from_a_suite_is_reported():
    verdict = judge(GOOD[1:], BASELINE)
    assert verdict.missing == (f"{GOOD[0].key}: in the baseline, not in this run",)


def test_a_case_won_is_named_and_no_reason_to_fail():
    kept = {key: replace(one, solved=False) for key, one in BASELINE.cases.items()}
    verdict = judge(GOOD, replace(BASELINE, cases=kept))
    assert verdict.passed
    assert len(verdict.won) == len(GOOD)


def test_the_baseline_rises_freely_and_falls_only_for_a_recorded_reason():
    _, worse = measure(one_key_dropped)
    low = raised(worse, None, None, "2026-01-01")
    high = raised(GOOD, low, None, "2026-01-02")
    assert (high.lowered, high.cases) == ((), BASELINE.cases)
    with pytest.raises(EvalsError, match="--reason TEXT"):
        raised(worse, high, None, "2026-01-03")
    lowered = raised(worse, high, "fewer words", "2026-01-03").lowered
    assert {one.reason for one in lowered} == {"fewer words"}
    assert "keys_strict" in {one.metric for one in lowered}


def test_new_and_harder_cases_do_not_count_as_a_fall():
    half = baseline_of(GOOD[: len(GOOD) // 2])
    _, worse = measure(one_key_dropped)
    mixed = (*GOOD[: len(GOOD) // 2], *worse[len(GOOD) // 2 :])
    assert judge(mixed, half).passed
    assert raised(mixed, half, None, "2026-01-01").lowered == ()


def test_a_baseline_written_and_read_back_is_the_same(tmp_path):
    kept = raised(measure(one_key_dropped)[1], BASELINE, 'say "why"', "2026-01-01")
    save_baseline(kept, tmp_path / "baseline.toml")
    again = load_baseline(tmp_path / "baseline.toml")
    assert judge(GOOD, again).passed
    assert [one.reason for one in again.lowered] == ['say "why"'] * len(kept.lowered)
    assert {key: one.solved for key, one in again.cases.items()} == {
        key: one.solved for key, one in kept.cases.items()
    }


def test_the_results_page_is_the_baseline_as_a_table(tmp_path):
    written = publish(BASELINE, tmp_path / "baseline.toml")
    assert [path.name for path in written] == ["baseline.toml", "baseline.jsonl", "RESULTS.md"]
    page = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert page == results_page(load_baseline(tmp_path / "baseline.toml"))
    assert page.splitlines()[4].startswith("|  | cases | answered rightly | ")
    assert f"| {NAME} | {len(CASES)} | 1.000 | " in page


def test_the_readmes_that_show_the_results_get_the_new_ones_and_nothing_else(tmp_path):
    shows, plain = tmp_path / "README.md", tmp_path / "README.zh-CN.md"
    shows.write_text(f"before\n{OPENS}\nold\n{CLOSES}\nafter\n", encoding="utf-8")
    plain.write_text("none\n", encoding="utf-8")
    (text,) = readmes_with(BASELINE, tmp_path).values()
    assert text == f"before\n{OPENS}\n\n{results_tables(BASELINE, MAIN)}\n\n{CLOSES}\nafter\n"
    shows.write_text(f"{OPENS}\nno end\n", encoding="utf-8")
    with pytest.raises(EvalsError, match="is not followed by"):
        readmes_with(BASELINE, tmp_path)
    shows.write_text("none\n", encoding="utf-8")
    with pytest.raises(EvalsError, match=r"none of README.md, README.zh-CN.md"):
        readmes_with(BASELINE, tmp_path)


def test_cases_may_be_dropped_only_for_a_recorded_reason():
    with pytest.raises(EvalsError, match=f"{NAME}: cases fell from"):
        raised(GOOD[1:], BASELINE, None, "2026-01-01")
    (note,) = raised(GOOD[1:], BASELINE, "asked twice", "2026-01-01").lowered
    assert (note.metric, note.before - note.after) == ("cases", 1)


def test_a_suite_that_is_gone_is_missing_and_dropped_only_for_a_recorded_reason():
    other = {key.replace(NAME, "gone"): one for key, one in BASELINE.cases.items()}
    both = replace(
        BASELINE,
        totals={**BASELINE.totals, "gone": {"solved": 1.0}},
        cases={**BASELINE.cases, **other},
    )
    assert judge(GOOD, both).missing == ("the suite gone: in the baseline, not in this run",)
    assert raised(GOOD, both, None, "2026-01-01") == both
    with pytest.raises(EvalsError, match="gone: cases fell from 221"):
        raised(GOOD, both, None, "2026-01-01", whole=True)
    new = raised(GOOD, both, "merged into dev", "2026-01-01", whole=True)
    assert (new.totals, set(new.cases)) == (BASELINE.totals, set(BASELINE.cases))
    assert [(one.suite, one.after) for one in new.lowered] == [("gone", 0)]


def test_a_suite_that_is_gone_leaves_the_baseline_whole_and_nothing_else():
    other = replace(BASELINE, totals={**BASELINE.totals, "gone": {"solved": 1.0}})
    assert without_suites(other, {"gone"}) == BASELINE
    assert without_suites(BASELINE, {NAME}) == Baseline({}, {})


@pytest.mark.parametrize(("suite", "said"), [("s.dev", "key missing"), ("s.test", "no more is")])
def test_of_a_gate_only_suite_the_gate_names_the_case_and_not_the_fact(suite, said):
    def of(scored):
        return [replace(one, result=replace(one.result, suite=suite)) for one in scored]

    (line, *_) = judge(of(measure(one_key_dropped)[1]), baseline_of(of(GOOD))).lost
    assert line.startswith(f"{suite}/")
    assert said in line


@pytest.mark.skipif(not TOTALS.exists(), reason="no baseline has been committed yet")
def test_the_committed_results_page_is_the_generated_one():
    page = TOTALS.with_name("RESULTS.md").read_text(encoding="utf-8")
    assert page == results_page(load_baseline())


def test_the_command_exits_1_on_a_regression_and_2_without_a_baseline(tmp_path, capsys):
    suite = str(SUITES / "A-72-344.dev.jsonl")
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    save_run(good, Run("good", "2026-01-01T00:00:00+00:00", RESULTS))
    save_run(bad, Run("bad", "2026-01-02T00:00:00+00:00", measure(one_key_dropped)[0]))
    base = ["--suite", suite, "--baseline", str(tmp_path / "baseline.toml")]
    assert main(["gate", "--run", str(good), *base]) == 2
    assert "make one with `python -m evals gate --write-baseline`" in capsys.readouterr().err
    assert main(["gate", "--run", str(good), *base, "--write-baseline"]) == 0
    assert main(["gate", "--run", str(good), *base]) == 0
    capsys.readouterr()
    assert main(["gate", "--run", str(bad), *base]) == 1
    out = capsys.readouterr().out
    assert "against the baseline: 0 won, " in out
    assert "lost: A-72-344.dev/cub-18: key missing" in out
    assert out.endswith("FAILED\n")
    assert main(["gate", "--run", str(bad), *base, "--write-baseline"]) == 2
    assert main(["gate", "--run", str(bad), *base, "--write-baseline", "--reason", "test"]) == 0
