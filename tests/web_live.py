"""A real uvicorn on loopback for the tests of the web layer, and plain HTTP to it."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from web_fakes import FakeDafu

from qa.web.server import listen, make_server
from qa.web.settings import WebSettings
from qa.web.site import Site
from qa.web.startup import StartUp

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error, whose shape is checked on the way."""
        assert set(self.json) == {"error"}
        assert set(self.json["error"]) == {"code", "message"}
        assert self.headers["content-type"] == "application/json"
        return self.json["error"]["code"]


@dataclass(frozen=True)
class Live:
    """A running server."""

    port: int
    site: Site
    dafu: FakeDafu

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Send one request; a body that is not bytes goes as JSON."""
        given = {**(JSON if body is not None else {}), **(headers or {})}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, data, given)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def raw(self, data: bytes, *, pause: float = 0) -> bytes:
        """Send bytes as they are, the rest after a pause, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as one:
            one.sendall(data)
            time.sleep(pause)
            answer = b""
            while part := one.recv(65_536):
                answer += part
            return answer

    def stream(self, path: str) -> socket.socket:
        """Open a response that does not end by itself and leave it open."""
        one = socket.create_connection(("127.0.0.1", self.port), timeout=15)
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert one.recv(1_000).startswith(b"HTTP/1.1 200")
        return one

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def ask(self, question: str, **fields: Any) -> Reply:
        return self.send("POST", "/api/v1/ask", {"question": question, **fields})


@contextmanager
def serving(
    *, engine: bool = True, page: bool = False, dafu: Any = None, **settings: Any
) -> Iterator[Live]:
    """Run a server, with the chat page only where it is asked for.

    ``dafu`` is what answers: a ``FakeDafu`` where nothing is given.
    """
    web = WebSettings(**{"port": 0, **settings})
    site, dafu = Site(web), dafu or FakeDafu()
    server = make_server(site)
    listening = listen(web.host, web.port)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    live = Live(listening.getsockname()[1], site, dafu)
    try:
        if page:
            start = StartUp(site, lambda: dafu, lambda: None)
            start.start()
            start.join(60)
        elif engine:
            site.engine.open(dafu)
        wait_until(lambda: server.started)
        yield live
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def wait_until(holds: Any, seconds: float = 10) -> None:
    """Wait until something holds, or fail."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
