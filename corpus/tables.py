"""Tables: rows whose cells may span lines, read up to the total row, over page breaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import TableShape
from corpus.paragraphs import Paragraph
from corpus.types import ParseError, TableRow

AMOUNT = r"\d{1,3}(?: \d{3})*"
_YEAR = re.compile(r"(\d{4}(?:-\d{4})?(?: 年)?) (.+)")
_ENDS_IN_AMOUNT = re.compile(rf"(?:(.*\D) )?({AMOUNT})")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: ``lines`` are the printed header and rows, ``taken`` counts the paragraphs
    used up, repeated headers (which are page furniture) included.
    """

    rows: tuple[TableRow, ...]
    lines: tuple[tuple[Paragraph, ...], ...]
    taken: int


def is_table_header(paragraph: Paragraph, shape: TableShape) -> bool:
    """Tell whether a paragraph is the header of such a table."""
    return paragraph.text == " ".join(shape.header)


def read_table(paragraphs: Sequence[Paragraph], shape: TableShape) -> Table:
    """Read the table whose header is the first paragraph; ``ParseError`` if its end is missing."""
    rows = [TableRow(shape.header)]
    lines: list[tuple[Paragraph, ...]] = [(paragraphs[0],)]
    open_row: list[Paragraph] = []
    for taken, paragraph in enumerate(paragraphs[1:], 2):
        if is_table_header(paragraph, shape):
            continue
        open_row.append(paragraph)
        row = _row(open_row, shape)
        if row is None:
            continue
        rows.append(row)
        lines.append(tuple(open_row))
        open_row = []
        if row.total:
            return Table(tuple(rows), tuple(lines), taken)
    raise ParseError(f"line {paragraphs[0].lines[0]}: expected a total row {shape.total!r}")


def _row(lines: Sequence[Paragraph], shape: TableShape) -> TableRow | None:
    """Return the row that these lines print, or None while its amount is still to come."""
    *items, last = [line.text for line in lines]
    match = _ENDS_IN_AMOUNT.fullmatch(last)
    if match is None:
        return None
    items += [match[1]] if match[1] else []
    amount = match[2]
    if [item.strip() for item in items] == [shape.total]:
        return TableRow((shape.total, "", amount), total=True)
    year = _YEAR.fullmatch(items[0])
    if year is None:
        raise ParseError(f"line {lines[0].lines[0]}: expected a table row, found {items[0]!r}")
    return TableRow((year[1], "\n".join([year[2], *items[1:]]), amount))
