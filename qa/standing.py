"""Where each respondent stands on a subject: found through names, facts and evidence."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.notes_types import Fact
from corpus.types import Passage, Span
from index.text import content, normalise
from qa import patterns
from qa.acts import Cue, acts_asked
from qa.evidence import Evidence, Terms, weigh
from qa.knowledge import Knowledge
from qa.tuning import SURVEY
from qa.understand import Understanding

_OR = re.compile(r"或|、|\bor\b")


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that shows where a respondent stands."""

    passage: Passage
    span: Span


@dataclass(frozen=True, slots=True)
class Standing:
    """Proofs by respondent's code: who speaks of the subject, and who says otherwise."""

    says: dict[str, Proof]
    otherwise: dict[str, Proof]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a respondent's having spoken of a subject, each from 0 to 1.

    ``act`` and ``words`` are those of its best fact or sentence, ``literal`` is 1 where the subject
    stands there word for word; ``coverage``, ``noted``, ``similarity`` and ``asked`` are the
    features of its best evidence, and ``rank`` is 1 for the closest respondent, falling with
    each next one.
    """

    act: float
    words: float
    literal: float
    coverage: float
    noted: float
    similarity: float
    asked: float
    answers: float
    rank: float


class Subject:
    """What a survey asks about: entities, acts, and the words that remain."""

    def __init__(self, asked: Understanding, knowledge: Knowledge) -> None:
        self.entities = asked.entities
        self.cues = acts_asked(patterns.EXCEPT.sub(" ", asked.bare))
        self.mention = bool(patterns.MENTION.search(asked.normalised)) or asked.silent
        self.words = _remaining(asked, knowledge, self.cues)
        self.terms = Terms(self.words, knowledge)
        self.alternatives = bool(_OR.search(asked.normalised))
        self.acts = frozenset(act for cue in self.cues for act in (cue.act, *cue.alike))
        self.decisive = any(cue.decisive for cue in self.cues)
        self.things = tuple(cue for cue in self.cues if cue.thing)
        self.against = frozenset(act for cue in self.cues for act in cue.against)


def standing(asked: Understanding, knowledge: Knowledge) -> Standing:
    """Return where every respondent in the scope stands, each one looked at."""
    subject = Subject(asked, knowledge)
    evidence = evidence_of_each(asked, knowledge)
    says: dict[str, Proof] = {}
    otherwise: dict[str, Proof] = {}
    by_name = _by_name(subject, asked, knowledge) if subject.entities else None
    for code in asked.scope:
        best = evidence.get(code, ())
        if by_name is not None:
            proofs = by_name.get(code, [])
        else:
            proofs = _by_signs(code, subject, asked, knowledge, evidence)
        opposed = []
        if subject.against and subject.entities:
            opposed = _facts(code, subject, knowledge, subject.against)
        if proofs:
            says[code] = _best(proofs, best)
        elif opposed:
            otherwise[code] = _best(opposed, best)
    return Standing(says, otherwise)


def _by_name(
    subject: Subject, asked: Understanding, knowledge: Knowledge
) -> dict[str, list[Proof]]:
    """Return the proofs of those who state an act of what is named; where nobody does, of those
    who name it at all.
    """
    acts = frozenset() if subject.mention else subject.acts
    stated = {code: _facts(code, subject, knowledge, acts) for code in asked.scope}
    if not any(stated.values()):
        stated = {code: _facts(code, subject, knowledge, frozenset()) for code in asked.scope}
    return stated


def _facts(code: str, subject: Subject, knowledge: Knowledge, acts: frozenset[str]) -> list[Proof]:
    """Return the sentences whose facts state one of the acts of what is asked about."""
    return [
        Proof(passage, passage.sentences[fact.sentence])
        for passage in knowledge.replies[code].passages
        if (note := knowledge.notes.of(passage.id))
        for fact in note.facts
        if not fact.negated
        and (not acts or fact.act in acts)
        and (not subject.entities or _is_about(fact, passage, subject, knowledge))
        and (not acts or not subject.things or _is_thing(fact, passage, subject))
    ]


def _is_about(fact: Fact, passage: Passage, subject: Subject, knowledge: Knowledge) -> bool:
    """Tell whether a fact is about what is asked: one of the names, and the others beside it."""
    if fact.object not in subject.entities:
        return False
    return subject.alternatives or set(subject.entities) <= knowledge.objects[passage.id]


def _is_thing(fact: Fact, passage: Passage, subject: Subject) -> bool:
    text = normalise(passage.text[slice(*passage.sentences[fact.sentence])])
    return any(fact.act == cue.act or cue.pattern.search(text) for cue in subject.things)


def _by_signs(
    code: str,
    subject: Subject,
    asked: Understanding,
    knowledge: Knowledge,
    evidence: dict[str, tuple[Evidence, ...]],
) -> list[Proof]:
    """Return the proofs of a respondent where no name tells: by acts, words and meaning."""
    best = evidence.get(code, ())
    if not best or (asked.want == "money" and best[0].features.fits == 0):
        return []
    signs = signs_of(code, subject, knowledge, evidence)
    unheard = not signs.literal and max(signs.words, signs.noted) < SURVEY["mention"]
    if (subject.mention and not subject.acts and unheard) or (subject.decisive and not signs.act):
        return []
    log_odds = SURVEY["bias"] + sum(
        SURVEY[name] * getattr(signs, name) for name in Signs.__dataclass_fields__
    )
    if log_odds < 0:
        return []
    stated = _facts(code, subject, knowledge, subject.acts) if subject.acts else []
    literal = [one for one in best if _holds(one, subject.words)]
    fitting = [proof for proof in stated if _words_of(proof, subject, knowledge) > 0]
    if fitting or (stated and not subject.terms.total):
        return fitting or stated
    return [_proof(one) for one in (literal or best)[:1]]


def signs_of(
    code: str, subject: Subject, knowledge: Knowledge, evidence: dict[str, tuple[Evidence, ...]]
) -> Signs:
    """Return what speaks for a respondent's having spoken of the subject."""
    best = evidence[code]
    top = best[0].features
    stated = _facts(code, subject, knowledge, subject.acts) if subject.acts else []
    words = [subject.terms.coverage(one.sentence.terms) for one in best]
    if stated and subject.terms.total:
        words = [_words_of(proof, subject, knowledge) for proof in stated]
    closer = sum(other[0].features.asked > top.asked for other in evidence.values())
    return Signs(
        act=float(bool(stated)),
        words=max(words) if subject.terms.total else float(bool(stated)),
        literal=float(any(_holds(one, subject.words) for one in best)),
        coverage=max(one.features.coverage for one in best),
        noted=max(one.features.noted for one in best),
        similarity=max(one.features.similarity for one in best),
        asked=max(one.features.asked for one in best),
        answers=max(one.features.answers for one in best),
        rank=math.exp(-closer / 4),
    )


