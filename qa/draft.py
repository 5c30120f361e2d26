"""An answer being written: lines, citations numbered as they come, and what each line claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.types import Span
from qa.types import Citation, Coverage, Kind, Language, Notice, Reason, Refusal, Statement
from qa.wording import phrase, refusal_message


@dataclass(frozen=True, slots=True)
class Draft:
    """The part of an answer that a plan decides."""

    kind: Kind
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    coverage: Coverage | None = None
    refusal: Refusal | None = None
    parts: tuple[str | Statement, ...] = ()
    """What the text is made of, in order: notes of our own and statements."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft, who wrote it, and what the reader must know of that."""

    draft: Draft
    engine: str = "extract"
    model: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One claim of several on a line."""

    text: str
    citations: tuple[int, ...]
    about: str | None = None


class Writer:
    """Writes an answer line by line; every claim names the citations that carry it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._lines: list[str] = []
        self._citations: list[Citation] = []
        self._parts: list[str | Statement] = []

    def cite(self, passage: Passage, span: Span) -> int:
        """Return the number of a citation of this span, a new one if it is not cited yet."""
        for citation in self._citations:
            if citation.passage.id == passage.id and (citation.start, citation.end) == span:
                return citation.n
        self._citations.append(Citation(len(self._citations) + 1, passage, *span))
        return len(self._citations)

    def say(self, text: str, citations: Sequence[int], about: str | None = None) -> None:
        """Write a line that claims something, with its marks."""
        numbers = tuple(dict.fromkeys(citations))
        marks = "".join(f"[{n}]" for n in numbers)
        self._lines.append(text + marks)
        self._parts.append(Statement(text, numbers, about))

    def say_list(self, head: str, items: Sequence[Item]) -> None:
        """Write several short claims on one line after a head of our own."""
        self._say_joined("; " if self.language == "en" else "；", head, items)

    def say_prose(self, sentences: Sequence[Item]) -> None:
        """Write several sentences on one line."""
        self._say_joined(" " if self.language == "en" else "", "", sentences)

    def _say_joined(self, separator: str, head: str, items: Sequence[Item]) -> None:
        pieces = [item.text + "".join(f"[{n}]" for n in item.citations) for item in items]
        self._lines.append(head + separator.join(pieces))
        self._parts += [head] if head else []
        self._parts += [Statement(item.text, item.citations, item.about) for item in items]

    def note(self, key: str, **slots: object) -> None:
        """Write a line of our own that claims nothing of a reply."""
        self.remark(phrase(key, self.language, **slots))

    def remark(self, text: str) -> None:
        """Write a line of our own that is worded already."""
        self._lines.append(text)
        self._parts.append(text)

    def draft(self, kind: Kind, coverage: Coverage | None = None) -> Draft:
        """Return what has been written."""
        return Draft(
            kind=kind,
            text="\n".join(self._lines),
            statements=tuple(part for part in self._parts if isinstance(part, Statement)),
            citations=tuple(self._citations),
            coverage=coverage,
            parts=tuple(self._parts),
        )


def refuse(reason: Reason, language: Language, **slots: object) -> Draft:
    """Return a refusal with its reason."""
    message = refusal_message(reason, language, **slots)
    return Draft(kind="refusal", text=message, refusal=Refusal(reason, message))
