"""Blocks made into passages: the units of retrieval and citation."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.paragraphs import Paragraph
from corpus.sentences import sentence_spans
from corpus.types import PageStart, Passage, PassageKind, Reply, TableRow

MAX_PASSAGE = 400
"""Characters; a longer paragraph or list is split at the ends of sentences or items."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a block that will stand on a line of its own, or a sentence of one."""

    text: str
    lines: tuple[int, int]
    page_starts: tuple[PageStart, ...]
    glue: str


def header_passage(reply: Reply, symbol: str, paragraphs: Sequence[Paragraph]) -> Passage:
    """Return the passage of a reply's own heading: section title, name, original, date."""
    return _passage(reply, symbol, _Draft("header", (), 0, (), [*map(_line, paragraphs)]))


def block_passages(reply: Reply, symbol: str, blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Return the passages of a reply's blocks, in order, numbered from 1."""
    drafts: list[_Draft] = []
    for number, block in enumerate(blocks, 1):
        drafts += _drafts(number, block)
    return tuple(_passage(reply, symbol, draft, n) for n, draft in enumerate(drafts, 1))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage before it has a number."""

    kind: PassageKind
    heading: tuple[str, ...]
    paragraph: int
    above: tuple[Paragraph, ...]
    pieces: Sequence[_Piece]
    rows: tuple[TableRow, ...] = ()
    lead: str = ""


def _drafts(number: int, block: Block) -> list[_Draft]:
    pieces = [piece for part in block.parts for piece in _pieces(block.kind, part)]
    groups = [pieces] if block.kind == "table" else _split(pieces)
    lead = _lead(block)
    return [
        _Draft(
            kind=block.kind,
            heading=block.heading,
            paragraph=number,
            above=block.fresh if index == 0 else (),
            pieces=group,
            rows=block.rows,
            lead=lead if index else "",
        )
        for index, group in enumerate(groups)
    ]


def _pieces(kind: PassageKind, part: Sequence[Paragraph]) -> list[_Piece]:
    lines = (part[0].lines[0], part[-1].lines[1])
    text, starts = _joined([(" ", paragraph.text, paragraph.page_starts) for paragraph in part])
    spans = sentence_spans(text) if kind == "paragraph" else ((0, len(text)),)
    pieces = [
        _Piece(text[start:end], lines, _within(starts, start, end), "\n" if index == 0 else "")
        for index, (start, end) in enumerate(spans)
    ]
    notes = [paragraph.note for paragraph in part if paragraph.note]
    return pieces + [_Piece(note.text, lines, ((0, note.page),), "\n") for note in notes]


def _split(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces in as few groups of near-equal length as the limit allows."""
    total = sum(len(piece.text) for piece in pieces)
    wanted = math.ceil(total / MAX_PASSAGE)
    groups: list[list[_Piece]] = [[]]
    used = 0
    for piece in pieces:
        target = total * len(groups) / wanted
        if groups[-1] and len(groups) < wanted and used + len(piece.text) / 2 > target:
            groups.append([])
        groups[-1].append(piece)
        used += len(piece.text)
    return groups


def _lead(block: Block) -> str:
    if block.kind != "list":
        return ""
    first = block.parts[0][0].text
    spans = sentence_spans(first)
    return first[slice(*spans[-1])] if first.endswith("：") else ""


def _line(paragraph: Paragraph) -> _Piece:
    return _Piece(paragraph.text, paragraph.lines, paragraph.page_starts, "\n")


def _joined(
    parts: Iterable[tuple[str, str, tuple[PageStart, ...]]],
) -> tuple[str, tuple[PageStart, ...]]:
    """Return texts, each with its glue before it (the first without), and where pages begin."""
    text = ""
    starts: dict[int, int] = {}
    for glue, added, pages in parts:
        text += glue if text else ""
        for offset, page in pages:
            starts.setdefault(page, len(text) + offset)
        text += added
    return text, tuple((offset, page) for page, offset in starts.items())


def _within(starts: tuple[PageStart, ...], start: int, end: int) -> tuple[PageStart, ...]:
    """Return the page starts of ``text[start:end]``, the first of them at 0."""
    first = max(index for index, (offset, _) in enumerate(starts) if offset <= start)
    return tuple((max(offset - start, 0), page) for offset, page in starts[first:] if offset < end)


def _passage(reply: Reply, symbol: str, draft: _Draft, number: int = 0) -> Passage:
    pieces = [*map(_line, draft.above), *draft.pieces]
    text, page_starts = _joined([(piece.glue, piece.text, piece.page_starts) for piece in pieces])
    respondent = reply.respondent
    return Passage(
        id=f"{symbol.replace('/', '-')}/{respondent.code}/{number}",
        symbol=symbol,
        code=respondent.code,
        respondent=respondent.name,
        respondent_kind=respondent.kind,
        kind=draft.kind,
        original_language=reply.original_language,
        date=reply.date,
        heading=draft.heading,
        paragraph=draft.paragraph,
        pages=tuple(sorted(page for _, page in page_starts)),
        lines=(min(p.lines[0] for p in pieces), max(p.lines[1] for p in pieces)),
        text=text,
        sentences=sentence_spans(text, sum(len(paragraph.text) + 1 for paragraph in draft.above)),
        rows=draft.rows,
        lead=draft.lead,
        page_starts=page_starts,
    )
