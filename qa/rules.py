"""The rules that a sentence written by a language model must keep, each by itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus import Passage
from index.text import normalise
from qa.evidence import Terms
from qa.grounds import LATIN, Facts, Ground
from qa.language import language_of
from qa.sentences import unquoted
from qa.tuning import VERIFY
from qa.types import Language

Flaw = Literal[
    "unmarked",
    "language",
    "address",
    "instruction",
    "attribution",
    "figure",
    "name",
    "word",
    "quotation",
    "unsupported",
    "negation",
]
"""Why a sentence is dropped, in the order in which the rules are applied."""

_ADDRESS = re.compile(
    r"[a-z]+://\S+|www\.\S+|\S+@\S+|[<>{}]|\]\(|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b", re.I
)
_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘记|不要理会|绕过|作废)[^，。]{0,14}(?:指令|指示|提示|规则|以上|上述|之前)|"
    r"(?:以上|上述|之前)的?(?:指令|指示|提示|规则)|提示词|请(?:你|您|读者|用户|点击|访问|登录)|"
    r"(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instruction|rule|previous|above)|"
    r"system prompt|click here|\b(?:please|you (?:must|should)) (?:visit|click|open|send|contact)"
)
LEAD = re.compile(r"(?:此外|另外|同时|其中|而|[，,:：\s]|the\b|also\b|in addition)*")
_CAPITAL = re.compile(r"(?<![.:!?“\"(] )(?<!^)\b[A-Z][A-Za-z0-9]+\b(?!\$)")
_EVERYDAY = frozenset(
    "january february march april may june july august september october november december "
    "us usd eur member members state states government governments".split()
)
_NEGATIONS = (
    re.compile(r"没有|没能|未(?![来经知])|不(?!扩散|断|仅|但|同|可|法|少|论|良)|并非|从不"),
    re.compile(r"\b(?:not|no|never|none|nor|neither|cannot|without)\b|n't\b"),
)
_DENIED = re.compile(r"\s*([一-鿿]{1,2}|[a-z]+)")
_NEAR = (8, 20)
"""Characters before a word, in the same clause, within which what denies it stands."""
_CLAUSE = re.compile(r"[，。；：、,.;:]")


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence before the rules: what it cites, names and claims, and whom it is about.

    ``subject`` is the respondent that the question or the sentence before it speaks of.
    """

    text: str
    cited: tuple[Passage, ...]
    named: tuple[str, ...]
    leading: str | None
    subject: str | None
    facts: Facts
    ground: Ground
    language: Language

    @property
    def codes(self) -> frozenset[str]:
        """The respondents whose replies are cited."""
        return frozenset(passage.code for passage in self.cited)


def is_in_language(case: Case) -> bool:
    """The sentence, quotations aside, is in the language of the answer."""
    own = unquoted(case.text)
    if not any(char.isalpha() for char in own):
        return True
    return (language_of(own) == "en") == (case.language == "en")


def has_no_address(case: Case) -> bool:
    """There are no addresses and no markup, but in a quotation of the report."""
    return not _ADDRESS.search(unquoted(case.text))


def is_no_instruction(case: Case) -> bool:
    """The sentence does not turn to the reader or to a model as an instruction would."""
    return not _INSTRUCTION.search(normalise(unquoted(case.text)))


def is_attributed_rightly(case: Case) -> bool:
    """Who is named first is cited, and nobody is cited who is neither named nor spoken of."""
    if case.leading and case.leading not in case.codes:
        return False
    return not case.named or case.codes <= {*case.named, case.subject}


def figures_stand(case: Case) -> bool:
    """Every number and date stands, by value, in what is cited."""
    missing = case.facts.missing(case.ground).figures
    return not missing.numbers and not missing.dates


def names_stand(case: Case) -> bool:
    """Every respondent, country, body, instrument and event stands in what is cited."""
    return not case.facts.missing(case.ground).names


def words_stand(case: Case) -> bool:
    """In Chinese, Latin words, and in English, capitalised ones stand in what is cited."""
    words = set(LATIN.findall(normalise(case.facts.rest)))
    if case.language == "en":
        words &= {word.casefold() for word in _CAPITAL.findall(unquoted(case.text))}
    return words <= case.ground.words | _EVERYDAY


def quotations_stand(case: Case) -> bool:
    """Every quotation and title is verbatim, white space aside."""
    return not case.facts.missing(case.ground).quotations


def is_supported(case: Case, terms: Terms) -> bool:
    """Most of what the sentence says, word by word, stands in what is cited.

    English is compared with the gloss of the notes; where there is none it cannot be supported.
    """
    if case.language == "en" and not case.ground.glossed:
        return False
    if not terms.total:
        return len(case.facts) > 0
    return terms.coverage(case.ground.terms) >= VERIFY["support"]


def denials_stand(text: str, reading: str) -> bool:
    """Tell whether whatever a sentence denies is denied where it is cited from, too.

    ``reading`` is the normalised text of the sentences cited, with their gloss. Where it has the
    very word that is denied, the denial must stand before that word.
    """
    own = normalise(unquoted(text))
    for negation, reach in zip(_NEGATIONS, _NEAR, strict=True):
        for denial in negation.finditer(own):
            word = _DENIED.match(own, denial.end())
            found = re.finditer(re.escape(word[1]), reading) if word else ()
            near = [_clause_to(reading, place, reach) for place in found] or [reading]
            if not any(map(negation.search, near)):
                return False
    return True


def _clause_to(reading: str, place: re.Match[str], reach: int) -> str:
    """Return the last words of a clause up to and with what was found at a place."""
    before = reading[max(0, place.start() - reach) : place.start()]
    return _CLAUSE.split(before)[-1] + place[0]


RULES: dict[Flaw, Callable[[Case], bool]] = {
    "language": is_in_language,
    "address": has_no_address,
    "instruction": is_no_instruction,
    "attribution": is_attributed_rightly,
    "figure": figures_stand,
    "name": names_stand,
    "word": words_stand,
    "quotation": quotations_stand,
}
