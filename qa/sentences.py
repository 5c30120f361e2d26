"""What a language model wrote, taken apart: sentences, the marks of each, and their quotations."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_MARK = re.compile(
    r"\s*[\[【［]+\s*(\d{1,9}(?:\s*[-–,，、;；]\s*\d{1,9})*)(?:†[^\]】］]*)?\s*[\]】］]+"
)
_HALF_MARK = re.compile(r"\s*[\[【［][^\]】］]{0,12}\Z")
_MARKUP = re.compile(r"\*\*|__|`")
_BULLET = re.compile(
    r"\A(?:(?:#+|[-*•·●]|\d{1,2}\.)\s+|\d{1,2}\.(?=[㐀-鿿])|[(（]?\d{1,2}[、)）]\s*)"
)
_VERDICT = re.compile(
    r"\A(?:是的?|不是|没有|沒有|有|否|对|對|不对|不對|yes|no)(?:[,，:：]\s*)", re.IGNORECASE
)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_QUOTATION = re.compile(r"“([^”]*)”|「([^」]*)」|『([^』]*)』|\"([^\"]*)\"")
_ELLIPSIS = re.compile(r"…+|\.{3,}")
_ABBREVIATION = re.compile(
    r"\b(?:arts?|paras?|vs|st|mr|ms|dr|e\.g|i\.e|u\.s|u\.n)\.|\bnos?\.(?=\s*\d)", re.IGNORECASE
)
_CLOSING = '”」』"’）)'
_OPENS, _CLOSES = "“「『", "”」』"
_LONGEST_RANGE = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence as a model wrote it, without its marks; ``line`` is the line it stands on.

    A verdict that it opens with (是，or No,) is taken off: nothing could be cited for it.
    ``finished`` tells that its end has been seen, which the last one of a stream may lack.
    """

    text: str
    marks: tuple[int, ...]
    line: int = 0
    finished: bool = True


def claims_of(written: str) -> list[Claim]:
    """Return the sentences of a text; one without marks has those of the next on its line."""
    claims: list[Claim] = []
    for number, line in enumerate(_clean(written).splitlines()):
        body = _BULLET.sub("", line.strip(), count=1)
        found = [claim for piece in _pieces(body) if (claim := _claim(piece, number)).text]
        claims += _with_inherited_marks(found)
    return claims


def readable(written: str) -> str:
    """Return a text that is still being written without thoughts, marks and markup."""
    return _unmarked(_HALF_MARK.sub("", _clean(written))).strip()


def quotations_in(text: str) -> list[str]:
    """Return what a text puts in quotation marks, an elision parting one from the next."""
    quoted = ("".join(groups) for groups in _QUOTATION.findall(text))
    return [piece for quote in quoted for piece in _ELLIPSIS.split(quote) if piece.strip()]


def unquoted(text: str) -> str:
    """Return a text without its quotations."""
    return _QUOTATION.sub(" ", text)


def pieces_of(text: str) -> list[tuple[str, bool]]:
    """Return a text cut at its quotations, each piece with whether it is one."""
    pieces, last = [], 0
    for match in _QUOTATION.finditer(text):
        pieces += [(text[last : match.start()], False), (match[0], True)]
        last = match.end()
    return [(piece, quoted) for piece, quoted in [*pieces, (text[last:], False)] if piece]


def _clean(written: str) -> str:
    """Return a text without thoughts, markup and invisible characters."""
    text = _MARKUP.sub("", _THINKING.sub("", written))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")


def _pieces(line: str) -> list[str]:
    """Return the sentences of a line with the marks that follow each."""
    pieces: list[str] = []
    start = at = 0
    depth = 0
    while at < len(line):
        char = line[at]
        depth = max(0, depth + (char in _OPENS) - (char in _CLOSES))
        at += 1
        if depth == 0 and _ends(line, at):
            at = _past_closing(line, at)
            pieces.append(line[start:at])
            start = at
    return [*pieces, line[start:]]


def _ends(line: str, at: int) -> bool:
    """Tell whether a sentence ends before a place."""
    last = line[at - 1]
    if last in _CLOSES:
        quoted = at > 1 and line[at - 2] in "。！？!?"
        return quoted and not re.match(r"\s*\w", line[at:])
    if last in "。！？!?":
        return True
    if last != "." or any(match.end() == at for match in _ABBREVIATION.finditer(line)):
        return False
    rest = line[at:]
    return not rest or bool(re.match(r"[\"’)]*(?:\s+[^a-z]|\s*[\[【［]|\s*\Z)", rest))


def _past_closing(line: str, at: int) -> int:
    """Return the place after the closing brackets and marks that belong to a sentence."""
    while at < len(line) and line[at] in _CLOSING:
        at += 1
    while match := _MARK.match(line, at):
        at = match.end()
        if at < len(line) and line[at] in "。.":
            at += 1
    return at


def _claim(piece: str, line: int) -> Claim:
    numbers = [n for match in _MARK.finditer(piece) for n in _numbers(match[1])]
    text = _VERDICT.sub("", _unmarked(piece).strip())
    finished = bool(numbers) or text.endswith(tuple("。！？!?." + _CLOSES))
    if not any(char.isalpha() for char in text):
        text = ""
    return Claim(text, tuple(dict.fromkeys(numbers)), line, finished)


def _unmarked(text: str) -> str:
    """Return a text without marks, those that appear when others are taken out included."""
    while _MARK.search(text):
        text = _MARK.sub("", text)
    return text


def _numbers(inside: str) -> list[int]:
    """Return the numbers of a mark such as ``1, 3-5``."""

    def spread(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        within = range(first, min(last, first + _LONGEST_RANGE) + 1)
        return ",".join(map(str, within)) or match[1]

    return [int(number) for number in re.findall(r"\d+", _RANGE.sub(spread, inside))]


def _with_inherited_marks(claims: Sequence[Claim]) -> list[Claim]:
    result: list[Claim] = []
    marks: tuple[int, ...] = ()
    for claim in reversed(claims):
        marks = claim.marks or marks
        result.append(replace(claim, marks=marks))
    return result[::-1]
