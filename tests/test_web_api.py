"""REST over a real uvicorn: the contract, strict input, errors of one shape."""

import json
import logging
from collections.abc import Iterator

import pytest
from web_fakes import REPORT
from web_live import Live, serving

from qa.web.schemas import AnswerShape, RespondentsShape


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with serving(request_timeout=0.4) as running:
        yield running


def test_an_answer_has_the_shape_of_the_contract(live):
    reply = live.ask("谁参加了核安保峰会？")
    assert reply.status == 200
    body = AnswerShape.model_validate_json(reply.body)
    assert body.citations[0].quote == "阿根廷于 2016 年参加了核安保峰会"
    for one in body.citations:
        assert one.text[one.start : one.end] == one.quote


@pytest.mark.parametrize("question", ["排查", "拒绝"])
def test_surveys_and_refusals_have_the_shape_of_the_contract(live, question):
    assert AnswerShape.model_validate_json(live.ask(question).body).question == question


def test_every_field_of_the_question_reaches_the_engine(live):
    history = [{"role": "user", "content": "甲"}, {"role": "assistant", "content": "乙"}]
    reply = live.ask(
        "问", history=history, respondents=["MEX", "Argentina"], mode="extract", lang="en", k=2
    )
    asked = live.dafu.asked[-1]
    assert reply.status == 200
    assert [turn.content for turn in asked.history] == ["甲", "乙"]
    assert asked.respondents == ("MEX", "Argentina")
    assert (asked.mode, asked.lang, asked.k) == ("extract", "en", 2)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_json"),
        (b"", 400, "bad_json"),
        (b"\xff\xfe", 400, "bad_json"),
        (b'{"question": "\\ud800"}', 400, "bad_json"),
        (b"[" * 5_000, 400, "bad_json"),
        (b"[]", 422, "wrong_type"),
        (b"{}", 422, "missing_field"),
        ({"question": ""}, 422, "empty_question"),
        ({"question": " \n"}, 422, "empty_question"),
        ({"question": "？！"}, 422, "no_words"),
        ({"question": "问" * 100_000}, 422, "question_too_long"),
        ({"question": "问\x00"}, 422, "control_character"),
        ({"question": "问\x1b[31m"}, 422, "control_character"),
        ({"question": 1}, 422, "wrong_type"),
        ({"question": None}, 422, "wrong_type"),
        ({"question": ["问"]}, 422, "wrong_type"),
        ({"question": "问", "k": "10"}, 422, "wrong_type"),
        ({"question": "问", "k": True}, 422, "wrong_type"),
        ({"question": "问", "k": 0}, 422, "bad_k"),
        ({"question": "问", "k": 51}, 422, "bad_k"),
        ({"question": "问", "mode": "guess"}, 422, "bad_mode"),
        ({"question": "问", "lang": "fr"}, 422, "bad_lang"),
        ({"question": "问", "lang": "x" * 50_000}, 422, "bad_lang"),
        ({"question": "问", "x" * 50_000: 1}, 422, "unknown_field"),
        ({"question": "问", "respondents": ["FRA"]}, 422, "unknown_respondent"),
        ({"question": "问", "respondents": ["x" * 50_000]}, 422, "unknown_respondent"),
        ({"question": "问", "respondents": ["MEX"] * 101}, 422, "wrong_type"),
        ({"question": "问", "respondents": "MEX"}, 422, "wrong_type"),
        ({"question": "问", "history": [{"role": "system", "content": ""}]}, 422, "bad_role"),
        ({"question": "问", "history": [{"role": "user"}]}, 422, "missing_field"),
        ({"question": "问", "history": [{"role": "user", "content": ""}] * 41}, 422, None),
    ],
)
def test_bad_input_is_refused_with_a_short_message_in_both_languages(live, body, status, code):
    reply = live.send("POST", "/api/v1/ask", body)
    assert reply.status == status
    assert reply.code == (code or "history_too_long")
    message = reply.json["error"]["message"]
    assert " / " in message
    assert any(char >= "\u4e00" for char in message)
    assert len(message) < 400


def test_only_json_is_taken(live):
    reply = live.send("POST", "/api/v1/ask", b"question=1", {"Content-Type": "text/plain"})
    assert (reply.status, reply.code) == (415, "not_json")


def test_a_long_body_is_refused_before_it_is_read(live):
    headers = {"Content-Length": str(10**12), "Content-Type": "application/json"}
    reply = live.send("POST", "/api/v1/ask", b"{", headers)
    assert (reply.status, reply.code) == (413, "body_too_large")


