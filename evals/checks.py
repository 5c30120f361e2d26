"""The promises: what must hold in every answer, 1.0 or the gate fails.

Each check returns the problems found, in words; none found is a promise kept.
"""

from evals.text import MARK, squeeze
from evals.truth import Truth
from evals.types import Answer, Citation


def verbatim_problems(answer: Answer, truth: Truth) -> list[str]:
    """Say which quotes are not the slice of their passage that they claim to be."""
    problems = []
    for one in answer.citations:
        if not one.quote or one.text[one.start : one.end] != one.quote:
            problems.append(f"[{one.n}] quote is not text[{one.start}:{one.end}] of its passage")
        source = truth.get(one.passage_id)
        if source and squeeze(one.quote) not in squeeze(source.text):
            problems.append(f"[{one.n}] quote does not stand in {one.passage_id}")
    return problems


def attribution_problems(answer: Answer, truth: Truth) -> list[str]:
    """Say which citations are given to another respondent than their passage's own."""
    problems = [problem for one in answer.citations for problem in _citation_problems(one, truth)]
    codes = {one.n: one.code for one in answer.citations}
    stands = (*answer.coverage.says, *answer.coverage.otherwise) if answer.coverage else ()
    crossed = [
        f"coverage gives [{n}] of {codes[n]} to {stand.code}"
        for stand in stands
        for n in stand.citations
        if codes.get(n, stand.code) != stand.code
    ]
    return problems + crossed + _statement_problems(answer, codes, truth)


def _statement_problems(answer: Answer, codes: dict[int, str], truth: Truth) -> list[str]:
    """Say which claims open with a respondent's name and cite nothing of that respondent."""
    owners = {source.respondent: source.code for source in truth.values()}
    problems = []
    for statement in answer.statements:
        owner = owners.get(statement.text.split("：")[0].strip())
        cited = {codes[n] for n in statement.citations if n in codes}
        if owner and cited - {owner}:
            problems.append(f"a claim about {owner} cites {', '.join(sorted(cited))}")
    return problems


def _citation_problems(one: Citation, truth: Truth) -> list[str]:
    if not truth:
        return []
    source = truth.get(one.passage_id)
    if source is None:
        return [f"[{one.n}] cites {one.passage_id}, which the report does not hold"]
    problems = []
    if (one.code, one.respondent) != (source.code, source.respondent):
        problems.append(
            f"[{one.n}] is given to {one.respondent} ({one.code}), but {one.passage_id} is "
            f"{source.respondent}'s ({source.code})"
        )
    if squeeze(one.text) != squeeze(source.text):
        problems.append(f"[{one.n}] shows another text than {one.passage_id} has")
    return problems


def mark_problems(answer: Answer) -> list[str]:
    """Say which marks, citations and statements do not fit together."""
    numbers = [one.n for one in answer.citations]
    marks = {int(mark) for mark in MARK.findall(answer.text)}
    problems = [f"mark [{n}] has no citation" for n in sorted(marks - set(numbers))]
    problems += [f"citation [{n}] is marked nowhere" for n in sorted(set(numbers) - marks)]
    if len(set(numbers)) < len(numbers):
        problems.append(f"citations are numbered {numbers}")
    if not answer.refused and not numbers:
        problems.append("an answer without any citation")
    for statement in answer.statements:
        missing = sorted(set(statement.citations) - set(numbers))
        if missing or not statement.citations:
            problems.append(f"statement without its citation {missing}: {statement.text[:40]}")
    return problems
