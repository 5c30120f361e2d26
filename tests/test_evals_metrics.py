"""Each metric on cases that can be checked with a pencil; None where it does not apply."""

from dataclasses import replace

import pytest

from evals import measures
from evals.chance import interval, mean, percentile, sign_test
from evals.scoring import METRICS, score
from evals.summary import (
    consistency,
    follow_up_gap,
    refusals,
    refusals_by_reason,
    run_figures,
)
from evals.tables import cross_rows
from evals.types import Answer, Case, Citation, Coverage, Result, Scored, Stand

A, B = "甲国批准了 18 项公约。甲国谴责恐怖主义。", "乙国批准了 3 项公约。"
REFUSED = Answer(text="没有。", refused=True, reason="off-topic")


def case(**changes):
    given = {"id": "a", "lang": "en", "kind": "lookup", "question": "?", "answerable": True}
    return Case(**{**given, **changes})


def said(text, **changes):
    return Answer(text=text, refused=False, **changes)


def cite(n, name, text, start, end):
    return Citation(n, f"R/{name}/{n}", name, name, text[start:end], start, end, text)


@pytest.mark.parametrize(
    ("text", "keys", "must_not", "loose", "strict"),
    [
        ("18 项 [1]", [("18项", "十八项")], (), 1.0, 1.0),
        ("十八项", [("18项", "十八项")], (), 1.0, 1.0),
        ("18 项", [("18项",), ("2013",)], (), 0.5, 0.0),
        ("18 项，非 3 项", [("18项",)], ("3 项",), 1.0, 0.0),
        ("18 项", [("18项",)], ("8 项",), 1.0, 1.0),
        ("别的", [("18项",)], (), 0.0, 0.0),
        ("別的", [], ("别的",), None, 0.0),
        ("别的", [], (), None, None),
    ],
)
def test_answer_keys_loose_and_strict(text, keys, must_not, loose, strict):
    asked = case(answer_keys=tuple(keys), must_not=must_not)
    assert measures.keys_loose(asked, said(text)) == loose
    assert measures.keys_strict(asked, said(text)) == strict


def test_a_wrong_refusal_misses_every_key_even_if_it_names_them():
    refusal = Answer(text="报告中没有 18 项。", refused=True, reason="not-in-report")
    assert measures.keys_loose(case(answer_keys=(("18",),)), refusal) == 0.0
    due = case(answerable=False, answer_keys=(("18",),))
    assert measures.keys_loose(due, refusal) == 1.0


FIRST = cite(1, "甲国", A, 0, 13)
SECOND = cite(2, "甲国", A, 13, len(A))
OTHER = cite(3, "乙国", B, 0, len(B))


@pytest.mark.parametrize(
    ("gold", "citations", "recall", "precision"),
    [
        (("批准了18项",), (FIRST,), 1.0, 1.0),
        (("批准了18项",), (FIRST, SECOND), 1.0, 1.0),
        (("批准了18项",), (SECOND,), 0.0, 1.0),
        (("批准了18项",), (FIRST, OTHER), 1.0, 0.5),
        (("批准了18项",), (OTHER,), 0.0, 0.0),
        (("批准了18项", "谴责恐怖主义"), (FIRST,), 0.5, 1.0),
        (("批准了18项",), (), 0.0, None),
        ((), (FIRST,), None, None),
    ],
)
def test_citations_against_gold(gold, citations, recall, precision):
    asked, answer = case(gold=gold), said("", citations=citations)
    assert measures.citation_recall(asked, answer) == recall
    assert measures.citation_precision(asked, answer) == precision


def test_a_quote_of_the_right_words_by_another_respondent_is_no_right_citation():
    asked = case(gold=("批准了",), respondents=("甲国",))
    assert measures.citation_recall(asked, said("", citations=(OTHER,))) == 0.0


@pytest.mark.parametrize(
    ("start", "end", "clean"),
    [(0, 13, 1.0), (13, 22, 1.0), (0, 12, 1.0), (1, 14, 0.0), (1, 13, 0.0), (12, 21, 0.0)],
)
def test_a_quote_that_slid_by_one_character_is_cut_uncleanly(start, end, clean):
    assert (A[13], len(A)) == ("甲", 22)
    slid = said("", citations=(cite(1, "甲国", A, start, end),))
    assert measures.clean_cuts(case(), slid) == clean
    assert measures.clean_cuts(case(), said("")) is None


@pytest.mark.parametrize(
    ("true", "named", "precision", "recall", "f1"),
    [
        (("甲国", "乙国"), ("甲国", "乙国"), 1.0, 1.0, 1.0),
        (("甲国", "乙国"), ("甲国",), 1.0, 0.5, 2 / 3),
        (("甲国",), ("甲国", "乙国", "丙国"), 1 / 3, 1.0, 0.5),
        (("甲国",), ("乙国",), 0.0, 0.0, 0.0),
        (("甲国",), (), None, 0.0, 0.0),
    ],
)
def test_the_set_of_a_survey(true, named, precision, recall, f1):
    asked = case(kind="survey", respondents=true)
    stands = tuple(Stand(name, name) for name in named)
    answer = said("", coverage=Coverage(24, stands, (), ()))
    assert measures.set_precision(asked, answer) == precision
    assert measures.set_recall(asked, answer) == recall
    assert measures.set_f1(asked, answer) == pytest.approx(f1)


def test_the_set_of_a_survey_does_not_apply_to_other_kinds_and_is_0_without_coverage():
    assert measures.set_f1(case(respondents=("甲国",)), said("")) is None
    assert measures.set_f1(case(kind="survey", respondents=("甲国",)), said("")) == 0.0


