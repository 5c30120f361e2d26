"""What is handed to a browser and must come back as it was: encrypted, and only for a while."""

import hmac
import json
import time
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

HEADER: Final = {"alg": "dir", "enc": "A256GCM"}
MALFORMED: Final = (JoseError, ValueError, TypeError)
"""What joserfc raises for tokens of strangers: its own errors, and others for odd headers."""


class Seal:
    """Closes claims into a compact JWE and opens it again, until it expires.

    Each purpose has a key of its own, so that what was sealed for one opens for no other.
    """

    def __init__(self, key: str, *purpose: str) -> None:
        derived = hmac.digest(key.encode(), json.dumps(purpose).encode(), "sha256")
        self._key = OctKey.import_key(derived)

    def close(self, seconds: float, **claims: str) -> str:
        """Return sealed claims that open for so many seconds."""
        content = {**claims, "exp": time.time() + seconds}
        return jwe.encrypt_compact(HEADER, json.dumps(content), self._key)

    def open(self, sealed: str) -> dict[str, Any] | None:
        """Return what was sealed, or ``None`` for what is forged, foreign or expired."""
        try:
            found = jwe.decrypt_compact(sealed, self._key, list(HEADER.values()))
        except MALFORMED:
            return None
        claims: dict[str, Any] = json.loads(found.plaintext or b"{}")
        return claims if claims.get("exp", 0) > time.time() else None


class Cookies:
    """How our cookies are called, and where a browser sends them."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        secure = parts.scheme == "https"
        prefix = ("__Secure-" if parts.path else "__Host-") if secure else ""
        self._prefix = prefix + "dafu-"
        self._rest = f"; Path={parts.path or '/'}; HttpOnly; SameSite=Lax"
        self._rest += "; Secure" if secure else ""

    def give(self, name: str, value: str, seconds: float) -> str:
        """Return a header ``Set-Cookie``."""
        return f"{self._prefix}{name}={value}; Max-Age={int(seconds)}{self._rest}"

    def take_back(self, name: str) -> str:
        """Return a header ``Set-Cookie`` that removes a cookie."""
        return self.give(name, "", 0)

    def found(self, headers: Iterable[tuple[bytes, bytes]], name: str) -> list[str]:
        """Return the values of a cookie: more than one where another path or host has set it."""
        return [value for key, value in self._all(headers) if key == name]

    def names(self, headers: Iterable[tuple[bytes, bytes]], beginning: str) -> list[str]:
        """Return the names of ours that begin so."""
        return [key for key, _ in self._all(headers) if key.startswith(beginning)]

    def _all(self, headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
        for header, line in headers:
            for pair in line.decode("latin-1").split(";") if header == b"cookie" else ():
                key, _, value = pair.strip().partition("=")
                if key.startswith(self._prefix):
                    yield key.removeprefix(self._prefix), value
