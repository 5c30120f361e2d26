"""REST around a conversation: take it away, say what an answer is worth."""

from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Request, Response
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool

from qa.web.conversation import Conversation, Verdict
from qa.web.engine import Engine
from qa.web.errors import WebError
from qa.web.export import Wording, to_csv, to_markdown
from qa.web.feedback import MAX_COMMENT, Feedback
from qa.web.kept import conversation_of
from qa.web.kept_shapes import KeptConversation
from qa.web.rest import body_of
from qa.web.rest import errors as declared
from qa.web.schemas import AnswerShape, AskShape, Shape, explain
from qa.web.texts import TEXTS, UiLanguage
from qa.web.words import Names

Given = TypeVar("Given", bound=Shape)
Form = Literal["md", "docx", "csv"]
TYPES: dict[Form, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


class FeedbackShape(Shape):
    """A verdict on an answer, with the request and the answer as they were."""

    verdict: Verdict
    comment: Annotated[str, Field(json_schema_extra={"maxLength": MAX_COMMENT})] = ""
    question: AskShape
    answer: AnswerShape


class RecordedShape(Shape):
    """When the record was made, ISO 8601 in UTC."""

    created: str


class ExportShape(Shape):
    """A conversation as the chat keeps it; ``exchange`` chooses the survey for ``csv``."""

    conversation: KeptConversation
    lang: UiLanguage = "zh"
    exchange: int | None = None


BODIES = (FeedbackShape, ExportShape)
"""Shapes of request bodies, for ``/openapi.json``."""


def conversation_routes(engine: Engine, feedback: Feedback) -> APIRouter:
    """Return ``/api/v1/feedback`` and ``/api/v1/export/{form}``."""
    router = APIRouter(prefix="/api/v1", tags=["conversation"])

    @router.post(
        "/feedback",
        status_code=201,
        summary="评价 / Feedback",
        responses={201: {"model": RecordedShape}, **declared(400, 413, 422, 429, 503)},
        openapi_extra=body_of(FeedbackShape),
    )
    async def judge(request: Request) -> RecordedShape:
        """Record what a reader thinks of an answer."""
        given = _parse(FeedbackShape, await request.body())
        question, answer = given.question.model_dump(), given.answer.model_dump()
        created = await run_in_threadpool(
            feedback.record, given.verdict, given.comment, question, answer
        )
        return RecordedShape(created=created)

    @router.post(
        "/export/{form}",
        summary="导出 / Export",
        responses={
            200: {"content": {kind: {} for kind in TYPES.values()}},
            **declared(400, 413, 422, 503),
        },
        openapi_extra=body_of(ExportShape),
        response_class=Response,
    )
    async def export(form: Form, request: Request) -> Response:
        """Return a conversation as a file, its references in the form of the United Nations."""
        report = engine.ready().report
        given = _parse(ExportShape, await request.body())
        wording = Wording(report, Names(report), TEXTS[given.lang])
        passages = {one.id: one for one in report.passages}
        talk = conversation_of(given.conversation, passages)
        content = await run_in_threadpool(_write, form, talk, given.exchange, wording)
        name = f"Dafu-{report.symbol.replace('/', '-')}.{form}"
        return Response(content, 200, _download(name), TYPES[form])

    return router


def _download(name: str) -> dict[str, str]:
    """Return the headers of a file that is offered under a name."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }


def _parse(shape: type[Given], body: bytes) -> Given:
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise explain(error, shape) from None


def _write(form: Form, talk: Conversation, number: int | None, wording: Wording) -> bytes:
    """Return the bytes of a file. Word's library takes a moment to load, so only here."""
    if form == "docx":
        from qa.web.export_docx import to_docx

        return to_docx(talk, wording)
    if form == "md":
        return to_markdown(talk, wording).encode()
    exchange = talk.at(number) if number is not None else None
    if exchange is None or exchange.answer is None or exchange.answer.coverage is None:
        raise WebError(
            422, "no_table", "这一问没有表格 / the exchange is not a survey; nothing to tabulate"
        )
    return to_csv(exchange.answer, wording).encode()
