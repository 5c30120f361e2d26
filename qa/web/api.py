"""REST: questions, respondents and health, declared truthfully in ``/openapi.json``."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from corpus import Reply, Report
from qa.render import to_json
from qa.web import errors
from qa.web.access import PROGRAMS
from qa.web.engine import Engine
from qa.web.keys import declare_keys
from qa.web.passages import add_passages
from qa.web.programs.ask_events import OPENAPI, ask_events, wants_events
from qa.web.programs.events import EVENTS
from qa.web.rest import body_of, json_response, require_json
from qa.web.rest import errors as declared
from qa.web.schemas import (
    AliveShape,
    AnswerShape,
    AskShape,
    ReadyShape,
    RespondentsShape,
    parse_question,
)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
DESCRIPTION = """\
对联合国报告的提问，每句话都带出处。
Questions about a United Nations report; every statement is cited.
An error is `{"error": {"code", "message"}}`, the message in Chinese / English."""


class Api(FastAPI):
    """FastAPI whose document also declares the bodies that routes read by themselves."""

    bodies: tuple[type[BaseModel], ...] = (AskShape,)
    keyed = False
    """Whether programs need a key."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        document = super().openapi()
        for shape in self.bodies:
            body = shape.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas = body.pop("$defs", {})
            document["components"]["schemas"].update(schemas, **{shape.__name__: body})
        if self.keyed:
            declare_keys(document, PROGRAMS)
        return document


def make_api(engine: Engine, page_ready: Callable[[], bool], lifespan: Lifespan) -> Api:
    """Return the application with every REST route and the handlers of errors."""
    app = Api(
        title="Dafu 答复",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers={
            **dict.fromkeys(errors.SHOWN, errors.on_shown),
            RequestValidationError: errors.on_invalid,
            HTTPException: errors.on_http_error,
            Exception: errors.on_defect,
        },
    )
    _add_answers(app, engine)
    add_passages(app, engine)
    _add_health(app, engine, page_ready)
    return app


def _add_answers(app: FastAPI, engine: Engine) -> None:
    """Add the routes that answer; on the application itself, where they are looked up once."""

    @app.post(
        "/api/v1/ask",
        tags=["answers"],
        summary="提问 / Ask a question",
        responses={
            200: {"model": AnswerShape, "content": {EVENTS: OPENAPI}},
            **declared(400, 408, 413, 415, 422, 500, 503, 504),
        },
        openapi_extra=body_of(AskShape),
    )
    async def ask(request: Request) -> Response:
        """Return a cited answer, or a refusal with the nearest passages; as events if accepted."""
        require_json(request)
        question = parse_question(await request.body())
        if wants_events(request.headers.get("accept", "")):
            return await ask_events(engine, question)
        answer = to_json(await engine.answer(question))
        return json_response(answer, headers={"Vary": "Accept"})

    @app.get(
        "/api/v1/respondents",
        tags=["answers"],
        summary="答复者 / Respondents",
        responses={200: {"model": RespondentsShape}, **declared(503)},
    )
    async def respondents() -> Response:
        """Return who replied, in printed order."""
        return json_response(respondents_json(engine.ready().report))


def respondents_json(report: Report) -> dict[str, Any]:
    """Return every respondent of a report, as ``/api/v1/respondents`` does."""
    rows = [_respondent(reply) for reply in report.replies]
    replied = [row for row in rows if row["kind"] != "introduction"]
    return {
        "symbol": report.symbol,
        "title": report.title,
        "count": len(replied),
        "respondents": replied,
        "introduction": next((row for row in rows if row not in replied), None),
    }


def _respondent(reply: Reply) -> dict[str, Any]:
    one = reply.respondent
    return {
        "code": one.code,
        "kind": one.kind,
        "name": one.name,
        "name_hant": one.name_hant,
        "name_en": one.name_en,
        "original_language": reply.original_language,
        "date": reply.date.isoformat() if reply.date else None,
        "pages": list(reply.pages),
        "passages": len(reply.passages),
    }


def _add_health(app: FastAPI, engine: Engine, page_ready: Callable[[], bool]) -> None:
    @app.get(
        "/health", tags=["health"], summary="存活 / Alive", responses={200: {"model": AliveShape}}
    )
    async def health() -> Response:
        """Return 200 as long as the process answers."""
        return json_response({"status": "alive"})

    @app.get(
        "/health/ready",
        tags=["health"],
        summary="就绪 / Ready",
        responses={200: {"model": ReadyShape}, 503: {"model": ReadyShape}},
    )
    async def ready() -> Response:
        """Return 200 once questions are answered, 503 and what is loading before that."""
        answerer = engine.answerer
        state = {
            "status": "ready" if answerer else "loading",
            "stage": engine.stage,
            "seconds": round(engine.seconds, 1),
            "page": "ready" if page_ready() else "loading",
            "index": answerer.fingerprint if answerer else None,
        }
        response = json_response(state, 200 if answerer else 503)
        if not answerer:
            response.headers["Retry-After"] = "2"
        return response
