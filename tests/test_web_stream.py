"""An answer as it is written: provisional, throttled, stoppable, and never a stuck page."""

import asyncio
import time
from contextlib import aclosing

import gradio as gr
import pytest
from web_fakes import REPORT, FakeDafu

from qa.types import Answer, Provisional, Question
from qa.web.chat import FLUSH, Chat
from qa.web.engine import Engine
from qa.web.errors import TooSlow
from qa.web.feedback import Feedback


class Chatty(FakeDafu):
    """Shows its draft a thousand times."""

    def stream(self, input, config=None, **kwargs):
        yield from (Provisional("字" * n) for n in range(1, 1_000))
        yield self.invoke(input)


class Endless(FakeDafu):
    """Writes for ever."""

    def stream(self, input, config=None, **kwargs):
        while True:
            yield Provisional("字")
            time.sleep(0.001)


def engine_with(dafu, **bounds):
    engine = Engine(**{"concurrency": 1, "waiting": 0, "timeout": 5, **bounds})
    engine.open(dafu)
    return engine


async def steps_of(dafu, tmp_path, question, method="ask", kept=""):
    chat = Chat(engine_with(dafu), REPORT, Feedback(tmp_path, 1_000_000))
    request = gr.Request(session_hash="tab")
    given = (kept, "zh") if method == "again" else (question, [], kept, "zh")
    return [step async for step in getattr(chat, method)(*given, request)]


def shown(step):
    return step[1][-1]["content"]


async def test_a_draft_looks_provisional_and_the_answer_replaces_it(tmp_path):
    dafu, tab = FakeDafu(), gr.Request(session_hash="tab")
    chat = Chat(engine_with(dafu), REPORT, Feedback(tmp_path, 1_000_000))
    steps = []
    async for step in chat.ask("流", [], "", "zh", tab):
        steps.append(step)
        if "&lt;b onclick=" in shown(step):
            dafu.gate.set()
    first, *drafts, last = steps
    assert "正在查报告" in shown(first)
    assert all("尚未核对" in shown(one) and "pending" in shown(one) for one in drafts)
    assert "草稿" not in shown(last)
    assert 'href="#cite-0-1"' in shown(last)
    assert last[0] == ""


async def test_without_a_draft_the_answer_follows_the_question_at_once(tmp_path):
    steps = await steps_of(FakeDafu(), tmp_path, "问")
    assert len(steps) == 2
    assert "fresh" in shown(steps[1])


async def test_drafts_are_shown_at_most_every_fifty_milliseconds(tmp_path):
    start = time.monotonic()
    steps = await steps_of(Chatty(), tmp_path, "问")
    assert len(steps) <= 3 + (time.monotonic() - start) / FLUSH


async def test_a_model_that_breaks_off_ends_as_a_message(tmp_path):
    dafu = FakeDafu()
    dafu.gate.set()
    *_, last = await steps_of(dafu, tmp_path, "断")
    assert "模型断开了" in shown(last)
    assert "草稿" not in shown(last)
    assert last[0] == "断"


async def test_asking_again_takes_the_place_of_the_last_question(tmp_path):
    dafu = FakeDafu()
    *_, (_, _, kept, _) = await steps_of(dafu, tmp_path, "错误")
    *_, last = await steps_of(dafu, tmp_path, "", "again", kept)
    assert len(last[1]) == 2
    assert [one.text for one in dafu.asked] == ["错误", "错误"]
    assert (await steps_of(dafu, tmp_path, "", "again"))[0][1] == gr.skip()


async def test_leaving_ends_the_work_and_frees_its_place():
    engine = engine_with(Endless())
    async with aclosing(engine.stream(Question("流"))) as pieces:
        assert isinstance(await anext(pieces), Provisional)
    async with asyncio.timeout(5):
        while engine._room < 1:
            await asyncio.sleep(0.01)
    engine.open(FakeDafu())
    assert isinstance([one async for one in engine.stream(Question("问"))][-1], Answer)


async def test_a_stream_has_a_deadline():
    dafu = FakeDafu()
    engine = engine_with(dafu, timeout=0.1)
    with pytest.raises(TooSlow):
        async for _ in engine.stream(Question("流")):
            pass
    dafu.gate.set()
    async with asyncio.timeout(5):
        while engine._room < 1:
            await asyncio.sleep(0.01)


async def test_what_is_stopped_says_so_and_what_is_left_says_nothing(tmp_path):
    dafu, tab = FakeDafu(), gr.Request(session_hash="tab")
    chat = Chat(engine_with(dafu, concurrency=4), REPORT, Feedback(tmp_path, 1_000_000))

    async def leave(request):
        chat.leave(request)

    for method, shown_last in ((chat.stop, "已停止"), (leave, "尚未核对")):
        steps = []
        async for step in chat.ask("流", [], "", "zh", tab):
            steps.append(step)
            if "尚未核对" in shown(step):
                await method(tab)
        assert shown_last in shown(steps[-1])
    assert chat._runs._runs == {}
    dafu.gate.set()
