"""``POST /mcp``: the address of the MCP server, which is loaded by its first caller."""

import asyncio
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.web.engine import Engine
from qa.web.rest import JSON, errors, require_json

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

MESSAGE = {"schema": {"type": "object", "description": "A JSON-RPC 2.0 message of MCP."}}
OPENAPI: dict[str, Any] = {"requestBody": {"required": True, "content": {JSON: MESSAGE}}}


class Mcp:
    """The MCP server of an engine: started when it is first needed, ended with the site."""

    def __init__(self, engine: Engine, stopping: asyncio.Event) -> None:
        self._engine = engine
        self._stopping = stopping
        self._starting = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._held: asyncio.Task[None] | None = None

    async def app(self) -> ASGIApp:
        """Return the application that answers a request."""
        async with self._starting:
            if self._manager is None:
                self._manager = await self._start()
        return self._manager.handle_request

    async def _start(self) -> "StreamableHTTPSessionManager":
        manager = await asyncio.to_thread(_make, self._engine)
        started = asyncio.Event()
        self._held = asyncio.create_task(self._hold(manager, started))
        await started.wait()
        return manager

    async def _hold(self, manager: "StreamableHTTPSessionManager", started: asyncio.Event) -> None:
        """Keep the server running in one task, as its library requires, until the site stops."""
        async with manager.run():
            started.set()
            await self._stopping.wait()

    async def ended(self) -> None:
        """Wait until the server, if it was ever needed, has ended; the site must be stopping."""
        if self._held is not None:
            await self._held


def _make(engine: Engine) -> "StreamableHTTPSessionManager":
    from qa.web.programs.mcp_server import make_manager

    return make_manager(engine)


class _Handed(Response):
    """A request handed on to another application."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer."""
        await self._app(scope, receive, send)


def make_mcp(mcp: Mcp) -> APIRouter:
    """Return the route."""
    router = APIRouter(tags=["MCP"])

    @router.post(
        "/mcp",
        summary="MCP",
        responses={
            200: {"content": {JSON: MESSAGE}},
            202: {"description": "A notification, taken note of."},
            400: {"content": {JSON: MESSAGE}, "description": "A JSON-RPC error."},
            404: {"content": {JSON: MESSAGE}, "description": "No such method."},
            406: {"content": {JSON: MESSAGE}, "description": "The caller accepts no JSON."},
            **errors(403, 408, 413, 415, 421),
        },
        openapi_extra=OPENAPI,
        response_class=Response,
    )
    async def mcp_message(request: Request) -> Response:
        """Answer one message of the Model Context Protocol; streams and sessions are not kept."""
        require_json(request)
        return _Handed(await mcp.app())

    return router
