"""What Dafu is to an identity provider: who issues, who asks, who may come in."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qa.environment import is_loopback

ALLOWED = re.compile(r"([^\s=,]+)=([^=].*)")
KEY_CHARACTERS = 32
CALLBACK = "/sign-in/callback"


@dataclass(frozen=True, slots=True)
class Client:
    """The registration with a provider; each field is a setting, and checked as one."""

    issuer: str
    id: str
    public_url: str
    scopes: str
    allowed: str
    secret: str = field(repr=False)
    secret_file: str
    session_key: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot work, naming the variable to change, and no secret."""
        _require_address("DAFU_OIDC_ISSUER", self.issuer)
        if not self.id or not _is_plain(self.id):
            raise ValueError(f"DAFU_OIDC_CLIENT_ID={self.id!r}; allowed: the provider's name of it")
        if not self.public_url:
            raise ValueError(
                "DAFU_OIDC_ISSUER needs DAFU_PUBLIC_URL, the address that visitors use, such as "
                f"https://portal.example/portal/dafu; {CALLBACK} below it is where they come back"
            )
        if self.secret and self.secret_file:
            raise ValueError("DAFU_OIDC_CLIENT_SECRET or DAFU_OIDC_CLIENT_SECRET_FILE; not both")
        if "openid" not in self.scopes.split() or not _is_plain(self.scopes.replace(" ", "")):
            raise ValueError(
                f"DAFU_OIDC_SCOPES={self.scopes!r}; allowed: openid and others, separated by spaces"
            )
        if self.allowed and (not ALLOWED.fullmatch(self.allowed) or not self.admitted[1]):
            raise ValueError(
                f"DAFU_OIDC_ALLOWED={self.allowed!r}; allowed: claim=value or claim=value,value, "
                "such as groups=dafu"
            )
        if self.session_key and len(self.session_key) < KEY_CHARACTERS:
            raise ValueError(
                f"DAFU_SESSION_KEY has {len(self.session_key)} characters; allowed: "
                f"{KEY_CHARACTERS} or more, by chance, such as from openssl rand -base64 48"
            )

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends visitors back to."""
        return self.public_url + CALLBACK

    @property
    def admitted(self) -> tuple[str, frozenset[str]]:
        """The claim that lets somebody in, and its values; nobody is kept out without one."""
        claim, _, values = self.allowed.partition("=")
        return claim, frozenset(value.strip() for value in values.split(",") if value.strip())

    def read_secret(self) -> str:
        """Return the secret; none is a public client's. ``ValueError`` if its file has none."""
        if not self.secret_file:
            return self.secret
        try:
            secret = Path(self.secret_file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            what = f"DAFU_OIDC_CLIENT_SECRET_FILE={self.secret_file}"
            raise ValueError(f"{what} cannot be read: {error}") from None
        if not secret:
            raise ValueError(f"DAFU_OIDC_CLIENT_SECRET_FILE={self.secret_file} is empty")
        return secret

    def admits(self, claims: dict[str, Any]) -> bool:
        """Tell whether the claims of a token are those of somebody who may come in.

        An address of mail counts only where the provider says that it has verified it: at some
        providers anybody can claim any.
        """
        claim, values = self.admitted
        if not claim:
            return True
        if claim == "email" and claims.get("email_verified") is not True:
            return False
        given = claims.get(claim)
        listed = given if isinstance(given, list) else [given]
        return any(one in values for one in listed if isinstance(one, str))


def check_public_url(public_url: str, root_path: str) -> None:
    """Raise ``ValueError`` for an address that cannot be the one visitors use."""
    if not public_url:
        return
    _require_address("DAFU_PUBLIC_URL", public_url)
    if urlsplit(public_url).path != root_path:
        raise ValueError(
            f"DAFU_PUBLIC_URL={public_url!r} must end in DAFU_ROOT_PATH={root_path!r}, "
            "without a final /"
        )


def is_address(value: str) -> bool:
    """Tell whether tokens may travel to an address: over TLS, or not beyond this machine."""
    if not _is_plain(value):
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    extra = parts.username is not None or parts.fragment or not host
    return not extra and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def _require_address(variable: str, value: str) -> None:
    if not is_address(value) or "?" in value:
        raise ValueError(
            f"{variable}={value!r}; allowed: https://host or https://host/path, and http:// on "
            "loopback only"
        )


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and not set(value) & set(' "\\<>')
