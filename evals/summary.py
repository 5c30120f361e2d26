"""A run in figures: totals with intervals, by kind and language, and figures of whole runs."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from evals.chance import interval, mean, percentile
from evals.contract import read_answer
from evals.scoring import METRICS
from evals.types import REASONS, ContractError, Scored

FOLLOW_UP = "follow-up"
RUN_TITLES = {
    "refusal_precision": "refusals, precision",
    "refusal_recall": "refusals, recall",
    "refusal_f1": "refusals, F1",
    "follow_up_gap": "what a conversation costs (keys)",
    "consistency": "variants of a question answered alike",
    "latency_median_s": "seconds, median",
    "latency_p95_s": "seconds, 95th percentile",
}
"""What the figures of whole runs are called where there is room to say it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over the cases it applies to, at least one."""

    values: tuple[float, ...]

    @property
    def count(self) -> int:
        """Return how many cases it applies to."""
        return len(self.values)

    @property
    def mean(self) -> float:
        """Return the mean over them."""
        return math.fsum(self.values) / len(self.values)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % bootstrap interval of the mean."""
        return interval(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of some cases: every metric that applies, and how many cases are solved."""

    title: str
    cases: int
    solved: int
    figures: dict[str, Figure]


def tabulate(title: str, scored: Sequence[Scored]) -> Table:
    """Return the table of some cases; metrics that apply to none of them are left out."""
    figures = {}
    for metric in METRICS:
        found = [one.scores.get(metric.name) for one in scored]
        values = tuple(value for value in found if value is not None)
        if values:
            figures[metric.name] = Figure(values)
    return Table(title, len(scored), sum(one.solved for one in scored), figures)


def solved_interval(table: Table) -> tuple[float, float] | None:
    """Return the 95 % bootstrap interval of the share answered rightly."""
    return interval([1.0] * table.solved + [0.0] * (table.cases - table.solved))


def tables_by(scored: Sequence[Scored], name: Callable[[Scored], str]) -> tuple[Table, ...]:
    """Return one table for each value of ``name``, in the order of first appearance."""
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        groups.setdefault(name(one), []).append(one)
    return tuple(tabulate(title, group) for title, group in groups.items())


def by_kind(scored: Sequence[Scored]) -> tuple[Table, ...]:
    """Return one table a kind of question."""
    return tables_by(scored, lambda one: one.result.case.kind)


def by_lang(scored: Sequence[Scored]) -> tuple[Table, ...]:
    """Return one table a language."""
    return tables_by(scored, lambda one: one.result.case.lang)


def by_kind_and_lang(scored: Sequence[Scored]) -> dict[tuple[str, str], Table]:
    """Return one table for each kind of question in each language that has a case."""
    groups: dict[tuple[str, str], list[Scored]] = {}
    for one in scored:
        groups.setdefault((one.result.case.kind, one.result.case.lang), []).append(one)
    return {key: tabulate(" ".join(key), group) for key, group in groups.items()}


def by_suite(scored: Sequence[Scored]) -> tuple[Table, ...]:
    """Return one table a suite."""
    return tables_by(scored, lambda one: one.result.suite)


@dataclass(frozen=True, slots=True)
class Detection:
    """Precision, recall and F1 of finding what is due among what is given; None: not any."""

    due: int
    given: int
    both: int

    @property
    def precision(self) -> float | None:
        """Return both / given."""
        return self.both / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Return both / due."""
        return self.both / self.due if self.due else None

    @property
    def f1(self) -> float | None:
        """Return 2 PR / (P + R) = 2 both / (due + given) (van Rijsbergen 1979); None where nothing
        is due, since nothing could have been found.
        """
        return 2 * self.both / (self.due + self.given) if self.due else None


def refusals(scored: Iterable[Scored]) -> Detection:
    """Return how well refusing is done over all cases; a refusal is a positive."""
    pairs = [(not one.result.case.answerable, _refused(one)) for one in scored]
    return _count(pairs)


def refusals_by_reason(scored: Sequence[Scored]) -> dict[str, Detection]:
    """Return how well each reason is given, over the cases that name one or are answerable."""
    known = [one for one in scored if one.result.case.reason or one.result.case.answerable]
    found = {
        reason: _count(
            [(one.result.case.reason == reason, _reason(one) == reason) for one in known]
        )
        for reason in REASONS
    }
    return {reason: counts for reason, counts in found.items() if counts.due or counts.given}


def follow_up_gap(scored: Iterable[Scored]) -> float | None:
    """Return mean strict key recall of stand-alone questions minus that of follow-ups; the
    conversation costs nothing at 0. None where one of the two is missing.
    """
    groups: dict[bool, list[float]] = {True: [], False: []}
    for one in scored:
        value = one.scores.get("keys_strict")
        if value is not None and one.result.case.answerable:
            groups[one.result.case.kind == FOLLOW_UP].append(value)
    alone, after = mean(groups[False]), mean(groups[True])
    return None if alone is None or after is None else alone - after


def consistency(scored: Iterable[Scored]) -> float | None:
    """Return how alike the answers to variants of one case are: the mean over all pairs of
    |A & B| / |A | B| of cited passages (Jaccard 1912); two refusals are alike.
    """
    groups: dict[str, list[frozenset[str]]] = {}
    for one in scored:
        groups.setdefault(one.result.case.base, []).append(_cited(one))
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    return mean([len(a & b) / len(a | b) if a | b else 1.0 for a, b in pairs])


def run_figures(scored: Sequence[Scored]) -> dict[str, float]:
    """Return the figures that only a whole run has, those that apply."""
    seconds = [one.result.seconds for one in scored]
    refused = refusals(scored)
    figures = {
        "refusal_precision": refused.precision,
        "refusal_recall": refused.recall,
        "refusal_f1": refused.f1,
        "follow_up_gap": follow_up_gap(scored),
        "consistency": consistency(scored),
        "latency_median_s": percentile(seconds, 0.5),
        "latency_p95_s": percentile(seconds, 0.95),
    }
    return {name: value for name, value in figures.items() if value is not None}


def _count(pairs: Iterable[tuple[bool, bool]]) -> Detection:
    listed = list(pairs)
    due, given = sum(due for due, _ in listed), sum(given for _, given in listed)
    return Detection(due, given, sum(due and given for due, given in listed))


def _reason(one: Scored) -> str | None:
    raw = one.result.raw
    refusal = raw.get("refusal") if isinstance(raw, dict) else None
    return refusal.get("reason") if isinstance(refusal, dict) else None


def _refused(one: Scored) -> bool:
    raw = one.result.raw
    return isinstance(raw, dict) and raw.get("refused") is True


def _cited(one: Scored) -> frozenset[str]:
    try:
        return frozenset(citation.passage_id for citation in read_answer(one.result.raw).citations)
    except ContractError:
        return frozenset([f"crash of {one.key}"])
