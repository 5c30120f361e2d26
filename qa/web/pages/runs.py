"""A passage's text as HTML in which every character keeps its place.

Each piece of text stands in an element whose ``data-at`` is the offset of its first character in
``Passage.text``. Put together in order, these elements hold the whole text and nothing else, so
that a citation's span can be lit up to the character in a paragraph, a list or a table.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from corpus import Passage
from corpus.paragraphs import note_mark
from corpus.types import Span

RUN = Markup('<span data-at="{}">{}</span>')
LINK = Markup('<a class="resolution" href="{}" rel="noopener noreferrer" target="_blank">{{}}</a>')
NOTE_MARK = Markup('<sup><a href="#note-{0}" id="note-{0}-mark" role="doc-noteref">{{}}</a></sup>')
COUNCIL = re.compile(r"第 ?(\d{3,4}) ?\((\d{4})\) ?号(?:决议)?")
ASSEMBLY = re.compile(r"第 ?(\d{2}/\d{1,3}) ?号决议")
NOTE = re.compile(r"(\d+) ")
UNDOCS = "https://undocs.org"
"""Only ever the target of a link that a person follows; no page loads anything from there."""


@dataclass(frozen=True, slots=True)
class Dressing:
    """What surrounds a span of the text; ``template`` takes the text."""

    start: int
    end: int
    template: Markup


@dataclass(frozen=True, slots=True)
class Setting:
    """A passage's text with what is set into it: marks where pages begin, links, note marks."""

    text: str
    marks: Mapping[int, Markup]
    dressings: tuple[Dressing, ...]

    def html(self, start: int, end: int) -> Markup:
        """Return ``text[start:end]`` as HTML."""
        cuts = {start, end, *self.marks}
        for one in self.dressings:
            cuts |= {one.start, one.end}
        inside = sorted(cut for cut in cuts if start <= cut <= end)
        return Markup("").join(self._run(*span) for span in pairwise(inside))

    def _run(self, start: int, end: int) -> Markup:
        run = RUN.format(start, self.text[start:end])
        for one in self.dressings:
            if one.start <= start < one.end:
                run = one.template.format(run)
        return self.marks.get(start, Markup("")) + run


def set_passage(
    passage: Passage, marks: Mapping[int, Markup], notes: Iterable[Span], lang: str
) -> Setting:
    """Return a passage ready to be written.

    ``notes`` are the lines that are its footnotes; resolutions open in ``lang``, zh or en.
    """
    links = _resolutions(passage.text, lang)
    return Setting(passage.text, marks, (*links, *_note_marks(passage, notes)))


def lines(text: str, start: int = 0) -> list[Span]:
    """Return the lines of a text from a character on; each includes the break that ends it."""
    spans = [match.span() for match in re.finditer(r"[^\n]*\n|[^\n]+", text[start:])]
    return [(start + first, start + last) for first, last in spans]


def note_number(line: str) -> int | None:
    """Return the number that a footnote's line begins with."""
    match = NOTE.match(line)
    return int(match[1]) if match else None


def _resolutions(text: str, lang: str) -> list[Dressing]:
    """Return a link for each resolution of the Council or the Assembly that the text names."""
    found = [(match, f"S/RES/{match[1]}({match[2]})") for match in COUNCIL.finditer(text)]
    found += [(match, f"A/RES/{match[1]}") for match in ASSEMBLY.finditer(text)]
    return [
        Dressing(*match.span(), LINK.format(f"{UNDOCS}/{lang}/{quote(symbol, safe='/()')}"))
        for match, symbol in found
    ]


def _note_marks(passage: Passage, notes: Iterable[Span]) -> list[Dressing]:
    """Return what raises the mark of each footnote and leads to it."""
    found = []
    for start, end in notes:
        number = note_number(passage.text[start:end])
        match = note_mark(number).search(passage.text[:start]) if number else None
        if match:
            found.append(Dressing(*match.span(), NOTE_MARK.format(number)))
    return found
