"""Which language and script a question is in, and frame texts in that script."""

import re
from functools import cache, lru_cache

import opencc

from index.text import HAN
from qa.types import Language, RequestedLanguage

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def language_of(text: str, requested: RequestedLanguage = "auto") -> Language:
    """Return the language to answer in: the one requested, else the one asked in.

    A text is traditional when more of its characters are only traditional than only simplified.
    """
    if requested != "auto":
        return requested
    han = _HAN.findall(text)
    if len(han) < len(_LATIN_WORD.findall(text)):
        return "en"
    joined = "".join(han)
    traditional = _changed(joined, _converter("t2s").convert(joined))
    simplified = _changed(joined, _converter("s2t").convert(joined))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@lru_cache(maxsize=1024)
def to_traditional(text: str) -> str:
    """Return our own words in traditional script; quotations are never passed through this."""
    return str(_converter("s2t").convert(text))


@lru_cache(maxsize=1024)
def to_simplified(text: str) -> str:
    """Return our own words in simplified script; quotations are never passed through this."""
    return str(_converter("t2s").convert(text))


def _changed(before: str, after: str) -> int:
    return sum(a != b for a, b in zip(before, after, strict=False))
