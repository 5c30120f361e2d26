"""Where each respondent stands on a subject: a fitted score over names, facts and evidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.notes_types import Fact
from corpus.types import Passage, Span
from index.text import content, normalise
from qa import patterns
from qa.acts import Cue, acts_asked
from qa.evidence import Evidence, Terms, weigh
from qa.knowledge import Knowledge
from qa.tuning import SUBJECT, SURVEY, SURVEY_BEHIND
from qa.understand import Understanding

_OR = re.compile(r"或|、|\bor\b")
_RUNNERS_UP = 2
"""Sentences whose noted questions and claims are averaged."""


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


class Signs(NamedTuple):
    """What speaks for a respondent's having spoken of a subject, each from 0 to 1.

    ``act`` and ``words`` are those of its best fact or sentence, ``literal`` is 1 where the subject
    stands there word for word, ``named`` where its facts state the names asked about, with the act
    if anybody has done it, and ``missing`` is the share of these names that its passages lack.
    ``indexed`` is the closeness of the closest subject of the index that it speaks of. The others
    are the greatest features of its evidence; of ``answers`` also the mean of the best two.
    """

    act: float
    words: float
    literal: float
    named: float
    missing: float
    coverage: float
    noted: float
    similarity: float
    dense: float
    asked: float
    answers: float
    repeated: float
    indexed: float


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
        self.indexed: dict[str, float] = {}
        matches = knowledge.subjects.matches(_about(asked, knowledge))
        for match in matches:
            for code in match.subject.says:
                self.indexed.setdefault(code, match.closeness)
        plain = matches and matches[0].closeness >= SUBJECT["plain"]
        self.places = matches[0].subject.says if plain else {}


def standing(asked: Understanding, knowledge: Knowledge) -> Standing:
    """Return where every respondent in the scope stands, each one looked at."""
    subject = Subject(asked, knowledge)
    evidence = evidence_of_each(asked, knowledge)
    named = by_name(subject, asked, knowledge) if subject.entities else {}
    signs = signs_of_each(subject, evidence, named, knowledge)
    least = -SURVEY["decisive"] if subject.decisive else 0.0
    speaking = {
        code
        for code, odds in log_odds(signs).items()
        if odds >= least and not _is_ruled_out(signs[code], subject)
    }
    if not _is_heard_of(subject, signs):
        speaking = set()
    says: dict[str, Proof] = {}
    otherwise: dict[str, Proof] = {}
    for code in asked.scope:
        if code in speaking:
            says[code] = _proof_of(code, subject, evidence.get(code, ()), named, knowledge)
        elif subject.against and subject.entities:
            opposed = _facts(code, subject, knowledge, subject.against)
            if opposed:
                otherwise[code] = _best(opposed, evidence.get(code, ()))
    return Standing(says, otherwise)


def _is_ruled_out(signs: Signs, subject: Subject) -> bool:
    """Tell whether a reply lacks what it must hold: an act of which the notes know every case, or
    any of the words of a subject without a name that the index does not know.
    """
    if subject.decisive:
        return not signs.act
    if subject.entities or subject.acts or subject.places:
        return False
    return signs.noted < SURVEY["heard"]


def _is_heard_of(subject: Subject, signs: Mapping[str, Signs]) -> bool:
    """Tell whether anybody speaks of a subject at all: by its names or an act, or in its words."""
    if subject.entities:
        return any(one.named or one.missing < 1 for one in signs.values())
    return bool(subject.acts) or any(one.noted >= SURVEY["heard"] for one in signs.values())


def log_odds(signs: Mapping[str, Signs]) -> dict[str, float]:
    """Return the log-odds that each respondent spoke of the subject.

    Each sign counts by itself and by how far it is behind the respondent where it is greatest:
    what is much for one question is little for another.
    """
    if not signs:
        return {}
    greatest = Signs(*map(max, zip(*signs.values(), strict=True)))
    return {
        code: SURVEY["bias"]
        + sum(
            SURVEY[name] * own - SURVEY_BEHIND[name] * (best - own)
            for name, own, best in zip(Signs._fields, one, greatest, strict=True)
        )
        for code, one in signs.items()
    }


def signs_of_each(
    subject: Subject,
    evidence: Mapping[str, tuple[Evidence, ...]],
    named: Mapping[str, list[Proof]],
    knowledge: Knowledge,
) -> dict[str, Signs]:
    """Return what speaks for each respondent's having spoken of the subject."""
    return {
        code: _signs_of(code, subject, best, bool(named.get(code)), knowledge)
        for code, best in evidence.items()
    }


def _signs_of(
    code: str, subject: Subject, best: Sequence[Evidence], named: bool, knowledge: Knowledge
) -> Signs:
    stated = _facts(code, subject, knowledge, subject.acts) if subject.acts else []
    words = [subject.terms.coverage(one.sentence.terms) for one in best]
    if stated and subject.terms.total:
        words = [_words_of(proof, subject, knowledge) for proof in stated]
    features = [one.features for one in best]
    answers = sorted((one.answers for one in features), reverse=True)[:_RUNNERS_UP]
    return Signs(
        act=float(bool(stated)),
        words=max(words) if subject.terms.total else float(bool(stated)),
        literal=float(any(_holds(one, subject.words) for one in best)),
        named=float(named),
        missing=min(one.entities for one in features),
        coverage=max(one.coverage for one in features),
        noted=max(one.noted for one in features),
        similarity=max(one.similarity for one in features),
        dense=max(one.dense for one in features),
        asked=max(one.asked for one in features),
        answers=answers[0],
        repeated=sum(answers) / len(answers),
        indexed=subject.indexed.get(code, 0.0),
    )


def by_name(subject: Subject, asked: Understanding, knowledge: Knowledge) -> dict[str, list[Proof]]:
    """Return the proofs of those who state an act of what is named; where nobody does, of those
    who name it at all.
    """
    acts = frozenset() if subject.mention else subject.acts
    stated = {code: _facts(code, subject, knowledge, acts) for code in asked.scope}
    if not any(stated.values()):
        stated = {code: _facts(code, subject, knowledge, frozenset()) for code in asked.scope}
    return stated


def _proof_of(
    code: str,
    subject: Subject,
    best: Sequence[Evidence],
    named: Mapping[str, list[Proof]],
    knowledge: Knowledge,
) -> Proof:
    """Return the sentence that shows best that a respondent spoke of the subject.

    Where a question plainly asks for a subject of the index, that knows it.
    """
    if places := subject.places.get(code):
        passage = knowledge.passages[places[0].passage]
        return Proof(passage, passage.sentences[places[0].sentence])
    if named.get(code):
        return _best(named[code], best)
    stated = _facts(code, subject, knowledge, subject.acts) if subject.acts else []
    fitting = [proof for proof in stated if _words_of(proof, subject, knowledge) > 0]
    if fitting or (stated and not subject.terms.total):
        return _best(fitting or stated, best)
    literal = [one for one in best if _holds(one, subject.words)]
    return _proof((literal or best)[0])


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


def _about(asked: Understanding, knowledge: Knowledge) -> str:
    """Return the question without the group that it is put to and those whom it sets aside."""
    text = patterns.EXCEPT.sub(" ", asked.normalised)
    for group in knowledge.groups:
        for spelling in group.spellings:
            text = text.replace(spelling, " ")
    return text


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
