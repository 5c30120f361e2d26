"""Runs: over HTTP, on disk, compared, reported; nothing an engine does ends a run."""

import json
from html.parser import HTMLParser

import pytest
from evals_service import serving

from corpus import load_report
from evals.__main__ import main
from evals.chance import sign_test
from evals.compare import compare, scores_by_key, summary_line
from evals.contract import read_answer
from evals.engines import EngineError, over_http, request_of
from evals.oracle import oracle
from evals.report import page
from evals.results import Run, load_run, save_run
from evals.runner import run
from evals.scoring import score_all
from evals.suite import SUITES, load_suite, save_suite
from evals.truth import truth_of
from evals.types import Case, ContractError, EvalsError, Result, Turn

REPORT = load_report()
TRUTH = truth_of(REPORT)
CASES = load_suite(SUITES / "A-72-344.dev.jsonl")[:12]
ANSWER = oracle(CASES, REPORT)
HOSTILE = "<script src=//evil></script>\"'&<img onerror=x>"


def results(engine, cases=CASES):
    return tuple(run("dev", cases, engine))


@pytest.fixture
def service():
    with serving(ANSWER) as url:
        yield url


def test_a_service_is_asked_over_http_and_answers_as_in_process(service):
    there = results(over_http(service))
    assert [one.raw for one in there] == [one.raw for one in results(ANSWER)]
    assert all(one.seconds > 0 for one in there)


def test_what_a_service_refuses_or_cannot_do_is_kept_as_the_cases_error(service):
    bad = Case("b", "zh-Hans", "lookup", "坏", True)
    (one,) = results(over_http(service), [bad])
    assert one.raw is None
    assert one.error.startswith("EngineError: HTTP 422: ")
    with pytest.raises(EngineError, match="cannot be reached"):
        over_http("http://127.0.0.1:1")(request_of(bad))
    with pytest.raises(EvalsError, match="expected http:// or https://"):
        over_http("ftp://x")


def test_a_run_goes_on_after_a_crash_and_the_engine_cannot_change_the_request():
    def vandal(request):
        request.clear()
        raise KeyError("gone")

    found = tuple(run("dev", CASES, vandal, rerun=True))
    assert [one.error for one in found] == ["KeyError: 'gone'"] * len(CASES)


def test_the_request_is_the_contracts():
    case = Case("a", "en", "follow-up", "And Norway?", True, history=(Turn("user", "Hi"),))
    assert request_of(case) == {
        "question": "And Norway?",
        "history": [{"role": "user", "content": "Hi"}],
        "respondents": [],
        "mode": "auto",
        "lang": "auto",
        "k": 10,
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": None}, "the answer.answer is None; expected str"),
        ({"refused": "no"}, "the answer.refused is 'no'; expected bool"),
        ({"refused": True}, "refused is True but refusal is None; they must agree"),
        ({"citations": [1]}, "citations[0] is 1; expected an object"),
        ({"citations": [{"n": True}]}, "citations[0].n is True; expected int"),
        ({"retrieved": [{}]}, "retrieved[0] has no field 'rank'"),
        ({"statements": [{"text": "x", "citations": ["1"]}]}, "expected whole numbers"),
        ({"coverage": {"searched": 24}}, "field 'says'"),
    ],
)
def test_a_reply_that_is_not_the_contracts_is_named(change, said):
    with pytest.raises(ContractError) as error:
        read_answer({**ANSWER(request_of(CASES[0])), **change})
    assert said in str(error.value)


def test_the_answering_layers_own_json_is_the_contracts():
    from qa.render import to_json
    from qa.types import Answer, Citation, Coverage, Retrieved, Stand, Statement

    passage = REPORT.passages[5]
    answer = Answer(
        id="1",
        question="?",
        resolved_question="?",
        kind="survey",
        language="zh-Hans",
        text="…… [1]",
        statements=(Statement("……", (1,), passage.code),),
        citations=(Citation(1, passage, 0, 5),),
        retrieved=(Retrieved(1, passage, 0.5),),
        engine="extract",
        index="x",
        coverage=Coverage(1, (Stand(passage.code, passage.respondent, (1,)),), (), ()),
    )
    read = read_answer(json.loads(json.dumps(to_json(answer))))
    assert read.citations[0].quote == passage.text[:5]
    assert read.coverage.says[0].citations == (1,)


def test_a_run_written_and_read_back_is_the_same(tmp_path):
    kept = Run("x", "2026-01-01T00:00:00+00:00", results(ANSWER))
    save_run(tmp_path / "sub" / "run.jsonl", kept)
    again = load_run(tmp_path / "sub" / "run.jsonl")
    assert score_all(again.results, TRUTH) == score_all(
        tuple(_rounded(one) for one in kept.results), TRUTH
    )
    assert (again.name, again.made) == (kept.name, kept.made)


