"""``/mcp`` as the protocol's own client sees it, in both its forms, and as plain messages."""

import json
import subprocess
import sys

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from web_fakes import REPORT
from web_live import serving

from qa.web.programs.tools import TOOLS

MESSAGE = {"Accept": "application/json, text/event-stream"}
BOTH_FORMS = pytest.mark.parametrize("mode", ["auto", "legacy"])
"""Without a handshake, as since 2026, and with ``initialize``, as before."""


@pytest.fixture(scope="module")
def live():
    with serving() as running:
        yield running


def post(live, message, **headers):
    return live.send("POST", "/mcp", message, {**MESSAGE, **headers})


def request(method, params=None, n=1):
    return {"jsonrpc": "2.0", "id": n, "method": method, "params": params or {}}


@BOTH_FORMS
async def test_the_tools_are_declared_as_reading_only(live, mode):
    async with Client(f"{live.url}/mcp", mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert client.server_info.name == "dafu"
        assert client.protocol_version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[mode]
    assert [one.name for one in tools] == ["ask", "search", "get_passage", "list_respondents"]
    for one in tools:
        assert one.annotations.read_only_hint
        assert one.input_schema["type"] == one.output_schema["type"] == "object"
        assert one.input_schema["additionalProperties"] is False
        assert one.description
    assert tools[0].input_schema["required"] == ["question"]


@BOTH_FORMS
@pytest.mark.parametrize("question", ["问", "排查", "拒绝"])
async def test_ask_gives_the_contract_and_a_text_with_references(live, mode, question):
    async with Client(f"{live.url}/mcp", mode=mode) as client:
        given = await client.call_tool("ask", {"question": question, "k": 2})
    assert not given.is_error
    assert given.structured_content == live.ask(question, k=2).json
    (content,) = given.content
    assert content.text.startswith(given.structured_content["answer"])
    assert ("引文：\n- [1] “" in content.text) is not given.structured_content["refused"]


@BOTH_FORMS
@pytest.mark.parametrize(
    ("tool", "arguments", "path"),
    [
        ("search", {"query": "核", "k": 2}, "/api/v1/search?q=%E6%A0%B8&k=2"),
        (
            "search",
            {"query": "核", "respondents": ["MEX", "ARG"]},
            "/api/v1/search?q=%E6%A0%B8&respondents=MEX,ARG",
        ),
        ("get_passage", {"passage_id": "A-72-344/MEX/1"}, "/api/v1/passages/A-72-344/MEX/1"),
        ("list_respondents", {}, "/api/v1/respondents"),
    ],
)
async def test_the_other_tools_give_what_rest_gives(live, mode, tool, arguments, path):
    async with Client(f"{live.url}/mcp", mode=mode) as client:
        given = await client.call_tool(tool, arguments)
    assert not given.is_error
    assert given.structured_content == live.get(path).json == json.loads(given.content[0].text)


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("ask", {}, "missing_field"),
        ("ask", {"question": " "}, "empty_question"),
        ("ask", {"question": "问", "colour": 1}, "unknown_field"),
        ("ask", {"question": "问", "k": "2"}, "wrong_type"),
        ("ask", {"question": "问", "respondents": ["FRA"]}, "unknown_respondent"),
        ("ask", {"question": "问", "lang": "fr"}, "bad_lang"),
        ("ask", {"question": "错误"}, "cannot_answer"),
        ("ask", {"question": "崩溃"}, "internal_error"),
        ("search", {"q": "核"}, "missing_field"),
        ("search", {"query": "核", "k": 51}, "bad_k"),
        ("get_passage", {"passage_id": "A-72-344/MEX/99"}, "unknown_passage"),
        ("list_respondents", {"of": "all"}, "unknown_field"),
    ],
)
async def test_a_call_that_cannot_be_served_is_a_result_that_says_why(live, tool, arguments, code):
    async with Client(f"{live.url}/mcp") as client:
        given = await client.call_tool(tool, arguments)
    assert given.is_error
    assert given.structured_content is None
    assert given.content[0].text.startswith(f"{code}: ")
    assert " / " in given.content[0].text


