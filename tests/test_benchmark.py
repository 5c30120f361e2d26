"""The retrieval benchmark: measures worked out by hand, sets, fusion, the table in the card."""

import json
import math

import numpy as np
import pytest

from index.benchmark.measures import interval, ndcg, places, recall, reciprocal_rank
from index.benchmark.run import run
from index.benchmark.sets import REPORT_QUESTIONS, QuestionSet, suite_sets
from index.benchmark.systems import Bm25, System, both, hybrid, lexical, pairs, standard, words
from index.benchmark.table import BEGIN, END, to_markdown, write_into
from index.embeddings import VectorModel


class Known(VectorModel):
    """A model whose vectors are given."""

    def __init__(self, vectors):
        self.vectors = vectors

    def encode(self, texts):
        return np.array([self.vectors[text] for text in texts], dtype=np.float32)

    def encode_queries(self, texts):
        return self.encode(texts)


PASSAGES = ("古巴批准了公约", "挪威举办研讨会", "约旦通过海关法")


def test_places_count_from_one_and_ties_go_against_the_right_passage():
    scores = np.array([3.0, 1.0, 2.0, 2.0], dtype=np.float32)
    assert places(scores, (0,)) == [1]
    assert places(scores, (2,)) == [3]
    assert places(scores, (0, 1)) == [1, 4]
    assert places(np.zeros(4, dtype=np.float32), (0,)) == [4]


@pytest.mark.parametrize(
    ("found", "at5", "reciprocal", "gain"),
    [
        ([1], 1.0, 1.0, 1.0),
        ([3], 1.0, 1 / 3, 1 / 2),
        ([11], 0.0, 0.0, 0.0),
        ([1, 3], 1.0, 1.0, 1.5 / (1 + 1 / math.log2(3))),
        ([2, 20], 0.5, 0.5, (1 / math.log2(3)) / (1 + 1 / math.log2(3))),
    ],
)
def test_measures_of_a_ranking(found, at5, reciprocal, gain):
    assert recall(found, 5) == at5
    assert reciprocal_rank(found) == pytest.approx(reciprocal)
    assert ndcg(found) == pytest.approx(gain)


def test_the_interval_of_a_constant_difference_is_a_point():
    assert interval(np.array([1.0, 0.5]), np.array([0.5, 0.0])) == (0.5, 0.5, 0.5)
    mean, low, high = interval(np.array([1.0, 0.0]), np.array([0.0, 0.0]))
    assert (mean, low, high) == (0.5, 0.0, 1.0)


def test_the_analysers():
    assert pairs("核武器与NATO，2017") == ["核武", "武器", "器与", "nato", "2017"]
    assert words("防止扩散，NATO") == ["防止", "扩散", "nato"]
    assert both("扩散") == ["扩散", "2:扩散"]


def test_bm25_finds_the_passage_that_holds_the_words_and_nothing_else():
    scores = lexical(pairs)(PASSAGES).one("哪里举办研讨会")
    assert np.argmax(scores) == 1
    assert (scores > 0).tolist() == [False, True, False]
    assert not lexical(pairs)(PASSAGES).one("weather").any()


def test_coverage_is_full_for_a_passages_own_words_and_small_for_others():
    bm25 = Bm25(pairs, PASSAGES)
    own, other = PASSAGES[1], "天气预报公约"
    assert bm25.coverage(own, float(bm25.one(own).max())) > 0.39
    assert bm25.coverage(other, float(bm25.one(other).max())) < 0.2
    assert bm25.coverage("", 0.0) == 0


def test_where_words_find_little_meaning_decides():
    vectors = {"办会": [0, 1, 0], **dict(zip(PASSAGES, np.eye(3).tolist(), strict=True))}
    model = Known(vectors)
    asked = "办会"
    assert np.argmax(hybrid(pairs, model)(PASSAGES).one(asked)) == 1
    exact = "约旦通过海关法"
    model.vectors[exact] = [1, 0, 0]
    assert np.argmax(hybrid(pairs, model)(PASSAGES).one(exact)) == 2


def test_standard_scores_of_equal_scores_are_zeros():
    assert standard(np.full(3, 2.0, dtype=np.float32)).tolist() == [0, 0, 0]
    assert standard(np.array([0.0, 2.0], dtype=np.float32)).tolist() == [-1, 1]


def test_a_suite_becomes_a_set_a_language_without_refusals(tmp_path):
    cases = [
        {"lang": "en", "question": "Who held it?", "gold": ["举办 研讨会"]},
        {"lang": "zh-Hans", "question": "谁批准了？", "gold": ["批准了公约", "海关法"]},
        {"lang": "zh-Hans", "question": "天气？", "gold": []},
    ]
    suite = tmp_path / "cases.jsonl"
    suite.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    english, chinese = suite_sets(suite, PASSAGES)
    assert (english.name, english.gold) == ("cases en", ((1,),))
    assert (chinese.questions, chinese.gold) == (("谁批准了？",), ((0, 2),))


def test_a_question_without_a_right_passage_is_refused():
    with pytest.raises(ValueError, match="no passage holds the answer of '谁？'"):
        QuestionSet("set", ("谁？",), PASSAGES, ((),))


def test_the_questions_on_the_report_all_have_their_passage():
    from corpus import load_report

    passages = [passage.text for passage in load_report().passages]
    chinese, english = suite_sets(REPORT_QUESTIONS, passages)
    assert len(chinese.questions) >= 30
    assert len(english.questions) >= 30


def test_a_run_ends_in_a_table_that_the_card_takes_in(tmp_path):
    one = QuestionSet("tiny", ("批准公约", "研讨会"), PASSAGES, ((0,), (1,)))
    bm25 = lexical(both)
    systems = [System("BM25", bm25, 0.0, 0.0), System("hybrid", bm25, 0.1, 25.0)]
    rows, differences = run(systems, [one])
    assert [row.reciprocal_rank for row in rows] == [1.0, 1.0]
    assert (differences[0].mean, differences[0].low) == (0, 0)
    card = tmp_path / "README.md"
    card.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_into(card, to_markdown(rows, differences, systems))
    written = card.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "old" not in written
    assert "| tiny | hybrid | 1.000 | 1.000 |" in written


def test_a_card_without_markers_is_left_alone(tmp_path):
    card = tmp_path / "README.md"
    card.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the markers"):
        write_into(card, "table")
    assert card.read_text(encoding="utf-8") == "mine"
