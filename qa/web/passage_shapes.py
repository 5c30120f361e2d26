"""The shapes of what REST returns of the report: passages, found or asked for by id."""

from typing import Annotated

from pydantic import Field

from corpus.types import PassageKind, RespondentKind
from qa.web.schemas import Shape


class SpanShape(Shape):
    """Characters of a passage's text, the end not included."""

    start: int
    end: int


class PassageIdentityShape(Shape):
    """A passage of the report and where it stands; ``url`` is its place in the reader."""

    passage_id: str
    respondent: str
    code: str
    symbol: str
    heading: list[str]
    paragraph: int
    pages: list[int]
    original_language: str | None
    date: str | None
    text: str
    url: str


class FoundShape(PassageIdentityShape):
    """A passage that a search found; ``highlights`` are the words of the query in its text."""

    rank: int
    score: float
    highlights: list[SpanShape]


class SearchShape(Shape):
    """Passages nearest to a text, best first. Scores compare within one search only."""

    query: str
    count: int
    results: list[FoundShape]
    index: str


class PageStartShape(Shape):
    """From this character of the text on, the page is this one."""

    start: int
    page: int


class TopicShape(Shape):
    """A subject of the editorial notes."""

    id: str
    zh: str
    en: str


class UnofficialShape(Shape):
    """Editorial notes on a passage, neither part of the report nor an official translation."""

    paraphrase: str
    gloss: Annotated[list[str], Field(description="English, one line a sentence.")]
    topics: list[TopicShape]


class PassageShape(PassageIdentityShape):
    """One passage with all that is known of it, and its neighbours in the report."""

    respondent_kind: RespondentKind
    kind: PassageKind
    page_starts: list[PageStartShape]
    lines: Annotated[list[int], Field(description="First and last line of the source.")]
    sentences: list[SpanShape]
    rows: Annotated[list[list[str]], Field(description="Cells of a table, as printed.")]
    lead: str
    unofficial: UnofficialShape | None
    previous: PassageIdentityShape | None
    next: PassageIdentityShape | None
