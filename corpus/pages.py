"""The physical layer: source lines told apart into pages, content, footnotes and furniture.

Within a page the extracted text separates its lines by blank lines. A page ends with its link
lines or runs straight on, so a text line with no blank line before it begins a new page; its first
line then carries one space too many. A few pages keep their printed header instead.
"""

import re
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.types import ParseError

LINK = re.compile(r"https://undocs\.org/")
PAGE_NUMBER = re.compile(r"(?<!\d)(\d+)/(\d+)(?!\d)")
RULE = re.compile(r"_{5,}")
NOTE = re.compile(r"(\d+) (\S.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: 1-based source line and page, whether it is indented or ends a paragraph.

    The extraction leaves a space at the end of a paragraph's last line, and only there.
    """

    number: int
    page: int
    text: str
    indented: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page, with its number as printed."""

    number: int
    text: str
    line: int
    page: int


@dataclass(frozen=True, slots=True)
class Pages:
    """The content of a report, its footnotes set apart and its furniture gone."""

    lines: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]


def read_pages(text: str, catalogue: Catalogue) -> Pages:
    """Return the content lines with their pages; ``ParseError`` when the pages do not add up."""
    reader = _Reader(catalogue)
    for number, raw in enumerate(text.split("\n"), 1):
        reader.read(number, raw)
    reader.check()
    return Pages(tuple(reader.lines), tuple(reader.footnotes))


class _Reader:
    """Reads the source line by line; what it has seen so far is its state."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.page = catalogue.expected.first_page
        self.lines: list[Line] = []
        self.footnotes: list[Footnote] = []
        self.printed: list[int] = []
        self.links = 0
        self._after_blank = True
        self._in_notes = False

    def read(self, number: int, raw: str) -> None:
        text = raw.strip()
        after_blank, self._after_blank = self._after_blank, not text
        if not text:
            return
        if LINK.match(text):
            self.links += 1
        elif text == self.catalogue.symbol:
            self._new_page()
        elif self.catalogue.job_number in text:
            self._check_printed(number, text)
        elif RULE.fullmatch(text):
            self._in_notes = True
        else:
            self._read_content(number, raw, after_blank)

    def _read_content(self, number: int, raw: str, after_blank: bool) -> None:
        if not after_blank:
            self._new_page()
            raw = raw.removeprefix(" ")
        text = raw.strip()
        if self._in_notes:
            self.footnotes.append(self._footnote(number, text))
            return
        self.lines.append(Line(number, self.page, text, raw.startswith(" "), raw.endswith(" ")))

    def _new_page(self) -> None:
        self.page += 1
        self._in_notes = False

    def _footnote(self, number: int, text: str) -> Footnote:
        match = NOTE.fullmatch(text)
        expected = len(self.footnotes) + 1
        if match is None or int(match[1]) != expected:
            raise ParseError(f"line {number}: expected footnote {expected}, found {text!r}")
        return Footnote(expected, text, number, self.page)

    def _check_printed(self, number: int, text: str) -> None:
        last = self.catalogue.expected.last_page
        match = PAGE_NUMBER.search(text.replace(self.catalogue.job_number, " "))
        if match is None or int(match[1]) != self.page or int(match[2]) != last:
            raise ParseError(f"line {number}: expected page {self.page}/{last}, found {text!r}")
        self.printed.append(self.page)

    def check(self) -> None:
        """Raise ``ParseError`` unless pages, printed numbers, links and footnotes are all there."""
        expected = self.catalogue.expected
        end = self.lines[-1].number if self.lines else 0
        for name, want, found in (
            ("last page", expected.last_page, self.page),
            ("printed page numbers", expected.printed_pages, tuple(self.printed)),
            ("link lines", expected.link_lines, self.links),
            ("footnotes", expected.footnotes, len(self.footnotes)),
        ):
            if want != found:
                raise ParseError(f"by line {end}: expected {name} {want}, found {found}")
