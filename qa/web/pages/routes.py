"""The addresses of the reader and the explorer."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from qa.web import shell
from qa.web.engine import Answerer, Engine
from qa.web.pages.frame import Page, document
from qa.web.pages.reader import reader
from qa.web.pages.served import Document, pack
from qa.web.pages.texts import PAGE_TEXTS, PageTexts
from qa.web.texts import UiLanguage

GET = ["GET", "HEAD"]
UNKNOWN = Markup("""\
<main id="main" class="message"><h1>{}</h1><p>{} <a href="../reader/{}">{}</a></p></main>
""")


class Pages:
    """The pages of the report that is answered from, each made when it is first asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._made: dict[tuple[str, UiLanguage], Document] = {}

    def made(self, kind: str, lang: UiLanguage, make: Callable[[], bytes]) -> Document:
        """Return a document, made now if this is the first time."""
        found = self._made.get((kind, lang))
        if found is None:
            found = self._made[kind, lang] = pack(make())
        return found


def make_pages(engine: Engine) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(engine)

    @router.api_route("/reader", methods=GET)
    async def to_reader(request: Request) -> Response:
        return _when_ready(engine, lambda known: _moved(f"reader/{key(known)}", request))

    @router.api_route("/reader/", methods=GET)
    async def to_report(request: Request) -> Response:
        return _when_ready(engine, lambda known: _moved(key(known), request))

    @router.api_route("/reader/{symbol}", methods=GET)
    async def read(symbol: str, request: Request) -> Response:
        def answer(known: Answerer) -> Response:
            lang = language(request)
            texts = PAGE_TEXTS[lang]
            if symbol != key(known):
                return _unknown(known, texts)
            page = pages.made("reader", lang, lambda: reader(known.report, known.notes, texts))
            return page.answer(request)

        return _when_ready(engine, answer)

    return router


def key(known: Answerer) -> str:
    """Return how the report is called in an address."""
    return known.report.symbol.replace("/", "-")


def language(request: Request) -> UiLanguage:
    """Return the language that an address asks for: Chinese without ``?lang=en``."""
    return "en" if request.query_params.get("lang", "").startswith("en") else "zh"


def _when_ready(engine: Engine, answer: Callable[[Answerer], Response]) -> Response:
    """Return the answer, or the page that waits for the engine and opens by itself."""
    return waiting(engine) if engine.answerer is None else answer(engine.answerer)


def waiting(engine: Engine) -> Response:
    """Return the page shown while the engine loads, which tries again by itself."""
    shown = shell.wait(engine.stage, engine.seconds)
    return HTMLResponse(shown, 503, {"Retry-After": "1", "Cache-Control": "no-store"})


def _moved(target: str, request: Request) -> Response:
    """Redirect relatively, so that it holds under any path of a proxy."""
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": target + query})


def _unknown(known: Answerer, texts: PageTexts) -> Response:
    symbol = known.report.symbol
    body = UNKNOWN.format(texts.unknown_report, texts.reports, key(known), symbol)
    page = Page("reader", texts.unknown_report, body)
    return HTMLResponse(document(page, symbol, texts), 404, {"Cache-Control": "no-store"})
