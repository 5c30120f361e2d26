"""Suites checked against the report: what a wrong case looks like, found before it misleads."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from evals.ranking import is_right
from evals.suite import is_gate_only
from evals.text import fold, holds
from evals.truth import Source, Truth
from evals.types import KINDS, LANGS, VARIANT, Case

NEAR = 0.8
"""Two questions of two halves that share more of their character bigrams are too alike."""


def suite_problems(cases: Sequence[Case], truth: Truth) -> list[str]:
    """Say what is wrong with the cases of one suite, each line naming the case."""
    names = {source.respondent for source in truth.values()}
    problems = []
    for case in cases:
        problems += [f"{case.id}: {problem}" for problem in _case_problems(case, truth, names)]
    asked = Counter((fold(case.question), case.history) for case in cases)
    problems += [
        f"{case.id}: the same question is asked twice: {case.question}"
        for case in cases
        if asked[fold(case.question), case.history] > 1
    ]
    return problems


def overlap_problems(suites: Mapping[str, Sequence[Case]]) -> list[str]:
    """Say which questions stand in two suites, or nearly do, and which ids are used in both."""
    problems = []
    for (left, mine), (right, theirs) in combinations(suites.items(), 2):
        shared = {case.id for case in mine} & {case.id for case in theirs}
        problems += [f"{left} and {right} both use the id {name}" for name in sorted(shared)]
        problems += [
            f"{left}/{one.id} and {right}/{other.id} ask the same: {one.question}"
            for one, other in _near(mine, theirs)
        ]
    return problems


def suite_rows(suites: Mapping[str, Sequence[Case]]) -> list[list[str]]:
    """Return the rows of a table: each suite with what it is for, its cases and its languages."""
    rows = [["suite", "for", "cases", *LANGS]]
    for name, cases in suites.items():
        langs = [str(sum(case.lang == lang for case in cases)) for lang in LANGS]
        use = "the gate only" if is_gate_only(name) else "tuning"
        rows.append([name, use, str(len(cases)), *langs])
    return rows


def coverage_table(cases: Sequence[Case], truth: Truth) -> list[list[str]]:
    """Return the rows of a table: respondents down, kinds across, numbers of cases inside."""
    names = list(dict.fromkeys(source.respondent for source in truth.values()))
    counts = Counter((name, case.kind) for case in cases for name in case.respondents or ("—",))
    rows = [["", *KINDS, "total"]]
    for name in (*names, "—"):
        row = [counts[name, kind] for kind in KINDS]
        rows.append([name, *(str(count) if count else "·" for count in row), str(sum(row))])
    totals = [sum(case.kind == kind for case in cases) for kind in KINDS]
    rows.append(["cases", *map(str, totals), str(len(cases))])
    return rows


def uncovered(cases: Sequence[Case], truth: Truth) -> list[str]:
    """Say which respondents no answerable case asks about, and which kinds are missing."""
    asked = {name for case in cases if case.answerable for name in case.respondents}
    names = dict.fromkeys(source.respondent for source in truth.values())
    missing = [f"no answerable case about {name}" for name in names if name not in asked]
    kinds = {case.kind for case in cases}
    return missing + [f"no case of kind {kind}" for kind in KINDS if kind not in kinds]


def _case_problems(case: Case, truth: Truth, names: set[str]) -> Iterator[str]:
    for name in sorted(set(case.respondents) - names):
        yield f"respondent {name!r} is not in the report; names are those of its headings"
    right = [source for source in truth.values() if _holds_gold(case, source)]
    for gold in case.gold:
        if not any(is_right(case, one.respondent, one.text, gold) for one in right):
            yield f"gold is in no passage of its respondents: {gold}"
    if not case.answerable and case.gold:
        yield "a case with answerable false has no gold"
    if case.answerable:
        yield from _key_problems(case, [source.text for source in right])
    if any(holds(case.reference, phrase) for phrase in case.must_not):
        yield "the reference says what must not be said"


def _key_problems(case: Case, texts: Sequence[str]) -> Iterator[str]:
    if not case.answer_keys and not case.gold:
        yield "an answerable case has gold or answer_keys; nothing tells right from wrong here"
    for key in case.answer_keys:
        if not any(holds(text, one) for one in key for text in (*texts, case.reference)):
            yield f"key stands neither in a gold passage nor in the reference: {' / '.join(key)}"


def _holds_gold(case: Case, source: Source) -> bool:
    return any(is_right(case, source.respondent, source.text, gold) for gold in case.gold)


def _near(mine: Sequence[Case], theirs: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Yield the pairs that ask nearly the same; declared variants of one case may."""
    others = [(case, _bigrams(case)) for case in theirs]
    for one in mine:
        pairs = _bigrams(one)
        for other, found in others:
            declared = one.base == other.base and VARIANT in one.id + other.id
            alike = len(pairs & found) > NEAR * len(pairs | found)
            if alike and one.history == other.history and not declared:
                yield one, other


def _bigrams(case: Case) -> frozenset[str]:
    text = fold(case.question)
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))
