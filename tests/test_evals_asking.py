"""Which cases are asked: suites by file or name, the gate's own halves, filters."""

import pytest

from evals.__main__ import main
from evals.asking import Filter, failed_in, filtered, suites_of
from evals.oracle import oracle
from evals.results import Run, save_run
from evals.runner import run
from evals.suite import SUITES, find_suite, is_gate_only, load_suite, save_suite, shipped_suites
from evals.truth import truth_of
from evals.types import Case, EvalsError, SuiteError

CASES = load_suite(SUITES / "A-72-344.dev.jsonl")
DEV = {"dev": CASES}


def test_a_suite_is_found_by_file_by_name_and_by_the_end_of_its_name(tmp_path):
    dev = SUITES / "A-72-344.dev.jsonl"
    assert find_suite("A-72-344.dev") == find_suite("dev") == find_suite(str(dev)) == dev
    assert find_suite(str(tmp_path / "new.jsonl")) == tmp_path / "new.jsonl"
    with pytest.raises(SuiteError, match=r"--suite is 'deve'; expected a file or one of A-72-344"):
        find_suite("deve")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A-72-344.test", True),
        ("B.final", True),
        ("test", True),
        ("A-72-344.dev3", False),
        ("latest", False),
    ],
)
def test_test_and_final_are_kept_for_the_gate(name, expected):
    assert is_gate_only(name) is expected


def test_without_a_name_the_gate_asks_every_shipped_suite_and_a_run_those_for_tuning():
    names = {path.name.removesuffix(".jsonl") for path in shipped_suites()}
    assert set(suites_of(None, gate=True)) == names
    assert set(suites_of(None)) == {name for name in names if not is_gate_only(name)}
    assert "A-72-344.test" in names
    assert list(suites_of(["test"])) == ["A-72-344.test"]


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(kinds=("survey", "table")), lambda case: case.kind in ("survey", "table")),
        (Filter(langs=("en",)), lambda case: case.lang == "en"),
        (Filter(ids=("cub-*",)), lambda case: case.id.startswith("cub-")),
        (Filter(respondents=("古巴",)), lambda case: "古巴" in case.respondents),
        (Filter(keys=frozenset({"dev/cub-18"})), lambda case: case.id == "cub-18"),
        (
            Filter(kinds=("lookup",), langs=("en",)),
            lambda case: case.kind == "lookup" and case.lang == "en",
        ),
    ],
)
def test_filters_take_what_they_name(wanted, passes):
    kept = filtered(DEV, wanted)["dev"]
    assert kept == tuple(case for case in CASES if passes(case))
    assert 0 < len(kept) < len(CASES)


def test_filters_that_nothing_passes_are_an_error_and_none_keep_all():
    assert filtered(DEV, Filter()) == DEV
    with pytest.raises(EvalsError, match="none of the 221 cases of dev passes the filters"):
        filtered(DEV, Filter(ids=("no-such-*",)))


@pytest.fixture
def kept(tmp_path, report):
    """Keep a run of four cases, of which two crash."""
    good = oracle(CASES[:2], report)
    save_suite(tmp_path / "s.jsonl", CASES[:4])
    path = tmp_path / "run.jsonl"
    save_run(path, Run("x", "2026-01-01T00:00:00+00:00", tuple(run("s", CASES[:4], good))))
    return path


def test_only_what_failed_in_a_kept_run_is_asked_again(kept, tmp_path, report, capsys):
    assert failed_in(kept, truth_of(report)) == {f"s/{case.id}" for case in CASES[2:4]}
    suite, out = str(tmp_path / "s.jsonl"), tmp_path / "again.jsonl"
    nowhere = ["--url", "http://127.0.0.1:1", "--out", str(out)]
    assert main(["run", "--suite", suite, "--failed-in", str(kept), *nowhere]) == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert "s: 2 cases asked" in capsys.readouterr().err


def test_of_a_gate_only_suite_a_run_prints_figures_and_no_questions(tmp_path, capsys):
    cases = [Case("secret", "en", "lookup", "Hush?", True, gold=("x",))]
    for name in ("s.test.jsonl", "s.dev.jsonl"):
        save_suite(tmp_path / name, cases)
        main(["run", "--suite", str(tmp_path / name), "--url", "http://127.0.0.1:1", "--failures"])
    first, second = capsys.readouterr().out.split("promises:")[1:]
    assert "Hush?" not in first
    assert "Hush?" in second
