"""Who is let in: users named by a trusted proxy or signed in here, and programs with a key.

Without any such setting everybody is. With any, ``/health`` aside, a request must carry a key where
programs ask, or come from a signed-in user; where keys are set, a user's request to the addresses
of programs must also come from a page of Dafu's own. What names the asker goes no further than
this: it is taken out of the request, so that nothing behind can log it beside a question.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final, Protocol

from starlette.types import Scope

from qa.web.errors import WebError
from qa.web.keys import Keys, read_keys
from qa.web.proxies import parse_proxies, trusting
from qa.web.settings import WebSettings

PUBLIC: Final = frozenset(("/health", "/health/ready"))
PROGRAMS: Final = ("/api/", "/v1/", "/mcp", "/openapi.json")
"""Where keys count; the rest of the site is for people."""
NOBODY: Final = (b"", b"-", b"(null)")
"""What proxies write where they know no user."""
CHALLENGE: Final = 'Bearer realm="Dafu"'

closed = partial(WebError, 403)
NOT_THROUGH_PROXY = closed(
    "not_through_proxy",
    "请从门户进入；这里只接受门户代理转来的请求（DAFU_TRUSTED_PROXIES） / "
    "please come through the portal; only its proxy is served here (DAFU_TRUSTED_PROXIES)",
)
NOT_SIGNED_IN = closed("not_signed_in", "请先登录门户 / please sign in to the portal first")
TWO_USERS = closed(
    "two_users",
    "登录标头出现了不止一次；代理应改写它，而不是添加 / "
    "the sign-on header came more than once; the proxy must overwrite it, not add to it",
)
KEYS_ONLY = closed(
    "programs_only",
    "本服务只对持有密钥的程序开放；网页需要登录（DAFU_SIGN_ON_HEADER 或 DAFU_OIDC_ISSUER） / "
    "only programs with a key are served here; the pages need sign-on "
    "(DAFU_SIGN_ON_HEADER or DAFU_OIDC_ISSUER)",
)
KEY_REQUIRED = WebError(
    401,
    "key_required",
    "程序需要密钥：Authorization: Bearer … / programs need a key: Authorization: Bearer …",
    {"WWW-Authenticate": CHALLENGE},
)
WRONG_KEY = WebError(
    401,
    "wrong_key",
    "密钥不对 / this is not a valid key",
    {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'},
)


class SignOn(Protocol):
    """A way to know that a request is a signed-in user's."""

    @property
    def public(self) -> frozenset[str]:
        """Paths that it needs open to everybody."""

    @property
    def naming(self) -> frozenset[bytes]:
        """Headers by which it knows a user."""

    def refusal(self, scope: Scope, path: str) -> WebError | None:
        """Return why a request is not a signed-in user's, or ``None``."""


class ByHeader:
    """Users whom a trusted proxy names."""

    public: frozenset[str] = frozenset()

    def __init__(self, header: str, proxies: str) -> None:
        self._header = header.lower().encode("ascii")
        self._trusts = trusting(parse_proxies(proxies))
        self.naming = frozenset((self._header,))

    def refusal(self, scope: Scope, _: str) -> WebError | None:
        """Return why a request is not a signed-in user's, or ``None``."""
        peer = scope.get("client")
        if peer is None or not self._trusts(peer[0]):
            return NOT_THROUGH_PROXY
        users = [value for name, value in scope["headers"] if name == self._header]
        if len(users) > 1:
            return TWO_USERS
        return None if users and users[0].strip() not in NOBODY else NOT_SIGNED_IN


class Access:
    """Lets a request in or raises ``WebError``; microseconds, and no I/O."""

    def __init__(self, users: SignOn | None, keys: Keys | None) -> None:
        self._users = users
        self._keys = keys
        self._public = PUBLIC | (users.public if users else frozenset())
        self._naming = frozenset((b"authorization",)) | (users.naming if users else frozenset())

    def admit(self, scope: Scope, path: str) -> None:
        """Raise ``WebError`` for who may not have this path; forget who it was otherwise."""
        if path in self._public:
            return
        error = self._refusal(scope, path)
        if error is not None:
            raise error
        scope["headers"] = [one for one in scope["headers"] if one[0] not in self._naming]

    def _refusal(self, scope: Scope, path: str) -> WebError | None:
        if self._keys is None or not path.startswith(PROGRAMS):
            return self._stranger(scope, path)
        headers = dict(scope["headers"])
        scheme, _, key = headers.get(b"authorization", b"").partition(b" ")
        given = scheme.lower() == b"bearer"
        if given and self._keys.holder(key.strip()) is not None:
            return None
        stranger = self._stranger(scope, path) if is_own_page(headers) else KEY_REQUIRED
        if stranger is None:
            return None
        if given:
            return WRONG_KEY
        return stranger if stranger.status == 401 else KEY_REQUIRED

    def _stranger(self, scope: Scope, path: str) -> WebError | None:
        return KEYS_ONLY if self._users is None else self._users.refusal(scope, path)


def make_access(settings: WebSettings, sessions: SignOn | None = None) -> Access | None:
    """Return what the settings ask for, ``None`` where everybody is let in.

    Raises ``ValueError`` for a file of keys that cannot be used, and rather than let everybody
    in where users sign in here but nothing was given that knows them.
    """
    keys = read_keys(settings.api_keys_file) if settings.api_keys_file else None
    if settings.oidc_issuer and sessions is None:
        raise ValueError("DAFU_OIDC_ISSUER is set, and there is nothing to tell who has signed in")
    named = settings.sign_on_header
    users = ByHeader(named, settings.trusted_proxies) if named else sessions
    return Access(users, keys) if keys or users else None


def is_own_page(headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether a browser says that a page of this site sent this.

    Where it says nothing about the site, as over plain HTTP, it names the page's address.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    page = (headers.get(b"origin") or headers.get(b"referer", b"")).lower()
    host = headers.get(b"host", b"").lower()
    return bool(host) and page.partition(b"://")[2].partition(b"/")[0] == host
