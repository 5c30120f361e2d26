"""The promises, on answers small enough to read."""

import pytest

from evals.checks import attribution_problems, mark_problems, verbatim_problems
from evals.truth import Source
from evals.types import Answer, Citation, Coverage, Stand, Statement

TEXT = "甲国批准了 18 项公约。"
TRUTH = {
    "R/A/1": Source("R/A/1", "A", "甲国", TEXT),
    "R/B/1": Source("R/B/1", "B", "乙国", "乙国没有批准。"),
}


def cite(**changes):
    given = {"n": 1, "passage_id": "R/A/1", "respondent": "甲国", "code": "A", "text": TEXT}
    return Citation(**{**given, "quote": TEXT[:5], "start": 0, "end": 5, **changes})


def answer(*citations, text="甲国 [1]", statements=(), coverage=None, refused=False):
    return Answer(text, refused, None, tuple(statements), tuple(citations), coverage=coverage)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"quote": "国批准了 "}, ["[1] quote is not text[0:5] of its passage"]),
        ({"quote": "", "end": 0}, ["[1] quote is not text[0:0] of its passage"]),
        (
            {"text": "甲国批推了。", "quote": "甲国批推了"},
            ["[1] quote does not stand in R/A/1"],
        ),
        ({"passage_id": "other", "text": TEXT}, []),
    ],
)
def test_a_quote_is_a_slice_of_the_reports_own_passage(changes, problems):
    assert verbatim_problems(answer(cite(**changes)), TRUTH) == problems


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"passage_id": "R/C/1"}, "cites R/C/1, which the report does not hold"),
        ({"code": "B"}, "is given to 甲国 (B), but R/A/1 is 甲国's (A)"),
        ({"respondent": "乙国"}, "is given to 乙国 (A)"),
        ({"text": TEXT + "。"}, "shows another text than R/A/1 has"),
    ],
)
def test_a_citation_is_given_to_the_passages_own_respondent(changes, said):
    (problem,) = attribution_problems(answer(cite(**changes)), TRUTH)
    assert said in problem
    assert attribution_problems(answer(cite()), TRUTH) == []
    assert attribution_problems(answer(cite(**changes)), {}) == []


def test_a_survey_gives_nobody_the_citation_of_another():
    coverage = Coverage(2, (Stand("B", "乙国", (1,)),), (), ())
    problems = attribution_problems(answer(cite(), coverage=coverage), TRUTH)
    assert problems == ["coverage gives [1] of A to B"]


def test_a_claim_that_opens_with_a_name_cites_that_reply():
    right = answer(cite(), statements=[Statement("甲国：“18 项。”", (1,))])
    wrong = answer(cite(), statements=[Statement("乙国：“18 项。”", (1,))])
    assert attribution_problems(right, TRUTH) == []
    assert attribution_problems(wrong, TRUTH) == ["a claim about B cites A"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(cite(), text="甲国 [1][2]"), "mark [2] has no citation"),
        (answer(cite(), text="甲国"), "citation [1] is marked nowhere"),
        (answer(cite(), cite()), "citations are numbered [1, 1]"),
        (answer(text="甲国"), "an answer without any citation"),
        (answer(cite(), statements=[Statement("x", ())]), "statement without its citation []: x"),
        (answer(cite(), statements=[Statement("x", (3,))]), "statement without its citation [3]"),
    ],
)
def test_marks_citations_and_statements_fit_together(given, said):
    (problem,) = mark_problems(given)
    assert said in problem


def test_a_refusal_needs_no_citation():
    assert mark_problems(answer(text="没有。", refused=True)) == []
