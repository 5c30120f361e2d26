"""Servers to be measured, each in a process of its own, and a client that costs little."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
PATIENCE = 90.0


@contextmanager
def process(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a Python program that names its address on standard error; yield it and its port."""
    environ = {**os.environ, "DAFU_PORT": "0"}
    started = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True
    )
    try:
        yield started, _port(started)
    finally:
        started.terminate()
        started.communicate(timeout=20)


def _port(started: subprocess.Popen[str]) -> int:
    if started.stderr is None:
        raise RuntimeError("no standard error to read")
    for line in started.stderr:
        if found := ADDRESS.search(line):
            return int(found[1])
    raise RuntimeError("the server ended before it named its address")


class Connection:
    """One kept-alive connection; a request is one write and, nearly always, one read."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> bytes:
        """Return the whole answer to a whole request."""
        self._socket.sendall(request)
        answer = self._socket.recv(65_536)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head.lower())[1])  # type: ignore[index]
        while len(body) < length:
            body += self._socket.recv(65_536)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def processor_seconds(pid: int) -> float:
    """Return how long all threads of a process have run so far; Linux counts it in nanoseconds.

    Unlike the clock, it does not count the time in which other processes had the processor.
    """
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9


def get(path: str) -> bytes:
    """Return a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def post(path: str, body: bytes) -> bytes:
    """Return a POST request with a JSON body."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def wait_for(port: int, path: str, word: bytes) -> float:
    """Return the moment at which a path answers 200 with a word in it."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        with suppress(OSError):
            connection = Connection(port)
            answer = connection.send(get(path))
            connection.close()
            if answer.startswith(b"HTTP/1.1 200") and word in answer:
                return time.perf_counter()
        time.sleep(0.02)
    raise TimeoutError(f"{path} did not become ready within {PATIENCE:g} s")
