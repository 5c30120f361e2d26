"""Gradio mounted: every option that would open, send or load something is set here."""

from pathlib import Path
from typing import Final

import gradio as gr
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware.cors import CORSMiddleware

from qa.web.chat import Chat
from qa.web.engine import Engine
from qa.web.errors import on_defect, on_invalid
from qa.web.feedback import Feedback
from qa.web.layout import lay_out
from qa.web.settings import WebSettings

SANS: Final = (
    "-apple-system",
    "BlinkMacSystemFont",
    "Segoe UI",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
MONO: Final = ("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace")
SESSIONS: Final = 1_000


async def mount(engine: Engine, settings: WebSettings, feedback: Feedback) -> FastAPI:
    """Return an application that holds the chat at ``/chat`` and answers no other origin.

    A coroutine, because Gradio opens event loops and leaves them open where none is running.
    """
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_middleware(CORSMiddleware, allow_origins=[])  # or Gradio would echo any origin
    blocks = lay_out(Chat(engine, engine.ready().report, feedback), settings)
    blocks.state_session_capacity = SESSIONS
    gr.mount_gradio_app(
        outer,
        blocks,
        path="/chat",
        root_path=f"{settings.root_path}/chat" if settings.root_path else None,
        app_kwargs={
            "docs_url": None,
            "redoc_url": None,
            "openapi_url": None,
            "exception_handlers": {RequestValidationError: on_invalid, Exception: on_defect},
        },
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size=1,
        theme=_theme(),
    )
    return outer


def index_html() -> str:
    """Return the document that Gradio would serve, which names its script and style sheet."""
    folder = Path(gr.__file__).parent / "templates" / "frontend"
    return (folder / "index.html").read_text("utf-8")


def _theme() -> gr.themes.Base:
    """Return a theme that loads no font from anywhere."""
    return gr.themes.Base(
        font=[gr.themes.Font(name) for name in SANS],
        font_mono=[gr.themes.Font(name) for name in MONO],
    )
