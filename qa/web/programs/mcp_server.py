"""The Model Context Protocol over the four tools, with the protocol's own library.

Imported at the first call only: the library takes a second to load.
"""

import json
from typing import Any

from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)

from qa.web.engine import Engine
from qa.web.errors import SHOWN, shorten, to_web_error
from qa.web.programs.tools import TOOLS

INSTRUCTIONS = (
    "Dafu 答复 answers from one United Nations report (A/72/344, in Chinese) and proves every "
    "statement with verbatim quotations. Quote its citations with symbol, page and respondent; add "
    "nothing that the report does not say."
)
READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def make_manager(engine: Engine) -> StreamableHTTPSessionManager:
    """Return what answers POST requests of the protocol: JSON in, JSON out, nothing kept."""

    async def list_tools(_: Any, __: Any) -> ListToolsResult:
        return ListToolsResult(tools=_declared())

    async def call_tool(_: Any, params: CallToolRequestParams) -> CallToolResult:
        return await _call(engine, params.name, params.arguments or {})

    server: Server[Any] = Server(
        "dafu",
        version="1",
        title="Dafu 答复",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    return StreamableHTTPSessionManager(server, json_response=True, stateless=True)


def _declared() -> list[Tool]:
    return [
        Tool(
            name=name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.arguments.model_json_schema(),
            output_schema=tool.result.model_json_schema(),
            annotations=READS_ONLY,
        )
        for name, tool in TOOLS.items()
    ]


async def _call(engine: Engine, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """Return what a tool gives. What it refuses is a result too, for the caller to correct."""
    tool = TOOLS.get(name)
    if tool is None:
        raise MCPError(INVALID_PARAMS, f"no tool {shorten(name)}; one of {', '.join(TOOLS)}")
    try:
        given = await tool.work(engine, json.dumps(arguments).encode())
    except SHOWN as error:
        shown = to_web_error(error)
        return CallToolResult(content=[_text(f"{shown.code}: {shown.message}")], is_error=True)
    return CallToolResult(content=[_text(given.text)], structured_content=given.content)


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)
