"""What readers think of answers: the agreed record, and the bounds of what is taken."""

import json

import pytest
from web_attacks import ATTACKS
from web_fakes import REPORT, FakeDafu
from web_live import serving

from qa.render import to_json
from qa.types import Question
from qa.web.chat import Chat
from qa.web.conversation import Conversation
from qa.web.engine import Engine
from qa.web.errors import WebError
from qa.web.feedback import A_MINUTE, MAX_COMMENT, Feedback
from qa.web.kept import keep

ANSWER = to_json(FakeDafu().invoke(Question("问")))
GIVEN = {
    "verdict": "down",
    "comment": "页码不对",
    "question": {"question": "问"},
    "answer": {**ANSWER, "timings_ms": {"all": 1.0}},
}


def records(folder):
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


@pytest.fixture
def live(tmp_path):
    with serving(feedback_dir=tmp_path / "feedback") as running:
        yield running


def test_a_verdict_is_recorded_with_its_question_and_answer(live, tmp_path):
    reply = live.send("POST", "/api/v1/feedback", GIVEN)
    assert reply.status == 201
    (record,) = records(tmp_path / "feedback")
    assert list(record) == ["created", "verdict", "comment", "question", "answer"]
    assert record["created"] == reply.json["created"]
    assert record["created"].endswith("+00:00")
    assert (record["verdict"], record["comment"]) == ("down", "页码不对")
    assert record["question"] == {
        "question": "问",
        "history": [],
        "respondents": [],
        "mode": "auto",
        "lang": "auto",
        "k": 10,
    }
    assert record["answer"]["citations"] == ANSWER["citations"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"verdict": "sideways"}, 422, "bad_verdict"),
        ({"comment": "长" * (MAX_COMMENT + 1)}, 422, "comment_too_long"),
        ({"user": "me"}, 422, "unknown_field"),
        ({"answer": {}}, 422, "missing_field"),
        ({"question": {"question": 1}}, 422, "wrong_type"),
    ],
)
def test_what_is_no_verdict_is_refused(live, tmp_path, change, status, code):
    reply = live.send("POST", "/api/v1/feedback", {**GIVEN, **change})
    assert (reply.status, reply.code) == (status, code)
    assert records(tmp_path / "feedback") == []


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with serving(feedback_dir=blocked / "below") as live:
        reply = live.send("POST", "/api/v1/feedback", GIVEN)
        assert (reply.status, reply.code) == (503, "feedback_unavailable")
        assert live.ask("问").status == 200


def test_a_day_and_a_minute_have_their_bounds(tmp_path):
    small = Feedback(tmp_path / "small", 100)
    with pytest.raises(WebError, match="记满"):
        small.record("up", "", {"question": "问" * 100}, {})
    assert records(tmp_path / "small") == []
    quick = Feedback(tmp_path / "quick", 1_000_000)
    for _ in range(A_MINUTE):
        quick.record("up", "", {}, {})
    with pytest.raises(WebError, match="一分钟"):
        quick.record("up", "", {}, {})
    assert len(records(tmp_path / "quick")) == A_MINUTE


def judge(folder, given, *questions):
    engine = Engine(1, 1, 5)
    engine.open(FakeDafu())
    chat = Chat(engine, REPORT, Feedback(folder, 1_000_000))
    talk = Conversation()
    for one in questions:
        talk = talk.asking(one, ("MEX",)).answered(FakeDafu().invoke(Question(one, talk.history())))
    return chat.judged(json.dumps(given), keep(talk), "zh")


def test_the_chat_records_what_was_asked_before_as_well(tmp_path):
    messages, kept, notice = judge(tmp_path, ["up", 1, "好"], "问", "再问", "三问")
    (record,) = records(tmp_path)
    assert record["question"]["question"] == "再问"
    assert record["question"]["respondents"] == ["MEX"]
    assert [turn["role"] for turn in record["question"]["history"]] == ["user", "assistant"]
    assert record["answer"]["question"] == "再问"
    assert "chosen" in messages[3]["content"]
    assert "chosen" not in messages[5]["content"]
    assert '"verdict":"up"' in kept
    assert "谢谢" in notice


@pytest.mark.parametrize("given", [None, 3, [], ["up", 9, ""], ["up", "0", ""], ["no", 0, ""]])
def test_a_verdict_on_nothing_is_a_message(tmp_path, given):
    *_, notice = judge(tmp_path, given, "问")
    assert "notice bad" in notice
    assert records(tmp_path) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_comment_is_kept_as_it_is_and_shown_nowhere(tmp_path, attack):
    messages, kept, notice = judge(tmp_path, ["down", 0, attack], "问")
    assert records(tmp_path)[0]["comment"] == attack
    assert attack not in f"{messages}{kept}{notice}"