def test_a_long_body_without_a_length_is_refused():
    with serving(max_body_bytes=1_000) as live:
        head = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        answer = live.raw(head + b"800\r\n" + b"x" * 2_048 + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("path", ["/nothing", "/docs", "/redoc", "/api/v1/nothing", "/api/v1/ask/"])
def test_an_unknown_address_gets_404_of_the_same_shape(live, path):
    reply = live.get(path)
    assert (reply.status, reply.code) == (404, "not_found")


def test_a_wrong_method_gets_405_and_the_right_one(live):
    reply = live.get("/api/v1/ask")
    assert (reply.status, reply.code, reply.headers["allow"]) == (405, "method_not_allowed", "POST")


def test_an_error_of_the_engine_is_shown_and_a_defect_is_not(live, caplog):
    shown = live.ask("错误")
    with caplog.at_level(logging.ERROR, "dafu"):
        hidden = live.ask("崩溃 XYZZY")
    assert (shown.status, shown.code) == (500, "cannot_answer")
    assert (hidden.status, hidden.code) == (500, "internal_error")
    assert "XYZZY" not in hidden.body.decode() + caplog.text
    number = hidden.json["error"]["message"].split("编号 ")[1][:8]
    assert number in caplog.text
    assert "RuntimeError" in caplog.text


def test_an_answer_that_takes_too_long_ends_with_504(live):
    reply = live.ask("慢")
    assert (reply.status, reply.code) == (504, "too_slow")


def test_questions_beyond_the_waiting_room_get_503():
    with serving(concurrency=1, waiting=0, request_timeout=0.2) as live:
        assert live.ask("慢").status == 504
        reply = live.ask("还有位子吗？")
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "busy", "1")


def test_while_the_engine_loads_the_api_says_so():
    with serving(engine=False) as live:
        assert live.get("/health").json == {"status": "alive"}
        for reply in (live.ask("问"), live.get("/api/v1/respondents")):
            assert (reply.status, reply.code, reply.headers["retry-after"]) == (
                503,
                "not_ready",
                "2",
            )
        ready = live.get("/health/ready")
        assert ready.status == 503
        assert ready.json["status"] == "loading"
        assert ready.json["stage"]


def test_ready_says_which_index_answers(live):
    reply = live.get("/health/ready")
    assert reply.status == 200
    assert reply.json["index"] == live.dafu.fingerprint


def test_respondents_are_listed_with_names_dates_and_counts(live):
    body = RespondentsShape.model_validate_json(live.get("/api/v1/respondents").body)
    assert body.count == len(body.respondents) == 3
    assert body.introduction is not None
    mexico = body.respondents[1]
    assert (mexico.code, mexico.name_en, mexico.pages, mexico.passages) == (
        "MEX",
        "Mexico",
        [12, 13],
        1,
    )
    assert body.title == REPORT.title


def test_the_openapi_document_is_true(live):
    document = live.get("/openapi.json").json
    schemas = document["components"]["schemas"]
    body = document["paths"]["/api/v1/ask"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["$ref"] == "#/components/schemas/AskShape"
    assert schemas["AskShape"]["required"] == ["question"]
    assert schemas["AskShape"]["additionalProperties"] is False
    answers = document["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]
    assert set(answers) == {"application/json", "text/event-stream"}
    chat = document["paths"]["/v1/chat/completions"]["post"]
    assert set(chat["responses"]["200"]["content"]) == set(answers)
    assert schemas["ChatShape"]["required"] == ["model", "messages"]
    references = set(json.dumps(document).split('"#/components/schemas/')[1:])
    assert {one.split('"')[0] for one in references} <= set(schemas)
    assert set(document["paths"]) == {
        "/api/v1/ask",
        "/api/v1/respondents",
        "/api/v1/search",
        "/api/v1/passages/{passage_id}",
        "/api/v1/feedback",
        "/api/v1/export/{form}",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{model}",
        "/mcp",
        "/health",
        "/health/ready",
    }
    for path, methods in document["paths"].items():
        for method in methods:
            real = path.replace("{passage_id}", "A-72-344/MEX/1").replace("{form}", "md")
            real = real.replace("{model}", "dafu")
            assert live.send(method.upper(), real).status not in (404, 405)


def test_the_same_question_gets_the_same_bytes(live):
    assert live.ask("问").body == live.ask("问").body