def _words_of(proof: Proof, subject: Subject, knowledge: Knowledge) -> float:
    """Return how much of the remaining words a fact's sentence and detail hold."""
    note = knowledge.notes.of(proof.passage.id)
    details = " ".join(fact.detail for fact in note.facts) if note else ""
    sentence = next(
        one for one in knowledge.sentences[proof.passage.id] if one.start == proof.span[0]
    )
    return subject.terms.coverage(sentence.terms | knowledge.searcher.terms(details))


def evidence_of_all(asked: Understanding, knowledge: Knowledge) -> list[Evidence]:
    """Return every sentence of the respondents asked as evidence, the best first."""
    everything = len(knowledge.searcher.passages)
    found = knowledge.searcher.find(asked.focus or asked.normalised, everything, asked.scope)
    return weigh(asked, found, knowledge)


def evidence_of_each(asked: Understanding, knowledge: Knowledge) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of every respondent, the best first."""
    each: dict[str, list[Evidence]] = {}
    for one in evidence_of_all(asked, knowledge):
        each.setdefault(one.sentence.passage.code, []).append(one)
    return {code: tuple(evidence) for code, evidence in each.items()}


def _remaining(asked: Understanding, knowledge: Knowledge, cues: Sequence[Cue]) -> str:
    """Return the focus without the entities' names and the words that asked for an act."""
    text, kept, last = asked.focus, [], 0
    for name in knowledge.names.find(text):
        kept.append(text[last : name.start])
        last = name.end
    rest = " ".join([*kept, text[last:]])
    for cue in cues:
        rest = re.sub(rf"(?:{cue.pattern.pattern})[a-z]*", " ", rest)
    return patterns.SURVEY_WORDS.sub(" ", patterns.MENTION.sub(" ", rest)).strip()


def _holds(one: Evidence, words: str) -> bool:
    return any(len(word) >= 2 and word in content(one.sentence.text) for word in words.split())


def _proof(one: Evidence) -> Proof:
    sentence = one.sentence
    return Proof(sentence.passage, (sentence.start, sentence.end))


def _best(proofs: Sequence[Proof], evidence: Sequence[Evidence]) -> Proof:
    """Return the proof that ranks highest as evidence for the question."""
    rank = {
        (one.sentence.passage.id, one.sentence.start): place for place, one in enumerate(evidence)
    }
    last = len(evidence)
    return min(proofs, key=lambda proof: rank.get((proof.passage.id, proof.span[0]), last))
