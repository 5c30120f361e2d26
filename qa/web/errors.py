"""What can go wrong between a caller and an answer, in the one shape of an error.

WebError            status, code and a message in Chinese and English
+-- NotReady        503: the engine is still loading
+-- Busy            503: too many questions are waiting
+-- TooSlow         504: the deadline has passed
+-- Fault           500: a defect; details are in the log under its number
"""

import json
from collections.abc import Mapping
from types import MappingProxyType

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from qa.types import QAError, QuestionError

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
ECHO = 40


class WebError(Exception):
    """An answer that is not 200. The message may be shown to the user."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] = NO_HEADERS,
        again: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.again = again
        """Where a person may sign in and try again."""


class NotReady(WebError):
    """The engine is still loading; ``Retry-After`` says when to come back."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "not_ready",
            "正在启动，请稍后再试 / still starting, please try again shortly",
            {"Retry-After": "2"},
        )


class Busy(WebError):
    """More questions are waiting than the operator allows."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "busy",
            "提问的人太多，请稍后再试 / too many questions at once, please try again shortly",
            {"Retry-After": "1"},
        )


class TooSlow(WebError):
    """The answer did not come within the deadline."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            504,
            "too_slow",
            f"{seconds:g} 秒内没有得到答案，请稍后再试 / no answer within {seconds:g} seconds",
        )


class Fault(WebError):
    """A defect of ours. The number finds it in the log; the question is in neither."""

    def __init__(self, number: str) -> None:
        super().__init__(
            500,
            "internal_error",
            f"系统内部出错（编号 {number}），请重试或报告管理员 / "
            f"an internal error (number {number}); try again or tell the administrator",
        )


def shorten(value: str) -> str:
    """Return a caller's own word fit to repeat in a message: printable and short."""
    plain = "".join(char if char.isprintable() else "?" for char in value[: ECHO + 1])
    return plain if len(plain) <= ECHO else plain[:ECHO] + "…"


SHOWN = (WebError, QuestionError, QAError)
"""What a question may end with; the message of each may be shown to the user."""


def to_web_error(error: WebError | QuestionError | QAError) -> WebError:
    """Return what may be shown of an error, with its status."""
    if isinstance(error, WebError):
        return error
    if isinstance(error, QuestionError):
        return WebError(422, error.code, str(error))
    return WebError(500, "cannot_answer", str(error))


def to_body(error: WebError) -> bytes:
    """Return the error as JSON bytes."""
    shape = {"error": {"code": error.code, "message": error.message}}
    return json.dumps(shape, ensure_ascii=False).encode()


def to_response(error: WebError) -> Response:
    """Return the error as a response."""
    return Response(
        to_body(error),
        error.status,
        {"Cache-Control": "no-store", **error.headers},
        "application/json",
    )


NOT_FOUND = WebError(404, "not_found", "没有这个地址 / there is nothing at this address")
NOT_ALLOWED = WebError(
    405, "method_not_allowed", "此地址不接受这种方法 / this address does not take this method"
)


async def on_shown(_: Request, error: Exception) -> Response:
    """Answer an error raised by a route whose message may be shown."""
    return to_response(to_web_error(error) if isinstance(error, SHOWN) else Fault("web"))


async def on_http_error(_: Request, error: Exception) -> Response:
    """Answer what the router raises, 404 and 405 above all."""
    if not isinstance(error, HTTPException):
        return to_response(Fault("web"))
    known = {404: NOT_FOUND, 405: NOT_ALLOWED}.get(error.status_code)
    code, message = (
        (known.code, known.message) if known else ("http_error", "请求无法处理 / bad request")
    )
    return to_response(WebError(error.status_code, code, message, error.headers or NO_HEADERS))


async def on_invalid(_: Request, __: Exception) -> Response:
    """Answer a request that does not fit its declaration, without repeating it."""
    return to_response(
        WebError(
            422, "invalid_request", "请求的格式不对 / the request does not have the right form"
        )
    )


async def on_defect(_: Request, __: Exception) -> Response:
    """Answer an exception that nobody expected."""
    return to_response(Fault("web"))
