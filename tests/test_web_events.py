"""``/api/v1/ask`` as a stream: what is being written, then the contract, errors, hanging up."""

import asyncio
import threading
import time

import pytest
from web_events import all_events, events, streaming
from web_fakes import FakeDafu
from web_live import serving, wait_until

from qa.types import Provisional
from qa.web.programs.ask_events import wants_events
from qa.web.programs.events import beating, event
from qa.web.schemas import AnswerShape

ASK = "/api/v1/ask"


@pytest.fixture(scope="module")
def live():
    with serving(request_timeout=5.0) as running:
        yield running


@pytest.fixture(autouse=True)
def shut(live):
    live.dafu.gate.clear()


@pytest.mark.parametrize("question", ["问", "排查", "拒绝"])
def test_the_last_event_is_the_answer_that_json_gives(live, question):
    ((name, answer),) = all_events(live, ASK, {"question": question})
    assert name == "answer"
    assert AnswerShape.model_validate(answer).question == question
    assert answer == live.ask(question).json


def test_what_is_being_written_comes_before_it(live):
    with streaming(live, ASK, {"question": "流"}) as response:
        coming = events(response)
        name, piece = next(coming)
        assert name == "provisional"
        assert piece["text"].startswith("草稿一")
        live.dafu.gate.set()
        *_, (name, answer) = coming
    assert name == "answer"
    assert "草稿" not in answer["answer"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": ""}, 422, "empty_question"),
        ({"question": "问", "x": 1}, 422, "unknown_field"),
        ({"question": "问", "respondents": ["FRA"]}, 422, "unknown_respondent"),
        ({"question": "错误"}, 500, "cannot_answer"),
        ({"question": "崩溃"}, 500, "internal_error"),
    ],
)
def test_what_fails_before_anything_is_sent_has_a_status(live, body, status, code):
    reply = live.send("POST", ASK, body, {"Accept": "text/event-stream"})
    assert (reply.status, reply.code) == (status, code)


def test_a_model_that_breaks_off_ends_as_an_error_event(live):
    with streaming(live, ASK, {"question": "断"}) as response:
        coming = events(response)
        assert next(coming)[0] == "provisional"
        live.dafu.gate.set()
        *_, (name, error) = coming
    assert name == "error"
    assert error["error"]["code"] == "cannot_answer"
    assert set(error["error"]) == {"code", "message"}


def test_an_answer_that_takes_too_long_ends_as_an_error_event():
    with serving(request_timeout=0.4) as live:
        *_, (name, error) = all_events(live, ASK, {"question": "流"})
        live.dafu.gate.set()
    assert (name, error["error"]["code"]) == ("error", "too_slow")


def test_while_the_engine_loads_or_is_full_there_is_no_stream():
    with serving(engine=False) as live:
        reply = live.send("POST", ASK, {"question": "问"}, {"Accept": "text/event-stream"})
        assert (reply.status, reply.code) == (503, "not_ready")
    with serving(concurrency=1, waiting=0) as live:
        with streaming(live, ASK, {"question": "流"}) as response:
            next(events(response))
            reply = live.send("POST", ASK, {"question": "问"}, {"Accept": "text/event-stream"})
            live.dafu.gate.set()
        assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "busy", "1")


class Endless(FakeDafu):
    """Writes until nobody listens any more."""

    def __init__(self):
        super().__init__()
        self.ended = threading.Event()

    def stream(self, input, config=None, **kwargs):
        try:
            while True:
                yield Provisional("字")
                time.sleep(0.01)
        finally:
            self.ended.set()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ASK, {"question": "问"}),
        (
            "/v1/chat/completions",
            {"model": "dafu", "messages": [{"role": "user", "content": "问"}], "stream": True},
        ),
    ],
)
def test_a_caller_that_hangs_up_ends_the_work_and_frees_its_place(path, body):
    dafu = Endless()
    with serving(dafu=dafu, concurrency=1, waiting=0, request_timeout=60.0) as live:
        with streaming(live, path, body) as response:
            next(events(response))
        assert dafu.ended.wait(10)
        wait_until(lambda: live.ask("问").status == 200)


async def test_a_beat_comes_where_no_piece_does_and_the_end_closes_the_pieces():
    released, closed = threading.Event(), []

    async def pieces():
        try:
            yield "甲"
            while not released.is_set():
                await _tick()
            yield "乙"
        finally:
            closed.append(True)

    beats = beating(pieces(), seconds=0.001, first=0.001)
    assert await anext(beats) == "甲"
    assert await anext(beats) is None
    released.set()
    assert [piece async for piece in beats if piece] == ["乙"]
    assert closed == [True]


async def test_pieces_that_are_waited_for_end_with_those_who_wait():
    closed = []

    async def pieces():
        try:
            while True:
                await _tick()
            yield "never"
        finally:
            closed.append(True)

    beats = beating(pieces(), seconds=0.001, first=0.001)
    assert await anext(beats) is None
    await beats.aclose()
    await _tick()
    assert closed == [True]


async def _tick():
    await asyncio.sleep(0.001)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/event-stream", True),
        ("TEXT/Event-Stream; q=0.9, */*;q=0.1", True),
        ("application/json, text/event-stream", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_come_where_they_are_asked_for(accept, wanted):
    assert wants_events(accept) is wanted


def test_no_text_can_break_out_of_its_event():
    framed = event({"text": "甲\n\nevent: answer\ndata: {}\r\n\r"}, "provisional").decode()
    assert framed.count("\n") == 3
    assert "\r" not in framed
    assert framed.endswith("\n\n")


def test_proxies_are_told_not_to_hold_events_back(live):
    with streaming(live, ASK, {"question": "问"}) as response:
        headers = response.headers
        assert headers["x-accel-buffering"] == "no"
        assert headers["cache-control"] == "no-store"
        assert headers["vary"] == "Accept"
        assert headers["content-security-policy"].startswith("default-src 'none'")
