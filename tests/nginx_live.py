"""A real nginx on loopback, run from ``examples/nginx/dafu.conf``, and a sign-on beside it."""

import http.client
import http.server
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from web_live import JSON, Live, Reply, serving, wait_until

CONF = Path(__file__).parent.parent / "examples" / "nginx" / "dafu.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
MISSING = [name for name, found in (("nginx", NGINX), ("openssl", OPENSSL)) if not found]
PREFIX = "/portal/dafu"
AROUND = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dafu.conf;
}}
"""


class SignOn(http.server.BaseHTTPRequestHandler):
    """What oauth2-proxy does, in short: the cookie ``session`` is the user's name."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        session = self.headers.get("Cookie", "").partition("session=")[2].partition(";")[0]
        if address.path == "/oauth2/start":
            back = parse_qs(address.query)["rd"][0]
            self._answer(302, Location=back, Set_Cookie="session=wu; Path=/; Secure; HttpOnly")
        elif address.path == "/oauth2/auth" and session:
            named = {} if session == "unnamed" else {"X_Auth_Request_User": session}
            self._answer(202, **named)
        else:
            self._answer(401)

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Proxy:
    """A running nginx in front of a running Dafu."""

    port: int
    folder: Path
    live: Live
    trust: ssl.SSLContext

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def connect(self) -> http.client.HTTPSConnection:
        """Return a connection over TLS, the certificate checked."""
        return http.client.HTTPSConnection("localhost", self.port, timeout=15, context=self.trust)

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Send one request below the prefix."""
        given = {**(JSON if body is not None else {}), **(headers or {})}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = self.connect()
        try:
            connection.request(method, PREFIX + path, data, given)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})


@contextmanager
def signing_on() -> Iterator[int]:
    """Run the sign-on; yields its port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SignOn)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def proxying(
    live: Live, folder: Path, port: int = 0, without: tuple[str, ...] = ()
) -> Iterator[Proxy]:
    """Run nginx from the example, with the names and ports of this machine put in.

    Lines that hold what it is to be ``without`` are left out.
    """
    certificate, key = _certificate(folder)
    port = port or free_port()
    with signing_on() as sign_on:
        changes = {
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "server_name portal.example;": "server_name localhost;",
            "/etc/ssl/certs/portal.example.pem": str(certificate),
            "/etc/ssl/private/portal.example.key": str(key),
            "/var/log/nginx/dafu.log": f"{folder}/access.log",
            "proxy_pass http://127.0.0.1:7860/;": f"proxy_pass http://127.0.0.1:{live.port}/;",
            "proxy_pass http://127.0.0.1:4180": f"proxy_pass http://127.0.0.1:{sign_on}",
        }
        lines = _changed(CONF.read_text("utf-8"), changes).splitlines(keepends=True)
        kept = (line for line in lines if not any(one in line for one in without))
        (folder / "dafu.conf").write_text("".join(kept), "utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), "utf-8")
        command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            wait_until(lambda: started.poll() is not None or listens(port))
            assert started.poll() is None, started.stderr.read()
            yield Proxy(port, folder, live, ssl.create_default_context(cafile=str(certificate)))
        finally:
            started.terminate()
            started.communicate(timeout=10)


@contextmanager
def signed_on(folder: Path, key: str) -> Iterator[Proxy]:
    """Run Dafu with the chat, sign-on by header and one API key, and nginx in front of it."""
    keys = folder / "dafu.keys"
    keys.write_text(f"program: {sha256(key.encode()).hexdigest()}\n", "utf-8")
    with (
        serving(
            page=True,
            root_path=PREFIX,
            allowed_hosts="localhost, 127.0.0.1",
            sign_on_header="X-Forwarded-User",
            trusted_proxies="127.0.0.1",
            api_keys_file=str(keys),
            feedback_dir=folder / "feedback",
        ) as live,
        proxying(live, folder) as proxy,
    ):
        yield proxy


def _changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost that signs itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-out", str(certificate), "-keyout", str(key)]
    command = [OPENSSL, "req", "-x509", *kind, *subject, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return certificate, key


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def listens(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
