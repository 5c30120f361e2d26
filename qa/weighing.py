"""Evidence in the order of its worth; that of a follow-up weighed for its own words too."""

from collections.abc import Sequence
from dataclasses import replace

from index.search import Found
from qa.evidence import Evidence, Terms, weighed
from qa.knowledge import Knowledge
from qa.tuning import EVIDENCE
from qa.turns import quoted_before
from qa.understand import Understanding


def weigh(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> list[Evidence]:
    """Return the sentences of the passages found as evidence, the best first.

    Those of a follow-up are weighed for its own words too, and count less if they were quoted in
    the answers before it.
    """
    evidence = weighed(asked, found, knowledge)
    if asked.alone:
        evidence = _weighed_again(evidence, asked, asked.alone, found, knowledge)
    return sorted(evidence, key=lambda one: -one.rank)


def _weighed_again(
    evidence: Sequence[Evidence],
    asked: Understanding,
    alone: Understanding,
    found: Sequence[Found],
    knowledge: Knowledge,
) -> list[Evidence]:
    """Return evidence with what it is worth for the words of a follow-up alone added; a sentence
    quoted before counts next to nothing where another one has more of the words that are new.
    """
    ids = {one.passage.id for one in found}
    everything = knowledge.searcher.find(alone.text, len(knowledge.searcher.passages))
    again = weighed(alone, [one for one in everything if one.passage.id in ids], knowledge)
    ranks = {one.sentence: one for one in again}
    before = quoted_before(alone.question.history)
    new = Terms(alone.focus, knowledge).without(knowledge.searcher.terms(_topic(asked)))
    most = max(
        (new.coverage(one.sentence.terms) for one in again if not is_said(one, before)), default=0
    )

    def worth(one: Evidence) -> Evidence:
        own = ranks.get(one.sentence)
        score = one.score + EVIDENCE["alone"] * (own.rank if own else 0.0)
        if is_said(one, before):
            old = new.coverage(one.sentence.terms) < most
            score -= EVIDENCE["old"] if old else EVIDENCE["said"]
        return replace(one, score=score)

    return [worth(one) for one in evidence]


def _topic(asked: Understanding) -> str:
    """Return the topic that a follow-up stands after, in normalised text."""
    return asked.focus.rpartition(":")[0]


def is_said(one: Evidence, before: Sequence[str]) -> bool:
    """Tell whether a sentence was quoted before, whole or in part."""
    text = one.sentence.content
    return any(said in text or text in said for said in before)
