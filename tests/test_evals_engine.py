"""The real engine under the gate: it passes against itself, and broken it does not."""

import pytest

from evals.ablation import LEFT_OUT, notes_without
from evals.baseline import baseline_of
from evals.board import board_rows
from evals.breaks import BREAKS, broken
from evals.engines import asked_with, in_process, of_chain, read_engine, request_of
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
    won, lost, p = (rows[1][rows[0].index(name)] for name in ("won", "lost", "p"))
    assert int(won) > 20
    assert (lost, p) == ("0", "< 0.001")
    assert rows[2][rows[0].index("won")] == "·"


@pytest.mark.parametrize("spec", ["a:b", ":x=1", "a:x=1,y"])
def test_an_engine_that_cannot_be_read_is_refused(spec):
    with pytest.raises(EvalsError, match="expected NAME, NAME:field=value"):
        read_engine(spec)


def test_a_setting_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(EvalsError, match="unknown setting DAFU_COLOUR; choose from DAFU_"):
        in_process({"colour": "red"})


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("a:mode=quick", "mode is 'quick'; allowed: auto, extract, generate"),
        ("a:k=0", "k is '0'; allowed: a whole number above 0"),
        ("a:without=everything", "without is 'everything'; allowed: questions, paraphrase"),
    ],
)
def test_a_part_of_a_spec_that_is_not_known_is_refused_with_what_is(spec, said):
    with pytest.raises(EvalsError, match=said):
        read_engine(spec)


def test_fields_of_a_spec_reach_the_engine_with_every_request():
    asked = asked_with(lambda request: request, {"mode": "extract", "k": 3})
    assert asked({"question": "?", "k": 10}) == {"question": "?", "k": 3, "mode": "extract"}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_an_ablation_leaves_out_one_kind_of_annotation_and_no_other(kind, notes):
    own = {"facts": {"topics", "facts"}}.get(kind, {kind})
    less = notes_without(notes, [kind])
    changed = {
        name
        for passage, note in notes.by_passage.items()
        for name in note.__dataclass_fields__
        if getattr(note, name) != getattr(less.by_passage[passage], name)
    }
    assert changed == own
    assert (less.entities, less.acts) == (notes.entities, notes.acts)
