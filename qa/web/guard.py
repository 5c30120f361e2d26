"""What stands in front of every route: host names, sign-on, foreign pages, long and slow bodies.

Plain ASGI: it costs microseconds, where a middleware with request objects costs a millisecond.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from qa.web.access import SignOn, make_access
from qa.web.cors import Cors, permits
from qa.web.errors import WebError, shorten
from qa.web.headers import Header, Headers
from qa.web.refused import refuse
from qa.web.settings import WebSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

READING = ("GET", "HEAD")
FOREIGN_ANSWER = b"access-control-"


class Guard:
    """Wraps an application: refuses what must not reach it, adds headers to what it answers."""

    def __init__(self, app: App, settings: WebSettings, sessions: SignOn | None = None) -> None:
        self._app = app
        self._settings = settings
        self._hosts = settings.hosts
        self._origins = settings.origins
        self._access = make_access(settings, sessions)
        self._headers = Headers(settings.frame_ancestors)
        self._cors = Cors(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"][len(scope.get("root_path", "")) :]
        shared = self._cors.of(path, scope)
        outgoing = _adding(self._headers.of(path) + shared, send)
        preflight = permits(shared, scope)
        try:
            incoming = await self._admit(scope, None if preflight else path, receive)
        except WebError as error:
            await refuse(error, scope, outgoing)
            return
        if preflight:
            await outgoing({"type": "http.response.start", "status": 204, "headers": []})
            await outgoing({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, incoming, outgoing)

    async def _admit(self, scope: Scope, path: str | None, receive: Receive) -> Receive:
        """Return what the application may read, or raise ``WebError``.

        Without a path nothing is served: a browser asks beforehand, and never says who is asking.
        """
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self._check_host(headers)
        if self._access is not None and path is not None:
            self._access.admit(scope, path)
        if scope["method"] in READING:
            return receive
        self._check_origin(headers)
        limit = self._settings.max_body_bytes
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > limit:
            raise _too_large(limit)
        return await _buffered(receive, limit, self._settings.body_timeout)

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        if self._hosts is None:
            return
        host = headers.get(b"host", b"").decode("latin-1").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name not in self._hosts:
            raise WebError(
                421,
                "unknown_host",
                f"不以 {shorten(name)} 为主机名提供服务；管理员可设置 DAFU_ALLOWED_HOSTS / "
                f"not served under the host name {shorten(name)}; see DAFU_ALLOWED_HOSTS",
            )

    def _check_origin(self, headers: dict[bytes, bytes]) -> None:
        """Let no other site's page ask with a visitor's cookies; programs send no origin."""
        origin = headers.get(b"origin", b"").decode("latin-1").lower()
        site = headers.get(b"sec-fetch-site")
        if origin in self._origins or (not origin and site in (None, b"same-origin", b"none")):
            return
        host = headers.get(b"host", b"").decode("latin-1").lower()
        ours = origin.partition("://")[2] == host if site is None else site == b"same-origin"
        if not ours:
            raise WebError(
                403,
                "foreign_origin",
                "不接受其他网站的页面发来的请求；管理员可设置 DAFU_ALLOWED_ORIGINS / "
                "requests from other sites' pages are refused; see DAFU_ALLOWED_ORIGINS",
            )


def _too_large(limit: int) -> WebError:
    return WebError(
        413,
        "body_too_large",
        f"请求过大，最多 {limit} 字节 / the request is too large; at most {limit} bytes",
        {"Connection": "close"},
    )


async def _buffered(receive: Receive, limit: int, seconds: float) -> Receive:
    """Read the whole body within its bounds and return a ``receive`` that gives it in one piece."""
    parts: list[bytes] = []
    size, more = 0, True
    try:
        async with asyncio.timeout(seconds):
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    return _replaying(message, receive)
                parts.append(message.get("body", b""))
                size, more = size + len(parts[-1]), message.get("more_body", False)
                if size > limit:
                    raise _too_large(limit)
    except TimeoutError:
        raise WebError(
            408,
            "slow_request",
            f"请求体 {seconds:g} 秒内没有收完 / the body did not arrive within {seconds:g} seconds",
            {"Connection": "close"},
        ) from None
    return _replaying({"type": "http.request", "body": b"".join(parts)}, receive)


def _replaying(first: Message, receive: Receive) -> Receive:
    """Return a ``receive`` that gives one message again and then whatever comes."""
    pending = [first]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


def _adding(headers: list[Header], send: Send) -> Send:
    """Return a ``send`` that adds headers, and takes out permissions for foreign pages."""

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [
                one for one in message.get("headers", ()) if not one[0].startswith(FOREIGN_ANSWER)
            ]
            message["headers"] = own + headers
        await send(message)

    return adding
