"""The addresses of the explorer: the page, the quotes of one cell, the tables to download."""

from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from qa.web.engine import Answerer
from qa.web.errors import NOT_FOUND, to_response
from qa.web.pages.downloads import matrix_csv, replies_csv
from qa.web.pages.explorer import explorer
from qa.web.pages.heat import Choice, Heat, choose
from qa.web.pages.matrix import BY, By
from qa.web.pages.served import GET, Pages, key, language, moved, when_ready
from qa.web.pages.texts import PAGE_TEXTS
from qa.web.words import Names

NO_CACHE = {"Cache-Control": "no-cache"}


def add_explorer(router: APIRouter, pages: Pages) -> None:
    """Add the explorer's addresses."""
    engine = pages.engine

    @router.api_route("/explorer", methods=GET)
    async def to_explorer(request: Request) -> Response:
        return moved("explorer/", request)

    @router.api_route("/explorer/", methods=GET)
    async def explore(request: Request) -> Response:
        return when_ready(engine, partial(_page, pages, request))

    @router.api_route("/explorer/quotes", methods=GET)
    async def quotes(request: Request) -> Response:
        return when_ready(engine, partial(_quotes, pages, request))

    @router.api_route("/explorer/{name}.csv", methods=GET)
    async def download(name: str, request: Request) -> Response:
        return when_ready(engine, partial(_download, pages, name, request))


def _page(pages: Pages, request: Request, known: Answerer) -> Response:
    """Return the page, from memory where no cell is chosen."""
    heat, chosen = _asked(pages, request, known)
    if chosen is not None:
        return HTMLResponse(explorer(known.report, heat, chosen), headers=NO_CACHE)
    page = pages.made(
        f"explorer by {heat.shown.by}",
        language(request),
        lambda: explorer(known.report, heat, None),
    )
    return page.answer(request)


def _quotes(pages: Pages, request: Request, known: Answerer) -> Response:
    """Return the panel of one cell, to be put into a page that is open."""
    heat, chosen = _asked(pages, request, known)
    return HTMLResponse(heat.quotes(chosen), headers=NO_CACHE)


def _download(pages: Pages, name: str, request: Request, known: Answerer) -> Response:
    texts = PAGE_TEXTS[language(request)]
    if name == "replies":
        body = replies_csv(known.report, texts)
    elif name in BY:
        shown = pages.matrix(name, known)
        body = matrix_csv(shown, Names(known.report), texts)
    else:
        return to_response(NOT_FOUND)
    headers = {
        "Content-Disposition": f'attachment; filename="{key(known)}-{name}.csv"',
        **NO_CACHE,
    }
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8")


def _asked(pages: Pages, request: Request, known: Answerer) -> tuple[Heat, Choice | None]:
    """Return the table that an address asks for, and the cell; topics where it names no table."""
    given = request.query_params
    by: By = "acts" if given.get("by") == "acts" else "topics"
    shown = pages.matrix(by, known)
    texts = PAGE_TEXTS[language(request)]
    heat = Heat(shown, texts, Names(known.report), f"/reader/{key(known)}")
    return heat, choose(shown, given.get("row", ""), given.get("respondent", ""))
