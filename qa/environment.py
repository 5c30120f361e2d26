"""Closes, in code, every line on which a library would speak to the outside by itself."""

from collections.abc import Mapping, MutableMapping
from ipaddress import ip_address

SILENCED = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",  # a table of all events, after each of them
    "DO_NOT_TRACK": "1",
}
ASKED_FOR = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1"}
"""Defaults that the operator may set otherwise, such as ``HF_HUB_OFFLINE=0`` to fetch a model."""
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
FORBIDDEN = (
    *TRACING,
    "LANGSMITH_API_KEY",
    "LANGCHAIN_API_KEY",
    "FASTAPI_OTEL_AUTO_CONFIGURE",
    "GRADIO_SHARE",
    "GRADIO_SSR_MODE",
    "GRADIO_MCP_SERVER",
    "GRADIO_RUN_HISTORY",
)
"""Each of these would send questions and answers, or the page, out of the house."""
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


def close_lines(environ: MutableMapping[str, str]) -> None:
    """Turn telemetry and tracing off, and keep loopback traffic from proxies.

    Call it before importing gradio, chromadb or LangChain.
    """
    environ.update(SILENCED)
    for name, value in ASKED_FOR.items():
        environ.setdefault(name, value)
    for name in FORBIDDEN:
        environ.pop(name, None)
    spared = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    if spared.strip() != "*":
        named = [host.strip() for host in spared.split(",") if host.strip()]
        spared = ",".join(dict.fromkeys([*named, *LOOPBACK_HOSTS]))
    environ["no_proxy"] = environ["NO_PROXY"] = spared


def traced_by(environ: Mapping[str, str]) -> str | None:
    """Return the variable by which LangChain would send prompts and answers away, or None."""
    return next((name for name in TRACING if environ.get(name, "").lower() in ("true", "1")), None)


def is_loopback(host: str) -> bool:
    """Return whether an address is that of this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
