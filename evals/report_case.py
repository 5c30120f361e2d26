"""One case in the report: question, answer, quotes in their passages, gold, and what failed."""

import re
from collections.abc import Sequence
from html import escape

from evals.contract import read_answer
from evals.measures import cites, missing_keys
from evals.text import MARK
from evals.types import Answer, Case, Citation, ContractError, Scored

OPENED = 2
"""Citations whose passage is open when a case is opened; the others are a click away."""


def case_block(one: Scored, before: Scored | None) -> str:
    """Return one case as a block that opens; ``before`` is the same case in another run."""
    case = one.result.case
    fell = before is not None and before.solved and not one.solved
    rose = before is not None and one.solved and not before.solved
    states = {"solved": one.solved, "fell": fell, "rose": rose}
    classes = " ".join(["case", *(name for name, on in states.items() if on)])
    sign = '<b class="good">✓</b>' if one.solved else '<b class="bad">✗</b>'
    tags = "".join(f' <span class="tag">{escape(tag)}</span>' for tag in (case.kind, case.lang))
    return (
        f'<details class="{classes}" id="{escape(one.key)}"><summary>{sign} '
        f"{escape(case.question)}{tags} "
        f'<span class="dim">{escape(case.id)}</span></summary>'
        f'<div class="case-body">{_body(one, before)}</div></details>'
    )


def _body(one: Scored, before: Scored | None) -> str:
    case = one.result.case
    parts = [f'<p class="bad">{escape(line)}</p>' for line in one.failures]
    turns = "".join(
        f"<dt>{escape(turn.role)}</dt><dd>{escape(turn.content)}</dd>" for turn in case.history
    )
    parts.append(f"<dl>{turns}</dl>" if turns else "")
    try:
        answer = read_answer(one.result.raw)
    except ContractError:
        return "".join(parts)
    quotes = [citation.quote for citation in answer.citations]
    parts.append(f"<blockquote>{_marked(answer.text, quotes)}</blockquote>")
    parts += [
        _citation(case, citation, opened=at < OPENED)
        for at, citation in enumerate(answer.citations)
    ]
    parts.append(_expected(case, answer))
    parts.append(_retrieved(answer))
    if before is not None:
        parts.append(_other(before))
    return "".join(parts)


def _marked(text: str, quotes: Sequence[str] = ()) -> str:
    """Return an answer's text with its quotes highlighted and its marks set off."""
    pieces = sorted({quote for quote in quotes if quote in text}, key=len, reverse=True)
    either = re.compile("|".join([*map(re.escape, pieces), MARK.pattern]))

    def set_off(found: re.Match[str]) -> str:
        inner = escape(found[0])
        return f"<mark>{inner}</mark>" if found[0] in pieces else f'<b class="dim">{inner}</b>'

    parts, at = [], 0
    for found in either.finditer(text):
        parts += [escape(text[at : found.start()]), set_off(found)]
        at = found.end()
    return "".join([*parts, escape(text[at:])])


def _citation(case: Case, one: Citation, *, opened: bool) -> str:
    before, after = one.text[: one.start], one.text[one.end :]
    passage = f"{escape(before)}<mark>{escape(one.text[one.start : one.end])}</mark>{escape(after)}"
    right = any(cites(case, one, gold) for gold in case.gold)
    sign = ' <span class="good">gold</span>' if right else ""
    head = f"[{one.n}] {one.respondent} · {one.passage_id}"
    return (
        f"<details{' open' if opened else ''}><summary>{escape(head)}{sign}</summary>"
        f"<blockquote>{passage}</blockquote></details>"
    )


def _expected(case: Case, answer: Answer) -> str:
    missing = missing_keys(case, answer)
    rows = []
    for gold in case.gold:
        found = any(cites(case, one, gold) for one in answer.citations)
        rows.append(("gold", gold, found))
    rows += [("key", " / ".join(key), key not in missing) for key in case.answer_keys]
    items = "".join(
        f'<dt>{name}</dt><dd class="{"good" if good else "bad"}">{"✓" if good else "✗"} '
        f"{escape(text)}</dd>"
        for name, text, good in rows
    )
    names = "、".join(case.respondents)
    if names:
        items += f"<dt>respondents</dt><dd>{escape(names)}</dd>"
    if case.reference:
        items += f"<dt>reference</dt><dd>{escape(case.reference)}</dd>"
    if not case.answerable:
        items += f"<dt>refuse</dt><dd>{escape(case.reason or 'for any reason')}</dd>"
    return f"<dl>{items}</dl>"


def _retrieved(answer: Answer) -> str:
    items = "".join(
        f"<li>{escape(one.respondent)} · {escape(one.passage_id)}: {escape(one.text[:80])}</li>"
        for one in answer.retrieved
    )
    return f"<details><summary>retrieved</summary><ol>{items}</ol></details>" if items else ""


def _other(before: Scored) -> str:
    raw = before.result.raw
    text = raw.get("answer", "") if isinstance(raw, dict) else before.result.error or ""
    sign = "right" if before.solved else "wrong: " + "; ".join(before.failures)
    return (
        f"<details><summary>the other run ({escape(sign)})</summary>"
        f"<blockquote>{_marked(str(text))}</blockquote></details>"
    )
