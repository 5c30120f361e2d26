"""What a question to many asks about: names, acts, words, and entries of the subject index."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from corpus.notes_types import Subject
from index.text import content
from qa import patterns
from qa.acts import Cue, acts_asked
from qa.asides import without_asides, without_context
from qa.evidence import Terms
from qa.knowledge import Knowledge
from qa.scope import except_spans
from qa.tuning import SUBJECT
from qa.understand import Understanding

_OR = re.compile(r"或者?|、|,? ?\bor\b")
_EXAMPLES = re.compile(
    r"(?:比如|例如|诸如|譬如)[^。?]*|"
    r"(?:\b(?:such as|for (?:example|instance)|e\.g\.)| [-–—]+ (?=an? ))[^.?]*"
)
_QUOTES = r"[“\"「『]([^”\"」』]+)[”\"」』]"
_SENTENCES = re.compile(r"(?<=[.。!?;；])\s*(?=\S)|(?<=[:：]) (?=\S)")
_VERBATIM = re.compile(
    rf"((?:{_QUOTES}(?:或者?|、|和|与)?)+)[这那]?(?:类|种)?[一二两三四五六七八几]?个?"
    r"(?:字(?!典)|词|提法|说法|用语|术语|表述|写法)|"
    rf"\b(?:words?|terms?|phrases?) ({_QUOTES})"
)
"""Asks who uses some very words."""
_TOO = re.compile(
    r"\([^()]{1,24}(?:也|都)(?:要?算|包括|计)[^()]{0,4}\)|"
    r"[,;:] ?[^,;:.?()]{1,24}也(?:要?算|包括|计)(?:上|在内|进去)?|"
    r"[,;(] ?(?:[\w-]+ ){1,4}(?:included|as well|too)\b\)?"
)
"""Takes in a part of what is asked about, which is not what it is about."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LISTED = re.compile(r"或者?|、|,? ?\bor\b|,")


class Inquiry:
    """What a survey asks about: entities, acts, and the words that remain.

    The subject index is asked as if it lacked those subjects and questions that are ``unlisted``.
    """

    def __init__(
        self, asked: Understanding, knowledge: Knowledge, unlisted: Collection[str] = ()
    ) -> None:
        self.entities = _entities(asked, knowledge)
        self.cues = acts_asked(_put(asked.bare))
        self.mention = bool(patterns.MENTION.search(asked.normalised)) or asked.silent
        self.alternatives = bool(_OR.search(asked.normalised))
        self.wordings = _remaining(asked, knowledge, self.cues)
        words = (word for wording in self.wordings for word in wording.split())
        self.words = tuple(word for word in words if len(word) >= 2)
        self.verbatim = _verbatim(asked, knowledge)
        self.choices = tuple(Terms(wording, knowledge) for wording in self.wordings)
        self.known = self.covered(knowledge.told) if self.words else 1.0
        self.wordless = not any(terms.total for terms in self.choices)
        self.acts = frozenset(act for cue in self.cues for act in (cue.act, *cue.alike))
        either = self.alternatives and bool(self.words)
        self.decisive = any(cue.decisive for cue in self.cues) and not either
        self.things = tuple(cue for cue in self.cues if cue.thing)
        self.against = frozenset(act for cue in self.cues for act in cue.against)
        self.compared = knowledge.subjects.compared(_about(asked, knowledge), unlisted)
        self.told = self.compared.told()
        agreed = self.compared.agreed(asked.scope)
        self.agreed = agreed if agreed and _has_quoted(agreed, asked) else None
        self.years = _years(asked, self.agreed)
        plain = self.compared.closeness >= SUBJECT["plain"]
        subject = self.agreed or (self.compared.matches[0].subject if plain else None)
        self.places = subject.says if subject else {}
        self.otherwise = subject.otherwise if subject else {}

    @property
    def by_name_alone(self) -> bool:
        """Whether all that is asked is who mentions something that has a name."""
        return self.mention and bool(self.entities) and not (self.wordings or self.acts)

    @property
    def by_act_alone(self) -> bool:
        """Whether all that is asked is who has done something with what has a name."""
        return bool(self.entities and self.acts) and not (self.wordings or self.mention)

    def covered(self, held: frozenset[str]) -> float:
        """Return the weighted share of the words that a text holds, of alternatives the best."""
        return max((terms.coverage(held) for terms in self.choices), default=0.0)


def _has_quoted(subject: Subject, asked: Understanding) -> bool:
    """Tell whether the questions about a subject hold all the words that one quotes."""
    held = content(" ".join(question.text for question in subject.questions))
    return all(content(words) in held for words in patterns.QUOTED.findall(asked.normalised))


def _years(asked: Understanding, agreed: Subject | None) -> tuple[str, ...]:
    """Return the years that a question names apart from names, unless the subject that it plainly
    asks for is one of such a year.
    """
    known = " ".join(question.text for question in agreed.questions) if agreed else ""
    return tuple(year for year in _YEAR.findall(asked.bare) if year not in known)


def _verbatim(asked: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the letters of the very words that a question asks for; of foreign ones, those that
    the report uses.
    """
    places = _VERBATIM.finditer(asked.normalised)
    quoted = [words for place in places for words in patterns.QUOTED.findall(place[0])]
    return tuple(
        content(words)
        for words in quoted
        if not words.isascii() or knowledge.searcher.holding(words)
    )


def _entities(asked: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the names asked about, without those that only say whose the next one is."""
    names = [one for one in knowledge.names.find(asked.normalised) if one.key in asked.entities]
    owners = {one.key for one, after in pairwise(names) if one.end == after.start}
    return tuple(id_ for id_ in asked.entities if id_ not in owners)


def _put(text: str) -> str:
    """Return the sentences of a text that ask, without those set aside, the words that ask who is
    silent, and what is given as an example.
    """
    text = " ".join(filter(patterns.ASKS.search, _SENTENCES.split(text))) or text
    return _EXAMPLES.sub(" ", patterns.SILENT.sub(" ", patterns.EXCEPT.sub(" ", text)))


def _about(asked: Understanding, knowledge: Knowledge) -> str:
    """Return the question without the group or those that it is put to, or sets aside, and without
    what says how to count.
    """
    listed = [code for code in asked.scope if code in asked.named]
    text = without_context(without_asides(asked.normalised))
    names = knowledge.names.find(text)
    aside = except_spans(text, names)
    asked_of = [
        (name.start, name.end)
        for name in names
        if name.key in listed and not any(start <= name.start < end for start, end in aside)
    ]
    for start, end in sorted((*asked_of, *aside), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    for group in knowledge.groups:
        for spelling in group.spellings:
            text = text.replace(spelling, " ")
    return _TOO.sub(" ", text)


def _remaining(asked: Understanding, knowledge: Knowledge, cues: Sequence[Cue]) -> tuple[str, ...]:
    """Return the focus without the entities' names and the words that asked for an act: each of
    the alternatives that it names.
    """
    text, kept, last = asked.focus, [], 0
    for name in knowledge.names.find(text):
        kept.append(text[last : name.start])
        last = name.end
    rest = " ".join([*kept, text[last:]])
    for cue in cues:
        rest = re.sub(rf"(?:{cue.pattern.pattern})[a-z]*", " ", rest)
    parts = _LISTED.split(rest) if _OR.search(rest) else [rest]
    bare = (patterns.SURVEY_WORDS.sub(" ", patterns.MENTION.sub(" ", part)) for part in parts)
    return tuple(part for part in map(str.strip, bare) if len(content(part)) > 1)
