"""Everything that is served, put together: REST at once, the chat page when it is ready."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from qa.web import shell
from qa.web.api import make_api
from qa.web.conversation_api import BODIES, conversation_routes
from qa.web.door import AT, Door
from qa.web.engine import Engine
from qa.web.feedback import Feedback
from qa.web.guard import App, Guard
from qa.web.pages.routes import make_pages
from qa.web.pages.served import waiting
from qa.web.programs.mcp_route import Mcp, make_mcp
from qa.web.programs.openai_routes import BODIES as OPENAI_BODIES
from qa.web.programs.openai_routes import make_openai
from qa.web.settings import WebSettings
from qa.web.widget import make_widget

if TYPE_CHECKING:
    from qa.web.signin.routes import SignIn


class Site:
    """The web application. ``app`` is what a server runs; ``open_page`` adds the chat later."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self.engine = Engine(settings.concurrency, settings.waiting, settings.request_timeout)
        self.feedback = Feedback(settings.feedback_dir, settings.feedback_max_bytes)
        self._stopping = asyncio.Event()
        self._door = Door(self._stopping)
        self._documents: dict[str, bytes] = {}
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._held: Future[None] | None = None
        self.api = make_api(self.engine, lambda: self._door.is_open, self._lifespan)
        self.api.keyed = bool(settings.api_keys_file)
        self.api.include_router(conversation_routes(self.engine, self.feedback))
        self.api.bodies += BODIES
        self.api.include_router(make_openai(self.engine))
        self.api.bodies += OPENAI_BODIES
        self._mcp = Mcp(self.engine, self._stopping)
        self.api.include_router(make_mcp(self._mcp))
        self.api.include_router(_documents(self.document))
        self.api.include_router(make_widget())
        self.api.include_router(make_pages(self.engine))
        self.api.mount("/static", StaticFiles(directory=shell.STATIC))
        self.api.mount(AT, self._door)
        self.api.mount("/embed", self._door)
        self._sign_in = make_sign_in(settings)
        if self._sign_in is not None:
            self.api.include_router(self._sign_in.router)
        sessions = self._sign_in.sessions if self._sign_in else None
        self.app: App = Guard(self.api, settings, sessions)

    def open_page(self, gradio: FastAPI, index_html: str) -> None:
        """Show the chat from now on; ``index_html`` is Gradio's own document.

        Called from another thread than the server's, for which it waits.
        """
        loop = self._loop.result()
        symbol = self.engine.ready().report.symbol
        documents = {
            "full": shell.page(symbol, index_html, signed_in=self._sign_in is not None),
            "embed": shell.embed(
                symbol,
                index_html,
                self.settings.frame_ancestors,
                signed_in=self._sign_in is not None,
            ),
        }
        opened: Future[None] = Future()
        holding = self._hold(gradio, documents, opened)
        self._held = asyncio.run_coroutine_threadsafe(holding, loop)
        wait((opened, self._held), return_when=FIRST_COMPLETED)
        if self._held.done():
            self._held.result()

    def stop(self) -> None:
        """End the streams that open pages hold; called in the server's loop as it stops."""
        self._stopping.set()

    async def _hold(
        self, gradio: FastAPI, documents: dict[str, bytes], opened: Future[None]
    ) -> None:
        """Keep Gradio's queue running, which its own start-up event starts, until the end."""
        async with gradio.router.lifespan_context(gradio):
            self._documents = documents
            self._door.open(gradio)
            opened.set_result(None)
            await self._stopping.wait()

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        self._loop.set_result(asyncio.get_running_loop())
        yield
        self.stop()
        await self._mcp.ended()
        if self._sign_in is not None:
            await self._sign_in.close()
        if self._held is not None:
            await asyncio.wrap_future(self._held)

    def document(self, kind: str) -> Response:
        """Return the chat page, or the page shown while it is loading."""
        if kind in self._documents:
            return HTMLResponse(self._documents[kind], headers={"Cache-Control": "no-cache"})
        return waiting(self.engine)


def make_sign_in(settings: WebSettings) -> "SignIn | None":
    """Return signing in with a provider where one is set; only then is its library loaded.

    Raises ``ValueError`` for a secret that cannot be read.
    """
    client = settings.oidc
    if client is None:
        return None
    from qa.web.signin.routes import SignIn

    return SignIn(client, settings.session_hours)


def _documents(document: Callable[[str], Response]) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def moved(target: str) -> Response:
        """Redirect relatively, so that it holds under any path of a proxy."""
        return Response(status_code=307, headers={"Location": target})

    @router.api_route("/", methods=["GET", "HEAD"])
    async def root() -> Response:
        return moved("chat/")

    @router.api_route("/chat", methods=["GET", "HEAD"])
    async def chat() -> Response:
        return moved("chat/")

    @router.api_route("/embed", methods=["GET", "HEAD"])
    async def embed(request: Request) -> Response:
        query = request.url.query
        return moved("embed/" + (f"?{query}" if query else ""))

    @router.api_route("/chat/", methods=["GET", "HEAD"])
    async def chat_page() -> Response:
        return document("full")

    @router.api_route("/embed/", methods=["GET", "HEAD"])
    async def embed_page() -> Response:
        return document("embed")

    return router
