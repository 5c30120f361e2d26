"""Suites: read strictly, written canonically, and right about the report."""

import json

import pytest

from corpus import load_report
from evals.oracle import oracle
from evals.runner import run
from evals.scoring import score_all
from evals.suite import (
    SUITES,
    dump_case,
    is_gate_only,
    load_suite,
    read_case,
    save_suite,
    shipped_suites,
    suite_name,
)
from evals.truth import Source, truth_of
from evals.types import KINDS, LANGS, REASONS, Case, SuiteError, Turn
from evals.validate import coverage_table, overlap_problems, suite_problems, uncovered

DEV = SUITES / "A-72-344.dev.jsonl"
LINE = {"id": "a", "lang": "en", "kind": "lookup", "question": "Who?", "answerable": True}
TRUTH = {
    "R/A/1": Source("R/A/1", "A", "甲国", "甲国批准了 18 项公约。"),
    "R/B/1": Source("R/B/1", "B", "乙国", "乙国没有批准。"),
}


def line(**changes):
    return json.dumps({**LINE, **changes}, ensure_ascii=False)


@pytest.fixture(scope="module")
def report():
    return load_report()


@pytest.fixture(scope="module")
def dev():
    return load_suite(DEV)


def test_a_line_with_the_required_fields_only_is_a_case():
    assert read_case(line()) == Case("a", "en", "lookup", "Who?", True)


def test_a_case_written_and_read_back_is_the_same():
    case = Case(
        id="b~hant",
        lang="zh-Hant",
        kind="refusal",
        question="那日本呢？",
        answerable=False,
        history=(Turn("user", "挪威？"), Turn("assistant", "2005。")),
        respondents=("挪威",),
        whole="日本批准了吗？",
        answer_keys=(("一", "二"),),
        must_not=("三",),
        reference="没有。",
        reason="not-a-respondent",
    )
    assert read_case(dump_case(case)) == case
    assert case.base == "b"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "found a list, expected an object"),
        ("{", "Expecting property name"),
        (line(colour="red"), "unknown field 'colour'; allowed: id, lang, kind"),
        ('{"id": "a"}', "field 'lang' is missing"),
        (line(lang="fr"), "lang is 'fr'; allowed: zh-Hans, zh-Hant, en"),
        (line(kind="quiz"), "kind is 'quiz'; allowed: lookup, metadata"),
        (line(answerable="yes"), "answerable is a text, expected true or false"),
        (line(question=" "), "question is ' ', expected a text"),
        (line(gold="text"), "gold is a text, expected a list"),
        (line(gold=[1]), "an item of gold is 1"),
        (line(answer_keys=[[]]), "a key of answer_keys is a list of at least one variant"),
        (line(answer_keys=["18"]), "a key of answer_keys is a list"),
        (line(history=[{"role": "user"}]), "exactly the fields role, content"),
        (line(history=[{"role": "bot", "content": "x"}]), "role is 'bot'; allowed: user"),
        (line(kind="refusal"), "kind 'refusal' has answerable false"),
        (line(reason="off-topic"), "reason belongs to cases with answerable false"),
        (line(whole="Who else?"), "whole belongs to cases with a history"),
        (line(answerable=False, reason="tired"), "reason is 'tired'; allowed: not-in-report"),
    ],
)
def test_a_wrong_line_is_refused_with_file_line_and_what_is_allowed(tmp_path, text, said):
    path = tmp_path / "s.jsonl"
    path.write_text(line(id="first") + "\n\n" + text + "\n", encoding="utf-8")
    with pytest.raises(SuiteError) as error:
        load_suite(path)
    assert f"{path}:3: " in str(error.value)
    assert said in str(error.value)


