"""Retrieval measures on rankings that can be checked with a pencil."""

import math

import pytest

from evals import ranking
from evals.types import Answer, Case, Retrieved

A, B = "甲国批准了 18 项公约。", "乙国批准了 3 项公约。"


def case(**changes):
    given = {"id": "a", "lang": "en", "kind": "lookup", "question": "?", "answerable": True}
    return Case(**{**given, **changes})


def ranked(*texts):
    found = (
        Retrieved(rank, f"R/{rank}", text[:2], text) for rank, text in enumerate(texts, start=1)
    )
    return Answer(text="", refused=False, retrieved=tuple(found))


# gold texts, retrieved texts -> places, (R@1, R@5, RR, nDCG@10); IDCG of two is 1 + 1/log2(3)
RANKED = [
    (["g1"], ["x g1"], (1,), (1.0, 1.0, 1.0, 1.0)),
    (["g1"], ["x", "x g1"], (2,), (0.0, 1.0, 0.5, 1 / math.log2(3))),
    (["g1"], ["x"] * 5 + ["g1"], (6,), (0.0, 0.0, 1 / 6, 1 / math.log2(7))),
    (["g1"], ["x", "y"], (None,), (0.0, 0.0, 0.0, 0.0)),
    (["g1", "g2"], ["g1", "g2"], (1, 2), (0.5, 1.0, 1.0, 1.0)),
    (["g1", "g2"], ["g1 g2", "x"], (1, 2), (0.5, 1.0, 1.0, 1.0)),
    (["g1", "g2"], ["x", "g2 g1"], (2, 3), (0.0, 1.0, 0.5, (1 / math.log2(3) + 0.5) / 1.63093)),
    (["g1", "g2"], ["g1", "x"], (1, None), (0.5, 0.5, 1.0, 1 / 1.63093)),
]


@pytest.mark.parametrize(("gold", "texts", "places", "values"), RANKED)
def test_ranking_measures_worked_by_hand(gold, texts, places, values):
    r1, r5, rr, ndcg = values
    ranks = ranking.places(case(gold=tuple(gold)), ranked(*texts))
    assert ranks == places
    assert ranking.recall_at(1, ranks) == r1
    assert ranking.recall_at(5, ranks) == r5
    assert ranking.reciprocal_rank(ranks) == pytest.approx(rr)
    assert ranking.ndcg_at(10, ranks) == pytest.approx(ndcg, abs=1e-5)


def test_a_place_beyond_the_tenth_gains_nothing():
    ranks = ranking.places(case(gold=("g",)), ranked(*["x"] * 10, "g"))
    assert (ranking.recall_at(10, ranks), ranking.ndcg_at(10, ranks)) == (0.0, 0.0)
    assert ranking.reciprocal_rank(ranks) == pytest.approx(1 / 11)


@pytest.mark.parametrize("kind", ["metadata", "survey"])
def test_what_is_not_ranked_has_no_places(kind):
    assert ranking.places(case(kind=kind, gold=("g",)), ranked()) is None
    assert ranking.places(case(), ranked()) is None


def test_a_passage_of_another_respondent_is_not_right():
    asked = case(gold=("批准了",), respondents=("乙国",))
    assert ranking.places(asked, ranked(A, B)) == (2,)
