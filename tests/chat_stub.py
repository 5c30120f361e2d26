"""A chat model on loopback that answers as it is told: well, wrongly, half, late or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from chat_server import event
from fastapi import Request
from fastapi.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)

Json = dict[str, Any]
SIZE = 7
"""Characters of one piece of a stream."""


class ChatStub:
    """Says what ``say`` makes of the document it is shown, in the manner of the next act.

    ``acts`` is used up call by call; when it is empty the answer is streamed well.
    """

    def __init__(self) -> None:
        self.say: Callable[[Json], str] = lambda document: "NONE"
        self.acts: list[str] = []
        self.always = "well"
        self.allowed = 0
        """Pieces that a ``paced`` answer may send by now."""
        self.requests: list[Json] = []
        self.keys: list[str] = []
        self.busy = self.busiest = 0

    @property
    def documents(self) -> list[Json]:
        """What was shown to the model, call by call."""
        return [json.loads(one["messages"][1]["content"]) for one in self.requests]

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers["authorization"])
        act = self.acts.pop(0) if self.acts else self.always
        if act.isdigit():
            return JSONResponse({"error": {"message": "out of order"}}, int(act))
        if act == "page":
            return HTMLResponse("<html>log in</html>")
        if act == "garbage":
            return PlainTextResponse("data: {{{ nothing of use\n\n", media_type="text/event-stream")
        text = "" if act == "empty" else self.say(self.documents[-1])
        return StreamingResponse(self._stream(request, act, text), media_type="text/event-stream")

    async def _stream(self, request: Request, act: str, text: str) -> AsyncIterator[str]:
        self.busy += 1
        self.busiest = max(self.busy, self.busiest)
        try:
            pieces = [text[at : at + SIZE] for at in range(0, len(text), SIZE)]
            whole = {"hang": 0, "cut": len(pieces) // 2, "stall": len(pieces) // 2}
            for number, piece in enumerate(pieces[: whole.get(act)]):
                await self._pace(act, number)
                yield event(piece)
            while act in ("hang", "stall") and not await request.is_disconnected():
                await asyncio.sleep(0.02)
            if act != "cut":
                yield event("", "length" if act == "long" else "stop") + "data: [DONE]\n\n"
        finally:
            self.busy -= 1

    async def _pace(self, act: str, number: int) -> None:
        if act == "slow":
            await asyncio.sleep(0.02)
        while (act == "paced" and number >= self.allowed) or (
            act == "together" and self.busiest < 2
        ):
            await asyncio.sleep(0.005)
