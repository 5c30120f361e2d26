"""A service that keeps the contract, for the tests of the evaluation."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


@contextmanager
def serving(engine):
    """Serve an engine on a free port and yield the URL; a question with 坏 is bad input."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = json.loads(body)
            bad = self.path != "/api/v1/ask" or "坏" in request["question"]
            error = {"error": {"code": "bad", "message": "坏问题"}}
            answer = json.dumps(error if bad else engine(request)).encode()
            self.send_response(422 if bad else 200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
