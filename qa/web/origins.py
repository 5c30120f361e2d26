"""Origins in settings: whose pages may call the interface, whose may frame the chat."""

import re

ORIGIN = re.compile(r"(https?)://([\w.-]+|\[[\da-f:]+\])(?::(\d{1,5}))?")
SOURCE = re.compile(r"(https?://)?(\*\.)?([\w.-]+|\[[\da-f:]+\])(:(\d{1,5}|\*))?", re.ASCII)
PORTS = {"http": "80", "https": "443"}


def origins_of(value: str) -> frozenset[str]:
    """Return the origins that a list names, each as a browser sends it."""
    return frozenset(_as_sent(one) for one in _listed(value))


def require_origins(variable: str, value: str) -> None:
    """Raise ``ValueError`` that names the first entry which is not an origin."""
    for one in _listed(value):
        if not ORIGIN.fullmatch(one):
            raise ValueError(
                f"{variable}={value!r}: {one!r} is no origin; allowed: scheme://host or "
                "scheme://host:port, separated by commas, without a path and without *"
            )


def require_sources(variable: str, value: str) -> None:
    """Raise ``ValueError`` that names the first entry which may not stand in frame-ancestors."""
    sources = value.split()
    if not sources:
        raise ValueError(f"{variable}={value!r}; allowed: 'self', 'none' or origins")
    for one in sources:
        alone = one == "'none'" and len(sources) == 1
        if one != "'self'" and not alone and not SOURCE.fullmatch(one):
            raise ValueError(
                f"{variable}={value!r}: {one!r} names no portal; allowed: 'self', "
                "https://host, https://*.domain and https://host:port, separated by spaces, "
                "without a path; or 'none' alone"
            )


def _listed(value: str) -> list[str]:
    parts = (part.strip().lower() for part in value.split(","))
    return [part.removesuffix("/") for part in parts if part]


def _as_sent(origin: str) -> str:
    """Return an origin without the port that its scheme has anyway."""
    scheme, _, rest = origin.partition("://")
    return f"{scheme}://{rest.removesuffix(':' + PORTS[scheme])}"
