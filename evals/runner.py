"""A suite run on an engine: every case asked, timed and kept, whatever happens."""

import json
import time
from collections.abc import Callable, Iterator, Sequence

from evals.contract import stable
from evals.engines import Engine, request_of
from evals.types import Case, Json, Result

Progress = Callable[[int, int, Result], None]


def run(
    suite: str, cases: Sequence[Case], engine: Engine, *, rerun: bool = False, k: int = 10
) -> Iterator[Result]:
    """Yield one result a case, in order. ``rerun`` asks twice and compares the two answers."""
    for case in cases:
        yield _run_case(suite, case, engine, rerun=rerun, k=k)


def watch(results: Iterator[Result], total: int, progress: Progress) -> Iterator[Result]:
    """Yield the results, telling ``progress`` of each one."""
    for done, result in enumerate(results, start=1):
        progress(done, total, result)
        yield result


def _run_case(suite: str, case: Case, engine: Engine, *, rerun: bool, k: int) -> Result:
    request = request_of(case, k)
    raw, error, seconds = _ask(engine, request)
    if error is not None or not rerun:
        return Result(suite, case, seconds, raw, error)
    again, error, _ = _ask(engine, request)
    equal = error is None and _bytes(raw) == _bytes(again)
    return Result(suite, case, seconds, raw, None, equal)


def _ask(engine: Engine, request: Json) -> tuple[Json | None, str | None, float]:
    """Return the reply or the error in its place.

    The one place that catches every exception: an engine under evaluation may fail in any way,
    and a case that crashes is a failure to report, not the end of the run.
    """
    started = time.perf_counter()
    try:
        raw, error = engine(json.loads(json.dumps(request))), None
    except Exception as failure:  # noqa: BLE001
        raw, error = None, f"{type(failure).__name__}: {failure}"
    return raw, error, time.perf_counter() - started


def _bytes(raw: Json | None) -> str:
    return json.dumps(stable(raw) if isinstance(raw, dict) else raw, ensure_ascii=False)
