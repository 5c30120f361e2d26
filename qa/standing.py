"""Where each respondent stands on a subject: found through facts, names and evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.notes_types import Fact
from corpus.types import Passage, Span
from index.text import normalise
from qa import patterns
from qa.acts import Cue, acts_asked
from qa.evidence import Evidence, Terms, weigh
from qa.knowledge import Knowledge
from qa.tuning import SURVEY
from qa.understand import Understanding


_OR = re.compile(r"或|、|\bor\b")


@dataclass(frozen=True, slots=True)
class Proof:
    """The sentence that shows where a respondent stands, and how well it does."""

    passage: Passage
    span: Span
    strength: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Proofs by respondent's code: who speaks of the subject, and who says otherwise."""

    says: dict[str, Proof]
    otherwise: dict[str, Proof]


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
        self.things = tuple(cue for cue in self.cues if cue.thing)
        self.against = frozenset(act for cue in self.cues for act in cue.against)


def standing(asked: Understanding, knowledge: Knowledge) -> Standing:
    """Return where every respondent in the scope stands, each one looked at."""
    subject = Subject(asked, knowledge)
    evidence = _evidence_of_each(asked, knowledge)
    says: dict[str, Proof] = {}
    otherwise: dict[str, Proof] = {}
    by_fact = {code: _proofs(code, subject, knowledge, subject.acts) for code in asked.scope}
    stated = any(by_fact.values())
    for code, proofs in by_fact.items():
        opposed = _proofs(code, subject, knowledge, subject.against) if subject.against else []
        if not (stated and subject.acts):
            proofs += _by_evidence(evidence.get(code, ()), subject, asked)
        if proofs:
            says[code] = _best(proofs, evidence.get(code, ()))
        elif opposed:
            otherwise[code] = _best(opposed, evidence.get(code, ()))
    return Standing(says, otherwise)


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


def _proofs(code: str, subject: Subject, knowledge: Knowledge, acts: frozenset[str]) -> list[Proof]:
    """Return the sentences whose facts state one of the acts of what is asked about."""
    found = []
    for passage in knowledge.replies[code].passages:
        note = knowledge.notes.of(passage.id)
        for fact in note.facts if note else ():
            if _states(fact, passage, subject, acts, knowledge):
                found.append(Proof(passage, passage.sentences[fact.sentence], 1.0))
    return found


def _states(
    fact: Fact,
    passage: Passage,
    subject: Subject,
    acts: frozenset[str],
    knowledge: Knowledge,
) -> bool:
    by_name = subject.mention and bool(subject.entities)
    if fact.negated or (acts and not by_name and fact.act not in acts):
        return False
    if subject.entities and not _is_about(fact, passage, subject, knowledge):
        return False
    text = normalise(passage.text[slice(*passage.sentences[fact.sentence])])
    if (
        not by_name
        and subject.things
        and not any(fact.act == cue.act or cue.pattern.search(text) for cue in subject.things)
    ):
        return False
    if not subject.entities and not acts:
        return False
    if not subject.terms.total:
        return True
    sentence = knowledge.sentences[passage.id][fact.sentence]
    entity = knowledge.notes.entities.get(fact.object or "")
    names = knowledge.searcher.terms(" ".join((fact.detail, *(entity.spellings if entity else ()))))
    return subject.terms.coverage(sentence.terms | names) >= SURVEY["words"]


def _is_about(fact: Fact, passage: Passage, subject: Subject, knowledge: Knowledge) -> bool:
    """Tell whether a fact is about what is asked: one of the names, and the others beside it."""
    if fact.object not in subject.entities:
        return False
    return subject.alternatives or set(subject.entities) <= knowledge.objects[passage.id]


def evidence_of_all(asked: Understanding, knowledge: Knowledge) -> list[Evidence]:
    """Return every sentence of the respondents asked as evidence, the best first."""
    everything = len(knowledge.searcher.passages)
    found = knowledge.searcher.find(asked.focus or asked.normalised, everything, asked.scope)
    return weigh(asked, found, knowledge)


def _evidence_of_each(
    asked: Understanding, knowledge: Knowledge
) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of every respondent, the best first."""
    each: dict[str, list[Evidence]] = {}
    for one in evidence_of_all(asked, knowledge):
        each.setdefault(one.sentence.passage.code, []).append(one)
    return {code: tuple(evidence) for code, evidence in each.items()}


def _by_evidence(
    evidence: Sequence[Evidence], subject: Subject, asked: Understanding
) -> list[Proof]:
    """Return the best sentence as proof where nothing but words and meaning can tell."""
    if not evidence:
        return []
    best = evidence[0]
    literal = [one for one in evidence if _holds(one, subject.words)]
    if subject.mention and not subject.entities and literal:
        return [_proof(literal[0])]
    if subject.entities or (subject.acts and not subject.mention and not subject.terms.total):
        return []
    if asked.want == "money" and best.features.fits == 0:
        return []
    support = best.support - SURVEY["support"]
    if asked.silent or subject.mention:
        return [_proof(best)] if best.features.coverage >= SURVEY["coverage"] else []
    return [_proof(best)] if support >= 0 else []


def _holds(one: Evidence, words: str) -> bool:
    wanted = re.sub(r"\W+", "", words)
    return len(wanted) >= 2 and wanted in re.sub(r"\W+", "", one.sentence.text.casefold())


def _proof(one: Evidence) -> Proof:
    sentence = one.sentence
    return Proof(sentence.passage, (sentence.start, sentence.end), one.score)


def _best(proofs: Sequence[Proof], evidence: Sequence[Evidence]) -> Proof:
    """Return the proof that ranks highest as evidence for the question."""
    rank = {
        (one.sentence.passage.id, one.sentence.start): place for place, one in enumerate(evidence)
    }
    last = len(evidence)
    return min(proofs, key=lambda proof: rank.get((proof.passage.id, proof.span[0]), last))
