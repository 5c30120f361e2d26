"""A conversation that a browser keeps: it comes back whole, or says why not, and forges nothing."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from web_attacks import ATTACKS
from web_fakes import BY_CODE, MEXICO, REPORT, FakeDafu

from qa.render import to_json
from qa.types import Question
from qa.web.conversation import MAX_EXCHANGES, Conversation
from qa.web.evidence import panel
from qa.web.kept import LOST, keep, restore
from qa.web.talk import messages
from qa.web.texts import ZH
from qa.web.words import Names

PASSAGES = {one.id: one for one in REPORT.passages}
NAMES = Names(REPORT)
OURS = set("div p br b span button a section h2 h3 article header blockquote mark".split())


def asked(*questions):
    talk = Conversation()
    for one in questions:
        talk = talk.asking(one, ("MEX",)).answered(FakeDafu().invoke(Question(one, talk.history())))
    return talk


class Reader(HTMLParser):
    """What a browser would make of a piece of HTML: its tags and their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def test_answers_surveys_refusals_and_failures_come_back_as_they_were():
    talk = asked("问", "排查", "拒绝").judged(1, "down")
    talk = talk.asking("错").answered(None, "失败").asking("停").stopped()
    back = restore(keep(talk), PASSAGES)
    assert len(back.exchanges) == 5
    for before, after in zip(talk.exchanges, back.exchanges, strict=True):
        assert replace(before, answer=None) == replace(after, answer=None)
        if before.answer:
            answer = to_json(after.answer)
            assert answer == {**to_json(before.answer), "timings_ms": {}}
    assert back.history() == talk.history()
    assert messages(back, NAMES, ZH) == messages(talk, NAMES, ZH)


def test_numbers_of_exchanges_come_back():
    talk = asked("问")
    for n in range(MAX_EXCHANGES + 2):
        talk = talk.asking(f"{n}").answered(None, "错")
    back = restore(keep(talk), PASSAGES)
    assert [n for n, _ in back.numbered()] == [n for n, _ in talk.numbered()]


def test_the_report_itself_is_not_kept():
    kept = keep(asked("问"))
    assert MEXICO[:10] not in kept
    assert "阿根廷共和国历来" not in kept
    assert keep(Conversation()) == ""


def test_a_question_that_waited_comes_back_as_stopped():
    (back,) = restore(keep(asked().asking("问")), PASSAGES).exchanges
    assert back.stopped
    assert not back.waiting


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "{}",
        "[]",
        "null",
        "{",
        "[" * 10_000,
        '{"exchanges": [{}]}',
        '{"exchanges": [{"question": 1}]}',
        '{"first": -1}',
        '{"exchanges": [{"question": "问", "more": 1}]}',
        json.dumps({"exchanges": [{"question": "问"}] * (MAX_EXCHANGES + 1)}),
        json.dumps({"exchanges": [{"question": "问" * 5_000}]}),
    ],
)
def test_what_cannot_be_read_is_an_empty_conversation(kept):
    assert restore(kept, PASSAGES) == Conversation()


def changed(path, value):
    kept = json.loads(keep(asked("问")))
    *parents, last = path
    at = kept["exchanges"][0]["answer"]
    for part in parents:
        at = at[part]
    at[last] = value
    return json.dumps(kept)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("citations", 0, "passage"), "A-72-344/XXX/1"),
        (("citations", 0, "start"), 3),
        (("citations", 0, "end"), 99_999),
        (("citations", 0, "start"), -5),
        (("citations", 0, "digest"), "0" * 12),
        (("citations",), []),
        (("text",), "没有出处的话"),
        (("text",), "多一个[1][2][3]"),
        (("statements", 0, "citations"), [9]),
        (("found", 0, "passage"), "A-72-344/XXX/1"),
        (("kind",), "refusal"),
    ],
)
def test_an_answer_that_does_not_hold_together_is_replaced_by_a_message(path, value):
    (back,) = restore(changed(path, value), PASSAGES).exchanges
    assert back.answer is None
    assert back.error == LOST


def test_a_quotation_can_only_be_what_the_report_says():
    other = {**PASSAGES, BY_CODE["ARG"].id: replace(BY_CODE["ARG"], text="别的话" * 30)}
    (back,) = restore(keep(asked("问")), other).exchanges
    assert back.error == LOST


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_in_what_was_kept_shows_as_text(attack):
    kept = json.loads(keep(asked("问", "拒绝").asking("x").answered(None, "x")))
    first, refused, failed = kept["exchanges"]
    first["question"] = first["answer"]["resolved"] = refused["question"] = attack
    first["answer"]["text"] = f"{attack.replace('[', '(')}[1][2]"
    first["answer"]["question"] = "另一个"
    refused["answer"]["refusal"]["message"] = failed["error"] = attack
    talk = restore(json.dumps(kept), PASSAGES)
    assert talk.exchanges[0].answer is not None
    shown = [one["content"] for one in messages(talk, NAMES, ZH)]
    evidence = panel(0, talk.exchanges[0].answer, NAMES, ZH)
    for html in (*shown, evidence):
        read = Reader(html)
        assert read.tags <= OURS
        assert not [name for name, _ in read.attributes if name.startswith("on")]
        links = [value for name, value in read.attributes if name in ("href", "src")]
        assert all(one.startswith(("#", "../reader/")) for one in links)
        assert "\n" not in html