@pytest.mark.parametrize(
    ("answerable", "reason", "answer", "right", "reason_right"),
    [
        (True, None, said("x"), 1.0, None),
        (True, None, REFUSED, 0.0, None),
        (False, "off-topic", REFUSED, 1.0, 1.0),
        (False, "instruction", REFUSED, 1.0, 0.0),
        (False, None, REFUSED, 1.0, None),
        (False, "off-topic", said("x"), 0.0, None),
    ],
)
def test_refusing_and_its_reason(answerable, reason, answer, right, reason_right):
    asked = case(answerable=answerable, reason=reason)
    assert measures.refusal_right(asked, answer) == right
    assert measures.reason_right(asked, answer) == reason_right


def test_conciseness_is_length_over_the_reference():
    assert measures.conciseness(case(reference="18 项"), said("共十八项 [1]。")) == 4 / 3
    assert measures.conciseness(case(), said("x")) is None
    assert measures.conciseness(case(reference="18 项"), REFUSED) is None


def scored(asked, answer=None, *, value=None, raw=None):
    del answer
    return Scored(Result("s", asked, 0.0, raw), {"keys_strict": value}, ())


def refusal_of(reason):
    return {"refused": reason is not None, "refusal": reason and {"reason": reason}}


def test_refusal_precision_recall_and_f1_over_a_run():
    due, free = case(answerable=False, reason="off-topic"), case()
    run = [
        scored(due, raw=refusal_of("off-topic")),
        scored(due, raw=refusal_of("instruction")),
        scored(due, raw=refusal_of(None)),
        scored(free, raw=refusal_of("off-topic")),
        scored(free, raw=refusal_of(None)),
    ]
    whole = refusals(run)
    assert (whole.precision, whole.recall) == (2 / 3, 2 / 3)
    assert whole.f1 == pytest.approx(2 / 3)
    own = refusals_by_reason(run)
    assert (own["off-topic"].precision, own["off-topic"].recall) == (0.5, 1 / 3)
    assert (own["instruction"].precision, own["instruction"].recall) == (0.0, None)
    assert refusals([]).f1 is None


def test_refusal_f1_does_not_apply_where_nothing_is_to_be_refused():
    assert refusals([scored(case(), raw=refusal_of("off-topic"))]).f1 is None
    assert "refusal_f1" not in run_figures([scored(case(), raw=refusal_of("off-topic"))])
    due = scored(case(answerable=False), raw=refusal_of(None))
    assert run_figures([due])["refusal_f1"] == 0.0


def test_kinds_and_languages_are_counted_against_each_other():
    right = scored(case(kind="survey", lang="en"), value=1.0)
    wrong = replace(right, failures=("x",))
    other = scored(case(kind="lookup", lang="zh-Hans"))
    assert cross_rows([right, wrong, other]) == [
        ["solved", "en", "zh-Hans", "all"],
        ["survey", "0.500 of 2", "·", "0.500 of 2"],
        ["lookup", "·", "1.000 of 1", "1.000 of 1"],
        ["all", "0.500 of 2", "1.000 of 1", "0.667 of 3"],
    ]


def test_the_follow_up_gap_is_what_the_conversation_costs():
    after = case(kind="follow-up")
    run = [scored(case(), value=1.0), scored(case(), value=0.5), scored(after, value=0.25)]
    assert follow_up_gap(run) == 0.5
    assert follow_up_gap(run[:2]) is None


def test_consistency_compares_the_cited_passages_of_variants():
    def citing(name, *passages):
        citations = [
            {
                "n": n,
                "passage_id": one,
                "respondent": "x",
                "code": "x",
                "quote": "x",
                "start": 0,
                "end": 1,
                "text": "x",
            }
            for n, one in enumerate(passages, start=1)
        ]
        raw = {"answer": "", "refused": False, "refusal": None, "statements": []}
        return scored(case(id=name), raw={**raw, "citations": citations, "retrieved": []})

    assert consistency([citing("a", "p"), citing("a~en", "p")]) == 1.0
    assert consistency([citing("a", "p"), citing("a~en", "p", "q")]) == 0.5
    assert consistency([citing("a"), citing("a~en")]) == 1.0
    assert consistency([citing("a", "p"), citing("b", "q")]) is None


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, 1.0), (1, 0, 1.0), (3, 3, 1.0), (5, 0, 0.0625), (8, 1, 0.0390625)]
)
def test_the_sign_test(won, lost, p):
    assert sign_test(won, lost) == p
    assert sign_test(lost, won) == p


def test_the_bootstrap_interval_is_seeded_and_holds_the_mean():
    values = [0.0, 1.0] * 20
    low, high = interval(values)
    assert interval(values) == (low, high)
    assert 0.3 < low < 0.5 < high < 0.7
    assert interval([1.0] * 9) == (1.0, 1.0)
    assert interval([1.0]) is None
    assert mean([]) is None


def test_percentiles_are_values_that_occurred():
    values = [float(n) for n in range(1, 21)]
    assert percentile(values, 0.5) == 10.0
    assert percentile(values, 0.95) == 19.0
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.5) is None


def test_a_crash_scores_0_wherever_a_metric_would_have_applied():
    asked = case(gold=("g",), answer_keys=(("k",),))
    one = score(Result("s", asked, 0.0, None, "ZeroDivisionError: no"), {})
    assert one.failures == ("ZeroDivisionError: no",)
    assert not one.solved
    assert one.scores["completed"] == one.scores["keys_strict"] == one.scores["recall@1"] == 0.0
    assert one.scores["refusal_right"] == 0.0
    assert one.scores["set_f1"] is None
    assert set(one.scores) == {metric.name for metric in METRICS}
