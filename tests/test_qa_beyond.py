"""Words that a passage lacks: used by those who ask what it answers, or what it leaves open."""

import pytest

from index.fields import Unit
from index.terms import table_of
from qa.beyond import BeyondWords

ANSWERED = [("P/1", {"when", "treaty"}), ("P/1", {"date", "treaty"}), ("P/2", {"who", "drill"})]
OPEN = [("P/1", {"vote", "treaty"}), ("P/1", {"cost", "treaty"}), ("P/2", {"cost", "drill"})]
HELD = {"P/1": {"treaty"}, "P/2": {"drill"}, "P/3": set()}


@pytest.fixture(scope="module")
def beyond():
    units = [
        [Unit(f"{id_}#{n}", id_, kind, "") for n, (id_, _) in enumerate(found)]
        for kind, found in (("question", ANSWERED), ("gap", OPEN))
    ]
    table = table_of([terms for _, terms in (*ANSWERED, *OPEN)])
    return BeyondWords(table, units, ["date", "date", "who", "number", "money", "money"], HELD)


def test_words_of_those_who_ask_what_is_told_count_for_it_and_others_against(beyond):
    assert beyond.of({"when", "treaty"}, "date")["P/1"] > 0
    assert beyond.of({"cost", "treaty"}, "money")["P/1"] < 0


def test_words_that_the_passage_has_say_nothing(beyond):
    with_it, without = (beyond.of(terms, "any")["P/1"] for terms in ({"treaty", "vote"}, {"vote"}))
    assert with_it == without


def test_every_passage_has_a_figure_and_unknown_words_have_none(beyond):
    assert beyond.of({"unheard-of"}, "any") == {"P/1": 0.0, "P/2": 0.0, "P/3": 0.0}


def test_what_was_asked_of_another_passage_tells_too(beyond):
    assert beyond.of({"cost"}, "any")["P/3"] < 0
    assert beyond.of({"cost"}, "any")["P/1"] < beyond.of({"cost"}, "any")["P/3"]


def test_the_knowledge_of_the_report_has_one(chain):
    knowledge = chain.knowledge
    terms = knowledge.searcher.terms("By what vote was the amendment approved?")
    voted = knowledge.beyond.of(terms, "what")
    asked_when = knowledge.beyond.of(knowledge.searcher.terms("approved when?"), "date")
    assert voted["A-72-344/ECU/1"] < asked_when["A-72-344/ECU/1"]
