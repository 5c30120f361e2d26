"""Questions in other clothes: what each relation changes, and what it must leave alone."""

import random
from dataclasses import replace

import pytest

from corpus import load_report
from evals.metamorphic import RELATIONS, known_items, unchanged, variants
from evals.oracle import oracle
from evals.runner import run
from evals.scoring import score_all
from evals.suite import SUITES, load_suite
from evals.text import fold
from evals.truth import truth_of
from evals.types import Case, Turn

REPORT = load_report()
CASES = load_suite(SUITES / "A-72-344.dev.jsonl")
CUBA = Case("cub", "zh-Hans", "lookup", "古巴批准了多少项公约？", True, respondents=("古巴",))


def change(relation, case=CUBA):
    return RELATIONS[relation](case, REPORT, random.Random(1))


def test_a_typing_error_swaps_two_characters_and_spares_the_name():
    text = change("typing-error")
    assert sorted(text) == sorted(CUBA.question)
    assert text != CUBA.question
    assert text.startswith("古巴")


def test_the_other_script_is_written_both_ways():
    assert change("other-script") == "古巴批准了多少項公約？"
    hant = replace(CUBA, lang="zh-Hant", question="古巴批准了多少項公約？")
    assert change("other-script", hant) == CUBA.question
    assert change("other-script", replace(CUBA, lang="en")) is None
    assert variants([CUBA], "other-script", REPORT)[0].lang == "zh-Hant"


def test_noise_changes_nothing_that_is_compared():
    assert fold(change("noise")) == fold(CUBA.question)


def test_another_name_is_one_of_the_respondents_own():
    text = change("other-name", replace(CUBA, question="欧盟出了多少钱？"))
    (eu,) = (one for one in REPORT.respondents if one.code == "EU")
    assert text.removesuffix("出了多少钱？") in eu.spellings
    assert change("other-name", replace(CUBA, question="谁最早？")) is None


def test_a_distractor_and_a_repetition_keep_the_question_whole():
    assert change("distractor").endswith(CUBA.question)
    assert change("repeated").count(CUBA.question) == 2


def test_a_follow_up_is_asked_whole_without_its_conversation():
    history = (Turn("user", "古巴批准了多少项公约？"), Turn("assistant", "18 项。"))
    more = replace(CUBA, question="挪威呢？", history=history, whole="挪威批准了多少项公约？")
    (made,) = variants([more], "asked-whole", REPORT)
    assert (made.question, made.history, made.whole) == (more.whole, (), "")
    assert variants([CUBA], "asked-whole", REPORT) == ()


@pytest.mark.parametrize("relation", RELATIONS)
def test_variants_are_the_same_at_every_run_and_have_ids_of_their_own(relation):
    made = variants(CASES, relation, REPORT)
    assert made == variants(CASES, relation, REPORT)
    names = [case.id for case in made]
    assert len(names) == len(set(names)) > 10
    assert not set(names) & {case.id for case in CASES}
    assert {case.base for case in made} <= {case.base for case in CASES}


def test_known_items_are_seeded_substrings_of_the_report():
    items = known_items(REPORT, 300)
    assert items == known_items(REPORT, 300)
    assert all(8 <= len(case.question) <= 14 for case in items)
    assert all(any(case.question in one.text for one in REPORT.passages) for case in items)


def test_an_answer_is_unchanged_if_it_cites_the_same_or_refuses_again():
    cases = [*CASES[:2], *(case for case in CASES if not case.answerable)][:4]
    engine = oracle(cases, REPORT)
    one, other, refused, again = score_all(run("dev", cases, engine), truth_of(REPORT))
    assert unchanged(one, one)
    assert unchanged(refused, again)
    assert not unchanged(one, refused)
    assert not unchanged(one, replace(other, result=replace(other.result, raw=None)))
