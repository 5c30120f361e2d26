"""Settings of the web layer: where it listens, who may frame it, what it refuses."""

from dataclasses import dataclass, field
from pathlib import Path

from qa.environment import is_loopback
from qa.settings import ROOT
from qa.web.origins import origins_of, require_origins, require_sources
from qa.web.proxies import check_sign_on
from qa.web.signin.client import Client, check_public_url

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the operator can choose; each field is also ``DAFU_<FIELD>`` in the environment."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 7860
    """Port to listen on; 0 takes any free one."""
    root_path: str = ""
    """Path under which a reverse proxy publishes Dafu, such as ``/portal/dafu``."""
    allowed_hosts: str = ""
    """Host names to answer to, separated by commas; empty: the loopback names when listening on
    loopback, any name otherwise."""
    allowed_origins: str = ""
    """Origins besides Dafu's own that may send questions, such as ``https://portal.example``."""
    frame_ancestors: str = "'self'"
    """Who may put ``/embed/`` into a frame, as in Content-Security-Policy, separated by spaces."""
    sign_on_header: str = ""
    """Header in which the proxies below name the signed-in user, such as ``X-Forwarded-User``;
    without a user nothing but ``/health`` is served."""
    trusted_proxies: str = ""
    """Addresses and networks of these proxies, separated by commas, such as ``127.0.0.1``."""
    public_url: str = ""
    """Address that visitors use, such as ``https://portal.example/portal/dafu``; needed with OIDC,
    where it is never taken from a request."""
    oidc_issuer: str = ""
    """Identity provider that users sign in with, as it names itself; no proxy names them then."""
    oidc_client_id: str = ""
    """What that provider calls Dafu."""
    oidc_client_secret: str = field(default="", repr=False)
    """The secret that goes with it; none for a public client."""
    oidc_client_secret_file: str = ""
    """File that holds the secret instead."""
    oidc_scopes: str = "openid"
    """What is asked of the provider, separated by spaces."""
    oidc_allowed: str = ""
    """Who may come in, by a claim of the ID token, such as ``groups=dafu,editors``; empty: every
    user of the provider."""
    session_key: str = field(default="", repr=False)
    """What sessions are encrypted with, 32 characters or more; empty: a new one at each start."""
    session_hours: float = 8.0
    """How long a user stays signed in."""
    api_keys_file: str = ""
    """File of lines ``name: sha256`` with the keys of programs; ``python -m qa.web.keys NAME``."""
    max_body_bytes: int = 1_048_576
    """Longest request body that is read; a longer one is refused with 413 beforehand."""
    request_timeout: float = 30.0
    """Seconds an answer may take before the caller gets 504."""
    body_timeout: float = 10.0
    """Seconds a caller may take to send the head of a request, and again to send its body."""
    concurrency: int = 4
    """Questions answered at the same time."""
    waiting: int = 64
    """Questions that may wait for their turn; the next one gets 503."""
    max_connections: int = 512
    """Connections held at the same time, an open page keeping one."""
    feedback_dir: Path = ROOT / "var" / "feedback"
    """Folder that takes readers' verdicts on answers, one JSON line each; made when missing."""
    feedback_max_bytes: int = 50_000_000
    """Bytes of verdicts that are taken in one day."""
    access_log: bool = False
    """Log one line a request (method, path, status; never a question)."""

    def __post_init__(self) -> None:
        """Refuse what cannot work, naming the variable to change."""
        for name in ("max_body_bytes", "request_timeout", "body_timeout", "concurrency"):
            _require(name, getattr(self, name), getattr(self, name) > 0, "more than 0")
        _require("port", self.port, 0 <= self.port <= 65535, "0 to 65535")
        for name in ("waiting", "feedback_max_bytes"):
            _require(name, getattr(self, name), getattr(self, name) >= 0, "0 or more")
        _require("max_connections", self.max_connections, self.max_connections > 1, "2 or more")
        path = self.root_path
        _require("root_path", path, not path or _is_path(path), "/path without a final /")
        hours = self.session_hours
        _require("session_hours", hours, 0 < hours <= 8_760, "more than 0, at most 8760")
        check_sign_on(self.sign_on_header, self.trusted_proxies)
        self._check_oidc()
        for name in ("frame_ancestors", "allowed_origins", "allowed_hosts"):
            value: str = getattr(self, name)
            plain = value.isascii() and value.isprintable() and ";" not in value
            _require(name, value, plain, "printable ASCII without ;")
        require_origins("DAFU_ALLOWED_ORIGINS", self.allowed_origins)
        require_sources("DAFU_FRAME_ANCESTORS", self.frame_ancestors)

    def _check_oidc(self) -> None:
        check_public_url(self.public_url, self.root_path)
        if self.oidc_issuer and self.sign_on_header:
            raise ValueError(
                "DAFU_OIDC_ISSUER and DAFU_SIGN_ON_HEADER are two ways to sign in; set one of them"
            )
        for name in ("client_id", "client_secret", "client_secret_file", "allowed"):
            if getattr(self, f"oidc_{name}") and not self.oidc_issuer:
                raise ValueError(f"DAFU_OIDC_{name.upper()} is set; DAFU_OIDC_ISSUER is missing")
        _ = self.oidc  # raises for what cannot work

    @property
    def oidc(self) -> Client | None:
        """The registration with an identity provider, if users sign in with one."""
        if not self.oidc_issuer:
            return None
        return Client(
            issuer=self.oidc_issuer,
            id=self.oidc_client_id,
            public_url=self.public_url,
            scopes=self.oidc_scopes,
            allowed=self.oidc_allowed,
            secret=self.oidc_client_secret,
            secret_file=self.oidc_client_secret_file,
            session_key=self.session_key,
        )

    @property
    def hosts(self) -> frozenset[str] | None:
        """Host names answered to, without port; ``None`` for any."""
        if self.allowed_hosts:
            return frozenset(_split(self.allowed_hosts))
        return frozenset(LOOPBACK_NAMES) if is_loopback(self.host) else None

    @property
    def origins(self) -> frozenset[str]:
        """Foreign origins that may send questions."""
        return origins_of(self.allowed_origins)


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip().lower().rstrip("/") for part in value.split(",") if part.strip())


def _is_path(value: str) -> bool:
    plain = value.isascii() and value.isprintable() and not set(value) & set(' "<>?#\\')
    return plain and value.startswith("/") and not value.startswith("//") and value[-1] != "/"


def _require(name: str, value: object, holds: bool, allowed: str) -> None:
    if not holds:
        raise ValueError(f"DAFU_{name.upper()}={value!r}; allowed: {allowed}")
