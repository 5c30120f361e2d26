"""The floor: a FastAPI hello-world on the very uvicorn settings that Dafu runs on."""

import sys

import uvicorn
from fastapi import FastAPI

from qa.web.server import configure, listen
from qa.web.settings import WebSettings

app = FastAPI()


@app.get("/")
async def hello() -> dict[str, str]:
    """Say hello."""
    return {"hello": "world"}


def main() -> None:
    """Serve on a free port until stopped."""
    settings = WebSettings(port=0)
    listening = listen(settings.host, settings.port)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/", file=sys.stderr, flush=True)
    uvicorn.Server(configure(app, settings)).run([listening])


if __name__ == "__main__":
    main()
