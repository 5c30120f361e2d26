"""REST for the report itself: search and single passages, against the real index."""

from urllib.parse import quote, urlencode

import pytest
from web_live import serving

from index.highlights import highlights
from qa.web.passage_shapes import PassageShape, SearchShape


@pytest.fixture(scope="module")
def live(chain):
    with serving(dafu=chain) as running:
        yield running


def search(live, **given):
    return live.get(f"/api/v1/search?{urlencode(given)}")


def test_a_search_returns_passages_best_first_with_what_they_share_with_the_query(live):
    reply = search(live, q="核保安基金", k=5)
    assert reply.status == 200
    found = SearchShape.model_validate_json(reply.body)
    assert found.query == "核保安基金"
    assert found.count == len(found.results) == 5
    assert [one.rank for one in found.results] == [1, 2, 3, 4, 5]
    scores = [one.score for one in found.results]
    assert scores == sorted(scores, reverse=True)
    first = found.results[0]
    assert "核保安基金" in {first.text[one.start : one.end] for one in first.highlights}
    assert first.url == f"/reader/A-72-344#{first.passage_id}"
    assert found.index == live.dafu.fingerprint


def test_a_search_finds_by_meaning_in_another_language(live):
    found = SearchShape.model_validate_json(
        search(live, q="When did Mexico join the Nuclear Suppliers Group?", k=3).body
    )
    assert "A-72-344/MEX/16" in {one.passage_id for one in found.results}


@pytest.mark.parametrize("respondents", ["MEX,NOR", "墨西哥,挪威", "Mexico, NOR,"])
def test_a_search_keeps_to_the_respondents_that_are_named(live, respondents):
    found = SearchShape.model_validate_json(
        search(live, q="出口管制", k=50, respondents=respondents).body
    )
    assert {one.code for one in found.results} == {"MEX", "NOR"}
    again = live.get("/api/v1/search?" + urlencode({"q": "出口管制", "k": 50}) + "&respondents=MEX")
    more = live.get(
        "/api/v1/search?"
        + urlencode({"q": "出口管制", "k": 50})
        + "&respondents=MEX&respondents=NOR"
    )
    assert {one["code"] for one in again.json["results"]} == {"MEX"}
    assert more.body == search(live, q="出口管制", k=50, respondents=respondents).body


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "missing_parameter"),
        ({"q": ""}, "empty_question"),
        ({"q": "？！"}, "no_words"),
        ({"q": "问" * 2_001}, "question_too_long"),
        ({"q": "问\x00"}, "control_character"),
        ({"q": "问", "k": "0"}, "bad_k"),
        ({"q": "问", "k": "51"}, "bad_k"),
        ({"q": "问", "k": "-1"}, "bad_k"),
        ({"q": "问", "k": "１"}, "bad_k"),
        ({"q": "问", "k": "9" * 5_000}, "bad_k"),
        ({"q": "问", "k": ""}, "bad_k"),
        ({"q": "问", "respondents": "FRA"}, "unknown_respondent"),
        ({"q": "问", "respondents": ",".join(["MEX"] * 101)}, "too_many_respondents"),
        ({"q": "问", "respondent": "MEX"}, "unknown_parameter"),
        ({"q": "问", "x" * 5_000: "1"}, "unknown_parameter"),
    ],
)
def test_a_search_that_cannot_be_is_refused_with_what_is_allowed(live, given, code):
    reply = search(live, **given)
    assert (reply.status, reply.code) == (422, code)
    assert " / " in reply.json["error"]["message"]
    assert len(reply.json["error"]["message"]) < 400


def test_a_passage_comes_whole_with_its_neighbours_and_its_notes(live, report, notes):
    reply = live.get("/api/v1/passages/A-72-344/MEX/11")
    assert reply.status == 200
    shape = PassageShape.model_validate_json(reply.body)
    passage = next(one for one in report.passages if one.id == shape.passage_id)
    assert shape.text == passage.text
    assert shape.pages == [11, 12]
    second = shape.page_starts[1]
    assert (second.page, shape.text[second.start :][:9]) == (12, "2017 140 ")
    assert [one for row in shape.rows[:2] for one in row] == [
        *("年份", "设备类型", "总额(美元)"),
        *("2011", "200 台便携设备", "212 000"),
    ]
    assert shape.previous is not None
    assert shape.next is not None
    assert (shape.previous.passage_id, shape.next.passage_id) == (
        "A-72-344/MEX/10",
        "A-72-344/MEX/12",
    )
    assert shape.unofficial is not None
    assert shape.unofficial.gloss == list(notes.of(passage.id).gloss)


def test_every_passage_can_be_had_and_the_chain_of_neighbours_has_two_ends(live, report):
    shapes = [live.get(f"/api/v1/passages/{one.id}").json for one in report.passages]
    ids = [one.id for one in report.passages]
    assert [one["passage_id"] for one in shapes] == ids
    assert [one["next"] and one["next"]["passage_id"] for one in shapes] == [*ids[1:], None]
    assert [one["previous"] and one["previous"]["passage_id"] for one in shapes] == [
        None,
        *ids[:-1],
    ]


@pytest.mark.parametrize("id_", ["A-72-344/MEX/999", "A-72-344/FRA/1", "MEX/1", "x" * 4_000, "<b>"])
def test_an_unknown_passage_is_404_and_says_what_an_id_looks_like(live, id_):
    reply = live.get(f"/api/v1/passages/{quote(id_)}")
    assert (reply.status, reply.code) == (404, "unknown_passage")
    assert "A-72-344/SCO/" in reply.json["error"]["message"]
    assert len(reply.body) < 400


def test_a_slash_may_be_written_as_percent_2f(live):
    assert live.get("/api/v1/passages/A-72-344%2FMEX%2F1").status == 200


def test_while_the_engine_loads_both_say_so():
    with serving(engine=False) as live:
        for path in ("/api/v1/search?q=x", "/api/v1/passages/A-72-344/MEX/1"):
            reply = live.get(path)
            assert (reply.status, reply.code) == (503, "not_ready")


@pytest.mark.parametrize(
    ("query", "text", "lit"),
    [
        ("核供應國集團", "加入核供应国集团(2012 年 9 月)", ["核供应国集团"]),
        ("2012年9月", "集团(2012 年 9 月)", ["2012 年 9 月"]),
        ("1540号决议", "第 1540(2004)号决议", ["1540", "号决议"]),
        ("15号决议", "第 1540 号", []),
        ("ＩＡＥＡ fund", "IAEA Funds", ["IAEA"]),
        ("的", "的", []),
        ("", "文", []),
        ("文", "", []),
    ],
)
def test_highlights_are_the_words_that_query_and_text_share(query, text, lit):
    assert [text[start:end] for start, end in highlights(query, text)] == lit
