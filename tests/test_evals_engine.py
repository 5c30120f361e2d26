"""The real engine under the gate: it passes against itself, and broken it does not."""

import pytest

from evals.baseline import baseline_of
from evals.board import board_rows, read_engine
from evals.breaks import BREAKS, broken
from evals.engines import in_process, of_chain, request_of
from evals.gate import judge
from evals.runner import run
from evals.scoring import GATES, score_all
from evals.suite import SUITES, load_suite
from evals.truth import truth_of
from evals.types import EvalsError

CASES = load_suite(SUITES / "A-72-344.dev.jsonl")[::2]
NAME = "A-72-344.dev"


@pytest.fixture(scope="module")
def engine(chain):
    return of_chain(chain)


@pytest.fixture(scope="module")
def measured(engine, report):
    return score_all(run(NAME, CASES, engine, rerun=True), truth_of(report))


@pytest.fixture(scope="module")
def recorded(measured):
    """Return the engine's answers as they were, so that each break need not ask again."""
    kept = {str(request_of(one.result.case)): one.result.raw for one in measured}
    return lambda request: kept[str(request)]


def test_every_promise_is_kept_on_every_case(measured):
    broken_promises = [
        (one.key, gate.name, one.failures)
        for one in measured
        for gate in GATES
        if one.scores[gate.name] == 0
    ]
    assert broken_promises == []
    assert judge(measured, baseline_of(measured)).passed


@pytest.mark.parametrize("name", BREAKS)
def test_the_real_engine_broken_on_purpose_is_caught(name, measured, recorded, report):
    bad = run(NAME, CASES, broken(recorded, CASES, BREAKS[name].change))
    verdict = judge(score_all(bad, truth_of(report)), baseline_of(measured))
    assert not verdict.passed
    assert any(f": {BREAKS[name].metric} fell from" in line for line in verdict.fallen)


def test_the_board_puts_the_better_engine_first(measured, recorded, report):
    worse = run(NAME, CASES, broken(recorded, CASES, BREAKS["one-key-dropped"].change))
    rows = board_rows({"worse": score_all(worse, truth_of(report)), "good": measured})
    assert [row[0] for row in rows] == ["engine", "good", "worse"]


@pytest.mark.parametrize("spec", ["a:b", ":x=1", "a:x=1,y"])
def test_an_engine_that_cannot_be_read_is_refused(spec):
    with pytest.raises(EvalsError, match="expected NAME, NAME:field=value"):
        read_engine(spec)


def test_a_setting_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(EvalsError, match="unknown setting DAFU_COLOUR; choose from DAFU_"):
        in_process({"colour": "red"})
