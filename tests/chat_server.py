"""What the scripted OpenAI-compatible servers of the tests share: the shapes, and a real server."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

HEAD = {"id": "1", "created": 1, "model": "stub"}


def completion(message: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a whole completion."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
    return {**HEAD, "object": "chat.completion", "choices": [choice]}


def event(text: str, reason: str | None = None) -> str:
    """Return one server-sent event of a streamed completion."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    body = {**HEAD, "object": "chat.completion.chunk", "choices": [choice]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


@contextmanager
def serving(answer: Any) -> Iterator[int]:
    """Serve chat completions on loopback by a route function; yields the port."""
    app = FastAPI(docs_url=None, redoc_url=None)
    app.post("/v1/chat/completions", response_model=None)(answer)
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
