"""The addresses of the reader and the explorer."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from qa.web.engine import Answerer, Engine
from qa.web.pages.explorer_routes import add_explorer
from qa.web.pages.frame import Page, document
from qa.web.pages.reader import reader
from qa.web.pages.served import GET, Pages, key, language, moved, when_ready
from qa.web.pages.texts import PAGE_TEXTS, PageTexts

UNKNOWN = Markup("""\
<main id="main" class="message"><h1>{}</h1><p>{} <a href="../reader/{}">{}</a></p></main>
""")


def make_pages(engine: Engine) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(engine)

    @router.api_route("/reader", methods=GET)
    async def to_reader(request: Request) -> Response:
        return when_ready(engine, lambda known: moved(f"reader/{key(known)}", request))

    @router.api_route("/reader/", methods=GET)
    async def to_report(request: Request) -> Response:
        return when_ready(engine, lambda known: moved(key(known), request))

    @router.api_route("/reader/{symbol}", methods=GET)
    async def read(symbol: str, request: Request) -> Response:
        def answer(known: Answerer) -> Response:
            lang = language(request)
            texts = PAGE_TEXTS[lang]
            if symbol != key(known):
                return _unknown(known, texts)
            page = pages.made("reader", lang, lambda: reader(known.report, known.notes, texts))
            return page.answer(request)

        return when_ready(engine, answer)

    add_explorer(router, pages)
    return router


def _unknown(known: Answerer, texts: PageTexts) -> Response:
    symbol = known.report.symbol
    body = UNKNOWN.format(texts.unknown_report, texts.reports, key(known), symbol)
    page = Page("message", texts.unknown_report, body)
    return HTMLResponse(document(page, symbol, texts), 404, {"Cache-Control": "no-store"})
