"""``python -m benchmarks.http``: an answer over HTTP as a ratio to a FastAPI hello-world.

Every question is asked once, so that no cache of answers or of their parts can count: they are the
development suites' questions, of every kind, in an order that is the same in every run.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.servers import ROOT, Connection, get, post, process, processor_seconds, wait_for
from evals.suite import SUITES, load_suite

GOAL = 6.0
Taken = tuple[list[tuple[bytes, float]], float]
GOALS_MS = {"lookup": 40.0, "survey": 150.0}


@dataclass(frozen=True, slots=True)
class Side:
    """A server that is measured: its process and its port."""

    pid: int
    port: int

    def timed(self, requests: Sequence[bytes]) -> Taken:
        """Return the answer to each request with its seconds, and the processor's for them all.

        One kept-alive connection serves a block: servers hang up on one that idles for long.
        """
        connection = Connection(self.port)
        before = processor_seconds(self.pid)
        taken = list(_timed(connection, requests))
        used = processor_seconds(self.pid) - before
        connection.close()
        return taken, used


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of the answers of one block, each with its kind, and of as many hellos.

    ``processor`` is the processor time of all these answers as a ratio to that of the hellos.
    """

    answers: tuple[tuple[str, float], ...]
    hellos: tuple[float, ...]
    processor: float

    @property
    def answer(self) -> float:
        """The median seconds of an answer."""
        return median(seconds for _, seconds in self.answers)

    @property
    def hello(self) -> float:
        """The median seconds of a hello."""
        return median(self.hellos)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when one misses its goal."""
    options = _parser().parse_args(arguments)
    asked = questions()
    with process("app.py") as (ours, dafu), process("-m", "benchmarks.floor") as (least, floor):
        wait_for(dafu, "/health/ready", b'"page":"ready"')
        wait_for(floor, "/", b"hello")
        sides = Side(ours.pid, dafu), Side(least.pid, floor)
        rounds = measure(*sides, asked, options.rounds)
    counts = first_answer()
    answer = median(one.answer for one in rounds)
    ratio = median(one.answer / one.hello for one in rounds)
    print(f"answer over HTTP       {answer * 1e3:8.2f} ms   (median of {len(rounds)} rounds)")
    print(f"FastAPI hello-world    {median(one.hello for one in rounds) * 1e3:8.2f} ms")
    print(f"ratio                  {ratio:8.2f}      (goal: at most {GOAL:g})")
    print(f"  of processor time    {median(one.processor for one in rounds):8.2f}")
    met = ratio <= GOAL
    for kind, taken in by_kind(rounds).items():
        goal = GOALS_MS.get(kind)
        stated = f"(median of {len(taken)}{f'; goal: under {goal:g} ms' if goal else ''})"
        print(f"  {kind:20} {median(taken) * 1e3:8.2f} ms   {stated}")
        met = met and (goal is None or median(taken) * 1e3 < goal)
    print(f"modules, first answer  {counts['modules']:8d}")
    print(f"resident, first answer {counts['resident_mb']:8d} MB")
    return 0 if met else 1


def questions() -> list[str]:
    """Return the questions of the development suites that need no conversation, shuffled."""
    cases = [case for path in sorted(SUITES.glob("*.dev*.jsonl")) for case in load_suite(path)]
    found = list(dict.fromkeys(case.question for case in cases if not case.history))
    random.Random(7).shuffle(found)
    return found


def measure(dafu: Side, floor: Side, asked: Sequence[str], count: int) -> list[Round]:
    """Return the rounds, each a block of new questions and one of hellos, which goes first by
    turns; the first questions of all only warm both servers up.
    """
    size = len(asked) // (count + 1)
    if count < 1 or size < 1:
        raise ValueError(f"{count} rounds; allowed: 1 to {len(asked) - 1}")
    blocks = [asked[turn * size : (turn + 1) * size] for turn in range(count + 1)]
    hellos = [get("/")] * size
    dafu.timed(_requests(blocks[0]))
    floor.timed(hellos)
    rounds = []
    for turn, block in enumerate(blocks[1:]):
        pairs = [(dafu, _requests(block)), (floor, hellos)]
        taken = {side: side.timed(requests) for side, requests in pairs[:: 1 if turn % 2 else -1]}
        rounds.append(_round(taken[dafu], taken[floor]))
    return rounds


def _requests(block: Sequence[str]) -> list[bytes]:
    bodies = [json.dumps({"question": question}).encode() for question in block]
    return [post("/api/v1/ask", body) for body in bodies]


def _round(answers: Taken, hellos: Taken) -> Round:
    return Round(
        tuple(
            (json.loads(answer.partition(b"\r\n\r\n")[2])["kind"], seconds)
            for answer, seconds in answers[0]
        ),
        tuple(seconds for _, seconds in hellos[0]),
        answers[1] / hellos[1],
    )


def _timed(connection: Connection, requests: Sequence[bytes]) -> Iterator[tuple[bytes, float]]:
    """Yield the answer to each request with the seconds that it took."""
    for request in requests:
        start = time.perf_counter()
        answer = connection.send(request)
        taken = time.perf_counter() - start
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer[:200].decode("latin-1"))
        yield answer, taken


def by_kind(rounds: Sequence[Round]) -> dict[str, list[float]]:
    """Return the seconds of all answers by their kind, the most frequent kind first."""
    kinds: dict[str, list[float]] = {}
    for one in rounds:
        for kind, seconds in one.answers:
            kinds.setdefault(kind, []).append(seconds)
    return dict(sorted(kinds.items(), key=lambda item: -len(item[1])))


def first_answer() -> dict[str, int]:
    """Return the counts at the first answer of a fresh process."""
    command = [sys.executable, "-m", "benchmarks.first_answer"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="pairs of blocks (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
