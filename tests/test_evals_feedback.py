"""A thumbs-down becomes a draft, and a draft becomes a case only when the case is right."""

import pytest

from evals.__main__ import main
from evals.feedback import Draft, load_drafts, save_draft
from evals.suite import load_suite
from evals.types import EvalsError, Turn

DRAFT = Draft(
    made="2026-01-01T00:00:00+00:00",
    comment="数字不对",
    request={"question": "那古巴呢？", "history": [{"role": "user", "content": "挪威？"}]},
    answer={"answer": "没有。", "language": "zh-Hans"},
)
GOOD = ["--key", "18 项|十八项", "--gold", "批准了 18 项", "--respondent", "古巴"]


@pytest.fixture
def drafts(tmp_path):
    path = tmp_path / "var" / "feedback.jsonl"
    save_draft(path, DRAFT)
    save_draft(path, DRAFT)
    return path


def test_drafts_are_kept_in_order_with_the_answer_as_it_stood(drafts):
    assert load_drafts(drafts) == (DRAFT, DRAFT)
    drafts.write_text('{"made": "x"}\n', encoding="utf-8")
    with pytest.raises(EvalsError, match=r"feedback.jsonl:1: not a draft of feedback"):
        load_drafts(drafts)


def test_drafts_are_shown(drafts, capsys):
    assert main(["add", str(drafts)]) == 0
    out = capsys.readouterr().out
    assert "2. 2026-01-01T00:00:00+00:00 那古巴呢？" in out
    assert "comment: 数字不对" in out


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
        (["--pick", "1"], "--pick needs --suite FILE and --id NAME"),
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
