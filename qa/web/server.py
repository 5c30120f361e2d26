"""uvicorn, bounded: how long a request's head may take, how big it may be, how to stop."""

import asyncio
import logging
import socket
from typing import ClassVar

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from qa.web.guard import App
from qa.web.settings import WebSettings
from qa.web.site import Site

HEAD_BYTES = 32_768


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 that gives up on a caller whose request line and headers do not arrive in time.

    uvicorn has no such deadline, and httptools no bound on headers: sixty trickling sockets
    would otherwise fill the server for as long as they please.
    """

    head_seconds: ClassVar[float] = 10.0
    _timer: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock: a connection must also say something."""
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read, and hang up on a head that has grown too long."""
        super().data_received(data)
        if self._timer is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._hang_up()

    def on_message_begin(self) -> None:
        """Start the clock for a later request on the same connection."""
        super().on_message_begin()
        if self._timer is None:
            self._start()

    def on_headers_complete(self) -> None:
        """Stop the clock: from here the body's own deadline holds."""
        self._stop()
        super().on_headers_complete()

    def _start(self) -> None:
        self._head = 0
        self._timer = self.loop.call_later(self.head_seconds, self._hang_up)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _hang_up(self) -> None:
        self._stop()
        self.transport.close()


class Server(uvicorn.Server):
    """uvicorn that ends the streams of open pages first, on which it would wait in vain."""

    def __init__(self, config: uvicorn.Config, site: Site) -> None:
        super().__init__(config)
        self._site = site

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._site.stop()
        await super().shutdown(sockets)


class WithoutQuery(logging.Filter):
    """Keeps what was searched for, which stands in an address, out of the line of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut the address of uvicorn's access record at its question mark."""
        if isinstance(record.args, tuple):
            cut = (one.partition("?")[0] if isinstance(one, str) else one for one in record.args)
            record.args = tuple(cut)
        return True


WITHOUT_QUERY = WithoutQuery()


def make_server(site: Site) -> Server:
    """Return the server of a site, not yet running."""
    return Server(configure(site.app, site.settings), site)


def configure(app: App, settings: WebSettings) -> uvicorn.Config:
    """Return uvicorn's options for an application."""

    class Protocol(BoundedProtocol):
        head_seconds = settings.body_timeout

    logging.getLogger("uvicorn.access").addFilter(WITHOUT_QUERY)
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        log_level="info" if settings.access_log else "warning",
        access_log=settings.access_log,
        root_path=settings.root_path,
        limit_concurrency=settings.max_connections,
        timeout_graceful_shutdown=2,
        server_header=False,
        proxy_headers=False,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises ``OSError`` where that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with_name = (host.strip("[]"), port)
    return socket.create_server(with_name, family=family, backlog=512)
