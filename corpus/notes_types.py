"""The nouns of the notes: editorial index data about passages, never evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Script = Literal["zh-Hans", "zh-Hant", "en"]
Verdict = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of the controlled vocabulary of subjects."""

    id: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the controlled vocabulary of what a respondent did or holds."""

    id: str
    zh: str
    en: str
    definition: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name. ``local`` are short forms that mean it in one reply only, by code, and
    ``descriptions`` are phrases by which people mean a respondent without its name.
    """

    id: str
    kind: str
    name: str
    variants: tuple[str, ...]
    en: str
    acronym: str
    local: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    descriptions: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way to write this entity that means it anywhere, the longest first."""
        names = {self.name, self.en, self.acronym, *self.variants} - {""}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, slots=True)
class ExpectedQuestion:
    """A question that the passage answers, worded as somebody who has not read it would.

    ``sentence`` is the one that answers it, counted from 0, where that is noted; ``answer`` is the
    shortest piece of it that answers, verbatim, and ``verdict`` what it says to a yes-no question.
    """

    lang: Script
    text: str
    sentence: int | None = None
    answer: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says, as a short proposition in general words, without who says it."""

    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question about a passage that nothing in its whole reply answers."""

    lang: Script
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An act or stance of the respondent (or its members) that one sentence states.

    ``object`` is an entity's id, ``number`` and ``when`` are as the passage has them, and
    ``sentence`` counts from 0 in the passage's sentences.
    """

    act: str
    object: str | None
    detail: str
    when: str | None
    number: str | None
    sentence: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to put a question about a subject to all respondents."""

    lang: Script
    text: str


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something is said: a passage's id and a sentence of it, counted from 0."""

    passage: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry of the subject index: who speaks of something, and who says otherwise.

    ``says`` and ``otherwise`` hold by code where each one does, the most telling place first; who
    is in neither is silent. ``questions`` are those that ``says`` answers.
    """

    id: str
    zh: str
    en: str
    questions: tuple[Wording, ...]
    says: Mapping[str, tuple[Locator, ...]]
    otherwise: Mapping[str, tuple[Locator, ...]]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Something asked of all respondents that none of them answers, in several ways to put it."""

    id: str
    questions: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of one passage; ``gloss`` holds one English line for each sentence."""

    id: str
    hash: str
    questions: tuple[ExpectedQuestion, ...]
    paraphrase: str
    gloss: tuple[str, ...]
    topics: tuple[str, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes of a report and their vocabularies, each by id; empty when there are none."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    by_passage: Mapping[str, Note] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    unanswered: Mapping[str, Unanswered] = field(default_factory=dict)

    def of(self, passage_id: str) -> Note | None:
        """Return the note of a passage, or None where nobody has written one."""
        return self.by_passage.get(passage_id)

    def facts_about(self, entity_id: str) -> tuple[tuple[str, Fact], ...]:
        """Return every fact with this object beside its passage's id, in the notes' order."""
        return tuple(
            (note.id, fact)
            for note in self.by_passage.values()
            for fact in note.facts
            if fact.object == entity_id
        )
