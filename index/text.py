"""One spelling for every text: what questions and passages are compared in."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

HAN = r"㐀-䶿一-鿿"
_SEPARATORS = re.compile(r"[\W_]+")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?!\d)")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return the text in NFKC, simplified script and lower case, thousands without spaces.

    A group of digits counts as thousands only after one to three digits, so that a year before a
    number (``2011 200 台``) stays apart.
    """
    folded = _to_simplified().convert(unicodedata.normalize("NFKC", text)).casefold()
    return _GROUPED.sub(lambda match: match[0].replace(" ", ""), folded)


def content(text: str) -> str:
    """Return the letters, digits and Han characters of the normalised text, and nothing else."""
    return _SEPARATORS.sub("", normalise(text))
