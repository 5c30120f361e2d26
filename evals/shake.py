"""Answers shaken: every relation put to a sample of the questions that were already asked.

The sample is drawn suite by suite, by a hash of the case's id: the same cases at every run, and
another suite's cases do not move when one suite grows.
"""

from argparse import Namespace
from collections.abc import Sequence
from hashlib import sha256

from corpus import Report, load_report
from evals.asking import ask_all, engine_from, suites_of
from evals.engines import Engine
from evals.floors import KNOWN, Shaken, floor_rows
from evals.metamorphic import RELATIONS, known_items, unchanged, variants
from evals.scoring import score_all
from evals.suite import is_gate_only
from evals.tables import align
from evals.truth import Truth, truth_of
from evals.types import Case, Scored

SAMPLE = 60
"""Questions of each suite that the gate puts in other clothes, for each relation."""
FOUND_IN = "recall@5"
EVERY = (*RELATIONS, KNOWN)


def shake(
    originals: Sequence[Scored],
    engine: Engine,
    report: Report,
    sample: int = SAMPLE,
    relations: Sequence[str] = EVERY,
) -> tuple[Shaken, ...]:
    """Return what became of the answers when the questions changed on their face only.

    ``originals`` are the answers to the questions as they stand; ``sample`` 0 takes all of them.
    """
    truth = truth_of(report)
    found = [
        one
        for relation in relations
        if relation in RELATIONS
        for one in _shake_one(originals, relation, (engine, report, truth), sample)
    ]
    known = _known(engine, report, truth) if KNOWN in relations else []
    return (*found, *known)


def _shake_one(
    originals: Sequence[Scored], relation: str, asked: tuple[Engine, Report, Truth], sample: int
) -> list[Shaken]:
    engine, report, truth = asked
    pairs = [
        (before, changed)
        for before in originals
        for changed in variants([before.result.case], relation, report)
    ]
    chosen = _sample(pairs, sample)
    after = _ask(engine, relation, [changed for _, changed in chosen], truth)
    return [
        Shaken(relation, before.key, unchanged(before, new), new.solved, new)
        for (before, _), new in zip(chosen, after, strict=True)
    ]


def _sample(pairs: Sequence[tuple[Scored, Case]], count: int) -> list[tuple[Scored, Case]]:
    """Return the pairs whose ids have the smallest hashes in their suite, in the old order."""
    if not count:
        return list(pairs)
    suites: dict[str, list[tuple[str, Scored, Case]]] = {}
    for before, changed in pairs:
        drawn = sha256(before.key.encode()).hexdigest()
        suites.setdefault(before.result.suite, []).append((drawn, before, changed))
    kept = {
        before.key
        for own in suites.values()
        for _, before, _ in sorted(own, key=lambda one: one[0])[:count]
    }
    return [pair for pair in pairs if pair[0].key in kept]


def _known(engine: Engine, report: Report, truth: Truth) -> list[Shaken]:
    """Return whether substrings of the report find the passage that they were taken from."""
    return [
        Shaken(KNOWN, one.key, one.scores[FOUND_IN] == 1, one.solved, one)
        for one in _ask(engine, KNOWN, known_items(report), truth)
    ]


def _ask(engine: Engine, name: str, cases: Sequence[Case], truth: Truth) -> tuple[Scored, ...]:
    found = ask_all({name: tuple(cases)}, engine, rerun=False, name=name) if cases else None
    return score_all(found.results, truth) if found else ()


def metamorphic_command(given: Namespace) -> int:
    """Ask every question in every other form; print how many answers stayed as they were."""
    report, engine = load_report(), engine_from(given)
    suites = suites_of(given.suite)
    found = ask_all(suites, engine, rerun=False, name="original")
    originals = score_all(found.results, truth_of(report))
    shaken = shake(originals, engine, report, given.sample, given.relation or EVERY)
    right = {one.key: one.solved for one in originals}
    print(align(floor_rows(shaken, right)))
    if given.changed:
        _print_changed(shaken, right)
    return 0


def _print_changed(shaken: Sequence[Shaken], right: dict[str, bool]) -> None:
    """Print what was right and is not, and known items not found, but of no gate-only suite."""
    for one in shaken:
        fell = right.get(one.key, not one.held) and not one.right
        if fell and one.after is not None and not is_gate_only(one.suite):
            asked = one.after.result.case.question
            print(f"{one.relation} {one.key}: {asked}: {'; '.join(one.after.failures)}")
