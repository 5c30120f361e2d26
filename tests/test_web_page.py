"""Gradio behind its door: every trap that it sets when it is mounted as it is."""

import asyncio
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from web_live import serving

from qa.web import shell

BASE = "/chat/gradio_api"
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def live():
    with serving(page=True) as running:
        yield running


@pytest.fixture(scope="module")
def config(live):
    return live.get("/chat/config").json


def join(live, config, name, data, session="abc", **more):
    """Put an event into Gradio's queue, as its page does, and return what comes of it."""
    number = next(
        one["id"]
        for one in config["dependencies"]
        if any(name == what for _, what in one["targets"])
    )
    body = {"data": data, "fn_index": number, "session_hash": session, **more}
    joined = live.send("POST", f"{BASE}/queue/join", body)
    assert joined.status == 200, joined.body
    stream = live.get(f"{BASE}/queue/data?session_hash={session}").body.decode()
    events = [json.loads(line[6:]) for line in stream.splitlines() if line.startswith("data: ")]
    return next(one for one in events if one["msg"] == "process_completed"), events


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{BASE}/upload"),
        ("GET", f"{BASE}/file=/etc/passwd"),
        ("GET", f"{BASE}/file/etc/passwd"),
        ("GET", f"{BASE}/proxy=https://huggingface.co/"),
        ("POST", f"{BASE}/component_server"),
        ("POST", f"{BASE}/call/ask"),
        ("POST", f"{BASE}/run/predict"),
        ("POST", f"{BASE}/api/nothing"),
        ("GET", f"{BASE}/deep_link"),
        ("GET", f"{BASE}/runs"),
        ("GET", f"{BASE}/openapi.json"),
        ("POST", f"{BASE}/process_recording"),
        ("POST", f"{BASE}/vibe-edit"),
        ("GET", "/chat/monitoring"),
        ("GET", "/chat/static/img/clear.svg"),
        ("GET", "/chat/assets/../../../routes.py"),
        ("GET", "/chat/assets/%2e%2e/config"),
        ("GET", "/chat/manifest.json"),
        ("POST", "/chat/login"),
        ("GET", "/embed/theme.css"),
        ("POST", "/embed/gradio_api/queue/join"),
    ],
)
def test_routes_that_the_page_does_not_use_are_closed(live, method, path):
    reply = live.send(method, path, {} if method == "POST" else None)
    assert reply.status == 404
    assert reply.code == "not_found"


def test_no_other_origin_is_echoed(live):
    reply = live.get("/chat/config", Origin="https://evil.example", Host="127.0.0.1")
    assert reply.status == 200
    assert not any(name.startswith("access-control") for name in reply.headers)
    assert live.send(
        "POST", f"{BASE}/queue/join", {"data": []}, {"Origin": "https://evil.example"}
    ).code == ("foreign_origin")


def test_the_document_has_no_inline_script_and_names_no_other_host(live):
    for path in ("/chat/", "/embed/"):
        text = live.get(path).body.decode()
        assert not re.search(r"<script(?![^>]* src=)", text)
        assert not re.search(r"\son\w+=", text)
        assert "//" not in text.replace("<!doctype html>", "")
        assert 'lang="zh-Hans"' in text


def test_everything_that_the_document_loads_is_there_and_stays_cached(live):
    text = live.get("/chat/").body.decode()
    found = re.findall(r'(?:src|href)="([^"]+\.(?:js|css|svg)[^"]*)"', text)
    assert len(found) >= 8
    for address in found:
        path = f"/chat/{address}" if not address.startswith("../") else address[2:]
        assert live.get(path).status == 200, address
    bundled = next(one for one in found if one.startswith("assets/"))
    assert "immutable" in live.get(f"/chat/{bundled}").headers["cache-control"]


def test_a_changed_gradio_document_is_noticed():
    with pytest.raises(ValueError, match=r"index\.html has changed"):
        shell.page("A/72/344", "<html></html>")


def test_options_that_open_or_send_something_are_off(config):
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert config["show_error"] is False
    assert config["stylesheets"] == []
    assert config["mcp_server"] is False
    assert "http" not in json.dumps(config["components"])


def test_no_function_is_offered_to_clients(live):
    info = live.get(f"{BASE}/info").json
    assert info["named_endpoints"] == info["unnamed_endpoints"] == {}


