"""A thumbs-down becomes a draft, and a draft becomes a case only when the case is right."""

import json

import pytest

from evals.__main__ import main
from evals.feedback import load_drafts
from evals.suite import SUITES, load_suite
from evals.types import EvalsError, Turn

QUOTE = "批准了 18 项与恐怖主义有关的国际公约"
RECORD = {
    "created": "2026-01-01T00:00:00+00:00",
    "verdict": "down",
    "comment": "数字不对",
    "question": {"question": "那古巴呢？", "history": [{"role": "user", "content": "挪威？"}]},
    "answer": {
        "answer": "没有。",
        "language": "zh-Hans",
        "citations": [{"n": 1, "respondent": "古巴", "quote": QUOTE}],
    },
    "id": "a writer's own field",
}
GOOD = ["--key", "18 项|十八项", "--gold", "批准了 18 项", "--respondent", "古巴"]


def write(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def drafts(tmp_path):
    return write(tmp_path / "var" / "feedback.jsonl", RECORD, RECORD)


def test_drafts_are_read_in_order_with_the_answer_as_it_stood(drafts):
    first, second = load_drafts(drafts)
    assert first == second
    assert first.question == "那古巴呢？"
    assert first.history == (Turn("user", "挪威？"),)
    assert first.answer == RECORD["answer"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ([], "expected an object with created, verdict, comment, question, answer"),
        ({"created": "x"}, "field 'verdict' is missing; required: created, verdict"),
        ({**RECORD, "verdict": "bad"}, "verdict is 'bad'; allowed: up, down"),
        ({**RECORD, "question": "谁？"}, "question is '谁？', expected an object"),
        ({**RECORD, "question": {"question": " "}}, "the question is empty"),
        ({**RECORD, "question": {}}, "'question'"),
        ({**RECORD, "question": {"question": "?", "history": [1]}}, "not a draft"),
    ],
)
def test_a_record_of_another_shape_is_refused_with_file_and_line(tmp_path, record, said):
    path = write(tmp_path / "feedback.jsonl", RECORD, record)
    with pytest.raises(EvalsError) as error:
        load_drafts(path)
    assert str(error.value).startswith(f"{path}:2: not a draft of feedback: ")
    assert said in str(error.value)


def test_what_strangers_wrote_neither_ends_a_line_nor_steers_the_terminal(tmp_path, capsys):
    path = write(tmp_path / "f.jsonl", {**RECORD, "comment": "一\u2028二\x1b[2J\n三"}, RECORD)
    assert len(load_drafts(path)) == 2
    assert main(["add", str(path)]) == 0
    assert "comment: 一 二 [2J 三\n" in capsys.readouterr().out


@pytest.mark.parametrize("citations", [None, "x", [1], [{"n": []}], [{"n": 1, "quote": None}]])
def test_citations_that_cannot_be_quoted_are_not_offered(tmp_path, capsys, citations):
    answer = {**RECORD["answer"], "citations": citations}
    path = write(tmp_path / "f.jsonl", {**RECORD, "answer": answer})
    assert main(["add", str(path)]) == 0
    chosen = ["--pick", "1", "--suite", str(tmp_path / "s.jsonl"), "--id", "a", "--cite", "1"]
    assert main(["add", str(path), *chosen]) == 2
    assert "the answer's citations: none" in capsys.readouterr().err


def test_a_folder_of_drafts_is_shown_and_what_was_liked_only_when_asked_for(tmp_path, capsys):
    write(tmp_path / "b.jsonl", RECORD)
    write(tmp_path / "a.jsonl", {**RECORD, "verdict": "up", "comment": "很好"})
    assert main(["add", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2. 2026-01-01T00:00:00+00:00 [down] 那古巴呢？" in out
    assert f"[1] 古巴: {QUOTE}" in out
    assert "comment: 数字不对" in out
    assert out.endswith("1 of 2 drafts shown\n")
    assert main(["add", str(tmp_path), "--up"]) == 0
    assert "1. 2026-01-01T00:00:00+00:00 [up]" in capsys.readouterr().out
    assert main(["add", str(tmp_path / "none")]) == 2


def test_a_citation_of_the_answer_can_be_taken_as_gold(drafts, tmp_path, capsys):
    suite = tmp_path / "s.jsonl"
    chosen = ["add", str(drafts), "--pick", "1", "--suite", str(suite), "--id", "cuba"]
    assert main([*chosen, "--cite", "2"]) == 2
    assert "--cite is 2; the answer's citations: 1" in capsys.readouterr().err
    assert main([*chosen, "--cite", "1"]) == 0
    (case,) = load_suite(suite)
    assert (case.gold, case.respondents, case.lang) == ((QUOTE,), ("古巴",), "zh-Hans")


def test_nothing_is_added_to_a_suite_that_is_kept_for_the_gate(drafts, tmp_path, capsys):
    suite = tmp_path / "s.test.jsonl"
    chosen = ["add", str(drafts), "--pick", "1", "--suite", str(suite), "--id", "cuba"]
    assert main([*chosen, *GOOD]) == 2
    assert "is kept for the gate" in capsys.readouterr().err
    assert not suite.exists()


def test_what_a_shipped_suite_asks_already_is_not_added(tmp_path, capsys):
    (known,) = (one for one in load_suite(SUITES / "A-72-344.dev.jsonl") if one.id == "cub-18")
    asked = {**RECORD, "question": {"question": known.question}}
    path, suite = write(tmp_path / "f.jsonl", asked), tmp_path / "s.jsonl"
    chosen = ["add", str(path), "--pick", "1", "--suite", str(suite), "--id", "cuba"]
    assert main([*chosen, *GOOD]) == 2
    assert "A-72-344.dev/cub-18 ask the same" in capsys.readouterr().err


def test_a_draft_is_promoted_into_a_suite(drafts, tmp_path):
    suite = tmp_path / "s.jsonl"
    chosen = ["add", str(drafts), "--pick", "1", "--suite", str(suite), "--id", "cuba"]
    assert main([*chosen, "--kind", "follow-up", *GOOD]) == 0
    (case,) = load_suite(suite)
    assert (case.id, case.kind, case.question) == ("cuba", "follow-up", "那古巴呢？")
    assert case.history == (Turn("user", "挪威？"),)
    assert case.answer_keys == (("18 项", "十八项"),)
    assert main([*chosen, *GOOD]) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pick", "3", "--id", "a"], "--pick is 3; there are drafts 1 to 2"),
        (["--pick", "1"], "--pick needs --suite SUITE and --id NAME"),
        (["--pick", "1", "--id", "a"], "nothing tells right from wrong"),
        (["--pick", "1", "--id", "a", "--gold", "批准了 19 项"], "gold is in no passage"),
    ],
)
def test_a_case_that_is_not_right_is_not_added(drafts, tmp_path, capsys, options, said):
    suite = tmp_path / "s.jsonl"
    assert main(["add", str(drafts), "--suite", str(suite), *options]) == 2
    assert said in capsys.readouterr().err
    assert not suite.exists()


def test_what_should_have_been_refused_becomes_a_refusal(drafts, tmp_path):
    suite = tmp_path / "s.jsonl"
    options = ["--pick", "2", "--id", "r", "--kind", "refusal", "--reason", "off-topic"]
    assert main(["add", str(drafts), "--suite", str(suite), *options]) == 0
    assert not load_suite(suite)[0].answerable
