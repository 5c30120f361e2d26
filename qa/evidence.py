"""Sentences weighed as evidence: how much of a question each one covers, in words and meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.search import Found
from qa.knowledge import Knowledge, Sentence
from qa.spans import holds
from qa.tuning import EVIDENCE, SUPPORT
from qa.understand import Understanding


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and its worth for a question.

    ``coverage`` is the share of the question's weighted terms that the sentence holds, ``context``
    the share that its passage and its heading hold, ``similarity`` the sentence's cosine.
    ``score`` combines them; ``support`` estimates how sure it is that the question is answered.
    """

    sentence: Sentence
    found: Found
    coverage: float
    context: float
    similarity: float
    score: float
    support: float


class Terms:
    """The terms of a question's focus with their weights."""

    def __init__(self, focus: str, knowledge: Knowledge) -> None:
        terms = knowledge.searcher.terms(focus)
        self.weights = {term: knowledge.weight(term) for term in sorted(terms)}
        self.total = sum(self.weights.values())

    def coverage(self, held: frozenset[str]) -> float:
        """Return the weighted share of the terms that a text holds, 0 for a question without."""
        if not self.total:
            return 0.0
        return sum(weight for term, weight in self.weights.items() if term in held) / self.total


def weigh(
    asked: Understanding, found: Sequence[Found], knowledge: Knowledge, focus: str = ""
) -> list[Evidence]:
    """Return the sentences of the passages found as evidence, the best first."""
    terms = Terms(focus or asked.focus or asked.normalised, knowledge)
    best = found[0].score if found else 0.0
    evidence = [
        one
        for candidate in found
        for one in _weigh_passage(asked, candidate, terms, knowledge, best)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def _weigh_passage(
    asked: Understanding, found: Found, terms: Terms, knowledge: Knowledge, best: float
) -> list[Evidence]:
    passage = found.passage
    sentences = knowledge.sentences[passage.id]
    heading = knowledge.searcher.terms(" ".join((*passage.heading, passage.lead)))
    whole = frozenset().union(heading, *(sentence.terms for sentence in sentences))
    context = terms.coverage(whole)
    similarities = found.sentences or (found.dense,) * len(sentences)
    return [
        _evidence(asked, found, sentence, (terms.coverage(sentence.terms), context, cosine), best)
        for sentence, cosine in zip(sentences, similarities, strict=True)
        if not sentence.text.endswith("：") or len(sentences) == 1
    ]


def _evidence(
    asked: Understanding,
    found: Found,
    sentence: Sentence,
    measured: tuple[float, float, float],
    best: float,
) -> Evidence:
    coverage, context, similarity = measured
    fits = holds(sentence.text, asked.want)
    lag = max(0.0, best - found.score)
    score = (
        EVIDENCE["coverage"] * coverage
        + EVIDENCE["context"] * context
        + EVIDENCE["similarity"] * similarity
        + EVIDENCE["fits"] * fits
        - EVIDENCE["lag"] * lag
    )
    support = (
        SUPPORT["bias"]
        + SUPPORT["coverage"] * coverage
        + SUPPORT["context"] * context
        + SUPPORT["dense"] * found.dense
        + SUPPORT["fits"] * fits
    )
    return Evidence(sentence, found, coverage, context, similarity, score, support)
