"""Where the sentences of a text begin and end."""

import re

from corpus.types import Span

_END = re.compile(r"[。！？]+[”’」』》)）]*|\n")


def sentence_spans(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the spans of the sentences of ``text[start:]``, without white space at their edges.

    A sentence ends with its full stop and the closing marks after it, or with its line.
    """
    spans: list[Span] = []
    for match in _END.finditer(text, start):
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        spans.append((start, end))
