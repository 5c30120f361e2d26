"""The structure of one reply: paragraphs told apart into headings, paragraphs, lists and tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.paragraphs import Paragraph
from corpus.tables import is_table_header, read_table
from corpus.types import ParseError, PassageKind, TableRow

MAX_HEADING = 40
"""Characters; a longer line without a full stop is text."""
_OPEN_END = tuple("。！？；：…，")
_SUB_NUMBERED = re.compile(r"\(\d+\) ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list or table. Each of ``parts`` becomes a line of the passage: the lead-in and
    the items, the header and the rows, or the one paragraph; a part may span several paragraphs.

    ``heading`` is the path in force, ``fresh`` are the headings that stand directly above.
    """

    kind: PassageKind
    heading: tuple[str, ...]
    fresh: tuple[Paragraph, ...]
    parts: tuple[tuple[Paragraph, ...], ...]
    rows: tuple[TableRow, ...] = ()


def read_blocks(
    code: str, paragraphs: Sequence[Paragraph], catalogue: Catalogue
) -> tuple[Block, ...]:
    """Return the blocks of one reply in order; ``ParseError`` when declared structure is absent."""
    reader = _Reader(code, paragraphs, catalogue)
    while reader.rest:
        reader.step()
    reader.check()
    return tuple(reader.blocks)


class _Reader:
    """Walks the paragraphs of one reply; the heading path in force is its state."""

    def __init__(self, code: str, paragraphs: Sequence[Paragraph], catalogue: Catalogue) -> None:
        self.code = code
        self.rest = list(paragraphs)
        self.blocks: list[Block] = []
        self._path: tuple[str, ...] = ()
        self._fresh: tuple[Paragraph, ...] = ()
        self._lists = [mark for mark in catalogue.lists if mark.respondent == code]
        self._captions = [mark for mark in catalogue.captions if mark.respondent == code]
        self._resets = [mark for mark in catalogue.resets if mark.respondent == code]
        self._tables = [shape for shape in catalogue.tables if shape.respondent == code]

    def step(self) -> None:
        """Take the next heading or block."""
        paragraph = self.rest[0]
        level = self._heading_level(paragraph)
        if level:
            self._take_heading(paragraph, level)
            return
        for reset in [mark for mark in self._resets if paragraph.text.startswith(mark.before)]:
            self._path = self._path[: reset.keep]
            self._resets.remove(reset)
        for shape in self._tables:
            if is_table_header(paragraph, shape):
                table = read_table(self.rest, shape)
                self._add("table", table.lines, table.taken, table.rows)
                return
        items = self._items_after(paragraph)
        kind: PassageKind = "list" if items else "paragraph"
        taken = 1 + items
        self._add(kind, tuple((part,) for part in self.rest[:taken]), taken)

    def _take_heading(self, paragraph: Paragraph, level: int) -> None:
        self._path = (*self._path[: level - 1], paragraph.text)
        self._fresh += (paragraph,)
        self.rest.pop(0)
        items = self._items_after(paragraph)
        if items:
            self._add("list", tuple((part,) for part in self.rest[:items]), items)

    def _add(
        self,
        kind: PassageKind,
        parts: tuple[tuple[Paragraph, ...], ...],
        taken: int,
        rows: tuple[TableRow, ...] = (),
    ) -> None:
        self.blocks.append(Block(kind, self._path, self._fresh, parts, rows))
        self._fresh = ()
        del self.rest[:taken]

    def _heading_level(self, paragraph: Paragraph) -> int:
        """Return 1 for a heading, more for one below another, 0 for what is no heading."""
        text = paragraph.text
        for caption in self._captions:
            if text == caption.text:
                self._captions.remove(caption)
                return caption.level
        one_line = paragraph.lines[0] == paragraph.lines[1]
        if not one_line or len(text) > MAX_HEADING or text.endswith(_OPEN_END):
            return 0
        if any(is_table_header(paragraph, shape) for shape in self._tables):
            return 0
        return 2 if _SUB_NUMBERED.match(text) else 1

    def _items_after(self, paragraph: Paragraph) -> int:
        """Return how many list items follow this lead-in, 0 for none."""
        for mark in self._lists:
            if paragraph.text.endswith(mark.lead):
                self._lists.remove(mark)
                return mark.items
        return 0

    def check(self) -> None:
        """Raise ``ParseError`` for declared structure that was not met and for a loose heading."""
        unmet = [*self._lists, *self._captions, *self._resets]
        if unmet:
            raise ParseError(f"{self.code}: expected {unmet[0]}, found no such line")
        if self._fresh:
            line = self._fresh[-1].lines[0]
            raise ParseError(f"line {line}: a heading with nothing below: {self._fresh[-1].text!r}")
