"""Who has signed in, and who is about to: what our cookies say of it.

A session says until when it holds and nothing else: not who, since nothing behind may know.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import Scope

from qa.web.access import PROGRAMS
from qa.web.errors import WebError
from qa.web.signin.client import CALLBACK, Client
from qa.web.signin.refusals import not_signed_in
from qa.web.signin.sealed import Cookies, Seal

Header = tuple[bytes, bytes]
SESSION: Final = "session"
ATTEMPT: Final = "sign-in-"
ATTEMPT_SECONDS: Final = 600
ATTEMPTS: Final = 20
"""Cookies of sign-ins that were never ended are cleared away beyond so many."""
LONGEST: Final = 512
"""A longer address is not remembered: it travels through the provider, sealed."""
SIGN_IN: Final = "/sign-in"
SIGN_OUT: Final = "/sign-out"
WIDGET: Final = "/widget.js"
DOCUMENT: Final = (None, b"document")
"""Where a browser shows what it asks for; older ones do not say."""


class Attempt:
    """One sign-in under way. All of it follows from one secret, which the browser keeps."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.mark = self._derived("mark")
        self.nonce = self._derived("nonce")
        self.verifier = self._derived("verifier")

    @property
    def challenge(self) -> str:
        """What PKCE shows of the verifier beforehand (S256)."""
        return _base64(sha256(self.verifier.encode()).digest())

    def _derived(self, purpose: str) -> str:
        return _base64(hmac.digest(self.secret.encode(), purpose.encode(), "sha256"))


class Sessions:
    """Gives and takes the cookies, and tells who has signed in; no I/O."""

    public: Final = frozenset((SIGN_IN, CALLBACK, SIGN_OUT, WIDGET))
    """Open to everybody. The component holds nothing; what it frames is closed."""
    naming: Final = frozenset((b"cookie",))

    def __init__(self, client: Client, hours: float) -> None:
        key = client.session_key or secrets.token_urlsafe(48)
        context = (client.issuer, client.id, client.allowed)  # who these let in no longer comes in
        self._session = Seal(key, "session", *context)
        self._state = Seal(key, "state", *context)
        self._cookies = Cookies(client.public_url)
        self._public_url = client.public_url
        self._seconds = hours * 3_600

    def refusal(self, scope: Scope, path: str) -> WebError | None:
        """Return why a request is not a signed-in user's, or ``None``."""
        if self.holds(scope["headers"]):
            return None
        headers = dict(scope["headers"])
        back = self.sign_in_address(_address(path, scope["query_string"]))
        if _is_page(scope["method"], headers) and not path.startswith(PROGRAMS):
            message = "请登录 / please sign in"
            return WebError(302, "sign_in", message, {"Location": back}, again=back)
        return not_signed_in(again=back)

    def holds(self, headers: list[Header]) -> bool:
        """Tell whether a request carries a session that has not ended."""
        found = self._cookies.found(headers, SESSION)
        return any(self._session.open(value) is not None for value in found)

    def sign_in_address(self, page: str) -> str:
        """Return where to sign in, and come back to a page afterwards."""
        wanted = "" if page == "/" else "?" + urlencode({"next": page})
        return f"{self._public_url}{SIGN_IN}{wanted}"

    def page_address(self, page: str) -> str:
        """Return the address of a page of this site, by its path: never another site's."""
        return self._public_url + page

    def opened(self) -> str:
        """Return the cookie of a new session."""
        return self._cookies.give(SESSION, self._session.close(self._seconds), self._seconds)

    def closed(self) -> str:
        """Return the cookie that ends a session in this browser."""
        return self._cookies.take_back(SESSION)

    def begun(self, attempt: Attempt, headers: list[Header]) -> list[str]:
        """Return the cookie of a sign-in, one for each, since several tabs may be at it."""
        kept = self._cookies.names(headers, ATTEMPT)
        stale = kept if len(kept) >= ATTEMPTS else []
        own = self._cookies.give(_name(attempt.mark), attempt.secret, ATTEMPT_SECONDS)
        return [*(self._cookies.take_back(name) for name in stale), own]

    def ended(self, mark: str) -> str:
        """Return the cookie that takes a sign-in away: it counts once."""
        return self._cookies.take_back(_name(mark))

    def state(self, attempt: Attempt, page: str) -> str:
        """Return what the provider hands back: which sign-in this is, and what page to show."""
        return self._state.close(ATTEMPT_SECONDS, mark=attempt.mark, page=page)

    def remembered(self, state: str) -> tuple[str, str] | None:
        """Return mark and page of a state of ours."""
        found = self._state.open(state)
        return None if found is None else (found["mark"], found["page"])

    def attempt(self, mark: str, headers: list[Header]) -> Attempt | None:
        """Return the sign-in with a mark, if this browser has begun it."""
        found = self._cookies.found(headers, _name(mark))
        begun = (Attempt(secret) for secret in found)
        return next((one for one in begun if hmac.compare_digest(one.mark, mark)), None)


def new_attempt() -> Attempt:
    """Return a sign-in that nobody can guess."""
    return Attempt(secrets.token_urlsafe(32))


def wanted_page(query: bytes) -> str:
    """Return the page that a visitor wants to see after signing in: one of this site.

    Anything but a plain path of ours is the front page: what a browser could take for another
    host, what is long, and signing in itself.
    """
    page = dict(parse_qsl(query.decode("latin-1"))).get("next", "/")
    path = page.partition("?")[0]
    plain = page.isascii() and page.isprintable() and not set(page) & set('\\"<> #')
    ours = plain and path.startswith("/") and "//" not in path and not path.startswith("/sign-")
    return page if ours and len(page) <= LONGEST else "/"


def _address(path: str, query: bytes) -> str:
    """Return path and query as a browser wrote them, without the query where it is long."""
    plain = quote(path, safe="/:@!$&'()*+,;=~")
    whole = f"{plain}?{query.decode('latin-1')}" if query else plain
    return whole if len(whole) <= LONGEST else plain


def _is_page(method: str, headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether a browser asks for a page of its own, rather than for a part of one."""
    if method != "GET" or b"text/html" not in headers.get(b"accept", b""):
        return False
    navigates = headers.get(b"sec-fetch-mode", b"navigate") == b"navigate"
    return navigates and headers.get(b"sec-fetch-dest") in DOCUMENT


def _name(mark: str) -> str:
    return ATTEMPT + mark[:8]


def _base64(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")
