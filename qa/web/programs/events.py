"""Server-Sent Events: pieces as they come, comments while none does, an end when nobody listens."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

import pydantic_core
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from qa.web.rest import NO_STORE

Piece = TypeVar("Piece")
Frames = AsyncGenerator[bytes, None]
EVENTS = "text/event-stream"
HEARTBEAT = 10.0
"""Seconds without a piece after which a comment keeps proxies from hanging up."""
PATIENCE = 1.0
"""Seconds that the first piece may take before the response begins without it."""
BEAT = b":\n\n"
UNBUFFERED = {"X-Accel-Buffering": "no", "Vary": "Accept", **NO_STORE}


def event(content: Any, name: str = "") -> bytes:
    """Return one event; its data is JSON, which holds no line break."""
    data = content.encode() if isinstance(content, str) else pydantic_core.to_json(content)
    named = f"event: {name}\n".encode() if name else b""
    return named + b"data: " + data + b"\n\n"


async def beating(
    pieces: AsyncGenerator[Piece, None], seconds: float = HEARTBEAT, first: float = PATIENCE
) -> AsyncGenerator[Piece | None, None]:
    """Yield the pieces, and ``None`` whenever none has come for so long; close them at the end."""
    coming: asyncio.Task[list[Piece]] | None = None
    wait = first
    try:
        while True:
            coming = coming or asyncio.ensure_future(_next(pieces))
            done, _ = await asyncio.wait({coming}, timeout=wait)
            wait = seconds
            if not done:
                yield None
                continue
            came, coming = coming.result(), None
            if not came:
                return
            yield came[0]
    finally:
        if coming is None:
            await pieces.aclose()
        else:
            coming.cancel()  # reaches the pieces where they wait, and ends them there


async def _next(pieces: AsyncGenerator[Piece, None]) -> list[Piece]:
    """Return the next piece in a list, which is empty after the last."""
    async for piece in pieces:
        return [piece]
    return []


class EventStream(StreamingResponse):
    """A response of events. When the caller hangs up, what makes them is closed at once."""

    def __init__(self, frames: Frames) -> None:
        super().__init__(frames, headers=UNBUFFERED, media_type=EVENTS)
        self._frames = frames

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until the last, or until the caller has left."""
        async with aclosing(self._frames):
            await super().__call__(scope, receive, send)


async def begin(
    pieces: AsyncGenerator[Piece, None],
    to_frames: Callable[[AsyncGenerator[Piece | None, None]], Frames],
) -> EventStream:
    """Return the stream of what ``to_frames`` makes of the pieces and beats.

    Raises what the pieces raise before their first, so that it can still get a status of its own.
    """
    beats = beating(pieces)
    first = await _next(beats)
    return EventStream(to_frames(_with_first(first, beats)))


async def _with_first(
    first: list[Piece], rest: AsyncGenerator[Piece, None]
) -> AsyncGenerator[Piece, None]:
    async with aclosing(rest):
        for piece in first:
            yield piece
        async for piece in rest:
            yield piece
