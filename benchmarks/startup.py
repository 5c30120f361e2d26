"""``python -m benchmarks.startup``: how long from ``python app.py`` to a ready chat page.

Stated as a ratio to the bare import of the libraries that it uses, measured in the same run.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from statistics import median

from benchmarks.servers import ROOT, process, wait_for

LIBRARIES = (
    "babel",
    "bm25s",
    "chromadb",
    "fastapi",
    "gradio",
    "langchain_core.embeddings",
    "langchain_core.retrievers",
    "langchain_core.runnables",
    "numpy",
    "opencc",
    "safetensors.numpy",
    "tokenizers",
    "uvicorn",
)
GOAL = 2.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when the ratio misses its goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="pairs (%(default)s)")
    rounds = parser.parse_args(arguments).rounds
    start_up(), bare_import()  # the first of each also fills the file cache, and the index
    pairs = [(start_up(), bare_import()) for _ in range(rounds)]
    alive, answers, page = (median(one[0][stage] for one in pairs) for stage in range(3))
    bare = median(one[1] for one in pairs)
    ratio = median(one[0][2] / one[1] for one in pairs)
    print(f"/health answers         {alive:6.2f} s   (median of {rounds} rounds)")
    print(f"questions are answered  {answers:6.2f} s")
    print(f"the chat page is ready  {page:6.2f} s")
    print(f"bare import             {bare:6.2f} s   ({', '.join(LIBRARIES)})")
    print(f"ratio                   {ratio:6.2f}     (goal: under {GOAL:g})")
    return 0 if ratio < GOAL else 1


def start_up() -> tuple[float, float, float]:
    """Return the seconds until the process is alive, answers questions, and shows the chat."""
    start = time.perf_counter()
    with process("app.py") as (_, port):
        return (
            wait_for(port, "/health", b"alive") - start,
            wait_for(port, "/health/ready", b'"ready"') - start,
            wait_for(port, "/chat/", b"gradio-app") - start,
        )


def bare_import() -> float:
    """Return the seconds that a fresh process takes to import the libraries and end."""
    start = time.perf_counter()
    command = [sys.executable, "-c", f"import {', '.join(LIBRARIES)}"]
    subprocess.run(command, cwd=ROOT, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
