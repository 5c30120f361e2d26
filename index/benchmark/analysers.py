"""The analysers of the plain BM25 systems: jieba's words, character pairs, both."""

import re
import tempfile
import warnings
from collections.abc import Callable, Iterable
from functools import cache

RUN = re.compile(r"[一-鿿]+|[a-z]+|\d+")


def words(text: str) -> list[str]:
    """Jieba's search words, lower-cased; punctuation is dropped."""
    return [word for word in _cut_for_search()(text.lower()) if RUN.match(word)]


def pairs(text: str) -> list[str]:
    """Character pairs of each Chinese run (a lone character as it is), Latin words, numbers."""
    found = []
    for run in RUN.findall(text.lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[n : n + 2] for n in range(len(run) - 1)]
    return found


def both(text: str) -> list[str]:
    """Words and character pairs together."""
    return words(text) + [f"2:{pair}" for pair in pairs(text)]


@cache
def _cut_for_search() -> Callable[[str], Iterable[str]]:
    """Jieba's segmentation, loaded at the first use, its cache kept from the shared folder."""
    with warnings.catch_warnings():
        # Its source has invalid escape sequences, which matters where warnings are errors.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    cut: Callable[[str], Iterable[str]] = tokenizer.cut_for_search
    return cut
