"""The gate: may a release go out? Every way in which a run is worse than the baseline, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.baseline import Baseline, Lowered, baseline_of, fallen
from evals.floors import Shaken, fallen_floors, vanished
from evals.scoring import GATES
from evals.suite import is_gate_only
from evals.types import EvalsError, Scored

METAMORPHIC = "metamorphic"
Fall = tuple[str, str, float, float]
"""Suite, metric, before and after; of metamorphic figures the relation stands in the metric."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against a release, and what got better since the baseline."""

    broken: tuple[str, ...]
    lost: tuple[str, ...]
    fallen: tuple[str, ...]
    missing: tuple[str, ...]
    won: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against a release."""
        return not (self.broken or self.lost or self.fallen or self.missing)


def judge(
    scored: Sequence[Scored], baseline: Baseline, shaken: Sequence[Shaken] | None = None
) -> Verdict:
    """Return the verdict on a run: broken promises, cases lost, totals fallen, cases missing.

    ``shaken`` None means that the metamorphic questions were not asked.
    """
    now = {one.key: one for one in scored}
    old = baseline.cases
    lost = [one for key, one in now.items() if key in old and old[key].solved and not one.solved]
    won = [key for key, one in now.items() if key in old and one.solved and not old[key].solved]
    suites = {one.result.suite for one in scored}
    missing = [f"the suite {name}" for name in baseline.totals if name not in suites]
    missing += [key for key in old if key not in now and key.split("/")[0] in suites]
    if shaken is not None:
        missing += [f"{METAMORPHIC} {one}" for one in vanished(baseline.shaken, shaken, suites)]
    return Verdict(
        broken=tuple(broken_promises(scored)),
        lost=tuple(f"{one.key}: {why(one)}" for one in lost),
        fallen=tuple(_words(*one) for one in _fallen(scored, baseline, shaken)),
        missing=tuple(f"{key}: in the baseline, not in this run" for key in missing),
        won=tuple(won),
    )


def why(one: Scored) -> str:
    """Return what is wrong with an answer; of a gate-only suite only that something is."""
    if is_gate_only(one.result.suite):
        return "wrong (a gate-only suite: no more is said)"
    return "; ".join(one.failures)


def broken_promises(scored: Sequence[Scored]) -> list[str]:
    """Say which case breaks which promise; these fail the gate whatever the baseline says."""
    return [
        f"{one.key}: {gate.title}: {'; '.join(one.failures[:3])}"
        for one in scored
        for gate in GATES
        if one.scores.get(gate.name) not in (None, 1.0)
    ]


def raised(
    scored: Sequence[Scored],
    old: Baseline | None,
    reason: str | None,
    today: str,
    shaken: Sequence[Shaken] | None = None,
    *,
    whole: bool = False,
) -> Baseline:
    """Return the baseline that replaces ``old``; a total may fall only for a stated reason.

    What this run did not measure stays as it was, unless it is the ``whole``: then a suite that is
    not in it is gone. A broken promise is never a baseline.
    """
    broken = broken_promises(scored)
    if broken:
        raise EvalsError("a run that breaks a promise cannot be a baseline:\n" + "\n".join(broken))
    new = baseline_of(scored, shaken or ())
    if old is None:
        return new
    gone = set(old.totals) - set(new.totals) if whole else set()
    down = [*_fallen(scored, old, shaken), *_shrunk(scored, old, gone)]
    if down and not reason:
        listed = "\n".join(_words(*one) for one in down)
        raise EvalsError(f"these totals would fall; say why with --reason TEXT:\n{listed}")
    old = without_suites(old, gone)
    notes = [Lowered(today, *one, reason or "") for one in down]
    kept = {key: one for key, one in old.cases.items() if key.split("/")[0] not in new.totals}
    measured = {(one.relation, one.suite) for one in new.shaken}
    stood = [one for one in old.shaken if (one.relation, one.suite) not in measured]
    return Baseline(
        dict(sorted({**old.totals, **new.totals}.items())),
        {**kept, **new.cases},
        (*old.lowered, *notes),
        tuple(sorted((*stood, *new.shaken), key=lambda one: (one.relation, one.key))),
    )


def _shrunk(scored: Sequence[Scored], old: Baseline, gone: set[str]) -> list[Fall]:
    """Return the suites that lost cases: dropping what fails is a fall as well."""
    now = Counter(dict.fromkeys(gone, 0))
    now.update(one.result.suite for one in scored)
    before = Counter(key.split("/")[0] for key in old.cases)
    return [
        (suite, "cases", before[suite], count)
        for suite, count in now.items()
        if count < before[suite]
    ]


def without_suites(baseline: Baseline, gone: set[str]) -> Baseline:
    """Return the baseline without these suites; what was lowered in them stays on record."""
    return replace(
        baseline,
        totals={name: one for name, one in baseline.totals.items() if name not in gone},
        cases={key: one for key, one in baseline.cases.items() if key.split("/")[0] not in gone},
        shaken=tuple(one for one in baseline.shaken if one.suite not in gone),
    )


def _fallen(scored: Sequence[Scored], old: Baseline, shaken: Sequence[Shaken] | None) -> list[Fall]:
    """Return the totals that fell, over the cases that the baseline knows: new ones are free."""
    known = [one for one in scored if one.key in old.cases]
    floors = [
        (METAMORPHIC, f"{relation} {name}", before, after)
        for relation, name, before, after in fallen_floors(old.shaken, shaken or ())
    ]
    return [*fallen(old, baseline_of(known)), *floors]


def _words(suite: str, name: str, before: float, after: float) -> str:
    return f"{suite}: {name} fell from {before:.4f} to {after:.4f}"
