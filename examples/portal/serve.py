"""Serve the sample portal on loopback: python examples/portal/serve.py [--dafu URL] [--port N]."""

import argparse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent
TYPES = {"index.html": "text/html", "portal.css": "text/css", "portal.js": "text/javascript"}
QUESTION = "墨西哥何时加入核供应国集团？"


def policy(dafu: str) -> str:
    """Return a content security policy that names Dafu's origin beside the portal's own."""
    parts = urlsplit(dafu)
    origin = f"{parts.scheme}://{parts.netloc}"
    return (
        f"default-src 'none'; script-src 'self' {origin}; style-src 'self'; img-src 'self' data:; "
        f"frame-src {origin}; connect-src {origin}; base-uri 'none'; form-action 'none'"
    )


def make_portal(dafu: str, port: int) -> ThreadingHTTPServer:
    """Return a server of the portal's three files; port 0 takes any free one."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with a file, Dafu's address filled in."""
            name = urlsplit(self.path).path.removeprefix("/") or "index.html"
            if name not in TYPES:
                self.send_error(404)
                return
            text = (FOLDER / name).read_text("utf-8")
            if name == "index.html":
                text = text.replace("{dafu}", dafu).replace("{question}", QUESTION)
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{TYPES[name]}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy(dafu))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Portal)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A sample portal that embeds Dafu.")
    parser.add_argument("--dafu", default="http://127.0.0.1:7860", help="address (%(default)s)")
    parser.add_argument("--port", type=int, default=8090, help="port to listen on (%(default)s)")
    chosen = parser.parse_args()
    with make_portal(chosen.dafu.rstrip("/"), chosen.port) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
