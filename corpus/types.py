"""The nouns of the corpus: respondents, replies, passages, the report, and what can go wrong."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

RespondentKind = Literal["introduction", "government", "organisation"]
PassageKind = Literal["header", "paragraph", "list", "table"]
Span = tuple[int, int]
"""Half-open character offsets ``[start, end)`` into a passage's text."""
PageStart = tuple[int, int]
"""``(offset, page)``: from this character of a text on, the page is this one."""


class CorpusError(Exception):
    """A report cannot be used as it is; the message says what was expected and what was found."""


class ParseError(CorpusError):
    """The report's text is damaged or is not what the catalogue describes."""


class CatalogueError(CorpusError):
    """The report's sidecar is missing a field or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """One voice of the report. ``name`` is spelt as the report's heading prints it."""

    code: str
    kind: RespondentKind
    name: str
    name_hant: str
    name_en: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write this respondent, the longest first."""
        names = {self.name, self.name_hant, self.name_en, *self.aliases}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, slots=True)
class Group:
    """Respondents that are asked about together, with the words that mean them."""

    id: str
    name: str
    name_en: str
    spellings: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its cells as printed, a cell of several items joined by a line break."""

    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval and citation: a header, paragraph, list or table of one respondent.

    ``text`` is the report's own text with the hard wraps undone; nothing else is ever quoted.
    ``sentences`` are spans of ``text`` (headings above the body are in no sentence).
    ``paragraph`` is the printed number in the introduction and the ordinal elsewhere; the parts
    of a long paragraph share it. ``pages`` and ``lines`` are those of the source, both 1-based.
    ``page_starts`` says where each of the pages begins in the text, the first of them at 0.
    ``lead`` repeats the lead-in of a list for its later parts, as context and never as evidence.
    """

    id: str
    symbol: str
    code: str
    respondent: str
    respondent_kind: RespondentKind
    kind: PassageKind
    original_language: str | None
    date: date | None
    heading: tuple[str, ...]
    paragraph: int
    pages: tuple[int, ...]
    lines: tuple[int, int]
    text: str
    sentences: tuple[Span, ...]
    rows: tuple[TableRow, ...] = ()
    lead: str = ""
    page_starts: tuple[PageStart, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a passage whose sentences do not lie inside its text, in order."""
        last = 0
        for start, end in self.sentences:
            if not last <= start < end <= len(self.text):
                raise CorpusError(f"{self.id}: sentence {start}:{end} outside the text")
            last = end


@dataclass(frozen=True, slots=True)
class Reply:
    """What one respondent sent in: catalogue data and its passages, in order."""

    respondent: Respondent
    original_language: str | None
    date: date | None
    pages: tuple[int, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: identity, replies in printed order, and everything reachable from them."""

    symbol: str
    title: str
    title_en: str
    language: str
    session: int
    agenda_title: str
    job_number: str
    closing_date: date
    sha256: str
    introduction: Respondent
    groups: tuple[Group, ...]
    replies: tuple[Reply, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in printed order."""
        return tuple(passage for reply in self.replies for passage in reply.passages)

    @property
    def respondents(self) -> tuple[Respondent, ...]:
        """The respondents that replied, in printed order (the introduction is not one of them)."""
        found = (reply.respondent for reply in self.replies)
        return tuple(one for one in found if one.kind != "introduction")
