"""How likely each respondent spoke of what a survey asks about: a fitted score over signs."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qa.evidence import Evidence
from qa.inquiry import Inquiry
from qa.knowledge import Knowledge
from qa.proofs import Proof, facts_of, holds, is_undone, words_of
from qa.subjects import NOT_TOLD
from qa.tuning import SURVEY, SURVEY_BEHIND, SURVEY_HEARD

_TELLING = ("noted", "asked", "answers")
"""Signs that tell whether a subject is spoken of at all."""
_RUNNERS_UP = 2
"""Sentences whose noted questions and claims are averaged."""


class Signs(NamedTuple):
    """What speaks for a respondent's having spoken of a subject, each from 0 to 1 but the last.

    ``act`` and ``words`` are those of its best fact or sentence, ``literal`` is 1 where the subject
    stands there word for word, ``named`` where its facts state the names asked about, with the act
    if anybody has done it, and ``missing`` is the share of these names that its passages lack.
    ``told`` are the log-odds by the subject index that it speaks of the subject. The others are the
    greatest features of its evidence; of ``answers`` also the mean of the best two.
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
    told: float


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


def heard_of(
    inquiry: Inquiry,
    signs: Mapping[str, Signs],
    evidence: Mapping[str, Sequence[Evidence]],
    knowledge: Knowledge,
) -> float:
    """Return the log-odds that anybody of whom there are signs speaks of the subject at all."""
    if not signs:
        return -math.inf
    features = whole_of(inquiry, signs, evidence, knowledge)
    return SURVEY_HEARD["bias"] + sum(SURVEY_HEARD[name] * features[name] for name in features)


def whole_of(
    inquiry: Inquiry,
    signs: Mapping[str, Signs],
    evidence: Mapping[str, Sequence[Evidence]],
    knowledge: Knowledge,
) -> dict[str, float]:
    """Return what speaks for a subject's being spoken of at all: the share of its words that the
    report knows, whether no more than a mention is asked for, whether nobody is recorded to have
    done what is asked of a name, how close the question is to those of the index and to those that
    the passages leave open, whether it has words of which nobody speaks, and the greatest of some
    signs.
    """
    greatest = {name: max(getattr(one, name) for one in signs.values()) for name in _TELLING}
    return {
        "known": inquiry.known,
        "mention": float(inquiry.mention),
        "undone": float(is_undone(inquiry, knowledge)),
        "indexed": inquiry.compared.closeness,
        "nearest": inquiry.compared.nearest,
        "unanswered": inquiry.compared.unanswered,
        "vacant": inquiry.compared.vacant,
        "alien": inquiry.compared.alien,
        "unknown": inquiry.compared.unknown,
        "open": max(found[0].features.open for found in evidence.values()),
        **greatest,
    }


def signs_of_each(
    inquiry: Inquiry,
    evidence: Mapping[str, tuple[Evidence, ...]],
    named: Mapping[str, list[Proof]],
    knowledge: Knowledge,
) -> dict[str, Signs]:
    """Return what speaks for each respondent's having spoken of the subject."""
    return {
        code: _signs_of(code, inquiry, best, bool(named.get(code)), knowledge)
        for code, best in evidence.items()
    }


def _signs_of(
    code: str, inquiry: Inquiry, best: Sequence[Evidence], named: bool, knowledge: Knowledge
) -> Signs:
    stated = facts_of(code, inquiry, knowledge, inquiry.acts) if inquiry.acts else []
    words = [inquiry.covered(one.sentence.terms) for one in best]
    if stated and not inquiry.wordless:
        words = [words_of(proof, inquiry, knowledge) for proof in stated]
    features = [one.features for one in best]
    answers = sorted((one.answers for one in features), reverse=True)[:_RUNNERS_UP]
    return Signs(
        act=float(bool(stated)),
        words=float(bool(stated)) if inquiry.wordless else max(words),
        literal=float(any(holds(one, inquiry) for one in best)),
        named=float(named),
        missing=min(one.entities for one in features),
        coverage=max(one.coverage for one in features),
        noted=max(one.noted for one in features),
        similarity=max(one.similarity for one in features),
        dense=max(one.dense for one in features),
        asked=max(one.asked for one in features),
        answers=answers[0],
        repeated=sum(answers) / len(answers),
        told=inquiry.told.get(code, NOT_TOLD),
    )