def test_an_id_used_twice_an_empty_file_and_a_missing_file_are_refused(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text(line() + "\n" + line() + "\n", encoding="utf-8")
    with pytest.raises(SuiteError, match=r":2: id 'a' is used twice"):
        load_suite(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="holds no case"):
        load_suite(path)
    with pytest.raises(SuiteError, match="cannot be read"):
        load_suite(tmp_path / "none.jsonl")


def test_a_foreign_suite_runs_when_asked_to_be_lenient(tmp_path):
    path = tmp_path / "foreign.jsonl"
    path.write_text(line(kind="quiz", colour="red"), encoding="utf-8")
    (case,) = load_suite(path, lenient=True)
    assert (case.kind, suite_name(path)) == ("quiz", "foreign")


def test_the_choices_are_those_of_the_answering_layer():
    from typing import get_args

    from qa.types import Kind, Language, Reason

    assert set(REASONS) == set(get_args(Reason))
    assert set(LANGS) == set(get_args(Language))
    assert set(get_args(Kind)) <= set(KINDS)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gold": ["批准了 19 项"]}, "gold is in no passage of its respondents: 批准了 19 项"),
        ({"respondents": ["乙国"]}, "gold is in no passage of its respondents"),
        ({"respondents": ["丙国"]}, "respondent '丙国' is not in the report"),
        ({"answer_keys": [["20 项"]]}, "key stands neither in a gold passage nor"),
        ({"answer_keys": [["8 项"]]}, "key stands neither in a gold passage nor"),
        ({"answer_keys": [], "gold": []}, "an answerable case has gold or answer_keys"),
        ({"must_not": ["18 项"]}, "the reference says what must not be said"),
        ({"answerable": False}, "a case with answerable false has no gold"),
    ],
)
def test_a_case_that_is_wrong_about_the_report_is_found(changes, said):
    good = {
        "respondents": ["甲国"],
        "gold": ["批准了18项"],
        "answer_keys": [["18 项", "十八项"]],
        "reference": "18 项。",
    }
    assert suite_problems([read_case(line(**good))], TRUTH) == []
    problems = suite_problems([read_case(line(**{**good, **changes}))], TRUTH)
    assert any(problem.startswith("a: ") and said in problem for problem in problems)


def test_the_halves_may_not_ask_the_same_or_nearly_the_same():
    one = read_case(line(id="a", question="古巴批准了多少项反恐国际公约？"))
    same = read_case(line(id="b", question="古巴批准了多少項反恐國際公約"))
    near = read_case(line(id="c", question="古巴批准了多少项反恐国际公约呢？"))
    far = read_case(line(id="d", question="古巴的答复是哪天写的？"))
    variant = read_case(line(id="a~hant", question="古巴批准了多少項反恐國際公約"))
    assert overlap_problems({"dev": [one], "test": [far, variant]}) == []
    assert len(overlap_problems({"dev": [one], "test": [same, near]})) == 2
    assert overlap_problems({"dev": [one], "test": [one]})[0].endswith("both use the id a")
    assert "asked twice" in suite_problems([one, same], {})[-1]


def test_the_coverage_table_counts_every_case_of_a_respondent():
    cases = [
        read_case(line(respondents=["甲国", "乙国"])),
        read_case(line(id="b", kind="refusal", answerable=False, question="Why?")),
    ]
    rows = {row[0]: row[-1] for row in coverage_table(cases, TRUTH)}
    assert rows == {"": "total", "甲国": "1", "乙国": "1", "—": "1", "cases": "2"}
    assert "no case of kind survey" in uncovered(cases, TRUTH)
    assert "no answerable case about 甲国" in uncovered(cases[1:], TRUTH)


def test_the_dev_suite_is_right_about_the_report(dev, report):
    truth = truth_of(report)
    assert suite_problems(dev, truth) == []
    assert uncovered(dev, truth) == []
    assert len(dev) >= 110


def test_every_shipped_suite_is_right_about_the_report_and_no_two_ask_the_same(report):
    """Only ids are shown where it fails: some of these suites are kept for the gate."""
    suites = {suite_name(path): load_suite(path) for path in shipped_suites()}
    truth = truth_of(report)
    wrong = [line for cases in suites.values() for line in suite_problems(cases, truth)]
    asked_twice = overlap_problems(suites)
    assert [line.split(": ")[0] for line in (*wrong, *asked_twice)] == []
    assert {is_gate_only(name) for name in suites} == {True, False}
    assert sum(map(len, suites.values())) > 900


def test_the_dev_suite_is_written_canonically(dev, tmp_path):
    save_suite(tmp_path / "again.jsonl", dev)
    assert (tmp_path / "again.jsonl").read_bytes() == DEV.read_bytes()


def test_the_dev_suite_covers_every_language_and_reason(dev):
    share = {lang: sum(case.lang == lang for case in dev) / len(dev) for lang in LANGS}
    assert share["en"] >= 0.15
    assert share["zh-Hant"] >= 0.08
    assert {case.reason for case in dev if case.reason} == set(REASONS)


def test_the_oracle_solves_every_case_of_the_dev_suite(dev, report):
    """A case that even the right answer fails is a wrong case."""
    scored = score_all(run("dev", dev, oracle(dev, report), rerun=True), truth_of(report))
    assert [(one.key, one.failures) for one in scored if not one.solved] == []
