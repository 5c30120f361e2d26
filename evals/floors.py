"""Metamorphic figures and their floors: what share of the answers stands under each relation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.types import Scored

KNOWN = "known-item"
"""The relation of substrings of the report to the passages that they were taken from."""
FIGURES = {"held": "answer held", "right": "answered rightly"}


@dataclass(frozen=True, slots=True)
class Shaken:
    """One case under one relation: whether the answer held, and whether it is right.

    An answer holds if it refuses again or cites the same passages; a known item holds if its
    passage is among the first five.
    """

    relation: str
    key: str
    held: bool
    right: bool
    after: Scored | None = field(default=None, compare=False)

    @property
    def suite(self) -> str:
        """The suite that the case is of."""
        return self.key.split("/")[0]


Shares = Mapping[str, float]
"""The figures of a relation by name, each from 0 to 1."""


def shares(shaken: Sequence[Shaken]) -> dict[str, Shares]:
    """Return the figures of every relation."""
    groups: dict[str, list[Shaken]] = {}
    for one in shaken:
        groups.setdefault(one.relation, []).append(one)
    return {
        relation: {name: sum(getattr(one, name) for one in own) / len(own) for name in FIGURES}
        for relation, own in groups.items()
    }


def shared(
    old: Sequence[Shaken], new: Sequence[Shaken]
) -> tuple[tuple[Shaken, ...], tuple[Shaken, ...]]:
    """Return the parts of two measurements that are of the same cases under the same relations."""
    common = {(one.relation, one.key) for one in old} & {(one.relation, one.key) for one in new}
    first, second = (
        tuple(one for one in side if (one.relation, one.key) in common) for side in (old, new)
    )
    return first, second


def fallen_floors(
    old: Sequence[Shaken], new: Sequence[Shaken]
) -> list[tuple[str, str, float, float]]:
    """Return the figures below their floor: relation, figure, before, after, over shared cases."""
    before, after = map(shares, shared(old, new))
    return [
        (relation, name, figure, after[relation][name])
        for relation, figures in before.items()
        for name, figure in figures.items()
        if after[relation][name] < figure
    ]


def vanished(old: Sequence[Shaken], new: Sequence[Shaken], suites: set[str]) -> list[str]:
    """Return the relations that have a floor for one of these suites and were not measured."""
    measured = {one.relation for one in new}
    due = (one.relation for one in old if one.suite in suites or one.relation == KNOWN)
    return [relation for relation in dict.fromkeys(due) if relation not in measured]


def floor_rows(shaken: Sequence[Shaken], right: Mapping[str, bool]) -> list[list[str]]:
    """Return the rows of a table; ``right`` says which cases are right as they stand."""
    rows = [["relation", "asked", "answer held", "right before", "right after"]]
    for relation, figures in shares(shaken).items():
        keys = [one.key for one in shaken if one.relation == relation]
        known = [right[key] for key in keys if key in right]
        before = f"{sum(known) / len(known):.3f}" if known else "·"
        cells = [f"{figures['held']:.3f}", before, f"{figures['right']:.3f}"]
        rows.append([relation, str(len(keys)), *cells])
    return rows