def test_no_component_takes_a_file_or_shows_raw_html(config):
    kinds = {one["type"] for one in config["components"]}
    assert not kinds & {"file", "uploadbutton", "image", "html", "multimodaltextbox", "code"}
    for one in config["components"]:
        if one["type"] in ("markdown", "chatbot"):
            assert one["props"]["sanitize_html"] is True
            assert one["props"]["latex_delimiters"] == []


def test_a_question_is_answered_with_its_evidence(live, config):
    done, _ = join(live, config, "submit", ["问", [], "", "zh"], "one")
    box, messages, kept, panel = done["output"]["data"]
    assert done["success"]
    assert box == ""
    assert json.loads(kept)["exchanges"][0]["question"] == "问"
    assert "核安保峰会" in json.dumps(messages, ensure_ascii=False)
    assert "<mark>" in json.dumps(panel)


def test_history_reaches_the_engine_as_text_not_as_parts(live, config):
    kept = ""
    for question in ("先问", "再问"):
        done, _ = join(live, config, "submit", [question, [], kept, "zh"], "two")
        kept = done["output"]["data"][2]
    history = live.dafu.asked[-1].history
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0].content == "先问"
    assert "[1]" in history[1].content
    assert "<" not in history[1].content


@pytest.mark.parametrize("question", ["错误", "崩溃", "问" * 3_000, "问\x00题", "？！"])
def test_whatever_goes_wrong_ends_as_a_message_and_the_box_stays_usable(live, config, question):
    done, events = join(live, config, "submit", [question, [], "", "zh"], "three")
    assert done["success"]
    assert "note error" in json.dumps(done["output"]["data"][1])
    assert not any(one["msg"] == "unexpected_error" for one in events)
    again, _ = join(live, config, "submit", ["问", [], "", "zh"], "three")
    assert again["success"]


def test_the_filter_reaches_the_engine_and_a_group_stands_for_its_members(live, config):
    join(live, config, "submit", ["问", ["@latin-america", "IAEA"], "", "zh"], "four")
    assert live.dafu.asked[-1].respondents == ("ARG", "MEX", "IAEA")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": [], "fn_index": 999, "session_hash": "x"},
        {"data": "no", "fn_index": 0},
        {"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}], "fn_index": 0},
        {"fn_index": -1, "data": [None] * 4, "session_hash": "y"},
    ],
)
def test_crafted_events_neither_crash_nor_repeat_the_input(live, body):
    reply = live.send("POST", f"{BASE}/queue/join", {**body, "note": "XYZZY" * 100})
    assert reply.status < 600
    assert b"XYZZY" not in reply.body
    assert b"Traceback" not in reply.body
    assert live.ask("还活着吗").status == 200


def test_sessions_and_queue_are_bounded(live):
    from qa.web import mounting

    outer = asyncio.run(mounting.mount(live.site.engine, live.site.settings, live.site.feedback))
    app = next(route.app for route in outer.routes if getattr(route, "path", "") == "/chat")
    blocks = app.get_blocks()
    assert app.state_holder.capacity == mounting.SESSIONS
    assert blocks._queue.max_size == live.site.settings.waiting
    assert all(one.concurrency_limit != 1 for one in blocks.fns.values() if one.fn)


def test_the_server_stops_while_a_tab_holds_its_stream():
    with serving(page=True) as live:
        connection = live.stream(f"{BASE}/heartbeat/tab")
        before = time.monotonic()
    connection.close()
    assert time.monotonic() - before < 6


def test_starting_and_answering_open_no_outside_connection():
    script = """
import os, sys
reached = []
def watch(event, args):
    if event == "socket.connect" and args[1][0] not in ("127.0.0.1", "::1"):
        reached.append(args[1])
    if event == "socket.getaddrinfo" and args[0] not in ("127.0.0.1", "localhost", None):
        reached.append(args[0])
sys.addaudithook(watch)
sys.path[:0] = ["tests"]
from qa.environment import close_lines
close_lines(os.environ)
from web_live import serving
with serving(page=True) as live:
    assert live.ask("问").status == 200
    assert live.get("/chat/config").status == 200
print("reached", reached)
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout.strip().endswith("reached []"), run.stdout + run.stderr
