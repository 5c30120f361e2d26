"""The explorer's tables as CSV that spreadsheets open rightly."""

import csv
import io
from collections.abc import Iterable, Sequence

from corpus import Report
from qa.web.pages.matrix import Matrix
from qa.web.pages.texts import PageTexts
from qa.web.words import Names

MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute when a cell begins with it."""
Cell = str | int


def matrix_csv(shown: Matrix, names: Names, texts: PageTexts) -> bytes:
    """Return a row for each topic or act and a column for each respondent, the cells counted."""
    english = texts.chat.lang == "en"
    label = texts.topic if shown.by == "topics" else texts.act
    columns = [names.of(one.code, one.name, texts.chat) for one in shown.respondents]
    rows: list[Sequence[Cell]] = [("id", label, *columns, texts.total)]
    for row in shown.rows:
        counts = [len(shown.quotes(row.id, one.code)) for one in shown.respondents]
        rows.append((row.id, row.en if english else row.zh, *counts, shown.count(row.id)))
    return to_csv(rows)


def replies_csv(report: Report, texts: PageTexts) -> bytes:
    """Return a row for each reply: who, when, in which language, on which pages."""
    head = (
        *("code", texts.respondent, "name_en", texts.kind, texts.language),
        *(texts.date, texts.pages, texts.passages),
    )
    rows: list[Sequence[Cell]] = [head]
    for reply in report.replies:
        one, language = reply.respondent, reply.original_language or ""
        rows.append(
            (
                one.code,
                one.name,
                one.name_en,
                texts.kinds[one.kind],
                texts.chat.languages.get(language, language),
                reply.date.isoformat() if reply.date else "",
                f"{reply.pages[0]}–{reply.pages[-1]}",
                len(reply.passages),
            )
        )
    return to_csv(rows)


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV; a text that a spreadsheet would compute is kept a text."""
    written = io.StringIO()
    csv.writer(written).writerows([[_plain(cell) for cell in row] for row in rows])
    return (MARK + written.getvalue()).encode()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
