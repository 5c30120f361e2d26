"""What the passages that a sentence cites hold of what it may claim."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from corpus import Passage
from corpus.types import Span
from index.names import Name
from index.text import normalise
from qa.figures import Figures, claimed, printed, states
from qa.knowledge import Knowledge, Sentence
from qa.places import body_finder, country_finder
from qa.sentences import quotations_in

LATIN = re.compile(r"[a-z][a-z0-9]+")
_TITLE = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Ground:
    """What some text of the report holds: figures, keys of names, Latin words, terms.

    ``bare`` is the text without white space; ``reading`` is the normalised text with all that
    helps to read it across languages: headings, the respondent's names and the gloss of the notes.
    ``glossed`` tells whether all of it has a gloss.
    """

    bare: str
    reading: str
    figures: Figures
    names: frozenset[str]
    words: frozenset[str]
    terms: frozenset[str]
    glossed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence claims that can be looked up: figures, names (key and spelling), quotes.

    A title between 《 and 》 that is no known name counts as a quotation. ``rest`` is the
    normalised sentence without its names.
    """

    figures: Figures
    names: frozenset[tuple[str, str]]
    quotations: tuple[str, ...]
    rest: str = ""

    def missing(self, ground: Ground) -> "Facts":
        """Return the facts that a ground does not hold."""
        return Facts(
            Figures(
                self.figures.numbers - ground.figures.numbers,
                frozenset(d for d in self.figures.dates if not states(ground.figures, d)),
            ),
            frozenset(
                (key, spelling)
                for key, spelling in self.names
                if key not in ground.names and not _reads(ground.reading, spelling)
            ),
            tuple(one for one in self.quotations if bare(one) not in ground.bare),
            self.rest,
        )

    def __len__(self) -> int:
        return (
            len(self.figures.numbers)
            + len(self.figures.dates)
            + len(self.names)
            + len(self.quotations)
        )


class Grounds:
    """The grounds of a report's passages and sentences, read when they are first cited."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.of_passage = lru_cache(maxsize=512)(self._of_passage)
        self.of_sentence = lru_cache(maxsize=2048)(self._of_sentence)

    def facts_of(self, text: str, *, own: Iterable[str] = ()) -> Facts:
        """Return what a sentence claims; the respondents ``own`` need not be looked up.

        The digits of a name (1540 委员会) are part of the name.
        """
        normalised = normalise(text)
        names = names_in(normalised, self.knowledge)
        rest, last = [], 0
        for name in sorted(names, key=lambda name: name.start):
            if name.start >= last:
                rest.append(normalised[last : name.start])
                last = name.end
        aside = frozenset(own)
        text_left = " _ ".join([*rest, normalised[last:]])
        titles = [title for title in _TITLE.findall(text) if not self._is_name(title)]
        return Facts(
            figures=claimed(text_left),
            names=frozenset(
                (name.key, normalised[name.start : name.end])
                for name in names
                if name.key not in aside
            ),
            quotations=(*quotations_in(text), *titles),
            rest=text_left,
        )

    def _is_name(self, title: str) -> bool:
        """Tell whether a title is, from its first character to its last, a name that is known."""
        whole = normalise(title)
        return any(name.end - name.start == len(whole) for name in names_in(whole, self.knowledge))

    def of(self, passages: Sequence[Passage]) -> Ground:
        """Return what several passages hold together."""
        return merged([self.of_passage(passage) for passage in passages])

    def respondents_in(self, text: str) -> list[Name]:
        """Return the respondents that a text names, in order."""
        found = self.knowledge.names.find(normalise(text))
        return [name for name in found if name.key in self.knowledge.codes]

    def _of_passage(self, passage: Passage) -> Ground:
        sentences = [self.of_sentence(one) for one in self.knowledge.sentences[passage.id]]
        respondent = self.knowledge.respondents[passage.code]
        around = [*respondent.spellings, *passage.heading, passage.lead, passage.text]
        return merged(
            [self._ground(" ".join(around), passage.text, self._gloss(passage), True), *sentences]
        )

    def _of_sentence(self, sentence: Sentence) -> Ground:
        gloss = self._gloss(sentence.passage, (sentence.start, sentence.end))
        return self._ground(sentence.text, sentence.text, gloss, bool(gloss))

    def _ground(self, around: str, text: str, gloss: str, glossed: bool) -> Ground:
        reading = normalise(f"{around} {gloss}")
        keys = frozenset(name.key for name in names_in(normalise(around), self.knowledge))
        spellings = " ".join(self._spellings(keys))
        return Ground(
            bare=bare(text),
            reading=reading,
            figures=printed(around),
            names=keys,
            words=frozenset(LATIN.findall(f"{reading} {normalise(spellings)}")),
            terms=self.knowledge.searcher.terms(reading),
            glossed=glossed,
        )

    def _gloss(self, passage: Passage, within: Span | None = None) -> str:
        note = self.knowledge.notes.of(passage.id)
        if note is None:
            return ""
        start, end = within or (0, len(passage.text))
        pairs = zip(passage.sentences, note.gloss, strict=True)
        return " ".join(line for span, line in pairs if start <= span[0] and span[1] <= end)

    def _spellings(self, keys: Iterable[str]) -> list[str]:
        entities, respondents = self.knowledge.notes.entities, self.knowledge.respondents
        found = [entities[key].spellings for key in keys if key in entities]
        found += [respondents[key].spellings for key in keys if key in respondents]
        return [spelling for spellings in found for spelling in spellings]


def names_in(normalised: str, knowledge: Knowledge) -> list[Name]:
    """Return every name in a normalised text: the report's own, countries and well-known bodies."""
    own = list(knowledge.names.find(normalised))
    others = [*country_finder().find(normalised), *body_finder().find(normalised)]
    return own + [
        other
        for other in others
        if not any(name.start <= other.start and other.end <= name.end for name in own)
    ]


def merged(grounds: Sequence[Ground]) -> Ground:
    """Return what several grounds hold together; the texts stay apart."""
    numbers: frozenset[Fraction] = frozenset().union(*(one.figures.numbers for one in grounds))
    return Ground(
        bare="\n".join(one.bare for one in grounds),
        reading="\n".join(one.reading for one in grounds),
        figures=Figures(numbers, frozenset().union(*(one.figures.dates for one in grounds))),
        names=frozenset().union(*(one.names for one in grounds)),
        words=frozenset().union(*(one.words for one in grounds)),
        terms=frozenset().union(*(one.terms for one in grounds)),
        glossed=all(one.glossed for one in grounds),
    )


def _reads(reading: str, spelling: str) -> bool:
    """Tell whether a spelling stands in a text, a Latin one as words of its own."""
    if not spelling[-1].isascii():
        return spelling in reading
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(spelling)}(?![a-z0-9])", reading))


def bare(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
