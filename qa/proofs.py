"""Sentences that show that a respondent spoke of what is asked: by facts, names and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.notes_types import Fact, Locator
from corpus.types import Passage, Span
from index.text import normalise
from qa.evidence import Evidence
from qa.inquiry import Inquiry
from qa.knowledge import Knowledge
from qa.understand import Understanding

_WHOLE = 240
"""Characters up to which a list is quoted whole that shows that somebody speaks of a subject."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that shows where a respondent stands."""

    passage: Passage
    span: Span


def by_name(inquiry: Inquiry, asked: Understanding, knowledge: Knowledge) -> dict[str, list[Proof]]:
    """Return the proofs of those who state an act of what is named; where nobody does, of those
    who name it at all, unless the notes record every such act.
    """
    acts = frozenset() if inquiry.mention else inquiry.acts
    stated = {code: facts_of(code, inquiry, knowledge, acts) for code in asked.scope}
    if not any(stated.values()) and not inquiry.decisive:
        stated = {code: facts_of(code, inquiry, knowledge, frozenset()) for code in asked.scope}
    return stated


def is_undone(inquiry: Inquiry, knowledge: Knowledge) -> bool:
    """Tell whether an act is asked of something that has a name and no fact records that anybody
    has done it.
    """
    if inquiry.mention or not (inquiry.entities and inquiry.acts):
        return False
    return not any(facts_of(code, inquiry, knowledge, inquiry.acts) for code in knowledge.codes)


def proof_of(
    code: str,
    inquiry: Inquiry,
    best: Sequence[Evidence],
    named: Mapping[str, list[Proof]],
    knowledge: Knowledge,
) -> Proof:
    """Return the sentence that shows best that a respondent spoke of the subject.

    Where a question plainly asks for a subject of the index, that knows it.
    """
    if inquiry.verbatim:
        return uses(code, inquiry, knowledge)[0]
    if places := inquiry.places.get(code):
        return at(places[0], knowledge)
    if named.get(code):
        return _best(named[code], best)
    stated = facts_of(code, inquiry, knowledge, inquiry.acts) if inquiry.acts else []
    fitting = [proof for proof in stated if words_of(proof, inquiry, knowledge) > 0]
    if fitting or (stated and (inquiry.wordless or inquiry.things)):
        return _best(fitting or stated, best)
    literal = [one for one in best if holds(one, inquiry)]
    return _proof((literal or best)[0])


def completed(proof: Proof) -> Proof:
    """Return a proof with what a lead-in leads to, all of it or the first item of a long list, and
    with the row below the heading of a table.
    """
    passage, (start, end) = proof.passage, proof.span
    after = [span for span in passage.sentences if span[0] >= end]
    heads = passage.kind == "table" and start == passage.sentences[-len(passage.rows)][0]
    if not after or not (heads or passage.text[start:end].endswith("：")):
        return proof
    whole = after[-1][1] - start <= _WHOLE and not heads
    return Proof(passage, (start, after[-1 if whole else 0][1]))


def uses(code: str, inquiry: Inquiry, knowledge: Knowledge) -> list[Proof]:
    """Return the sentences of a respondent in which some of the very words stand that are asked
    for.
    """
    return [
        Proof(passage, (sentence.start, sentence.end))
        for passage in knowledge.replies[code].passages
        for sentence in knowledge.sentences[passage.id]
        if any(words in sentence.content for words in inquiry.verbatim)
    ]


def opposed(
    code: str, inquiry: Inquiry, best: Sequence[Evidence], knowledge: Knowledge
) -> Proof | None:
    """Return the sentence by which a respondent says otherwise: by the index, or by a fact of an
    act against the one asked about.
    """
    if places := inquiry.otherwise.get(code):
        return at(places[0], knowledge)
    if not (inquiry.against and inquiry.entities):
        return None
    facts = facts_of(code, inquiry, knowledge, inquiry.against)
    return _best(facts, best) if facts else None


def at(place: Locator, knowledge: Knowledge) -> Proof:
    """Return the sentence at a place of the subject index."""
    passage = knowledge.passages[place.passage]
    return Proof(passage, passage.sentences[place.sentence])


def facts_of(
    code: str, inquiry: Inquiry, knowledge: Knowledge, acts: frozenset[str]
) -> list[Proof]:
    """Return the sentences whose facts state one of the acts of what is asked about."""
    return [
        Proof(passage, passage.sentences[fact.sentence])
        for passage in knowledge.replies[code].passages
        if (note := knowledge.notes.of(passage.id))
        for fact in note.facts
        if not fact.negated
        and (not acts or fact.act in acts)
        and (not inquiry.entities or _is_about(fact, passage, inquiry, knowledge))
        and (not acts or not inquiry.things or _is_thing(fact, passage, inquiry))
    ]


def _is_about(fact: Fact, passage: Passage, inquiry: Inquiry, knowledge: Knowledge) -> bool:
    """Tell whether a fact is about what is asked: one of the names, and the others beside it."""
    if fact.object not in inquiry.entities:
        return False
    return inquiry.alternatives or set(inquiry.entities) <= knowledge.objects[passage.id]


def _is_thing(fact: Fact, passage: Passage, inquiry: Inquiry) -> bool:
    text = normalise(passage.text[slice(*passage.sentences[fact.sentence])])
    return any(fact.act == cue.act or cue.pattern.search(text) for cue in inquiry.things)


def words_of(proof: Proof, inquiry: Inquiry, knowledge: Knowledge) -> float:
    """Return how much of the remaining words a fact's sentence and detail hold."""
    note = knowledge.notes.of(proof.passage.id)
    details = " ".join(fact.detail for fact in note.facts) if note else ""
    sentence = next(
        one for one in knowledge.sentences[proof.passage.id] if one.start == proof.span[0]
    )
    return inquiry.covered(sentence.terms | knowledge.searcher.terms(details))


def holds(one: Evidence, inquiry: Inquiry) -> bool:
    """Tell whether a sentence holds one of the words asked about as it is."""
    return any(word in one.sentence.content for word in inquiry.words)


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
