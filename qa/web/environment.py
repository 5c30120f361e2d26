"""Closes, in code, every line on which a library would speak to the outside by itself."""

from collections.abc import MutableMapping

SILENCED = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",  # a table of all events, after each of them
    "DO_NOT_TRACK": "1",
}
ASKED_FOR = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1"}
"""Defaults that the operator may set otherwise, such as ``HF_HUB_OFFLINE=0`` to fetch a model."""
FORBIDDEN = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_API_KEY",
    "LANGCHAIN_API_KEY",
    "FASTAPI_OTEL_AUTO_CONFIGURE",
    "GRADIO_SHARE",
    "GRADIO_SSR_MODE",
    "GRADIO_MCP_SERVER",
    "GRADIO_RUN_HISTORY",
)
"""Each of these would send questions and answers, or the page, out of the house."""


def close_lines(environ: MutableMapping[str, str]) -> None:
    """Turn telemetry and tracing off; call it before importing gradio, chromadb or LangChain."""
    environ.update(SILENCED)
    for name, value in ASKED_FOR.items():
        environ.setdefault(name, value)
    for name in FORBIDDEN:
        environ.pop(name, None)
