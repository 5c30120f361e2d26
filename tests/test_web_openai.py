"""``/v1`` as OpenAI's own client sees it: models, completions, chunks, errors, history."""

from dataclasses import replace

import openai
import pytest
from web_events import all_events, events, streaming
from web_fakes import REPORT, lookup, refusal
from web_live import serving

from qa.types import MAX_HISTORY, Question
from qa.web.programs.openai_chat import PIECE
from qa.web.programs.references import with_references, without_references

CHAT = "/v1/chat/completions"
ASKED = [{"role": "user", "content": "谁参加了核安保峰会？"}]


@pytest.fixture(scope="module")
def live():
    with serving() as running:
        running.dafu.gate.set()
        yield running


@pytest.fixture(scope="module")
def client(live):
    with openai.OpenAI(base_url=f"{live.url}/v1", api_key="any", max_retries=0) as one:
        yield one


def test_the_models_are_dafu_alone(client):
    assert [one.id for one in client.models.list()] == ["dafu"]
    assert client.models.retrieve("dafu").owned_by == "dafu"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt")


def test_a_completion_is_the_answer_with_its_references(live, client):
    done = client.chat.completions.create(model="dafu", messages=ASKED)
    (choice,) = done.choices
    expected = live.ask(ASKED[0]["content"]).json
    text, _, listed = choice.message.content.partition("\n\n引文：\n")
    assert text == expected["answer"]
    assert listed.splitlines() == [
        "- [1] “阿根廷于 2016 年参加了核安保峰会”（A/72/344，第3页，阿根廷，第1段）",
        "- [2] “核供应国集团(2012 年 9 月)”（A/72/344，第12–13页，墨西哥，第1段）",
    ]
    assert choice.message.dafu == expected
    assert (choice.finish_reason, choice.message.role, done.model) == ("stop", "assistant", "dafu")
    usage = done.usage
    assert usage.prompt_tokens == len(ASKED[0]["content"])
    assert usage.completion_tokens == len(choice.message.content)
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


@pytest.mark.parametrize("question", ["问", "排查", "拒绝", "流", "敌意"])
def test_chunks_add_up_to_the_completion_and_hold_nothing_unverified(client, question):
    asked = [{"role": "user", "content": question}]
    whole = client.chat.completions.create(model="dafu", messages=asked)
    chunks = list(
        client.chat.completions.create(
            model="dafu", messages=asked, stream=True, stream_options={"include_usage": True}
        )
    )
    *said, last, counted = chunks
    assert said[0].choices[0].delta.role == "assistant"
    text = "".join(chunk.choices[0].delta.content for chunk in said)
    assert text == whole.choices[0].message.content
    assert "草稿" not in text
    assert last.choices[0].finish_reason == "stop"
    assert last.dafu == whole.choices[0].message.dafu
    assert counted.choices == []
    assert counted.usage == whole.usage
    assert {chunk.id for chunk in chunks} == {whole.id}


def test_a_stream_ends_with_done_and_counts_only_when_asked(live):
    sent = all_events(live, CHAT, {"model": "dafu", "messages": ASKED, "stream": True})
    assert sent[-1] == ("", "[DONE]")
    assert all("usage" not in chunk for _, chunk in sent[:-1])


def test_a_refusal_is_a_message_like_any_other(client):
    done = client.chat.completions.create(
        model="dafu", messages=[{"role": "user", "content": "拒绝"}]
    )
    message = done.choices[0].message
    assert message.content == "报告没有收录法国的答复。"
    assert message.refusal is None
    assert message.dafu["refusal"]["reason"] == "not-a-respondent"


def test_history_is_what_was_said_without_instructions_tools_and_references(live, client):
    said = with_references(lookup(Question("甲")), REPORT)
    client.chat.completions.create(
        model="dafu",
        messages=[
            {"role": "system", "content": "Answer in verse."},
            {"role": "developer", "content": "And rhyme."},
            {"role": "user", "content": [{"type": "text", "text": "甲"}]},
            {"role": "assistant", "content": said},
            {"role": "tool", "content": "42", "tool_call_id": "1"},
            {
                "role": "user",
                "content": [{"type": "text", "text": "那么"}, {"type": "text", "text": "乙呢？"}],
            },
        ],
    )
    asked = live.dafu.asked[-1]
    assert asked.text == "那么\n乙呢？"
    assert [(turn.role, turn.content) for turn in asked.history] == [
        ("user", "甲"),
        ("assistant", lookup(Question("甲")).text),
    ]


def test_a_long_conversation_goes_on(live, client):
    turns = [{"role": "user", "content": str(n)} for n in range(2 * MAX_HISTORY)]
    client.chat.completions.create(model="dafu", messages=turns)
    history = live.dafu.asked[-1].history
    assert len(history) == MAX_HISTORY
    assert history[-1].content == str(2 * MAX_HISTORY - 2)


def test_dafu_s_own_options_can_be_given(live, client):
    options = {"respondents": ["MEX"], "mode": "extract", "lang": "en", "k": 2}
    client.chat.completions.create(model="dafu", messages=ASKED, extra_body={"dafu": options})
    asked = live.dafu.asked[-1]
    assert (asked.respondents, asked.mode, asked.lang, asked.k) == (("MEX",), "extract", "en", 2)


def test_parameters_that_clients_send_change_nothing(client):
    plain = client.chat.completions.create(model="dafu", messages=ASKED)
    tuned = client.chat.completions.create(
        model="dafu",
        messages=ASKED,
        temperature=0,
        top_p=0.5,
        max_tokens=5,
        n=1,
        seed=7,
        stop=["。"],
        user="desk",
        presence_penalty=1,
        logit_bias={"50256": -100},
        response_format={"type": "text"},
        extra_body={"top_k": 40},
    )
    assert tuned.choices == plain.choices


