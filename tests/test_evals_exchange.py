"""Other people's shapes: trec_eval agrees with our numbers, files are read back as written."""

import json
import random

import pytest
import pytrec_eval

from corpus import load_report
from evals import ranking
from evals.__main__ import main
from evals.contract import read_answer
from evals.exchange import (
    cases_from_beir,
    qrels_of,
    rankings_of,
    read_qrels,
    read_rankings,
    write_beir,
    write_qrels,
    write_rankings,
)
from evals.oracle import oracle
from evals.rankings import ranking_scores
from evals.results import Run, save_run
from evals.runner import run
from evals.suite import SUITES, load_suite
from evals.truth import truth_of
from evals.types import EvalsError

REPORT = load_report()
TRUTH = truth_of(REPORT)
CASES = load_suite(SUITES / "A-72-344.dev.jsonl")
NAMES = {"recall.1,5,10", "recip_rank", "ndcg_cut.10"}


@pytest.fixture(scope="module")
def shuffled():
    """Return the oracle's answers with what they retrieved in a random, seeded order."""
    ask, picks = oracle(CASES, REPORT), random.Random(1)

    def engine(request):
        answer = json.loads(json.dumps(ask(request)))
        picks.shuffle(answer["retrieved"])
        return answer

    return tuple(run("dev", CASES, engine))


def test_trec_eval_agrees_where_every_gold_text_has_a_passage_of_its_own(shuffled, tmp_path):
    write_qrels(tmp_path / "qrels.txt", qrels_of(CASES, TRUTH))
    write_rankings(tmp_path / "run.txt", rankings_of(shuffled))
    judge = pytrec_eval.RelevanceEvaluator(read_qrels(tmp_path / "qrels.txt"), NAMES)
    theirs = judge.evaluate(read_rankings(tmp_path / "run.txt"))
    compared = 0
    for result in shuffled:
        ranks = ranking.places(result.case, read_answer(result.raw))
        found = theirs.get(result.case.id)
        if ranks is None or len(ranks) != len(qrels_of([result.case], TRUTH)[result.case.id]):
            continue
        ours = {f"recall_{k}": ranking.recall_at(k, ranks) for k in (1, 5, 10)}
        ours["recip_rank"] = ranking.reciprocal_rank(ranks)
        ours["ndcg_cut_10"] = ranking.ndcg_at(10, ranks)
        assert {name: found[name] for name in ours} == pytest.approx(ours), result.case.id
        compared += 1
    assert compared > 100


