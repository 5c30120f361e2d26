"""Metamorphic floors: an engine that hears badly is caught, one that hears well is not."""

from dataclasses import replace

import pytest
from evals_service import serving

from corpus import load_report
from evals.__main__ import main
from evals.baseline import baseline_of, load_baseline, save_baseline
from evals.engines import of_chain
from evals.floors import KNOWN, Shaken, fallen_floors, shares, vanished
from evals.frailty import frail, frailties
from evals.gate import judge, raised
from evals.metamorphic import RELATIONS, known_items, variants
from evals.oracle import oracle
from evals.published import results_page
from evals.runner import run
from evals.scoring import score_all
from evals.shake import shake
from evals.suite import SUITES, load_suite, save_suite
from evals.truth import truth_of
from evals.types import EvalsError

REPORT = load_report()
TRUTH = truth_of(REPORT)
NAME = "A-72-344.dev"
CASES = load_suite(SUITES / f"{NAME}.jsonl")[::3]
VARIANTS = [one for relation in RELATIONS for one in variants(CASES, relation, REPORT)]
ORACLE = oracle([*CASES, *VARIANTS, *known_items(REPORT)], REPORT)
ANSWERS = score_all(run(NAME, CASES, ORACLE), TRUTH)
FEW = [*CASES[:25], *(case for case in CASES[25:] if case.whole)]
SAMPLE = 20


@pytest.fixture(scope="module")
def steady():
    return shake(ANSWERS, ORACLE, REPORT, SAMPLE)


@pytest.fixture(scope="module")
def baseline(steady):
    return baseline_of(ANSWERS, steady)


def test_an_engine_that_hears_well_holds_every_answer_and_passes(steady, baseline):
    assert set(shares(steady)) == {*RELATIONS, KNOWN}
    assert all(figures == {"held": 1.0, "right": 1.0} for figures in shares(steady).values())
    assert judge(ANSWERS, baseline, steady).passed


@pytest.mark.parametrize("relation", [*RELATIONS, KNOWN])
def test_an_engine_that_hears_badly_is_caught_and_the_relation_named(relation, baseline):
    deaf = frail(ORACLE, frailties(CASES, REPORT)[relation])
    verdict = judge(ANSWERS, baseline, shake(ANSWERS, deaf, REPORT, SAMPLE))
    assert not verdict.passed
    assert verdict.lost == ()
    assert any(line.startswith(f"metamorphic: {relation} held fell") for line in verdict.fallen)


@pytest.fixture(scope="module")
def real(chain):
    """Return the real engine, its answers and the baseline that they make."""
    engine = of_chain(chain)
    answers = score_all(run(NAME, FEW, engine), TRUTH)
    return engine, answers, baseline_of(answers, shake(answers, engine, REPORT, SAMPLE))


@pytest.mark.parametrize("relation", [*RELATIONS, KNOWN])
def test_the_real_engine_made_to_hear_badly_is_caught(relation, real):
    engine, answers, good = real
    deaf = frail(engine, frailties(FEW, REPORT)[relation])
    fallen = judge(answers, good, shake(answers, deaf, REPORT, SAMPLE, [relation])).fallen
    assert any(line.startswith(f"metamorphic: {relation} held fell") for line in fallen)


def test_the_sample_is_the_same_at_every_run_and_does_not_move_with_other_suites(steady):
    assert shake(ANSWERS, ORACLE, REPORT, SAMPLE) == steady
    own = [replace(one, result=replace(one.result, suite="other")) for one in ANSWERS]
    both = shake([*own[:5], *ANSWERS], ORACLE, REPORT, SAMPLE)
    assert [one for one in both if one.suite != "other"] == list(steady)
    asked = [one for one in steady if one.relation == "noise"]
    assert len(asked) == SAMPLE


def test_floors_are_compared_over_the_cases_that_both_have():
    old = [Shaken("noise", "s/a", True, True), Shaken("noise", "s/b", True, False)]
    new = [Shaken("noise", "s/b", True, False), Shaken("noise", "s/c", False, False)]
    assert fallen_floors(old, new) == []
    worse = [replace(one, held=False) for one in new]
    assert fallen_floors(old, worse) == [("noise", "held", 1.0, 0.0)]


def test_a_relation_that_is_no_longer_asked_is_missing(steady, baseline):
    fewer = [one for one in steady if one.relation != "noise"]
    assert judge(ANSWERS, baseline, fewer).missing == (
        "metamorphic noise: in the baseline, not in this run",
    )
    assert judge(ANSWERS, baseline, None).passed
    assert vanished(steady, fewer, {"another suite"}) == []


def test_a_floor_falls_only_for_a_recorded_reason(steady, baseline):
    worse = [replace(one, held=False) if one.relation == "noise" else one for one in steady]
    with pytest.raises(EvalsError, match=r"metamorphic: noise held fell from 1.0000 to 0.0000"):
        raised(ANSWERS, baseline, None, "2026-01-01", worse)
    new = raised(ANSWERS, baseline, "why not", "2026-01-01", worse)
    assert [(one.suite, one.metric) for one in new.lowered] == [("metamorphic", "noise held")]
    assert raised(ANSWERS, new, None, "2026-01-02").shaken == new.shaken


def test_floors_written_and_read_back_are_the_same(tmp_path, baseline):
    path = tmp_path / "baseline.toml"
    save_baseline(baseline, path)
    assert set(load_baseline(path).shaken) == set(baseline.shaken)
    assert "| noise | 20 | 1.000 | 1.000 |" in results_page(load_baseline(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("held = 1.0", "held = 0.5", 1), encoding="utf-8")
    with pytest.raises(EvalsError, match="is not the sum of the cases"):
        load_baseline(path)


def test_the_command_asks_the_metamorphic_questions_and_holds_their_floors(tmp_path, capsys):
    suite = tmp_path / f"{NAME}.jsonl"
    save_suite(suite, CASES[:12])
    base = ["--suite", str(suite), "--baseline", str(tmp_path / "baseline.toml")]
    with serving(ORACLE) as good:
        assert main(["gate", *base, "--url", good, "--write-baseline"]) == 0
        assert main(["gate", *base, "--url", good]) == 0
    assert "other-name" in capsys.readouterr().out
    deaf = frail(ORACLE, frailties(CASES, REPORT)["distractor"])
    with serving(deaf) as bad:
        assert main(["gate", *base, "--url", bad]) == 1
        assert "fallen: metamorphic: distractor held fell from 1.0000" in capsys.readouterr().out
        assert main(["gate", *base, "--url", bad, "--no-metamorphic"]) == 0
        assert main(["gate", *base, "--url", bad, "--write-baseline"]) == 2
