"""Which other origins' pages may read what the interface answers: those that were named."""

from collections.abc import MutableMapping
from typing import Any, Final

from qa.web.headers import Header

Scope = MutableMapping[str, Any]
SHARED: Final = ("/api/v1/", "/v1/")
VARY: Final = (b"vary", b"Origin")
EXPOSED: Final = (b"access-control-expose-headers", b"Content-Disposition, Retry-After")
PREFLIGHT: Final = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"Accept, Authorization, Content-Type"),
    (b"access-control-max-age", b"600"),
)
"""What a page may send. No credentials: an answer never depends on a visitor's cookies."""


class Cors:
    """The answers of Cross-Origin Resource Sharing for a set of origins."""

    def __init__(self, origins: frozenset[str]) -> None:
        self._origins = origins

    def of(self, path: str, scope: Scope) -> list[Header]:
        """Return the headers of an answer: a permission only for an origin that was named."""
        if not path.startswith(SHARED):
            return []
        origin = _header(scope, b"origin")
        if origin.decode("latin-1").lower() not in self._origins:
            return [VARY]
        asks = PREFLIGHT if _asks(scope) else ()
        return [VARY, (b"access-control-allow-origin", origin), EXPOSED, *asks]


def permits(headers: list[Header], scope: Scope) -> bool:
    """Return whether these headers alone answer a browser that asks beforehand."""
    return _asks(scope) and len(headers) > 1


def _asks(scope: Scope) -> bool:
    asked = _header(scope, b"access-control-request-method")
    return scope["method"] == "OPTIONS" and bool(asked)


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")
