"""The contract's JSON, key by key and type by type, for every kind of answer."""

import json
import re
from datetime import date

import pytest
from test_qa_verbatim import ask

from qa.render import citation_json, to_json
from qa.types import Citation

TOP = {
    "id": str,
    "question": str,
    "resolved_question": str,
    "kind": str,
    "language": str,
    "answer": str,
    "refused": bool,
    "refusal": (dict, type(None)),
    "statements": list,
    "citations": list,
    "coverage": (dict, type(None)),
    "retrieved": list,
    "engine": str,
    "model": (str, type(None)),
    "notices": list,
    "index": str,
    "timings_ms": dict,
}
CITATION = {
    "n": int,
    "passage_id": str,
    "respondent": str,
    "code": str,
    "symbol": str,
    "heading": list,
    "paragraph": int,
    "pages": list,
    "original_language": (str, type(None)),
    "date": (str, type(None)),
    "quote": str,
    "start": int,
    "end": int,
    "text": str,
    "url": str,
}
RETRIEVED = {"rank": int, "passage_id": str, "respondent": str, "score": float, "text": str}
STAND = {"code": str, "respondent": str, "citations": list}
SILENT = {"code": str, "respondent": str}
KINDS = {
    "lookup": "古巴批准了多少项与恐怖主义有关的国际公约？",
    "metadata": "哪些答复的原件是俄文？",
    "survey": "哪些答复方加入了《制止核恐怖主义行为国际公约》？",
    "comparison": "比较挪威与乌克兰加入《制止核恐怖主义行为国际公约》的情况",
    "table": "墨西哥2015年52台便携设备的总额是多少美元？",
    "refusal": "红烧肉怎么做？",
}


def fits(found: dict, shape: dict) -> bool:
    return list(found) == list(shape) and all(
        isinstance(found[key], kind) for key, kind in shape.items()
    )


@pytest.fixture(params=KINDS)
def said(request, chain):
    """Return the JSON of an answer of each kind, read back from its text."""
    answer = to_json(ask(chain, KINDS[request.param]))
    assert answer["kind"] == request.param
    return json.loads(json.dumps(answer, ensure_ascii=False))


def test_every_answer_has_the_contract_s_shape(said):
    assert fits(said, TOP)
    assert all(fits(one, {"text": str, "citations": list}) for one in said["statements"])
    assert all(fits(one, CITATION) for one in said["citations"])
    assert all(fits(one, RETRIEVED) for one in said["retrieved"])
    assert all(isinstance(value, float) for value in said["timings_ms"].values())


def test_a_refusal_has_a_reason_and_an_answer_has_none(said):
    assert said["refused"] == (said["kind"] == "refusal") == (said["refusal"] is not None)
    if said["refused"]:
        assert fits(said["refusal"], {"reason": str, "message": str})
        assert said["citations"] == said["statements"] == []
        assert said["answer"]


def test_coverage_has_the_contract_s_shape(said):
    coverage = said["coverage"]
    if said["kind"] in ("survey", "comparison"):
        assert coverage is not None
    if coverage is not None:
        assert list(coverage) == ["searched", "says", "otherwise", "silent"]
        assert all(fits(one, STAND) for one in coverage["says"] + coverage["otherwise"])
        assert all(fits(one, SILENT) for one in coverage["silent"])


def test_a_citation_leads_to_its_passage(said, report):
    passages = {passage.id: passage for passage in report.passages}
    for one in said["citations"]:
        passage = passages[one["passage_id"]]
        assert one["text"] == passage.text
        assert one["text"][one["start"] : one["end"]] == one["quote"]
        assert (one["code"], one["respondent"]) == (passage.code, passage.respondent)
        assert one["symbol"] == "A/72/344"
        assert one["pages"] == list(passage.pages)
        assert one["paragraph"] == passage.paragraph
        assert re.fullmatch(r"/reader/[^#\s]+#[^#\s]+", one["url"])
        assert one["url"].endswith(f"#{one['passage_id']}")
        date.fromisoformat(one["date"])


def test_retrieved_passages_are_ranked_and_no_more_than_asked_for(said, chain):
    assert [one["rank"] for one in said["retrieved"]] == list(range(1, len(said["retrieved"]) + 1))
    assert 1 <= len(said["retrieved"]) <= 10
    ids = [one["passage_id"] for one in said["retrieved"]]
    assert len(set(ids)) == len(ids)
    scores = [one["score"] for one in said["retrieved"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("k", [1, 3, 50])
def test_k_bounds_what_is_retrieved_and_not_what_is_answered(chain, k):
    answer = ask(chain, KINDS["survey"], k=k)
    assert 1 <= len(answer.retrieved) <= k
    assert answer.citations == ask(chain, KINDS["survey"]).citations


def test_the_introduction_is_called_so_and_has_no_date_and_no_original(report):
    passage = next(passage for passage in report.passages if passage.code == "INTRO")
    one = citation_json(Citation(1, passage, 0, 2))
    assert (one["respondent"], one["date"], one["original_language"]) == ("导言", None, None)


def test_the_example_of_the_contract_holds(chain):
    (one,) = to_json(ask(chain, "墨西哥的答复原件是什么语言？"))["citations"]
    assert (one["code"], one["respondent"], one["date"]) == ("MEX", "墨西哥", "2017-04-06")
    assert one["original_language"] == "西班牙文"
    assert "西班牙文" in one["quote"]


def test_the_engine_and_the_index_are_named(said, index):
    assert (said["engine"], said["model"], said["index"]) == ("extract", None, index.fingerprint)
