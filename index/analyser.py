"""The lexical analyser: Chinese words and character pairs, Latin words, numbers and names."""

import re
import tempfile
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from index.names import NameFinder
from index.text import HAN, normalise

_RUN = re.compile(rf"[{HAN}]+|[a-z]+(?:['’-][a-z]+)*|\d+(?:\.\d+)?")
_HAN = re.compile(rf"[{HAN}]+")
_STOP = frozenset(
    "a an and are as at be been by did do does for from had has have how in into is it its of on "
    "or that the their there these they this those to was were what when where which who whom "
    "whose why will with would".split()
)
_STEMMER = snowballstemmer.stemmer("english")


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the Chinese words of two characters and more that stand in the texts.

    jieba finds them, once, when an index is built; its dictionary takes a second to load. It is
    kept from the cache that it would share with every user of the machine.
    """
    import jieba

    jieba.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory(prefix="dafu-jieba-") as folder:
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = folder
        return frozenset(
            word
            for text in texts
            for run in _HAN.findall(normalise(text))
            for word in tokenizer.cut_for_search(run)
            if len(word) > 1
        )


class Analyser:
    """Splits a text into the terms of the lexical index; the same for passages and questions.

    Every known word is emitted wherever it stands, overlapping others, so that a question and a
    passage agree whatever stands around the word. Words the report does not use find nothing in
    it, so the vocabulary of the report is all that is needed.
    """

    def __init__(self, vocabulary: frozenset[str], names: NameFinder) -> None:
        self.vocabulary = vocabulary
        self._lengths = _lengths_by_pair(vocabulary)
        self._names = names
        self.terms = lru_cache(maxsize=256)(self._terms)

    def _terms(self, text: str) -> tuple[str, ...]:
        """Return the terms of a text: pairs as they are, words as ``w:…``, names as ``@…``."""
        normalised = normalise(text)
        terms = [f"@{name.key}" for name in self._names.find(normalised)]
        for run in _RUN.findall(normalised):
            terms += [_stem(run)] if run.isascii() else self._han(run)
        return tuple(term for term in terms if term not in _STOP)

    def _han(self, run: str) -> list[str]:
        if len(run) == 1:
            return [run]
        terms = [run[i : i + 2] for i in range(len(run) - 1)]
        for start, pair in enumerate(terms[:]):
            for length in self._lengths.get(pair, ()):
                word = run[start : start + length]
                if len(word) == length and word in self.vocabulary:
                    terms.append(f"w:{word}")
        return terms


def _lengths_by_pair(vocabulary: frozenset[str]) -> dict[str, list[int]]:
    """Return how long the words are that begin with two characters, the shortest first."""
    lengths: dict[str, set[int]] = {}
    for word in vocabulary:
        lengths.setdefault(word[:2], set()).add(len(word))
    return {pair: sorted(found) for pair, found in lengths.items()}


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """Return what a Latin word has in common with its inflections; numbers stay whole."""
    return str(_STEMMER.stemWord(word))
