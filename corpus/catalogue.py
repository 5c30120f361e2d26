"""The sidecar of a report: what is known of it beside its text."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.types import CatalogueError, Group, Respondent


@dataclass(frozen=True, slots=True)
class Expected:
    """The counts that a parse must reach."""

    governments: int
    organisations: int
    introduction_paragraphs: int
    first_page: int
    last_page: int
    printed_pages: tuple[int, ...]
    link_lines: int
    footnotes: int
    tables: int
    passages: int


@dataclass(frozen=True, slots=True)
class ListMark:
    """A list whose bullets the text lost: how its lead-in ends, and how many items follow."""

    respondent: str
    lead: str
    items: int


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that stands above a table, and its level below the other headings."""

    respondent: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Reset:
    """A paragraph before which only the first ``keep`` headings stay in force."""

    respondent: str
    before: str
    keep: int


@dataclass(frozen=True, slots=True)
class TableShape:
    """A kind of table: the column names of its header and the first word of its total row."""

    respondent: str
    header: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Identity, expected counts, lost structure and respondents of one report."""

    id: str
    symbol: str
    title: str
    title_en: str
    language: str
    session: int
    agenda_title: str
    job_number: str
    closing_date: date
    sha256: str
    expected: Expected
    lists: tuple[ListMark, ...]
    captions: tuple[Caption, ...]
    resets: tuple[Reset, ...]
    tables: tuple[TableShape, ...]
    introduction: Respondent
    groups: tuple[Group, ...]
    respondents: tuple[Respondent, ...]


def load_catalogue(path: Path) -> Catalogue:
    """Return the catalogue in a TOML sidecar; ``CatalogueError`` names the field that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: not TOML: {error}") from error
    try:
        catalogue = _catalogue(data)
    except KeyError as error:
        raise CatalogueError(f"{path.name}: the field {error} is missing") from error
    except TypeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    _check(path.name, catalogue)
    return catalogue


def _catalogue(data: Mapping[str, Any]) -> Catalogue:
    identity = {
        name: data[name]
        for name in Catalogue.__dataclass_fields__
        if name not in ("expected", "lists", "captions", "resets", "tables")
        and name not in ("introduction", "groups", "respondents")
    }
    expected: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in data["expected"].items()
    }
    return Catalogue(
        **identity,
        expected=Expected(**expected),
        lists=tuple(ListMark(**entry) for entry in data.get("lists", ())),
        captions=tuple(Caption(**entry) for entry in data.get("captions", ())),
        resets=tuple(Reset(**entry) for entry in data.get("resets", ())),
        tables=tuple(
            TableShape(entry["respondent"], tuple(entry["header"]), entry["total"])
            for entry in data.get("tables", ())
        ),
        introduction=_respondent({**data["introduction"], "kind": "introduction"}),
        groups=tuple(_group(entry) for entry in data.get("groups", ())),
        respondents=tuple(_respondent(entry) for entry in data["respondents"]),
    )


def _respondent(entry: Mapping[str, Any]) -> Respondent:
    return Respondent(
        code=entry["code"],
        kind=entry["kind"],
        name=entry["name"],
        name_hant=entry["hant"],
        name_en=entry["en"],
        aliases=tuple(entry["aliases"]),
    )


def _group(entry: Mapping[str, Any]) -> Group:
    return Group(
        id=entry["id"],
        name=entry["name"],
        name_en=entry["en"],
        spellings=tuple(entry["spellings"]),
        codes=tuple(entry["codes"]),
    )


def _check(name: str, catalogue: Catalogue) -> None:
    """Every code and spelling belongs to one respondent, and marks name respondents that exist."""
    owner: dict[str, str] = {}
    for respondent in (catalogue.introduction, *catalogue.respondents):
        for spelling in respondent.spellings:
            other = owner.setdefault(spelling, respondent.code)
            if other != respondent.code:
                raise CatalogueError(
                    f"{name}: {spelling!r} is given for {other} and for {respondent.code}"
                )
    _check_codes(name, catalogue)


def _check_codes(name: str, catalogue: Catalogue) -> None:
    codes = {respondent.code for respondent in catalogue.respondents}
    for group in catalogue.groups:
        if unknown := set(group.codes) - codes:
            raise CatalogueError(f"{name}: unknown respondents {sorted(unknown)} in {group.id}")
    marks: tuple[ListMark | Caption | Reset | TableShape, ...] = (
        *catalogue.lists,
        *catalogue.captions,
        *catalogue.resets,
        *catalogue.tables,
    )
    for mark in marks:
        if mark.respondent not in codes:
            raise CatalogueError(f"{name}: unknown respondent {mark.respondent!r} in {mark}")