def _rounded(one):
    return Result(one.suite, one.case, round(one.seconds, 6), one.raw, one.error)


def test_a_file_that_is_no_run_is_refused_with_its_line(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"format": 1, "name": "x", "made": "y"}\n{}\n', encoding="utf-8")
    with pytest.raises(EvalsError, match=r"run.jsonl:2: not a result"):
        load_run(path)
    path.write_text('{"id": "case"}\n', encoding="utf-8")
    with pytest.raises(EvalsError, match=r"run.jsonl:1: not a run"):
        load_run(path)


def test_two_runs_are_compared_case_by_case():
    before = {"a": {"mrr": 0.5}, "b": {"mrr": 1.0}, "c": {"mrr": None}, "d": {"mrr": 0.0}}
    after = {"a": {"mrr": 1.0}, "b": {"mrr": 0.5}, "c": {"mrr": 1.0}, "e": {"mrr": 1.0}}
    (duel,) = compare(before, after)
    assert (duel.won, duel.lost, duel.tied) == (("a",), ("b",), 0)
    assert duel.interval == (-0.5, 0.5)
    assert summary_line(duel) == (
        "1 won, 1 lost, 0 as before; MRR 0.750 -> 0.750, 95 % interval of the change -0.500 to "
        "+0.500, sign test's p: 1.000"
    )
    assert (duel.before, duel.after, duel.p) == (0.75, 0.75, sign_test(1, 1))
    with pytest.raises(EvalsError, match="share no case"):
        compare({"a": {}}, {"b": {}})
    right, crash = score_all(
        [
            Result("s", CASES[0], 0.1, ANSWER(request_of(CASES[0]))),
            Result("s", CASES[0], 0.1, None, "x"),
        ],
        TRUTH,
    )
    whole, *_ = compare(scores_by_key([right]), scores_by_key([crash]))
    assert (whole.metric.name, whole.lost) == ("solved", (right.key,))
    (shorter,) = compare({"a": {"conciseness": 4.0}}, {"a": {"conciseness": 2.0}})
    assert shorter.won == ("a",)


class Tags(HTMLParser):
    """Collects tags and attributes, and checks that they nest."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "rect", "path", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def hostile_page():
    case = Case("a", "en", "lookup", HOSTILE, True, gold=(HOSTILE,), reference=HOSTILE)
    raw = ANSWER(request_of(CASES[0])) | {"answer": HOSTILE}
    raw["citations"] = [raw["citations"][0] | {"respondent": HOSTILE, "text": HOSTILE * 9}]
    crashed = Result(HOSTILE, case, 0.1, None, HOSTILE)
    scored = score_all([Result("s", case, 0.1, raw), crashed], TRUTH)
    return page(Run(HOSTILE, HOSTILE, ()), scored, scored)


def test_the_report_escapes_everything_and_asks_nobody_for_anything():
    html = hostile_page()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    names = {name for name, _ in tags.seen}
    assert not names & {"script", "img", "link", "iframe", "object", "a", "form"}
    loaded = {"src", "href", "action", "style", "onerror", "srcset", "data"}
    assert not any(loaded & set(attrs) for _, attrs in tags.seen)
    assert "url(" not in html
    assert "@import" not in html


def test_the_report_shows_each_case_with_its_quotes_and_reasons():
    scored = score_all(results(ANSWER), TRUTH)
    html = page(Run("x", "2026", ()), scored)
    assert "<h1>12 of 12 questions answered rightly</h1>" in html
    assert html.count('<details class="case solved"') == 12
    assert "<mark>" in html


def test_the_commands_run_report_and_compare_work_together(service, tmp_path, capsys):
    suite, out, html = tmp_path / "s.jsonl", tmp_path / "a.jsonl", tmp_path / "r.html"
    save_suite(suite, CASES)
    given = ["--suite", str(suite), "--url", service]
    assert main(["run", *given, "--out", str(out), "--failures", "--rerun"]) == 0
    assert "byte-equal reruns 1.000" in capsys.readouterr().out
    assert main(["report", str(out), "--against", str(out), "--out", str(html)]) == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    capsys.readouterr()
    assert main(["compare", str(out), str(out)]) == 0
    assert "0 won, 0 lost, 12 as before; answered rightly 1.000 -> 1.000" in capsys.readouterr().out
    assert main(["validate", "--suite", str(suite)]) == 0
    assert main(["run", "--suite", str(tmp_path / "none.jsonl"), "--url", service]) == 2
    save_suite(suite, [Case("b", "zh-Hans", "lookup", "坏", True)])
    assert main(["run", *given]) == 1
    assert main(["validate", "--suite", str(suite)]) == 1
