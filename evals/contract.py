"""The contract's JSON read into types, strictly: what is malformed is named, never guessed."""

from collections.abc import Callable
from typing import Any, TypeVar

from evals.types import (
    Answer,
    Citation,
    ContractError,
    Coverage,
    Json,
    Retrieved,
    Stand,
    Statement,
)

VOLATILE = ("id", "timings_ms")
"""Fields that may differ between two runs of one question."""

T = TypeVar("T")


def read_answer(data: object) -> Answer:
    """Return the answer that the contract's JSON holds; raises ``ContractError`` otherwise."""
    top = _object(data, "the answer")
    refused = _get(top, "refused", bool, "the answer")
    refusal = top.get("refusal")
    if refused != (refusal is not None):
        raise ContractError(f"refused is {refused} but refusal is {refusal!r}; they must agree")
    return Answer(
        text=_get(top, "answer", str, "the answer"),
        refused=refused,
        reason=_get(_object(refusal, "refusal"), "reason", str, "refusal") if refused else None,
        statements=_each(top, "statements", _statement),
        citations=_each(top, "citations", _citation),
        coverage=_coverage(top["coverage"]) if top.get("coverage") is not None else None,
        retrieved=_each(top, "retrieved", _retrieved),
    )


def stable(data: Json) -> Json:
    """Return an answer's JSON without the fields that may differ on a rerun."""
    return {name: value for name, value in data.items() if name not in VOLATILE}


def _statement(data: Json, where: str) -> Statement:
    return Statement(_get(data, "text", str, where), _numbers(data, where))


def _citation(data: Json, where: str) -> Citation:
    return Citation(
        n=_get(data, "n", int, where),
        passage_id=_get(data, "passage_id", str, where),
        respondent=_get(data, "respondent", str, where),
        code=_get(data, "code", str, where),
        quote=_get(data, "quote", str, where),
        start=_get(data, "start", int, where),
        end=_get(data, "end", int, where),
        text=_get(data, "text", str, where),
    )


def _retrieved(data: Json, where: str) -> Retrieved:
    return Retrieved(
        rank=_get(data, "rank", int, where),
        passage_id=_get(data, "passage_id", str, where),
        respondent=_get(data, "respondent", str, where),
        text=_get(data, "text", str, where),
    )


def _coverage(data: object) -> Coverage:
    top = _object(data, "coverage")
    return Coverage(
        searched=_get(top, "searched", int, "coverage"),
        says=_each(top, "says", _stand),
        otherwise=_each(top, "otherwise", _stand),
        silent=_each(top, "silent", _stand),
    )


def _stand(data: Json, where: str) -> Stand:
    citations = _numbers(data, where) if "citations" in data else ()
    code, name = _get(data, "code", str, where), _get(data, "respondent", str, where)
    return Stand(code, name, citations)


def _numbers(data: Json, where: str) -> tuple[int, ...]:
    numbers = _get(data, "citations", list, where)
    if not all(isinstance(number, int) for number in numbers):
        raise ContractError(f"{where}.citations is {numbers!r}; expected whole numbers")
    return tuple(numbers)


def _each(data: Json, name: str, read: Callable[[Json, str], T]) -> tuple[T, ...]:
    items = _get(data, name, list, "the answer")
    found = ((_object(item, f"{name}[{at}]"), f"{name}[{at}]") for at, item in enumerate(items))
    return tuple(read(item, where) for item, where in found)


def _object(data: object, where: str) -> Json:
    if not isinstance(data, dict):
        raise ContractError(f"{where} is {data!r:.60}; expected an object")
    return data


def _get(data: Json, name: str, kind: type[Any], where: str) -> Any:
    if name not in data:
        raise ContractError(f"{where} has no field {name!r}; found: {', '.join(sorted(data))}")
    value = data[name]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ContractError(f"{where}.{name} is {value!r:.60}; expected {kind.__name__}")
    return value
