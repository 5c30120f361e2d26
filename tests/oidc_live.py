"""An identity provider on loopback, with real keys, and visitors who sign in with it."""

import asyncio
import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from nginx_live import free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from web_live import Live, serving

CLIENT = "dafu"
SECRET = "a secret: with / all + of & it"
PAGE = {"Accept": "text/html,*/*;q=0.8", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
LOGIN = """\
<!doctype html><title>Sign in</title>
<form action="/approve"><label>Name <input name="user"></label>{}<button>Sign in</button></form>
"""
HIDDEN = '<input type="hidden" name="{}" value="{}">'
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
NEXT = RSAKey.generate_key(2048, {"kid": "next"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})


class Provider:
    """What a provider does, and what a test lets it do wrong."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.begin()

    def begin(self) -> None:
        """Be a provider that does everything right, and remember nothing."""
        self.keys: list[Any] = [RSA, EC]
        self.signer: Any = RSA
        self.alg = "RS256"
        self.claims: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.token: str | None = None
        self.status = 200
        self.refuses = ""
        self.asks_for_name = False
        self.open = threading.Event()
        self.open.set()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    async def configuration(self, _: Request) -> Response:
        at = self.issuer
        known = {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks",
            "end_session_endpoint": f"{at}/end",
        }
        return await self._said("configuration", {**known, **self.about})

    async def jwks(self, _: Request) -> Response:
        return await self._said("jwks", {"keys": [key.as_dict(private=False) for key in self.keys]})

    async def authorize(self, request: Request) -> Response:
        given = dict(request.query_params)
        assert (given["response_type"], given["client_id"]) == ("code", CLIENT)
        assert given["code_challenge_method"] == "S256"
        if self.asks_for_name:
            hidden = "".join(HIDDEN.format(name, escape(given[name])) for name in given)
            return HTMLResponse(LOGIN.format(hidden))
        return self._back(given)

    async def approve(self, request: Request) -> Response:
        return self._back(dict(request.query_params))

    def _back(self, given: dict[str, str]) -> Response:
        code = f"code-{len(self.codes)}"
        self.codes[code] = given
        said = {"error": self.refuses} if self.refuses else {"code": code, "iss": self.issuer}
        query = urlencode({**said, "state": given["state"]})
        return RedirectResponse(f"{given['redirect_uri']}?{query}", 302)

    async def exchange(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        given = self.codes.pop(form["code"][0], None)
        if given is None or form["redirect_uri"] != [given["redirect_uri"]]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        assert _b64(digest) == given["code_challenge"]
        if not self._is_client(request.headers.get("authorization", ""), form):
            return JSONResponse({"error": "invalid_client"}, 401)
        return await self._said("token", {"id_token": self.token or self.sign(given["nonce"])})

    def _is_client(self, basic: str, form: dict[str, list[str]]) -> bool:
        posted = "token_endpoint_auth_methods_supported" in self.about
        pair = f"{CLIENT}:{urlencode({'': SECRET})[1:]}"
        right = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return form.get("client_secret") == [SECRET] if posted else basic == right

    def sign(self, nonce: str) -> str:
        """Return an ID token, as the test wants it."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "wu.min",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            **self.claims,
        }
        known = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.alg, **({"kid": self.signer.kid} if self.signer.kid else {})}
        return jwt.encode(header, known, self.signer, algorithms=[self.alg])

    async def end(self, request: Request) -> Response:
        assert request.query_params["client_id"] == CLIENT
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)

    async def _said(self, what: str, content: dict[str, Any]) -> Response:
        self.asked.append(what)
        while not self.open.is_set():
            await asyncio.sleep(0.01)
        return JSONResponse(content, self.status)


@contextmanager
def providing() -> Iterator[Provider]:
    """Run a provider."""
    port = free_port()
    provider = Provider(port)
    routes = [
        Route("/.well-known/openid-configuration", provider.configuration),
        Route("/jwks", provider.jwks),
        Route("/authorize", provider.authorize),
        Route("/approve", provider.approve),
        Route("/token", provider.exchange, methods=["POST"]),
        Route("/end", provider.end),
    ]
    config = uvicorn.Config(Starlette(routes=routes), port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield provider
    finally:
        provider.open.set()
        server.should_exit = True
        thread.join(10)


@contextmanager
def signing_in(issuer: str, path: str = "", **settings: Any) -> Iterator[Live]:
    """Run Dafu where users sign in with a provider."""
    port = free_port()
    given = {
        "port": port,
        "root_path": path,
        "public_url": f"http://127.0.0.1:{port}{path}",
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "session_key": "k" * 32,
    }
    with serving(**{**given, **settings}) as live:
        yield live


class TakesOff(httpx.HTTPTransport):
    """Takes a path off the front of Dafu's addresses, as its proxy does."""

    def __init__(self, live: Live, path: str) -> None:
        super().__init__()
        self._live, self._path = live, path

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.port == self._live.port:
            assert request.url.path.startswith(f"{self._path}/")
            raw = request.url.raw_path.removeprefix(self._path.encode())
            request.url = request.url.copy_with(raw_path=raw)
        return super().handle_request(request)


class Visitor:
    """A browser, in short: cookies, and the redirects that a test wants followed."""

    def __init__(self, live: Live, path: str = "") -> None:
        self.url = f"http://127.0.0.1:{live.port}{path}"
        self.client = httpx.Client(transport=TakesOff(live, path), timeout=15)

    def get(self, address: str, **headers: str) -> httpx.Response:
        """Ask for a page, by its path or its whole address."""
        whole = address if "://" in address else self.url + address
        return self.client.get(whole, headers={**PAGE, **headers})

    def begin(self, page: str = "/chat/") -> str:
        """Ask for a page and return where the provider sends this visitor back to."""
        first = self.get(page)
        assert first.status_code == 302, first.text
        return self.approved(first.headers["location"])

    def approved(self, sign_in: str) -> str:
        """Sign in at an address of Dafu's; return where the provider sends back to."""
        there = self.get(sign_in)
        assert there.status_code == 303, there.text
        return self.get(there.headers["location"]).headers["location"]

    def sign_in(self, page: str = "/chat/") -> httpx.Response:
        """Do all of it and return what the callback answers."""
        return self.get(self.begin(page))

    @property
    def cookies(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.client.cookies.jar}


@contextmanager
def visiting(live: Live, path: str = "") -> Iterator[Visitor]:
    """Open a browser and close it."""
    visitor = Visitor(live, path)
    yield visitor
    visitor.client.close()


def code(reply: httpx.Response) -> str:
    """Return the code of a refusal in JSON."""
    assert set(reply.json()) == {"error"}
    return reply.json()["error"]["code"]


def query(address: str) -> dict[str, str]:
    """Return the query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def forged(token: str, alg: str) -> str:
    """Return a token with its claims as they are, signed with nothing or with the public key."""
    claims = jwt.decode(token, RSA, algorithms=["RS256"]).claims
    header = {"alg": alg, "kid": RSA.kid}
    signed = ".".join(_b64(json.dumps(part).encode()) for part in (header, claims))
    public = RSA.as_pem(private=False)
    mac = hmac.digest(public, signed.encode(), "sha256") if alg == "HS256" else b""
    return f"{signed}.{_b64(mac)}"


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
