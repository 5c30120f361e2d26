"""What it takes to have a model, measured in processes of their own."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.benchmark.results import Cost
from index.embeddings import VectorModel

# The best of five: other work on the machine only ever adds.
LOADS = 5
LOADING = """
import sys, time
import numpy, langchain_core.embeddings
began = time.perf_counter()
from index.embeddings import make_embeddings
make_embeddings(sys.argv[1]).embed_query("第1540号决议")
print(time.perf_counter() - began)
"""
QUESTIONS = [f"挪威将于 {year} 年何时举行关于高浓铀的国际研讨会？" for year in range(1900, 2000)]


def cost_of(name: str, model: VectorModel, folder: str) -> Cost:
    """The cost of a model that lies in a folder; the times are those of one process, one thread."""
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    encoded = [seconds(partial(model.embed_query, question)) for question in QUESTIONS]
    return Cost(
        name,
        model.dimensions,
        min(_load(folder) for _ in range(LOADS)),
        1000 * statistics.median(encoded),
        size / 1e6,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes, by the wall clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _load(folder: str) -> float:
    """Seconds until the first vector in a new process, with all that only the model imports."""
    told = subprocess.run(
        [sys.executable, "-c", LOADING, folder], capture_output=True, text=True, check=True
    )
    return float(told.stdout.split()[-1])
