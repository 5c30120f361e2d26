"""The logical layer: lines joined into paragraphs as they were written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.pages import Footnote, Line, Pages
from corpus.types import PageStart, ParseError

HAN = r"㐀-䶿一-鿿"
_WORD = re.compile(r"[0-9A-Za-z]")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the hard wraps undone; ``note`` is the footnote that it carries."""

    text: str
    lines: tuple[int, int]
    page_starts: tuple[PageStart, ...]
    indented: bool
    note: Footnote | None = None

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the paragraph stands on, in order."""
        return tuple(page for _, page in self.page_starts)


def read_paragraphs(pages: Pages) -> tuple[Paragraph, ...]:
    """Return the paragraphs in order, each footnote given to the paragraph that holds its mark."""
    paragraphs: list[Paragraph] = []
    open_lines: list[Line] = []
    for line in pages.lines:
        open_lines.append(line)
        if line.ends:
            paragraphs.append(_paragraph(open_lines))
            open_lines = []
    if open_lines:
        last = open_lines[-1]
        raise ParseError(f"line {last.number}: the text stops inside a paragraph: {last.text!r}")
    for note in pages.footnotes:
        _give(note, paragraphs)
    return tuple(paragraphs)


def join_lines(texts: Iterable[str]) -> str:
    """Return hard-wrapped lines as one text.

    Chinese runs on without a space. Two words or digit groups are kept apart, and so are a number
    and its Chinese unit, because that is how the report prints them within a line.
    """
    joined = ""
    for text in texts:
        joined += (" " if joined and _needs_space(joined[-1], text[0]) else "") + text
    return joined


def note_mark(number: int) -> re.Pattern[str]:
    """Return what finds the mark of a footnote: its number, glued to the word before it."""
    return re.compile(rf"(?<=[{HAN}》”]){number}(?=[{HAN}，。；])")


def _needs_space(left: str, right: str) -> bool:
    if _WORD.match(left):
        return bool(_WORD.match(right) or _HAN.match(right))
    return bool(_HAN.match(left) and _WORD.match(right))


def _paragraph(lines: list[Line]) -> Paragraph:
    text = ""
    starts: dict[int, int] = {}
    for line in lines:
        text = join_lines((text, line.text)) if text else line.text
        starts.setdefault(line.page, len(text) - len(line.text))
    return Paragraph(
        text=text,
        lines=(lines[0].number, lines[-1].number),
        page_starts=tuple((offset, page) for page, offset in starts.items()),
        indented=lines[0].indented,
    )


def _give(note: Footnote, paragraphs: list[Paragraph]) -> None:
    """Attach a note to the one paragraph of its page that holds its mark."""
    mark = note_mark(note.number)
    homes = [
        index
        for index, paragraph in enumerate(paragraphs)
        if note.page in paragraph.pages and mark.search(paragraph.text)
    ]
    if len(homes) != 1:
        raise ParseError(
            f"line {note.line}: expected one mark of footnote {note.number} "
            f"on page {note.page}, found {len(homes)}"
        )
    home = paragraphs[homes[0]]
    paragraphs[homes[0]] = replace(home, note=note)
