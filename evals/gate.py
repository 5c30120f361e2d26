"""The gate: may a release go out? Every way in which a run is worse than the baseline, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.baseline import Baseline, Lowered, baseline_of, fallen
from evals.scoring import GATES
from evals.types import EvalsError, Scored


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


def judge(scored: Sequence[Scored], baseline: Baseline) -> Verdict:
    """Return the verdict on a run: broken promises, cases lost, totals fallen, cases missing."""
    now = {one.key: one for one in scored}
    old = baseline.cases
    lost = [one for key, one in now.items() if key in old and old[key].solved and not one.solved]
    won = [key for key, one in now.items() if key in old and one.solved and not old[key].solved]
    suites = {one.result.suite for one in scored}
    missing = [key for key in old if key not in now and key.split("/")[0] in suites]
    return Verdict(
        broken=tuple(broken_promises(scored)),
        lost=tuple(f"{one.key}: {'; '.join(one.failures)}" for one in lost),
        fallen=tuple(_words(*one) for one in _fallen(scored, baseline)),
        missing=tuple(f"{key}: in the baseline, not in this run" for key in missing),
        won=tuple(won),
    )


def broken_promises(scored: Sequence[Scored]) -> list[str]:
    """Say which case breaks which promise; these fail the gate whatever the baseline says."""
    return [
        f"{one.key}: {gate.title}: {'; '.join(one.failures[:3])}"
        for one in scored
        for gate in GATES
        if one.scores.get(gate.name) not in (None, 1.0)
    ]


def raised(
    scored: Sequence[Scored], old: Baseline | None, reason: str | None, today: str
) -> Baseline:
    """Return the baseline that replaces ``old``; a total may fall only for a stated reason.

    Suites that this run did not measure keep what they had. A broken promise is never a baseline.
    """
    broken = broken_promises(scored)
    if broken:
        raise EvalsError("a run that breaks a promise cannot be a baseline:\n" + "\n".join(broken))
    new = baseline_of(scored)
    if old is None:
        return new
    down = _fallen(scored, old)
    if down and not reason:
        listed = "\n".join(_words(*one) for one in down)
        raise EvalsError(f"these totals would fall; say why with --reason TEXT:\n{listed}")
    notes = [Lowered(today, *one, reason or "") for one in down]
    kept = {key: one for key, one in old.cases.items() if key.split("/")[0] not in new.totals}
    return Baseline({**old.totals, **new.totals}, {**kept, **new.cases}, (*old.lowered, *notes))


def _fallen(scored: Sequence[Scored], old: Baseline) -> list[tuple[str, str, float, float]]:
    """Return the totals that fell, over the cases that the baseline knows: new ones are free."""
    return fallen(old, baseline_of([one for one in scored if one.key in old.cases]))


def _words(suite: str, name: str, before: float, after: float) -> str:
    return f"{suite}: {name} fell from {before:.4f} to {after:.4f}"
