"""Dafu as a model: OpenAI's chat completions, whole or streamed, every answer with its proof."""

import re
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from qa.render import to_json
from qa.types import MAX_HISTORY, Answer, Provisional, Question, Turn
from qa.web.engine import Engine
from qa.web.errors import SHOWN, WebError, to_web_error
from qa.web.programs.events import BEAT, EventStream, Frames, begin, event
from qa.web.programs.openai_shapes import MODEL, BadParameter, ChatShape, MessageShape
from qa.web.programs.references import with_references, without_references

Json = dict[str, Any]
Pieces = AsyncGenerator[Provisional | Answer | None, None]
DONE = event("[DONE]")
PIECE = re.compile(r".{1,40}?(?:[。！？；\n]+|\Z)|.{40}", re.DOTALL)
"""A chunk of a streamed answer: up to the end of a sentence, and no longer than a line."""


def to_question(chat: ChatShape) -> Question:
    """Return the question of a chat. Raises ``BadParameter`` or ``QuestionError``.

    Of a long conversation the last messages count; an answer's list of references is not part of
    what was said, so that a follow-up is understood as it is over REST.
    """
    said = [one for one in chat.messages if one.role in ("user", "assistant")]
    if not said or said[-1].role != "user":
        raise BadParameter(
            "messages",
            "no_question",
            "最后一条消息应是 user 的问题 / the last message must be a question of the user",
        )
    *before, last = said
    history = tuple(_turn(one) for one in before[-MAX_HISTORY:])
    options = chat.dafu
    return Question(
        _text(last), history, options.respondents, options.mode, options.lang, options.k
    )


def _turn(message: MessageShape) -> Turn:
    if message.role == "assistant":
        return Turn("assistant", without_references(_text(message)))
    return Turn("user", _text(message))


def _text(message: MessageShape) -> str:
    """Return a message's content, its parts joined by line breaks."""
    if isinstance(message.content, list):
        return "\n".join(part.text for part in message.content if part.text)
    return message.content or ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What every part of one response repeats, and how long the question was."""

    created: int
    asked: int

    def head(self, answer: Answer, kind: str) -> Json:
        """Return the fields that a completion and a chunk begin with."""
        created = {"created": self.created, "model": MODEL}
        return {"id": f"chatcmpl-{answer.id}", "object": kind, **created}

    def usage(self, text: str) -> Json:
        """Return the counts."""
        total = self.asked + len(text)
        return {
            "prompt_tokens": self.asked,
            "completion_tokens": len(text),
            "total_tokens": total,
        }


def _begun(question: Question) -> Completion:
    asked = len(question.text) + sum(len(turn.content) for turn in question.history)
    return Completion(int(time.time()), asked)


async def complete(engine: Engine, question: Question) -> Json:
    """Return the completion of a question; a refusal is a message like any other."""
    begun = _begun(question)
    answer = await engine.answer(question)
    text = with_references(answer, engine.ready().report)
    message = {"role": "assistant", "content": text, "refusal": None, "dafu": to_json(answer)}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **begun.head(answer, "chat.completion"),
        "choices": [choice],
        "usage": begun.usage(text),
    }


async def stream(engine: Engine, question: Question, with_usage: bool) -> EventStream:
    """Return the completion in chunks; only what is verified is sent, since none can be recalled.

    While the answer is being written, comments keep the connection open. The last chunk with a
    choice carries the contract in ``dafu``.
    """
    begun = _begun(question)

    async def frames(pieces: Pieces) -> Frames:
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    if not isinstance(piece, Answer):
                        yield BEAT
                        continue
                    text = with_references(piece, engine.ready().report)
                    for chunk in _chunks(begun, piece, text, with_usage):
                        yield event(chunk)
                    yield DONE
        except SHOWN as error:
            yield event(error_json(to_web_error(error)))

    return await begin(engine.stream(question), frames)


def _chunks(begun: Completion, answer: Answer, text: str, with_usage: bool) -> Iterator[Json]:
    head = begun.head(answer, "chat.completion.chunk")

    def chunk(delta: Json, finish: str | None = None) -> Json:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**head, "choices": [choice]}

    yield chunk({"role": "assistant", "content": ""})
    for piece in PIECE.findall(text):
        yield chunk({"content": piece})
    yield {**chunk({}, "stop"), "dafu": to_json(answer)}
    if with_usage:
        yield {**head, "choices": [], "usage": begun.usage(text)}


def error_json(error: WebError) -> Json:
    """Return an error in OpenAI's shape."""
    kind = "invalid_request_error" if error.status < 500 else "server_error"
    param = error.param if isinstance(error, BadParameter) else ""
    return {
        "error": {
            "message": error.message,
            "type": kind,
            "param": param or None,
            "code": error.code,
        }
    }
