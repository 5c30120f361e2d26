"""``python -m evals metamorphic``: the same questions in other clothes, and what changes."""

from argparse import Namespace
from collections.abc import Sequence

from corpus import load_report
from evals.commands import ask_all, engine_of, suites_of
from evals.metamorphic import RELATIONS, known_items, unchanged, variants
from evals.scoring import score_all
from evals.tables import align
from evals.truth import truth_of
from evals.types import Case, Scored


def metamorphic_command(given: Namespace) -> int:
    """Ask every question in every other form; print how many answers stayed as they were."""
    report, engine = load_report(), engine_of(given.url)
    truth = truth_of(report)
    cases = [case for own in suites_of(given.suite).values() for case in own]

    def ask(name: str, asked: Sequence[Case]) -> tuple[Scored, ...]:
        found = ask_all({name: tuple(asked)}, engine, rerun=False, name=name)
        return score_all(found.results, truth)

    originals = {_key(case): one for case, one in zip(cases, ask("original", cases), strict=True)}
    rows = [["relation", "asked", "unchanged", "right before", "right after"]]
    for relation in RELATIONS:
        changed = variants(cases, relation, report)
        before = [originals[_key(case, relation)] for case in changed]
        after = ask(relation, changed)
        if given.changed:
            _print_changed(before, after)
        rows.append([relation, *_shares(before, after)])
    known = ask("known-item", known_items(report))
    lost = [one.result.case.question for one in known if one.scores["recall@5"] != 1]
    print(align(rows))
    print(f"known items: {len(lost)} of {len(known)} substrings not in the first five passages")
    print("\n".join(f"not found: {words}" for words in lost))
    return 0


def _key(case: Case, relation: str = "") -> str:
    """Return what a variant shares with its original."""
    return case.id.removesuffix(f"~{relation}").removesuffix(f"-{relation}")


def _shares(before: Sequence[Scored], after: Sequence[Scored]) -> list[str]:
    total = len(after) or 1
    same = sum(unchanged(old, new) for old, new in zip(before, after, strict=True))
    right = [sum(one.solved for one in side) / total for side in (before, after)]
    return [str(len(after)), f"{same / total:.3f}", *(f"{share:.3f}" for share in right)]


def _print_changed(before: Sequence[Scored], after: Sequence[Scored]) -> None:
    for old, new in zip(before, after, strict=True):
        if old.solved and not new.solved:
            print(f"{new.key}: {new.result.case.question}: {'; '.join(new.failures)}")