def test_files_are_read_back_as_written(shuffled, tmp_path):
    qrels, rankings = qrels_of(CASES, TRUTH), rankings_of(shuffled[:20])
    write_beir(tmp_path, CASES, TRUTH)
    assert read_qrels(tmp_path / "qrels" / "test.tsv") == qrels
    write_rankings(tmp_path / "run.txt", rankings)
    again = read_rankings(tmp_path / "run.txt")
    assert {case: list(found) for case, found in again.items()} == {
        case: list(found) for case, found in rankings.items()
    }
    lines = (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(REPORT.passages)


def test_a_file_of_another_shape_is_refused_with_its_line(tmp_path):
    path = tmp_path / "qrels.txt"
    path.write_text("q 0 d 1\nq d\n", encoding="utf-8")
    with pytest.raises(EvalsError, match=r"qrels.txt:2: 2 columns found, 3 or 4 expected"):
        read_qrels(path)


def test_a_run_is_exported_and_ragas_records_become_a_suite(shuffled, tmp_path):
    kept, suite = tmp_path / "run.jsonl", tmp_path / "ragas-suite.jsonl"
    save_run(kept, Run("x", "2026-01-01T00:00:00+00:00", shuffled[:20]))
    assert main(["export", str(kept), "--to", str(tmp_path / "out")]) == 0
    records = tmp_path / "out" / "ragas.jsonl"
    assert main(["import", str(records), "--to", str(suite)]) == 0
    made = load_suite(suite)
    assert [case.question for case in made] == [case.question for case in CASES[:20]]
    assert [case.gold for case in made] == [case.gold for case in CASES[:20]]
    records.write_text('{"question": "?"}\n', encoding="utf-8")
    assert main(["import", str(records), "--to", str(suite)]) == 2


def test_a_beir_data_set_becomes_a_suite_with_the_relevant_texts_as_gold(tmp_path):
    write_beir(tmp_path / "beir", CASES, TRUTH)
    assert main(["import", str(tmp_path / "beir"), "--to", str(tmp_path / "s.jsonl")]) == 0
    made, judged = load_suite(tmp_path / "s.jsonl"), qrels_of(CASES, TRUTH)
    assert {case.id: case.gold for case in made} == {
        query: tuple(TRUTH[one].text for one in found) for query, found in judged.items()
    }
    lang = {case.id: case.lang for case in CASES}
    assert all((case.lang == "en") == (lang[case.id] == "en") for case in made)


@pytest.mark.parametrize(
    ("qrels", "said"),
    [
        ("query-id\tcorpus-id\tscore\nq\tnone\t1\n", "judges 'none', which is not there"),
        ("query-id\tcorpus-id\tscore\nz\td\t1\n", "judges 'z', which is not there"),
        ("query-id\tcorpus-id\tscore\nq\td\t0\n", "judges nothing relevant"),
    ],
)
def test_a_beir_data_set_that_does_not_fit_together_is_refused(tmp_path, qrels, said):
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text(qrels, encoding="utf-8")
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d", "text": "t"}\n', encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "?"}\n', encoding="utf-8")
    with pytest.raises(EvalsError, match=said):
        cases_from_beir(tmp_path, "dev")
    with pytest.raises(EvalsError, match="cannot be read"):
        cases_from_beir(tmp_path)
    (tmp_path / "corpus.jsonl").write_text('{"id": "d"}\n', encoding="utf-8")
    with pytest.raises(EvalsError, match=r"corpus.jsonl:1: not a BEIR record"):
        cases_from_beir(tmp_path, "dev")


def test_a_foreign_ranking_is_measured_as_trec_eval_measures_it():
    """Ties, graded judgements, unjudged and missing documents, as they come from elsewhere."""
    picks = random.Random(7)
    documents = [f"d{n}" for n in range(30)]
    qrels = {
        f"q{n}": {one: picks.choice([0, 0, 1]) for one in picks.sample(documents, 12)}
        for n in range(20)
    }
    run_ = {
        f"q{n}": {one: picks.choice([0.1, 0.5, 0.9]) for one in picks.sample(documents, 15)}
        for n in range(20)
    }
    ours = ranking_scores(qrels, run_)
    theirs = pytrec_eval.RelevanceEvaluator(qrels, NAMES).evaluate(run_)
    names = {"R@1": "recall_1", "R@5": "recall_5", "R@10": "recall_10", "MRR": "recip_rank"}
    names["nDCG@10"] = "ndcg_cut_10"
    assert len(ours) > 15
    for query, found in ours.items():
        assert found == pytest.approx({one: theirs[query][name] for one, name in names.items()})
    assert ranking_scores({"q": {"d": 1}}, {})["q"]["MRR"] == 0.0


def test_run_files_are_measured_and_compared_on_the_command_line(tmp_path, capsys):
    write_qrels(tmp_path / "q.txt", {"a": {"x": 1}, "b": {"y": 1}})
    write_rankings(tmp_path / "good.txt", {"a": {"x": 2.0}, "b": {"y": 2.0}})
    write_rankings(tmp_path / "bad.txt", {"a": {"z": 2.0, "x": 1.0}})
    files = [str(tmp_path / name) for name in ("q.txt", "good.txt", "bad.txt")]
    assert main(["trec", *files]) == 0
    head, good, bad, _, _, duel = capsys.readouterr().out.splitlines()
    assert head.split() == ["run", "queries", "R@1", "R@5", "R@10", "MRR", "nDCG@10"]
    assert good.split()[:3] == ["good.txt", "2", "1.000"]
    assert "0.250" in bad
    assert duel.split() == ["bad.txt", "-0.685", "0", "2", "0", "0.500"]
