"""``python -m benchmarks.http``: an answer over HTTP as a ratio to a FastAPI hello-world."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from statistics import median

from benchmarks.servers import ROOT, Connection, get, post, process, wait_for

QUESTIONS = (
    "墨西哥何时加入核供应国集团？",
    "古巴批准了多少项国际公约？",
    "乌克兰采取了哪些措施保护核设施？",
    "挪威何时签署《制止核恐怖主义行为国际公约》？",
    "国际原子能机构举办了哪次会议？",
)
GOAL = 6.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when the ratio misses its goal."""
    options = _parser().parse_args(arguments)
    with process("app.py") as (_, dafu), process("-m", "benchmarks.floor") as (_, floor):
        wait_for(dafu, "/health/ready", b'"page":"ready"')
        wait_for(floor, "/", b"hello")
        pairs = measure(Connection(dafu), Connection(floor), options.rounds, options.requests)
    answer, hello = (median(one[side] for one in pairs) * 1e3 for side in (0, 1))
    ratio = median(one[0] / one[1] for one in pairs)
    counts = first_answer()
    print(f"answer over HTTP       {answer:8.2f} ms   (median of {len(pairs)} rounds)")
    print(f"FastAPI hello-world    {hello:8.2f} ms")
    print(f"ratio                  {ratio:8.2f}      (goal: at most {GOAL:g})")
    print(f"modules, first answer  {counts['modules']:8d}")
    print(f"resident, first answer {counts['resident_mb']:8d} MB")
    return 0 if ratio <= GOAL else 1


def measure(
    dafu: Connection, floor: Connection, rounds: int, requests: int
) -> list[tuple[float, float]]:
    """Return the median seconds of an answer and of a hello, a pair for each round."""
    asked = [
        post("/api/v1/ask", json.dumps({"question": question}).encode()) for question in QUESTIONS
    ]
    _timed(dafu, asked, requests)
    _timed(floor, [get("/")], requests)
    pairs = []
    for turn in range(rounds):
        sides = [(dafu, asked), (floor, [get("/")])]
        order = sides if turn % 2 else sides[::-1]
        taken = {id(side[0]): _timed(*side, requests) for side in order}
        pairs.append((taken[id(dafu)], taken[id(floor)]))
    return pairs


def _timed(connection: Connection, requests: list[bytes], count: int) -> float:
    """Return the median seconds of one request, each kind as often as the others."""
    seconds = []
    for turn in range(count):
        request = requests[turn % len(requests)]
        start = time.perf_counter()
        answer = connection.send(request)
        seconds.append(time.perf_counter() - start)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer[:200].decode("latin-1"))
    return median(seconds)


def first_answer() -> dict[str, int]:
    """Return the counts at the first answer of a fresh process."""
    command = [sys.executable, "-m", "benchmarks.first_answer"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="pairs of blocks (%(default)s)")
    parser.add_argument("--requests", type=int, default=40, help="a block's size (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