@BOTH_FORMS
async def test_a_tool_that_is_not_there_is_an_error_that_names_those_that_are(live, mode):
    async with Client(f"{live.url}/mcp", mode=mode) as client:
        with pytest.raises(MCPError, match="ask, search, get_passage, list_respondents") as told:
            await client.call_tool("delete", {})
    assert told.value.error.code == -32602


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [
        ("2025-11-25", "2025-11-25"),
        ("2025-06-18", "2025-06-18"),
        ("2025-03-26", "2025-03-26"),
        ("1999-01-01", "2025-11-25"),
    ],
)
def test_the_version_of_the_protocol_is_negotiated(live, offered, agreed):
    client = {"name": "test", "version": "0"}
    params = {"protocolVersion": offered, "capabilities": {}, "clientInfo": client}
    reply = post(live, request("initialize", params))
    result = reply.json["result"]
    assert reply.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in reply.headers
    assert result["protocolVersion"] == agreed
    assert result["serverInfo"]["name"] == "dafu"
    assert "tools" in result["capabilities"]
    assert REPORT.symbol in result["instructions"]


def test_a_notification_is_taken_note_of(live):
    reply = post(live, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (reply.status, reply.body) == (202, b"")


def test_ping_is_answered(live):
    assert post(live, request("ping", n=7)).json == {"jsonrpc": "2.0", "id": 7, "result": {}}


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        (b"{", 400, -32700),
        (b"[]", 400, -32602),
        ({"id": 1}, 400, -32602),
        (request("resources/list"), 200, -32601),
        (request("no/such"), 200, -32601),
        (request("tools/call", {"arguments": {}}), 200, -32602),
    ],
)
def test_a_message_that_cannot_be_served_is_an_error_of_the_protocol(live, message, status, code):
    reply = post(live, message)
    assert (reply.status, reply.json["error"]["code"]) == (status, code)
    assert reply.json["jsonrpc"] == "2.0"
    assert len(reply.body) < 3_000


def test_a_caller_that_takes_no_json_is_told(live):
    assert post(live, request("ping"), Accept="text/html").status == 406


def test_the_library_is_loaded_by_its_first_caller():
    code = "import sys, qa.web.site; print('mcp' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_are_no_sessions_and_no_streams(live, method):
    reply = live.send(method, "/mcp", headers=MESSAGE)
    assert (reply.status, reply.code, reply.headers["allow"]) == (405, "method_not_allowed", "POST")


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{}", {"Origin": "https://evil.example"}, 403, "foreign_origin"),
        (b"{}", {"Sec-Fetch-Site": "cross-site"}, 403, "foreign_origin"),
        (b"{}", {"Host": "evil.example"}, 421, "unknown_host"),
        (b"{}", {"Content-Length": str(10**12)}, 413, "body_too_large"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "not_json"),
    ],
)
def test_the_house_s_rules_hold_here_too(live, body, headers, status, code):
    reply = post(live, body, **headers)
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


async def test_the_engine_s_bounds_hold_here_too():
    with serving(request_timeout=0.3, concurrency=1, waiting=0) as live:
        async with Client(f"{live.url}/mcp") as client:
            slow = await client.call_tool("ask", {"question": "慢"})
            busy = await client.call_tool("ask", {"question": "问"})
    assert slow.content[0].text.startswith("too_slow: ")
    assert busy.content[0].text.startswith("busy: ")


async def test_while_the_engine_loads_tools_are_listed_and_say_so_when_called():
    with serving(engine=False) as live:
        async with Client(f"{live.url}/mcp") as client:
            assert len((await client.list_tools()).tools) == len(TOOLS)
            for tool, arguments in (("ask", {"question": "问"}), ("list_respondents", {})):
                given = await client.call_tool(tool, arguments)
                assert given.content[0].text.startswith("not_ready: ")
