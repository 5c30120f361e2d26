"""The retrieval benchmark: measures worked out by hand, sets, systems, the card made of them."""

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.notes_types import ExpectedQuestion, Note, Notes
from index.benchmark.__main__ import main
from index.benchmark.analysers import both, pairs, words
from index.benchmark.claims import claims
from index.benchmark.collection import Collection, collection_of, plain_report
from index.benchmark.measures import interval, ndcg, places, recall, reciprocal_rank
from index.benchmark.results import Cost, Difference, Results, Row, load_results
from index.benchmark.run import compared, run
from index.benchmark.sets import REPORT_QUESTIONS, QuestionSet, suite_sets
from index.benchmark.systems import (
    HYBRID,
    LEXICAL,
    SHIPPED,
    Dense,
    dense,
    lexical,
    make_systems,
)
from index.benchmark.table import to_markdown
from index.embeddings import DEFAULT, VectorModel, make_embeddings
from index.training.card import card
from index.training.folder import read_sums
from index.training.record import load_record


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


def plain(*texts: str, asked: str = "") -> Collection:
    """Texts to search, the second with an annotation if one is given."""
    report = plain_report(texts or PASSAGES)
    if not asked:
        return collection_of(report)
    note = Note("1", "", (ExpectedQuestion("zh-Hans", asked),), "", (), (), ())
    return collection_of(report, Notes(by_passage={"1": note}))


def test_bm25_finds_the_passage_that_holds_the_words_and_nothing_else():
    bm25 = lexical(pairs)(plain())
    scores = bm25.one("哪里举办研讨会")
    assert np.argmax(scores) == 1
    assert (scores > 0).tolist() == [False, True, False]
    assert not bm25.one("weather").any()


def test_annotations_are_searched_by_words_and_by_meaning_where_there_are_any():
    asked = "开会的是谁"
    assert not lexical(pairs)(plain()).one("开会").any()
    assert np.argmax(lexical(pairs)(plain(asked=asked)).one("开会")) == 1
    known = Known({**dict(zip(PASSAGES, np.eye(3).tolist(), strict=True)), asked: [0.6, 0.8, 0]})
    assert Dense(known, plain()).one(asked).tolist() == pytest.approx([0.6, 0.8, 0])
    assert Dense(known, plain(asked=asked)).one(asked).tolist() == pytest.approx([0.6, 1, 0])
    many = Dense(known, plain(asked=asked)).many((asked, PASSAGES[0]))
    assert [np.argmax(scores) for scores in many] == [1, 0]


def test_the_products_search_ranks_plain_texts_and_uses_annotations():
    systems = {system.name: system for system in make_systems(make_embeddings(), {})}
    texts = (*PASSAGES, *(f"第{n}段谈天气" for n in range(20)))
    for name in (LEXICAL, HYBRID):
        assert np.argmax(systems[name].prepare(plain(*texts)).one("挪威举办了什么？")) == 1
    noted = systems[LEXICAL].prepare(plain(*texts, asked="哪国开了碰头会"))
    scores = noted.one("碰头会")
    assert np.argmax(scores) == 1
    assert np.isinf(scores).sum() == len(texts) - 10
    bare = systems[LEXICAL].prepare(plain(*texts)).one("碰头会")
    assert np.argmax(bare) != 1


def test_a_collection_is_made_ready_once():
    bm25, collection = lexical(pairs), plain()
    assert bm25(collection) is bm25(collection)
    assert bm25(plain()) is not bm25(collection)


def test_a_suite_becomes_a_set_a_language_without_refusals(tmp_path):
    cases = [
        {"lang": "en", "question": "Who held it?", "gold": ["举办 研讨会"]},
        {"lang": "zh-Hans", "question": "谁批准了？", "gold": ["批准了公约", "海关法"]},
        {"lang": "zh-Hans", "question": "天气？", "gold": []},
        {"lang": "zh-Hans", "question": "都谁批准了？", "gold": ["批准"], "kind": "survey"},
        {"lang": "zh-Hans", "question": "它呢？", "gold": ["批准"], "history": [{}]},
    ]
    suite = tmp_path / "cases.jsonl"
    suite.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    english, chinese = suite_sets(suite, [plain()])
    assert (english.name, english.gold) == ("cases en", ((1,),))
    assert (chinese.questions, chinese.gold) == (("谁批准了？",), ((0, 2),))


def test_a_question_without_a_right_passage_is_refused():
    with pytest.raises(ValueError, match="no passage holds the answer of '谁？'"):
        QuestionSet("set", ("谁？",), (plain(),), ((),))


