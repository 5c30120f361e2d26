"""Engines broken on purpose: a gate that lets one of these pass is no gate.

A break changes one answer of a good engine; ``broken`` wraps a whole engine. Each names the
metric that must fall. They are faults that really happen: a retriever off by one, an offset off
by one, names joined to the wrong rows, a threshold lost, a composer that drops a fact.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.engines import Engine, request_of
from evals.types import Case, Json

Change = Callable[[Json, Case], Json]
NOBODY = {"respondent": "另一答复者", "code": "OTHER"}


@dataclass(frozen=True, slots=True)
class Break:
    """One way to be broken, and the metric that must fall for it."""

    change: Change
    metric: str


def broken(engine: Engine, cases: Sequence[Case], change: Change) -> Engine:
    """Return the engine with a change made to its answer to every one of the cases."""
    by_request = {str(request_of(case)): case for case in cases}

    def ask(request: Json) -> Json:
        case = by_request[str(request)]
        return change(json.loads(json.dumps(engine(request))), case)

    return ask


def second_best_passage(answer: Json, case: Case) -> Json:
    """Lose the best passage and cite the beginning of the next one in its place."""
    del case
    answer["retrieved"] = answer["retrieved"][1:]
    if answer["citations"] and answer["retrieved"]:
        best = answer["retrieved"][0]
        answer["citations"][0] |= _cited(best, len(best["text"]) // 2)
    return answer


def quote_shifted(answer: Json, case: Case) -> Json:
    """Slide every quote by one character, but not the span that it claims."""
    del case
    for one in answer["citations"]:
        one["quote"] = one["text"][one["start"] + 1 : one["end"] + 1]
    return answer


def span_shifted(answer: Json, case: Case) -> Json:
    """Slide quote and span together: still a slice, no longer a sentence."""
    del case
    for one in answer["citations"]:
        one["start"], one["end"] = one["start"] + 1, one["end"] + 1
        one["quote"] = one["text"][one["start"] : one["end"]]
    return answer


def given_to_another(answer: Json, case: Case) -> Json:
    """Give the first citation to somebody who did not say it."""
    del case
    if answer["citations"]:
        answer["citations"][0] |= NOBODY
    return answer


def another_reply_cited(answer: Json, case: Case) -> Json:
    """Cite, consistently, the passage of another reply; only the gold can tell."""
    own = {one["respondent"] for one in answer["citations"]} | set(case.respondents)
    others = [one for one in answer["retrieved"] if one["respondent"] not in own]
    if answer["citations"] and others:
        answer["citations"][0] |= _cited(others[0], len(others[0]["text"]))
    return answer


def refusal_switched_off(answer: Json, case: Case) -> Json:
    """Answer what should be refused, from the nearest passage."""
    del case
    if answer["refused"] and answer["retrieved"]:
        best = answer["retrieved"][0]
        answer |= {"refused": False, "refusal": None, "answer": "…… [1]", "kind": "lookup"}
        answer["citations"] = [{"n": 1, **_cited(best, len(best["text"]))}]
    return answer


def one_key_dropped(answer: Json, case: Case) -> Json:
    """Leave the last key fact out of the text."""
    for variant in case.answer_keys[-1] if case.answer_keys else ():
        letters = r"\W*".join(re.escape(char) for char in variant if char.isalnum())
        answer["answer"] = re.sub(letters, "……", answer["answer"], flags=re.IGNORECASE)
    return answer


def mark_without_citation(answer: Json, case: Case) -> Json:
    """Set a mark that leads nowhere."""
    del case
    answer["answer"] += " [99]"
    return answer


def crash(answer: Json, case: Case) -> Json:
    """Fail as code fails."""
    raise RuntimeError(f"broken on purpose at {case.id}, {len(answer)} fields in hand")


def contract_broken(answer: Json, case: Case) -> Json:
    """Leave out a field that the contract promises."""
    del case, answer["citations"]
    return answer


BREAKS = {
    "second-best-passage": Break(second_best_passage, "recall@1"),
    "quote-shifted": Break(quote_shifted, "verbatim"),
    "span-shifted": Break(span_shifted, "clean_cuts"),
    "given-to-another": Break(given_to_another, "attribution"),
    "another-reply-cited": Break(another_reply_cited, "citation_precision"),
    "refusal-switched-off": Break(refusal_switched_off, "refusal_f1"),
    "one-key-dropped": Break(one_key_dropped, "keys_strict"),
    "mark-without-citation": Break(mark_without_citation, "marks"),
    "crash": Break(crash, "completed"),
    "contract-broken": Break(contract_broken, "completed"),
}


def _cited(found: Json, end: int) -> Json:
    """Return the fields of a citation that quotes the beginning of a retrieved passage."""
    return {
        "passage_id": found["passage_id"],
        "respondent": found["respondent"],
        "code": found["passage_id"].split("/")[1],
        "text": found["text"],
        "quote": found["text"][:end],
        "start": 0,
        "end": end,
    }
