"""Table: cells, totals, sums and differences, with the arithmetic shown and the rows cited."""

import re
from dataclasses import dataclass

from corpus import Passage
from corpus.types import Span, TableRow
from qa import patterns
from qa.draft import Draft, Writer
from qa.knowledge import Knowledge
from qa.understand import Understanding
from qa.wording import name_of, phrase

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNT = re.compile(r"(\d+) ?([台件])")
_GOODS = {
    "便携": r"便携|portable|手持|handheld",
    "移动": r"移动|mobile",
    "固定": r"固定(?!.{0,4}零)|fixed|stationary",
    "零配件": r"零配件|零件|配件|spare|parts",
}


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
            if (match := _COUNT.match(item))
        )


def rows_of(passage: Passage) -> tuple[Row, ...]:
    """Return the rows of a table below its header, each with the span that prints it."""
    rows, header = passage.rows, passage.rows[0]
    body = passage.sentences[-len(rows) + 1 :]
    return tuple(
        Row(passage, span, row, _years(row.cells[0]), int(row.cells[-1].replace(" ", "")))
        for span, row in zip(body, [row for row in rows if row is not header], strict=True)
    )


def table(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """Return the answer from the tables, or None where they do not hold what is asked."""
    text = asked.normalised
    tables = _tables_asked(text, knowledge)
    rows = [row for passage in tables for row in rows_of(passage)]
    body = [row for row in rows if not row.row.total]
    years = {int(year) for year in _YEAR.findall(text)}
    goods = [name for name, pattern in _GOODS.items() if re.search(pattern, text)]
    chosen = [row for row in body if not years or years & set(row.years)]
    chosen = [row for row in chosen if not goods or any(g in row.row.cells[1] for g in goods)]
    if (years or goods) and not chosen:
        return None
    writer = Writer(asked.language)
    pieces = _asks_pieces(text)
    if pieces:
        _say_pieces(writer, chosen, goods, knowledge)
    elif years or goods:
        _say_amounts(writer, asked, chosen, knowledge)
    else:
        _say_totals(writer, asked, rows, knowledge)
    return writer.draft("table")


def _tables_asked(text: str, knowledge: Knowledge) -> tuple[Passage, ...]:
    """Return the tables whose caption the question recalls, or all of them."""
    scored = []
    for passage in knowledge.tables:
        caption = passage.heading[-1] if passage.heading else ""
        words = knowledge.searcher.terms(caption) & knowledge.searcher.terms(text)
        others = [p.heading[-1] for p in knowledge.tables if p is not passage and p.heading]
        common = set().union(*(knowledge.searcher.terms(other) for other in others))
        scored.append((len(words - common), passage))
    best = max(score for score, _ in scored)
    return tuple(passage for score, passage in scored if score == best)


def _years(cell: str) -> tuple[int, ...]:
    years = [int(year) for year in re.findall(r"\d{4}", cell)]
    return tuple(range(years[0], years[-1] + 1)) if years else ()


def _asks_pieces(text: str) -> bool:
    return bool(
        re.search(r"多少[台件]|几[台件]|台数|件数|设备数量|how many", text)
        and not re.search(r"美元|金额|多少钱|总额|dollar|usd|worth|value", text)
    )


def _say_row(writer: Writer, row: Row, knowledge: Knowledge) -> int:
    who = name_of(knowledge.respondents[row.passage.code], writer.language)
    n = writer.cite(row.passage, row.span)
    key = "table_total" if row.row.total else "table_row"
    line = phrase(
        key,
        writer.language,
        who=who,
        year=row.row.cells[0],
        items=row.row.cells[1].replace("\n", "、"),
        amount=row.row.cells[-1],
    )
    writer.say(line, [n], row.passage.code)
    return n


def _say_amounts(
    writer: Writer, asked: Understanding, rows: list[Row], knowledge: Knowledge
) -> None:
    marks = [_say_row(writer, row, knowledge) for row in rows]
    if len(rows) < 2:
        return
    code = rows[0].passage.code
    if patterns.DIFFERENCE.search(asked.normalised) and len(rows) == 2:
        big, small = sorted((row.amount for row in rows), reverse=True)
        formula, result = f"{spaced(big)} - {spaced(small)}", big - small
    else:
        formula = " + ".join(spaced(row.amount) for row in rows)
        result = sum(row.amount for row in rows)
    _say_sum(writer, formula, result, marks, code)


def _say_totals(
    writer: Writer, asked: Understanding, rows: list[Row], knowledge: Knowledge
) -> None:
    totals = [row for row in rows if row.row.total]
    marks = [_say_row(writer, row, knowledge) for row in totals]
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


def _say_pieces(writer: Writer, rows: list[Row], goods: list[str], knowledge: Knowledge) -> None:
    marks = [_say_row(writer, row, knowledge) for row in rows]
    counts = [
        count
        for row in rows
        for count, item in row.counts
        if not goods or any(name in item for name in goods)
    ]
    if len(counts) > 1:
        formula = " + ".join(map(str, counts))
        line = phrase(
            "table_sum", writer.language, formula=formula, result=sum(counts), unit="台/件"
        )
        writer.say(line, marks, rows[0].passage.code)


def _say_sum(writer: Writer, formula: str, result: int, marks: list[int], code: str) -> None:
    unit = "US$" if writer.language == "en" else "美元"
    line = phrase("table_sum", writer.language, formula=formula, result=spaced(result), unit=unit)
    writer.say(line, marks, code)


def spaced(number: int) -> str:
    """Return a number with the report's thousands separator, a space."""
    return f"{number:,}".replace(",", " ")
