"""How pages are served: made once a language, kept in memory, compressed where that is taken."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from qa.web import shell
from qa.web.engine import Answerer, Engine
from qa.web.pages.matrix import By, Matrix, matrix
from qa.web.texts import UiLanguage

GET = ["GET", "HEAD"]
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its compressed form and the tag by which a browser knows it again."""

    body: bytes
    packed: bytes
    tag: str
    media: str = "text/html; charset=utf-8"
    keep: str = "no-cache"

    def answer(self, request: Request) -> Response:
        """Return the document, or 304 where the browser has it already."""
        headers = {"ETag": self.tag, "Cache-Control": self.keep, "Vary": "Accept-Encoding"}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"], body = "gzip", self.packed
        return Response(body, headers=headers, media_type=self.media)


def pack(body: bytes) -> Document:
    """Return a document ready to be served."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Document(body, gzip.compress(body, LEVEL, mtime=0), tag)


class Pages:
    """The pages of the report that is answered from, each made when it is first asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._made: dict[tuple[str, UiLanguage], Document] = {}
        self._matrices: dict[By, Matrix] = {}

    def made(self, kind: str, lang: UiLanguage, make: Callable[[], bytes]) -> Document:
        """Return a document, made now if this is the first time."""
        found = self._made.get((kind, lang))
        if found is None:
            found = self._made[kind, lang] = pack(make())
        return found

    def matrix(self, by: By, known: Answerer) -> Matrix:
        """Return a table of the explorer, made now if this is the first time."""
        found = self._matrices.get(by)
        if found is None:
            found = self._matrices[by] = matrix(by, known.report, known.notes)
        return found


def key(known: Answerer) -> str:
    """Return how the report is called in an address."""
    return known.report.symbol.replace("/", "-")


def language(request: Request) -> UiLanguage:
    """Return the language that an address asks for: Chinese without ``?lang=en``."""
    return "en" if request.query_params.get("lang", "").startswith("en") else "zh"


def when_ready(engine: Engine, answer: Callable[[Answerer], Response]) -> Response:
    """Return the answer, or the page that waits for the engine and opens by itself."""
    return waiting(engine) if engine.answerer is None else answer(engine.answerer)


def waiting(engine: Engine) -> Response:
    """Return the page shown while the engine loads, which tries again by itself."""
    shown = shell.wait(engine.stage, engine.seconds)
    return HTMLResponse(shown, 503, {"Retry-After": "1", "Cache-Control": "no-store"})


def moved(target: str, request: Request) -> Response:
    """Redirect relatively, so that it holds under any path of a proxy."""
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": target + query})