def test_a_line_that_is_no_case_is_named(tmp_path):
    suite = tmp_path / "cases.jsonl"
    suite.write_text('{"lang": "en", "question": "Who?"}\n{"question": "谁？"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: KeyError\('lang'\); a case is"):
        suite_sets(suite, [plain()])


def test_the_questions_on_the_report_all_have_their_passage():
    from corpus import load_report

    chinese, english = suite_sets(REPORT_QUESTIONS, [collection_of(load_report())])
    assert len(chinese.questions) >= 30
    assert len(english.questions) >= 30


ASKED = ("批准公约", "研讨会")
VECTORS = {"批准公约": [1, 0, 0], "研讨会": [1, 0, 0], "公约？": [1, 0, 0]} | dict(
    zip(PASSAGES, np.eye(3).tolist(), strict=True)
)


def test_a_run_measures_each_system_with_annotations_and_without():
    from index.benchmark.systems import System

    one = QuestionSet("tiny", ASKED, (plain(), plain(asked="公约？")), ((0,), (1,)))
    systems = [System(LEXICAL, lexical(both)), System(SHIPPED, dense(Known(VECTORS)))]
    rows, differences = run(systems, [one])
    assert [(row.annotations, row.system) for row in rows] == [
        ("without", LEXICAL),
        ("without", SHIPPED),
        ("with", LEXICAL),
        ("with", SHIPPED),
    ]
    assert [row.reciprocal_rank for row in rows] == [1.0, pytest.approx(2 / 3), 1.0, 0.5]
    assert {row.questions for row in rows} == {2}
    assert differences == []


def test_what_is_compared_on_a_set():
    better, worse = np.ones(4), np.zeros(4)
    ranks = {
        "BM25, jieba words": worse,
        LEXICAL: better,
        "other": worse,
        SHIPPED: better,
        HYBRID: better,
    }
    assert compared(ranks) == [(HYBRID, LEXICAL), (SHIPPED, "other")]
    both_ways = ranks | {f"{name} + annotations": values for name, values in ranks.items()}
    assert compared(both_ways) == [
        (HYBRID, LEXICAL),
        (SHIPPED, "other"),
        (f"{HYBRID} + annotations", f"{LEXICAL} + annotations"),
        (f"{SHIPPED} + annotations", "other + annotations"),
        (f"{HYBRID} + annotations", HYBRID),
    ]


RESULTS = Results(
    "0" * 64,
    (Row("XQuAD en→zh", "without", SHIPPED, 4, (0.3, 0.6, 0.7), 0.439, 0.5, 0.2),),
    (
        Difference("CMRC dev", HYBRID, LEXICAL, -0.004, -0.009, 0.001),
        Difference("DRCD dev", HYBRID, LEXICAL, -0.006, -0.009, -0.001),
        Difference("XQuAD en→zh", HYBRID, LEXICAL, 0.2, -0.01, 0.4),
        Difference("A-72-344.paraphrase zh-Hans", HYBRID, LEXICAL, 0.1, 0.01, 0.2),
        Difference("CMRC dev", SHIPPED, "other", 0.4, 0.3, 0.5),
        Difference("A-72-344.dev zh-Hans", HYBRID + " + annotations", HYBRID, 0.1, 0.0, 0.2),
    ),
    (Cost(SHIPPED, 384, 0.29, 1.5, 30.0),),
)


def test_claims_are_held_against_the_figures():
    assert [(claim.about.split(":")[0], claim.holds) for claim in claims(RESULTS)] == [
        ("CMRC dev", True),
        ("DRCD dev", False),
        ("XQuAD en→zh", False),
        ("A-72-344.paraphrase zh-Hans", True),
        ("CMRC dev", True),
        ("XQuAD en→zh", False),
        (SHIPPED, False),
        (SHIPPED, True),
    ]


def test_results_are_kept_and_shown_whole(tmp_path):
    RESULTS.save(tmp_path)
    assert load_results(tmp_path) == RESULTS
    text = to_markdown(RESULTS)
    assert "Of 8 claims 4 hold." in text
    assert "| XQuAD en→zh (4) | without | shipped model | 0.300 | 0.600 | 0.700 | 0.439 |" in text
    assert "| A-72-344.dev zh-Hans: hybrid + annotations less hybrid | +0.1000 (+0.0000" in text
    assert "| shipped model | 384 | 0.29 | 1.50 | 30.0 |" in text


def test_the_card_is_generated_from_the_results_and_the_record_beside_it():
    folder = Path(DEFAULT)
    assert (folder / "README.md").read_text(encoding="utf-8") == card(folder)
    results, sums = load_results(folder), read_sums(folder)
    assert results is not None
    assert results.sha256 == sums["model.safetensors"]
    assert load_record(folder).repeats


def test_the_cards_figures_are_those_of_the_folder_it_stands_in():
    """The rows that rest on the model and the report's text alone are measured again."""
    from corpus import load_report

    results = load_results(Path(DEFAULT))
    assert results is not None
    systems = [system for system in make_systems(make_embeddings(), {}) if system.name == SHIPPED]
    rows, _ = run(systems, suite_sets(REPORT_QUESTIONS, [collection_of(load_report())]))
    kept = [row for row in results.rows if row.system == SHIPPED and row.annotations == "without"]
    known = {row.set_name: replace(row, milliseconds=0.0) for row in kept}
    assert rows
    for row in rows:
        assert known[row.set_name] == replace(row, milliseconds=0.0)


def test_a_folder_without_a_record_of_its_training_is_not_written_to(tmp_path, capsys):
    folder = tmp_path / "model"
    shutil.copytree(DEFAULT, folder)
    (folder / "training.jsonl").unlink()
    assert main(["--model", str(folder), "--write"]) == 2
    assert "was not made by python -m index.training" in capsys.readouterr().err


def test_passages_of_ones_own_need_a_suite(tmp_path, capsys):
    text = tmp_path / "mine.txt"
    text.write_text("第一段。", encoding="utf-8")
    assert main(["--passages", str(text)]) == 2
    assert "a --suite for the --passages" in capsys.readouterr().err
