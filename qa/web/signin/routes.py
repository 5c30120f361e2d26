"""The addresses of signing in and out."""

import logging
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from qa.web.access import is_own_page
from qa.web.errors import WebError
from qa.web.refused import page, refuse
from qa.web.rest import NO_STORE, json_response
from qa.web.signin.client import CALLBACK, Client
from qa.web.signin.provider import Provider
from qa.web.signin.refusals import (
    access_denied,
    foreign_sign_out,
    not_admitted,
    provider_failed,
    sign_in_expired,
    sign_in_failed,
)
from qa.web.signin.sessions import (
    SIGN_IN,
    SIGN_OUT,
    Attempt,
    Sessions,
    new_attempt,
    wanted_page,
)

log = logging.getLogger("dafu")
SAID = {
    "access_denied": access_denied,
    "server_error": provider_failed,
    "temporarily_unavailable": provider_failed,
}
"""What a provider says when it sends somebody back without a code."""
SIGNED_OUT = "已退出 / you are signed out"


class SignIn:
    """Signing in by one provider: its sessions, and the routes that begin and end them."""

    def __init__(self, client: Client, hours: float) -> None:
        self._client = client
        self._provider = Provider(client)
        self.sessions = Sessions(client, hours)
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route(SIGN_IN, self._begin, methods=["GET"])
        self.router.add_api_route(CALLBACK, self._come_back, methods=["GET"])
        self.router.add_api_route(SIGN_OUT, self._sign_out, methods=["POST"])
        self.router.add_api_route(SIGN_OUT, self._signed_out, methods=["GET"])
        if not client.session_key:
            log.info(
                "未设置 DAFU_SESSION_KEY，重启后需重新登录 / "
                "DAFU_SESSION_KEY is not set: sessions end when the server is started again"
            )

    async def close(self) -> None:
        """Hang up on the provider."""
        await self._provider.close()

    async def _begin(self, request: Request) -> Response:
        """Lead to the provider."""
        wanted = wanted_page(request.scope["query_string"])
        attempt = new_attempt()
        try:
            address = await self._provider.authorization(
                state=self.sessions.state(attempt, wanted),
                nonce=attempt.nonce,
                code_challenge=attempt.challenge,
            )
        except WebError as error:
            return self._failed(error, wanted)
        return _led(address, *self.sessions.begun(attempt, request.scope["headers"]))

    async def _come_back(self, request: Request) -> Response:
        """Let in whom the provider sends back."""
        given = parse_qs(request.url.query)
        remembered = self.sessions.remembered(given.get("state", [""])[0])
        if remembered is None:
            return self._failed(sign_in_expired(), "/")
        mark, wanted = remembered
        over = self.sessions.ended(mark)
        attempt = self.sessions.attempt(mark, request.scope["headers"])
        if attempt is None:
            return self._failed(sign_in_expired(), wanted)
        try:
            await self._let_in(attempt, given)
        except WebError as error:
            return self._failed(error, wanted, over)
        return _led(self.sessions.page_address(wanted), over, self.sessions.opened())

    async def _let_in(self, attempt: Attempt, given: dict[str, list[str]]) -> None:
        """Raise ``WebError`` for whoever may not come in."""
        if given.get("iss", [self._client.issuer]) != [self._client.issuer]:
            raise sign_in_failed()
        code = given.get("code", [""])[0]
        if "error" in given or not code:
            said = given.get("error", ["no code"])[0]
            log.info("登录未完成 / sign-in not completed: %r", said[:80])
            raise SAID.get(said, sign_in_failed)()
        claims = await self._provider.claims(code, attempt.verifier, attempt.nonce)
        if not self._client.admits(claims):
            raise not_admitted()

    async def _sign_out(self, request: Request) -> Response:
        """End the session here, and say where it is ended at the provider's."""
        if not is_own_page(dict(request.scope["headers"])):
            return self._failed(foreign_sign_out(), "/")
        back = self.sessions.page_address(SIGN_OUT)
        try:
            there = await self._provider.end_session(back)
        except WebError:
            there = ""
        return json_response(
            {"location": there or back}, headers={"Set-Cookie": self.sessions.closed()}
        )

    async def _signed_out(self) -> Response:
        """Say that it is done."""
        shown = page(SIGNED_OUT, self.sessions.sign_in_address("/"))
        return Response(shown, headers=NO_STORE, media_type="text/html; charset=utf-8")

    def _failed(self, error: WebError, wanted: str, *cookies: str) -> Response:
        error.again = self.sessions.sign_in_address(wanted)
        return _Refusal(error, cookies)


class _Refusal(Response):
    """A refusal in the form that the caller accepts, cookies with it."""

    def __init__(self, error: WebError, cookies: tuple[str, ...]) -> None:
        super().__init__(status_code=error.status)
        self._error = error
        self._cookies = cookies

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Send it."""
        await refuse(self._error, scope, send, self._cookies)


def _led(address: str, *cookies: str) -> Response:
    response = Response(status_code=303, headers={**NO_STORE, "Location": address})
    for cookie in cookies:
        response.headers.append("Set-Cookie", cookie)
    return response
