"""Respondents meant by a description instead of a name: a capital, a seat, what they are."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from index.text import content

_WHOLE = 4
"""Letters and characters from which a description counts wherever it stands; shorter ones are
capitals, which count where nobody is named, or where the report speaks of no such place.
"""
_COVERED = 0.8
"""Share of a description's words, by weight, that a question must hold to mean it."""
_FEWEST = 3
"""Words that a description must have to be recognised by its words alone."""


@dataclass(frozen=True, slots=True)
class _Description:
    code: str
    written: str
    text: str
    terms: frozenset[str]
    least: float
    """Weight of its words from which a text means it; infinite for one of too few words."""

    @property
    def is_plain(self) -> bool:
        """Whether it means its respondent beside others that are named by name."""
        return len(self.text) >= _WHOLE or not any(term.startswith("@") for term in self.terms)


class Describer:
    """Finds whom a question means by a description; ``terms`` splits a text into its words."""

    def __init__(
        self, descriptions: Mapping[str, Iterable[str]], terms: Callable[[str], frozenset[str]]
    ) -> None:
        self._terms = terms
        written = [
            (code, text, terms(text)) for code, texts in descriptions.items() for text in texts
        ]
        held = Counter(term for _, _, words in written for term in words)
        self._weights = {term: math.log(1 + len(written) / count) for term, count in held.items()}
        self._descriptions = [
            _Description(code, text, content(text), words, self._least(words))
            for code, text, words in written
        ]

    def _least(self, words: frozenset[str]) -> float:
        if len(words) < _FEWEST:
            return math.inf
        return _COVERED * sum(self._weights[term] for term in words)

    def find(self, text: str, named: bool) -> dict[str, str]:
        """Return the codes of those that a text describes, each with the words that do so, or with
        nothing where they are strewn about; ``named`` tells that the text names others.

        A description counts where it stands word for word, or where nobody is named and the text
        holds most of its words, if all that do so mean the same respondent.
        """
        whole = content(text)
        literal: dict[str, str] = {}
        for one in self._descriptions:
            if one.text in whole and (not named or one.is_plain):
                literal[one.code] = max(literal.get(one.code, ""), one.written, key=len)
        if literal or named:
            return literal
        words = self._terms(text)
        alike = {one.code for one in self._descriptions if self._is_covered(one, words)}
        return dict.fromkeys(alike, "") if len(alike) == 1 else {}

    def _is_covered(self, one: _Description, words: frozenset[str]) -> bool:
        return sum(map(self._weights.__getitem__, one.terms & words)) >= one.least
