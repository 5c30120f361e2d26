"""A report parsed: sections, replies and their passages, checked against the catalogue."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from corpus.blocks import Block, read_blocks
from corpus.catalogue import Catalogue
from corpus.pages import read_pages
from corpus.paragraphs import Paragraph, read_paragraphs
from corpus.passages import block_passages, header_passage
from corpus.types import ParseError, Reply, Respondent

_SECTION = re.compile(r"[一二三四五六七八九十]+\. .*")
_ORIGINAL = re.compile(r"\[原件：(\S+)\]")
_DATE = re.compile(r"\[(\d{4}) 年 (\d{1,2}) 月 (\d{1,2}) 日\]")
_NUMBERED = re.compile(r"(\d+)\. ")


def parse(text: str, catalogue: Catalogue) -> tuple[Reply, ...]:
    """Return the replies of a report in printed order, the introduction first.

    Raises ``ParseError`` with what was expected, what was found and at which source line.
    """
    paragraphs = read_paragraphs(read_pages(text, catalogue))
    replies = tuple(
        _introduction(header, body, catalogue)
        if header.respondent.kind == "introduction"
        else _reply(header, body, catalogue)
        for header, body in _split_replies(paragraphs, catalogue)
    )
    _check_counts(replies, catalogue)
    return replies


class _Header:
    """Where a reply begins: its respondent and the lines of its heading."""

    def __init__(self, respondent: Respondent, paragraphs: Sequence[Paragraph]) -> None:
        self.respondent = respondent
        self.paragraphs = tuple(paragraphs)


def _split_replies(
    paragraphs: Sequence[Paragraph], catalogue: Catalogue
) -> list[tuple[_Header, Sequence[Paragraph]]]:
    """Return each reply's header and body, in order; every respondent must come exactly once."""
    starts: list[tuple[int, int]] = []
    for index, paragraph in enumerate(paragraphs):
        section = bool(_SECTION.fullmatch(paragraph.text))
        if section and index == 0:
            starts.append((0, 1))
        elif index + 1 < len(paragraphs) and _ORIGINAL.fullmatch(paragraphs[index + 1].text):
            above = 1 if _SECTION.fullmatch(paragraphs[index - 1].text) else 0
            starts.append((index - above, index + 3))
    expected = (catalogue.introduction, *catalogue.respondents)
    if len(starts) != len(expected):
        raise ParseError(
            f"line 1: expected {len(expected)} headed parts, found {len(starts)} "
            f"by line {paragraphs[-1].lines[1]}"
        )
    ends = [first for first, _ in starts[1:]] + [len(paragraphs)]
    return [
        (_Header(respondent, paragraphs[first:body]), paragraphs[body:end])
        for respondent, (first, body), end in zip(expected, starts, ends, strict=True)
    ]


def _introduction(header: _Header, body: Sequence[Paragraph], catalogue: Catalogue) -> Reply:
    for number, paragraph in enumerate(body, 1):
        match = _NUMBERED.match(paragraph.text)
        if match is None or int(match[1]) != number:
            line = paragraph.lines[0]
            raise ParseError(
                f"line {line}: expected paragraph {number}., found {paragraph.text[:12]!r}"
            )
    found, wanted = len(body), catalogue.expected.introduction_paragraphs
    if found != wanted:
        line = header.paragraphs[0].lines[0]
        raise ParseError(f"line {line}: expected {wanted} numbered paragraphs, found {found}")
    reply = Reply(header.respondent, None, None, _pages(header, body), ())
    blocks = tuple(Block("paragraph", (), (), ((paragraph,),)) for paragraph in body)
    return _with_passages(reply, header, blocks, catalogue)


def _reply(header: _Header, body: Sequence[Paragraph], catalogue: Catalogue) -> Reply:
    name, original, day = header.paragraphs[-3:]
    respondent = header.respondent
    if name.text != respondent.name:
        raise ParseError(
            f"line {name.lines[0]}: expected the reply of {respondent.name}, found {name.text!r}"
        )
    language = _ORIGINAL.fullmatch(original.text)
    match = _DATE.fullmatch(day.text)
    if language is None or match is None:
        raise ParseError(
            f"line {original.lines[0]}: expected [原件：…] and a date [… 年 … 月 … 日], "
            f"found {original.text!r} and {day.text!r}"
        )
    if not body:
        raise ParseError(f"line {day.lines[1]}: the reply of {respondent.name} is empty")
    reply = Reply(
        respondent,
        original_language=language[1],
        date=date(int(match[1]), int(match[2]), int(match[3])),
        pages=_pages(header, body),
        passages=(),
    )
    return _with_passages(reply, header, read_blocks(respondent.code, body, catalogue), catalogue)


def _with_passages(
    reply: Reply, header: _Header, blocks: Sequence[Block], catalogue: Catalogue
) -> Reply:
    first = header_passage(reply, catalogue.symbol, header.paragraphs)
    rest = block_passages(reply, catalogue.symbol, blocks)
    return replace(reply, passages=(first, *rest))


def _pages(header: _Header, body: Sequence[Paragraph]) -> tuple[int, ...]:
    everything = (*header.paragraphs, *body)
    return tuple(sorted({page for paragraph in everything for page in paragraph.pages}))


def _check_counts(replies: Sequence[Reply], catalogue: Catalogue) -> None:
    expected = catalogue.expected
    kinds = [reply.respondent.kind for reply in replies]
    passages = [passage for reply in replies for passage in reply.passages]
    last = max(passage.lines[1] for passage in passages)
    for name, want, found in (
        ("governments", expected.governments, kinds.count("government")),
        ("organisations", expected.organisations, kinds.count("organisation")),
        ("tables", expected.tables, sum(passage.kind == "table" for passage in passages)),
        ("passages", expected.passages, len(passages)),
    ):
        if want != found:
            raise ParseError(f"by line {last}: expected {want} {name}, found {found}")
    for before, after in pairwise(passages):
        if before.lines[1] > after.lines[1]:
            raise ParseError(f"line {after.lines[0]}: {after.id} stands before {before.id}")
