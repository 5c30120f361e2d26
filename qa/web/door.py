"""Gradio behind a door: of its eighty routes, only those that the chat page uses are open."""

import asyncio
import re

from qa.web.errors import NOT_FOUND, to_response
from qa.web.guard import App, Message, Receive, Scope, Send
from qa.web.headers import Header

AT = "/chat"
CONFIG = "/config"
"""What the page for an iframe asks at its own address; it names ``AT`` for the rest."""
OPEN = re.compile(
    r"GET /(config|theme\.css|assets/[\w.-]+|gradio_api/(info|app_id|startup-events|queue/data"
    r"|heartbeat/\w+))/?"
    r"|POST /gradio_api/(queue/join|reset)/?"
)
"""Closed with the rest: upload, files, proxy, component server, deep links, call, run, monitoring,
run history and every page of Gradio's own."""
STREAMS = ("/gradio_api/heartbeat/", "/gradio_api/queue/data")
FOREVER = b"public, max-age=31536000, immutable"  # the name of an asset holds its hash
NEVER = b"no-store"
UNBUFFERED = ((b"x-accel-buffering", b"no"),)
"""Or a proxy would hold a stream back until it fills a page of its memory."""


class Door:
    """Stands where Gradio is mounted; shut until ``open`` is called."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._inner: App | None = None
        self._stopping = stopping

    @property
    def is_open(self) -> bool:
        """Whether the chat page is there."""
        return self._inner is not None

    def open(self, inner: App) -> None:
        """Let requests through to Gradio, which is mounted in ``inner`` at the same path."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or answer 404."""
        outside = scope.get("app_root_path", "")
        path = scope["path"].removeprefix(scope["root_path"])
        if scope["root_path"] != f"{outside}{AT}":
            path = path if path == CONFIG else ""
        if self._inner is None or not OPEN.fullmatch(f"{scope['method']} {path}"):
            await to_response(NOT_FOUND)(scope, receive, send)
            return
        inner = {**scope, "root_path": outside, "path": f"{outside}{AT}{path}"}
        if path.startswith(STREAMS):
            receive = _until(self._stopping, receive)
        rule = FOREVER if path.startswith("/assets/") else NEVER
        extra = UNBUFFERED if path.startswith(STREAMS) else ()
        await self._inner(inner, receive, _caching(rule, extra, send))


def _caching(rule: bytes, extra: tuple[Header, ...], send: Send) -> Send:
    """Return a ``send`` that says how long a good answer may be kept, and what else is given."""

    async def caching(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            others = [one for one in message["headers"] if one[0] != b"cache-control"]
            message["headers"] = [*others, (b"cache-control", rule), *extra]
        await send(message)

    return caching


def _until(stopping: asyncio.Event, receive: Receive) -> Receive:
    """Return a ``receive`` that also says that the caller has left when the server stops."""

    async def until() -> Message:
        left = asyncio.ensure_future(receive())
        stopped = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait({left, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return left.result() if left.done() else {"type": "http.disconnect"}
        finally:
            left.cancel()
            stopped.cancel()

    return until
