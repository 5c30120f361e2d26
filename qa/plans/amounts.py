"""Rows of a table as lines of an answer, with the arithmetic shown and the rows cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.types import Span, TableRow
from qa import patterns
from qa.draft import Writer
from qa.knowledge import Knowledge
from qa.understand import Understanding
from qa.wording import name_of, phrase

COUNT = re.compile(r"(\d+) ?([台件])")
"""A number of pieces."""
_A_YEAR = re.compile(r"(?:每|一)年|年均|(?:per|a|each) year|yearly|annual")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with its place in the passage. ``amount`` is in the table's unit."""

    passage: Passage
    span: Span
    row: TableRow
    years: tuple[int, ...]
    amount: int

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """Number of pieces and what they are, one pair an item."""
        return tuple(
            (int(match[1]), item)
            for item in self.row.cells[1].split("\n")
            if (match := COUNT.match(item))
        )


def rows_of(passage: Passage) -> tuple[Row, ...]:
    """Return the rows of a table below its header, each with the span that prints it."""
    rows, header = passage.rows, passage.rows[0]
    body = passage.sentences[-len(rows) + 1 :]
    return tuple(
        Row(passage, span, row, _years(row.cells[0]), int(row.cells[-1].replace(" ", "")))
        for span, row in zip(body, [row for row in rows if row is not header], strict=True)
    )


def _years(cell: str) -> tuple[int, ...]:
    years = [int(year) for year in re.findall(r"\d{4}", cell)]
    return tuple(range(years[0], years[-1] + 1)) if years else ()


def say_row(writer: Writer, row: Row, knowledge: Knowledge) -> int:
    """Write a row, or a printed total, and return the number of its citation."""
    who = name_of(knowledge.respondents[row.passage.code], writer.language)
    n = writer.cite(row.passage, row.span)
    key = "table_total" if row.row.total else "table_row"
    line = phrase(
        key,
        writer.language,
        who=who,
        table=row.passage.heading[-1].rstrip("：") if row.passage.heading else "",
        year=row.row.cells[0],
        items=row.row.cells[1].replace("\n", "、"),
        amount=row.row.cells[-1],
    )
    writer.say(line, [n], row.passage.code)
    return n


def say_amounts(
    writer: Writer, asked: Understanding, rows: list[Row], knowledge: Knowledge
) -> None:
    """Write rows and their sum, or the difference of two where one is asked for."""
    marks = [say_row(writer, row, knowledge) for row in rows]
    difference = patterns.DIFFERENCE.search(asked.normalised)
    if len(rows) < 2 or (difference and len(rows) > 2):
        return
    code = rows[0].passage.code
    if difference:
        big, small = sorted((row.amount for row in rows), reverse=True)
        formula, result = f"{spaced(big)} - {spaced(small)}", big - small
    else:
        formula = " + ".join(spaced(row.amount) for row in rows)
        result = sum(row.amount for row in rows)
    _say_sum(writer, formula, result, marks, code)


def say_totals(writer: Writer, asked: Understanding, rows: list[Row], knowledge: Knowledge) -> None:
    """Write the printed totals, their sum or difference, and where the rows add up otherwise."""
    totals = [row for row in rows if row.row.total]
    marks = [say_row(writer, row, knowledge) for row in totals]
    code = totals[0].passage.code
    if len(totals) == 2:
        first, second = (row.amount for row in totals)
        if patterns.DIFFERENCE.search(asked.normalised):
            big, small = max(first, second), min(first, second)
            _say_sum(writer, f"{spaced(big)} - {spaced(small)}", big - small, marks, code)
        else:
            _say_sum(writer, f"{spaced(first)} + {spaced(second)}", first + second, marks, code)
    for total in totals:
        parts = [row for row in rows if row.passage is total.passage and not row.row.total]
        added = sum(row.amount for row in parts)
        if added != total.amount:
            numbers = [writer.cite(row.passage, row.span) for row in parts]
            formula = " + ".join(spaced(row.amount) for row in parts)
            _say_sum(writer, formula, added, numbers, code)
            line = phrase(
                "printed_differs",
                writer.language,
                printed=spaced(total.amount),
                difference=spaced(abs(added - total.amount)),
            )
            n = writer.cite(total.passage, total.span)
            writer.say(line, [n], code)


def say_pieces(writer: Writer, rows: list[Row], goods: list[str], knowledge: Knowledge) -> None:
    """Write rows and how many pieces they are together, of some goods or of all."""
    marks = [say_row(writer, row, knowledge) for row in rows]
    counts = [
        count for row in rows for count, item in row.counts if not goods or _is_of(item, goods)
    ]
    if len(counts) > 1:
        formula = " + ".join(map(str, counts))
        line = phrase(
            "table_sum", writer.language, formula=formula, result=sum(counts), unit="台/件"
        )
        writer.say(line, marks, rows[0].passage.code)


def say_average(
    writer: Writer, asked: Understanding, rows: list[Row], goods: list[str], knowledge: Knowledge
) -> None:
    """Write rows and their average a year or, of those with some goods alone, a piece."""
    marks = [say_row(writer, row, knowledge) for row in rows]
    if _A_YEAR.search(asked.normalised):
        pure, divisor = rows, len(rows)
    else:
        pure = [row for row in rows if not goods or all(_is_of(it, goods) for _, it in row.counts)]
        divisor = sum(count for row in pure for count, _ in row.counts)
    if not divisor:
        return
    amount = sum(row.amount for row in pure)
    average = round(amount / divisor, 2)
    unit = "US$" if writer.language == "en" else "美元"
    line = phrase(
        "table_sum",
        writer.language,
        formula=f"{spaced(amount)} ÷ {divisor}",
        result=spaced(int(average)) if average == int(average) else f"{average:.2f}",
        unit=unit,
    )
    writer.say(line, [marks[rows.index(row)] for row in pure], rows[0].passage.code)


def _is_of(item: str, goods: Sequence[str]) -> bool:
    return any(name in item for name in goods)


def _say_sum(writer: Writer, formula: str, result: int, marks: list[int], code: str) -> None:
    unit = "US$" if writer.language == "en" else "美元"
    line = phrase("table_sum", writer.language, formula=formula, result=spaced(result), unit=unit)
    writer.say(line, marks, code)


def spaced(number: int) -> str:
    """Return a number with the report's thousands separator, a space."""
    return f"{number:,}".replace(",", " ")
