"""Server-Sent Events read as they come, for the tests of streams."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from web_live import JSON, Live

EVENTS = {**JSON, "Accept": "text/event-stream"}


@contextmanager
def streaming(live: Live, path: str, body: Any, **headers: str) -> Iterator[Any]:
    """Send a request and give the response, to be read line by line; hang up at the end."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=15)
    connection.request("POST", path, json.dumps(body).encode(), {**EVENTS, **headers})
    response = connection.getresponse()
    try:
        yield response
    finally:
        response.close()
        connection.close()


def events(response: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and data of each event, the data read as JSON where it is JSON; comments too."""
    name, data = "", ""
    for raw in response:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = line.removeprefix("data: ")
        elif line == ":":
            name = ":"
        elif not line and (data or name):
            yield name, data if data in ("", "[DONE]") else json.loads(data)
            name, data = "", ""


def all_events(live: Live, path: str, body: Any) -> list[tuple[str, Any]]:
    """Return every event of a stream that ends by itself."""
    with streaming(live, path, body) as response:
        assert response.status == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        return list(events(response))
