"""Suites on disk: JSON Lines, one case a line, read strictly and written canonically."""

import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from evals.lines import read_lines
from evals.types import KINDS, LANGS, REASONS, Case, EvalsError, SuiteError, Turn

SUITES = Path(__file__).resolve().parent / "suites"
REQUIRED = ("id", "lang", "kind", "question", "answerable")
FIELDS = tuple(field.name for field in fields(Case))
CHOICES = {"lang": LANGS, "kind": KINDS, "reason": REASONS}
TURN_FIELDS = ("role", "content")
ROLES = ("user", "assistant")
GATE_ONLY = ("test", "final")
"""Suites whose names end so are run at the gate only: figures are shown, questions never."""


def load_suite(path: Path, *, lenient: bool = False) -> tuple[Case, ...]:
    """Return the cases of a suite's file; raises ``SuiteError`` naming the file and the line.

    ``lenient`` takes kinds and fields that DESIGN.md does not know: a foreign suite still runs.
    """
    try:
        lines = read_lines(path)
    except EvalsError as error:
        raise SuiteError(str(error)) from error
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = read_case(line, lenient=lenient)
        except ValueError as error:
            raise SuiteError(f"{path}:{number}: {error}") from error
        if case.id in cases:
            raise SuiteError(f"{path}:{number}: id {case.id!r} is used twice; ids are unique")
        cases[case.id] = case
    if not cases:
        raise SuiteError(f"{path}: holds no case; one JSON object a line is expected")
    return tuple(cases.values())


def suite_name(path: Path) -> str:
    """Return the name that a suite's results carry: the file's name without its ending."""
    return path.name.removesuffix(".jsonl")


def is_gate_only(name: str) -> bool:
    """Return whether a suite of this name is kept for the gate: ``A-72-344.test`` is."""
    return name.rsplit(".", 1)[-1] in GATE_ONLY


def shipped_suites() -> tuple[Path, ...]:
    """Return the suites of this package, in the order of their names."""
    return tuple(sorted(SUITES.glob("*.jsonl")))


def find_suite(given: str) -> Path:
    """Return the file of a suite: a path, a shipped suite's name, or its last part (``dev2``)."""
    if given.endswith(".jsonl") or Path(given).is_file():
        return Path(given)
    names = {suite_name(path): path for path in shipped_suites()}
    found = [path for name, path in names.items() if given in (name, name.rsplit(".", 1)[-1])]
    if len(found) != 1:
        raise SuiteError(
            f"--suite is {given!r}; expected a file or one of {', '.join(names) or 'none shipped'}"
        )
    return found[0]


def read_case(line: str, *, lenient: bool = False) -> Case:
    """Return the case that one line holds; raises ``ValueError`` saying what is allowed."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError(f"found {_type(data)}, expected an object with {', '.join(REQUIRED)}")
    if lenient:
        data = {name: value for name, value in data.items() if name in FIELDS}
    _check_names(data)
    if not isinstance(data["answerable"], bool):
        raise ValueError(f"answerable is {_type(data['answerable'])}, expected true or false")
    case = Case(
        id=_text(data, "id"),
        lang=_text(data, "lang"),
        kind=_text(data, "kind"),
        question=_text(data, "question"),
        answerable=data["answerable"],
        history=tuple(_turn(turn) for turn in _list(data, "history")),
        respondents=_texts(data, "respondents"),
        gold=_texts(data, "gold"),
        answer_keys=tuple(_variants(key) for key in _list(data, "answer_keys")),
        must_not=_texts(data, "must_not"),
        reference=_text(data, "reference") if data.get("reference") else "",
        reason=_text(data, "reason") if data.get("reason") is not None else None,
        whole=_text(data, "whole") if data.get("whole") else "",
    )
    _check_case(case, lenient)
    return case


def dump_case(case: Case) -> str:
    """Return a case as one line, in DESIGN.md's order; reading it back gives the same case."""
    data: dict[str, Any] = {
        "id": case.id,
        "lang": case.lang,
        "kind": case.kind,
        "question": case.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
        "answerable": case.answerable,
        "respondents": list(case.respondents),
        "gold": list(case.gold),
        "answer_keys": [list(key) for key in case.answer_keys],
        "must_not": list(case.must_not),
        "reference": case.reference,
    }
    if case.reason is not None:
        data["reason"] = case.reason
    if case.whole:
        data["whole"] = case.whole
    return json.dumps(data, ensure_ascii=False)


def save_suite(path: Path, cases: Iterable[Case]) -> None:
    """Write cases as a suite's file."""
    path.write_text("".join(dump_case(case) + "\n" for case in cases), encoding="utf-8")


def _check_names(data: dict[str, Any]) -> None:
    unknown = [name for name in data if name not in FIELDS]
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; allowed: {', '.join(FIELDS)}")
    missing = [name for name in REQUIRED if name not in data]
    if missing:
        raise ValueError(f"field {missing[0]!r} is missing; required: {', '.join(REQUIRED)}")


def _check_case(case: Case, lenient: bool) -> None:
    for name, allowed in CHOICES.items():
        value = getattr(case, name)
        if value is not None and value not in allowed and not (lenient and name != "lang"):
            raise ValueError(
                f"{name} is {value!r}; allowed: {', '.join(allowed)}"
                + (" (--lenient runs other kinds too)" if name == "kind" else "")
            )
    if case.kind == "refusal" and case.answerable:
        raise ValueError("a case of kind 'refusal' has answerable false")
    if case.answerable and case.reason is not None:
        raise ValueError("reason belongs to cases with answerable false")
    if case.whole and not case.history:
        raise ValueError("whole belongs to cases with a history; without one the question is whole")


def _turn(data: object) -> Turn:
    if not isinstance(data, dict) or sorted(data) != sorted(TURN_FIELDS):
        raise ValueError(f"a turn of history has exactly the fields {', '.join(TURN_FIELDS)}")
    if data["role"] not in ROLES:
        raise ValueError(f"role is {data['role']!r}; allowed: {', '.join(ROLES)}")
    return Turn(data["role"], _text(data, "content"))


def _variants(data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or not data:
        raise ValueError("a key of answer_keys is a list of at least one variant")
    return tuple(_one_text(variant, "a variant of answer_keys") for variant in data)


def _list(data: dict[str, Any], name: str) -> list[object]:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise ValueError(f"{name} is {_type(value)}, expected a list")
    return value


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_one_text(value, f"an item of {name}") for value in _list(data, name))


def _text(data: dict[str, Any], name: str) -> str:
    return _one_text(data[name], name)


def _one_text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{what} is {value!r}, expected a text that is not empty")
    return value


def _type(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), f"a {type(value).__name__}")
