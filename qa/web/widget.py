"""``/widget.js``: the component by which a portal shows the chat, at an address that stays."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from qa.web import shell
from qa.web.pages.served import GET, pack

KEEP = "public, max-age=600"
"""Ten minutes without asking, then by its tag: an update reaches every portal soon."""


def make_widget() -> APIRouter:
    """Return the route that serves the component."""
    router = APIRouter(include_in_schema=False)
    document = replace(
        pack((shell.STATIC / "widget.js").read_bytes()),
        media="text/javascript; charset=utf-8",
        keep=KEEP,
    )

    @router.api_route("/widget.js", methods=GET)
    async def widget(request: Request) -> Response:
        return document.answer(request)

    return router
