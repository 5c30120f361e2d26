"""``/v1``: the addresses that clients of OpenAI's interface call."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from qa.web.engine import Engine
from qa.web.errors import NOT_FOUND, SHOWN, to_web_error
from qa.web.programs.events import EVENTS
from qa.web.programs.openai_chat import complete, error_json, stream, to_question
from qa.web.programs.openai_shapes import (
    MODEL,
    ChatShape,
    CompletionShape,
    ModelShape,
    ModelsShape,
    OpenAIErrorShape,
    parse_chat,
)
from qa.web.rest import body_of, json_response, require_json

BODIES = (ChatShape,)
"""Shapes of request bodies, for ``/openapi.json``."""
THE_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": "dafu"}
CHUNKS = {
    "schema": {
        "type": "string",
        "description": "Where `stream` is true: chunks as `data:`, the last with a choice carrying "
        "the contract (AnswerShape) in `dafu`, then `[DONE]`; an OpenAIErrorShape in their place.",
    }
}


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": OpenAIErrorShape} for status in statuses}


def make_openai(engine: Engine) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["OpenAI"])

    @router.post(
        "/chat/completions",
        summary="作为模型提问 / Ask as a model",
        responses={
            200: {"model": CompletionShape, "content": {EVENTS: CHUNKS}},
            **_errors(400, 404, 408, 413, 415, 422, 500, 503, 504),
        },
        openapi_extra=body_of(ChatShape),
    )
    async def chat_completions(request: Request) -> Response:
        """Return the answer to the last message, with references, whole or in chunks."""
        return await _shown(lambda: _completion(engine, request))

    @router.get("/models", summary="模型 / Models", responses={200: {"model": ModelsShape}})
    async def models() -> Response:
        """Return the one model."""
        return json_response({"object": "list", "data": [THE_MODEL]})

    @router.get(
        "/models/{model}",
        summary="一个模型 / One model",
        responses={200: {"model": ModelShape}, **_errors(404)},
    )
    async def model(model: str) -> Response:
        """Return a model by its name."""
        if model != MODEL:
            return json_response(error_json(NOT_FOUND), 404)
        return json_response(THE_MODEL)

    return router


async def _completion(engine: Engine, request: Request) -> Response:
    require_json(request)
    chat = parse_chat(await request.body())
    question = to_question(chat)
    if not chat.stream:
        return json_response(await complete(engine, question))
    options = chat.stream_options
    return await stream(engine, question, options is not None and options.include_usage)


async def _shown(answer: Callable[[], Awaitable[Response]]) -> Response:
    """Return the answer, or its error in OpenAI's shape."""
    try:
        return await answer()
    except SHOWN as error:
        shown = to_web_error(error)
        return json_response(error_json(shown), shown.status, shown.headers)