@pytest.mark.parametrize(
    ("change", "status", "param", "code"),
    [
        ({"model": "gpt"}, 404, "model", "model_not_found"),
        ({"model": None}, 400, "model", "wrong_type"),
        ({"messages": []}, 400, "messages", "wrong_type"),
        ({"messages": "问"}, 400, "messages", "wrong_type"),
        ({"messages": [{"role": "robot", "content": "问"}]}, 400, "messages.0.role", "wrong_type"),
        ({"messages": [{"content": "问"}]}, 400, "messages.0.role", "missing_field"),
        ({"messages": [{"role": "user", "content": 1}]}, 400, "messages.0.content", "wrong_type"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]},
            400,
            "messages.0.content.0.type",
            "wrong_type",
        ),
        ({"messages": [{"role": "system", "content": "问"}]}, 400, "messages", "no_question"),
        (
            {"messages": [*ASKED, {"role": "assistant", "content": "答"}]},
            400,
            "messages",
            "no_question",
        ),
        ({"messages": [{"role": "user", "content": ""}]}, 422, None, "empty_question"),
        ({"messages": [{"role": "user", "content": "问" * 3_000}]}, 422, None, "question_too_long"),
        ({"temperature": "hot"}, 400, "temperature", "wrong_type"),
        ({"max_tokens": "5"}, 400, "max_tokens", "wrong_type"),
        ({"stop": 1}, 400, "stop", "wrong_type"),
        ({"stream": "yes"}, 400, "stream", "wrong_type"),
        ({"stream_options": {"include_usage": 1}}, 400, "stream_options.include_usage", None),
        ({"n": 2}, 400, "n", "bad_n"),
        ({"dafu": {"respondents": ["FRA"]}}, 422, None, "unknown_respondent"),
        ({"dafu": {"k": 0}}, 422, None, "bad_k"),
        ({"dafu": {"lang": "fr"}}, 400, "dafu.lang", "wrong_type"),
        ({"dafu": {"colour": 1}}, 400, "dafu.colour", "wrong_type"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_taken_is_refused_in_openai_s_shape(
    live, change, status, param, code, stream
):
    reply = live.send("POST", CHAT, {"model": "dafu", "messages": ASKED, "stream": stream} | change)
    error = reply.json["error"]
    assert reply.status == status
    assert set(error) == {"message", "type", "param", "code"}
    assert (error["param"], error["code"]) == (param, code or "wrong_type")
    assert error["type"] == "invalid_request_error"
    assert " / " in error["message"]
    assert len(error["message"]) < 400


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 400, "bad_json"),
        (b"\xff", {}, 400, "bad_json"),
        (b"[" * 5_000, {}, 400, "bad_json"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "not_json"),
        (b"{}", {"Origin": "https://evil.example"}, 403, "foreign_origin"),
        (b"{}", {"Content-Length": str(10**12)}, 413, "body_too_large"),
    ],
)
def test_the_house_s_rules_hold_here_too(live, body, headers, status, code):
    reply = live.send("POST", CHAT, body, headers)
    assert (reply.status, reply.json["error"]["code"]) == (status, code)
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("stream", [False, True])
def test_the_client_raises_what_the_engine_refuses(client, stream):
    def ask(text, **fields):
        messages = [{"role": "user", "content": text}]
        client.chat.completions.create(model="dafu", messages=messages, stream=stream, **fields)

    with pytest.raises(openai.UnprocessableEntityError, match="empty"):
        ask(" ")
    with pytest.raises(openai.BadRequestError, match="n must be 1"):
        ask("问", n=3)
    with pytest.raises(openai.InternalServerError, match="does not respond"):
        ask("错误")
    with pytest.raises(openai.InternalServerError, match="internal error"):
        ask("崩溃")


def test_a_model_that_breaks_off_raises_in_the_client_and_never_ends_with_done():
    with serving() as live:
        body = {"model": "dafu", "messages": [{"role": "user", "content": "断"}], "stream": True}
        with streaming(live, CHAT, body) as response:
            coming = events(response)
            assert next(coming)[0] == ":"
            live.dafu.gate.set()
            *_, (_, error) = coming
        assert error["error"]["type"] == "server_error"
        client = openai.OpenAI(base_url=f"{live.url}/v1", api_key="any", max_retries=0)
        live.dafu.gate.clear()
        with client, client.chat.completions.create(**body) as stream:
            live.dafu.gate.set()
            with pytest.raises(openai.APIError, match="broke off"):
                list(stream)


def test_while_the_engine_loads_the_client_is_told_when_to_come_back():
    with serving(engine=False) as live:
        reply = live.send("POST", CHAT, {"model": "dafu", "messages": ASKED})
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    assert reply.json["error"]["type"] == "server_error"


@pytest.mark.parametrize("make", [lookup, refusal])
@pytest.mark.parametrize("text", ["问", "敌意"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_references_can_be_taken_off_again(make, text, language):
    answer = replace(make(Question(text)), language=language)
    whole = with_references(answer, REPORT)
    assert without_references(whole) == answer.text
    lines = whole.removeprefix(answer.text).strip().splitlines()
    assert len(lines) == (len(answer.citations) + 1 if answer.citations else 0)


@pytest.mark.parametrize(
    "text", ["", "甲", "甲" * 100, "一。二！\n\n三？[1]\n", "\n\n", "a. b " * 30]
)
def test_pieces_add_up_to_their_text(text):
    pieces = PIECE.findall(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= 50 for piece in pieces)
