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
    qrels_of,
    rankings_of,
    read_qrels,
    read_rankings,
    write_beir,
    write_qrels,
    write_rankings,
)
from evals.oracle import oracle
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
