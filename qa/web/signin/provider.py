"""An identity provider over HTTP: where it is, its keys, and a code turned into claims."""

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote_plus, urlencode

import httpx
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from qa.web.signin.client import Client, is_address
from qa.web.signin.id_token import read_keys, verify
from qa.web.signin.refusals import provider_failed, sign_in_failed, wrong_token
from qa.web.signin.sealed import MALFORMED

log = logging.getLogger("dafu")
Kept = TypeVar("Kept")
KEPT_SECONDS: Final = 3_600.0
AGAIN_SECONDS: Final = 30.0
DISCOVERY: Final = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What a provider says of itself."""

    authorization: str
    token: str
    keys: str
    end_session: str
    """Where it signs people out; empty where it does not."""
    posted: bool
    """Whether it takes the secret in the body only."""


class Fetched(Generic[Kept]):
    """What was fetched, kept for an hour."""

    def __init__(self, fetch: Callable[[], Awaitable[Kept]]) -> None:
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._kept: Kept | None = None
        self._until = 0.0
        self._not_before = 0.0

    async def get(self) -> Kept:
        """Return it, fetched now unless it is known; one fetch at a time."""
        async with self._lock:
            if self._kept is None or time.monotonic() > self._until:
                self._kept = await self._fetch()
                self._until = time.monotonic() + KEPT_SECONDS
            return self._kept

    async def renewed(self) -> Kept:
        """Return it fetched again, but not too often: anybody could be asking for it."""
        if time.monotonic() >= self._not_before:
            self._not_before = time.monotonic() + AGAIN_SECONDS
            self._until = 0.0
        return await self.get()


class Provider:
    """The provider of one client. Every failure is a ``WebError``; the reason is in the log."""

    def __init__(self, client: Client, patience: float = 5.0) -> None:
        """Speak to nobody yet; an exchange may take twice ``patience`` seconds in all."""
        self._client = client
        self._secret = client.read_secret()
        self._patience = patience
        self._http = httpx.AsyncClient(
            timeout=patience,
            verify=ssl.create_default_context(),  # what the machine trusts, a house's own CA too
            headers={"Accept": "application/json"},
        )
        self._endpoints = Fetched(self._fetch_endpoints)
        self._keys = Fetched(self._fetch_keys)

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()

    async def authorization(self, **parameters: str) -> str:
        """Return the address at which somebody signs in."""
        given = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": self._client.redirect_uri,
            "scope": self._client.scopes,
            "code_challenge_method": "S256",
            **parameters,
        }
        return _with((await self._endpoints.get()).authorization, given)

    async def end_session(self, back: str) -> str:
        """Return the address at which somebody signs out there, too; empty if there is none."""
        address = (await self._endpoints.get()).end_session
        given = {"client_id": self._client.id, "post_logout_redirect_uri": back}
        return _with(address, given) if address else ""

    async def claims(self, code: str, verifier: str, nonce: str) -> dict[str, Any]:
        """Return what the provider says of somebody who has come back with a code."""
        token = await self._exchange(code, verifier)
        expected = (self._client.issuer, self._client.id, nonce)
        try:
            try:
                return verify(token, await self._keys.get(), *expected)
            except InvalidKeyIdError:
                return verify(token, await self._keys.renewed(), *expected)
        except MALFORMED as error:
            log.warning("登录证明无效 / ID token refused: %s", error)
            raise wrong_token() from None

    async def _exchange(self, code: str, verifier: str) -> str:
        endpoints = await self._endpoints.get()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._client.redirect_uri,
            "code_verifier": verifier,
        }
        basic = None
        if self._secret and not endpoints.posted:
            basic = httpx.BasicAuth(quote_plus(self._client.id), quote_plus(self._secret))
        else:
            form["client_id"] = self._client.id
            form |= {"client_secret": self._secret} if self._secret else {}
        request = self._http.build_request("POST", endpoints.token, data=form)
        status, answer = await self._answer(request, basic)
        if status == 400 and answer.get("error") == "invalid_grant":
            raise sign_in_failed()
        token = answer.get("id_token")
        if status != 200 or not isinstance(token, str):
            said = str(answer.get("error", "no id_token"))[:80]
            raise _failed(endpoints.token, f"{status} {said!r}")
        return token

    async def _fetch_endpoints(self) -> Endpoints:
        address = self._client.issuer.removesuffix("/") + DISCOVERY
        found = await self._document(address)
        if found.get("issuer") != self._client.issuer:
            raise _failed(address, f"names another issuer, {str(found.get('issuer'))[:200]!r}")
        authorization, token, keys = (
            _named(found, name, address)
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        )
        ending = str(found.get("end_session_endpoint", ""))
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        posted = "client_secret_post" in methods and "client_secret_basic" not in methods
        return Endpoints(authorization, token, keys, ending if is_address(ending) else "", posted)

    async def _fetch_keys(self) -> KeySet:
        address = (await self._endpoints.get()).keys
        try:
            return read_keys(await self._document(address))
        except JoseError as error:
            raise _failed(address, str(error)) from None

    async def _document(self, address: str) -> dict[str, Any]:
        status, found = await self._answer(self._http.build_request("GET", address))
        if status != 200:
            raise _failed(address, str(status))
        return found

    async def _answer(
        self, request: httpx.Request, basic: httpx.BasicAuth | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Return status and JSON. No redirect is followed: a secret goes to the named address."""
        address = str(request.url)
        try:
            async with asyncio.timeout(2 * self._patience):
                reply = await self._http.send(request, auth=basic)
            found = reply.json()
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            raise _failed(address, type(error).__name__) from None
        if not isinstance(found, dict):
            raise _failed(address, "no JSON object")
        return reply.status_code, found


def _named(found: dict[str, Any], name: str, document: str) -> str:
    """Return an address that a provider's document names, if tokens may travel there."""
    address = str(found.get(name, ""))
    if not is_address(address):
        raise _failed(document, f"has no {name} that may be used")
    return address


def _failed(address: str, reason: str) -> Exception:
    """Log what is for the operator, and return what may be shown."""
    log.warning("登录服务出错 / identity provider: %s: %s", address, reason)
    return provider_failed()


def _with(address: str, parameters: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
