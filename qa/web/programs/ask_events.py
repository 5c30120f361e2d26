"""The contract as a stream: what is being written, then the answer as the last event."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from qa.render import to_json
from qa.types import Answer, Provisional, Question
from qa.web.engine import Engine
from qa.web.errors import SHOWN, to_body, to_web_error
from qa.web.programs.events import BEAT, EVENTS, EventStream, Frames, begin, event
from qa.web.rest import JSON

Pieces = AsyncGenerator[Provisional | Answer | None, None]
EXAMPLE = (
    'event: provisional\ndata: {"text": "挪威于…"}\n\n'
    'event: answer\ndata: {"id": "…", "answer": "…[1]", "citations": ["…"], "…": "…"}\n\n'
)
OPENAPI = {
    "schema": {
        "type": "string",
        "description": "Events, if the request accepts text/event-stream and not JSON. "
        '`provisional`: `{"text"}`, all that a language model has written so far, unverified and '
        "without marks; each replaces the one before. `answer`: an AnswerShape, always the last. "
        "`error`: an ErrorShape, in its place. Comments (`:`) keep the connection open.",
    },
    "example": EXAMPLE,
}


def wants_events(accept: str) -> bool:
    """Return whether an ``Accept`` header names events and does not name JSON."""
    named = {one.partition(";")[0].strip().lower() for one in accept.split(",")}
    return EVENTS in named and JSON not in named


async def ask_events(engine: Engine, question: Question) -> EventStream:
    """Return the stream of an answer; raise as ``Engine.answer`` does before it has begun."""
    return await begin(engine.stream(question), _frames)


async def _frames(pieces: Pieces) -> Frames:
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                yield _frame(piece)
    except SHOWN as error:
        yield event(to_body(to_web_error(error)).decode(), "error")


def _frame(piece: Provisional | Answer | None) -> bytes:
    if piece is None:
        return BEAT
    if isinstance(piece, Provisional):
        return event({"text": piece.text}, "provisional")
    return event(to_json(piece), "answer")
