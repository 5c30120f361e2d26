"""Drafting notes with a chat model: what is asked, what is refused, what is left on the disk."""

import json
import sys
from dataclasses import asdict

import pytest
from annotate_stub import ATTACK, NAME, Command, serving

from corpus.__main__ import main
from corpus.draft_checks import Examiner, misfits, record_schema
from corpus.notes_types import Notes

CUB, NOR = "A-1-1/CUB/1", "A-1-1/NOR/1"
IDS = ["A-1-1/INTRO/0", "A-1-1/CUB/0", CUB, "A-1-1/NOR/0", NOR]
CONNECTED = set()
sys.addaudithook(lambda name, given: CONNECTED.add(given[1]) if name == "socket.connect" else None)


@pytest.fixture
def server(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OPENAI_API_KEY", "for-another-server")
    CONNECTED.clear()
    with serving() as (stub, port):
        yield stub, port
    assert {(host, at) for host, at in CONNECTED} <= {("127.0.0.1", port)}


@pytest.fixture
def stub(server):
    return server[0]


@pytest.fixture
def annotate(server, tmp_path):
    return Command(tmp_path, server[1])


def test_a_draft_has_every_passage_and_loads_like_reviewed_notes(annotate, stub, capsys):
    assert annotate("--price-in", "2", "--price-out", "8") == 0
    notes = annotate.notes()
    assert list(notes.by_passage) == IDS
    assert [fact.object for fact in notes.of(CUB).facts] == ["icsant"]
    assert notes.entities["cub"].kind == "respondent"
    assert len(stub.requests) == 5
    printed = capsys.readouterr()
    assert "records for 5 of 5 passages, 5 of them new" in printed.out
    assert "5 calls, tokens: 5,000 read, 1,000 written\ncost: 0.0180\n" in printed.out
    assert "5/5" in printed.err


def test_a_passage_is_a_value_in_a_document_and_never_part_of_the_instructions(annotate, stub):
    assert annotate() == 0
    assert len({request["messages"][0]["content"] for request in stub.requests}) == 1
    system = stub.requests[0]["messages"][0]["content"]
    assert "古巴" not in system
    assert "忽略" not in system
    cuba, norway = stub.passages()[2], stub.passages()[4]
    assert cuba["sentences"][1]["text"] == "{code} 和 {{id}} 是原文的括号。"
    assert "".join(one["text"] for one in norway["sentences"]).endswith(ATTACK)


@pytest.mark.parametrize(
    ("flaw", "told"),
    [
        ("invented", "the gloss has 2031, its sentence has not"),
        ("garbage", "record: expected object, found None"),
        ("obeying", "https://evil.example/x"),
    ],
)
def test_a_refused_record_is_repaired_once_by_saying_what_was_wrong(annotate, stub, flaw, told):
    stub.script["古巴"] = [flaw, "good"]
    assert annotate() == 0
    assert len(stub.requests) == 6
    answer, complaint = stub.requests[3]["messages"][2:]
    assert answer["role"] == "assistant"
    assert told in "".join(json.loads(complaint["content"])["refused_because"])
    assert list(annotate.notes().by_passage) == IDS


def test_a_record_refused_twice_is_reported_and_not_written(annotate, stub, capsys):
    stub.script["古巴"] = ["invented", "invented"]
    assert annotate() == 1
    assert f"failing: 1 passages\n  {CUB}\n    {CUB}: the gloss has 2031" in capsys.readouterr().out
    assert list(annotate.notes().by_passage) == [one for one in IDS if one != CUB]
    assert annotate() == 0
    assert [one["respondent"] for one in stub.passages()[6:]] == ["古巴"]


def test_an_instruction_in_the_report_that_the_model_obeys_leaves_no_trace(annotate, stub, capsys):
    stub.script["挪威"] = ["obeying", "obeying"]
    assert annotate() == 1
    assert "evil" not in annotate.file.read_text(encoding="utf-8")
    assert NOR not in annotate.notes().by_passage
    assert "paraphrase: names CUB, which the passage does not name" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("hang", "no answer: Request timed out"),
        ("500", "no answer"),
        ("page", "no chat completion"),
    ],
)
def test_a_model_that_does_not_answer_costs_one_passage(annotate, stub, capsys, act, reason):
    stub.script["古巴"] = [act]
    assert annotate("--timeout", "0.5") == 1
    assert f"  {CUB}\n    {reason}" in capsys.readouterr().out
    assert len(annotate.lines()) == 4


def test_a_failed_call_is_tried_again(annotate, stub):
    stub.script["古巴"] = ["500", "good"]
    assert annotate("--retries", "1") == 0
    assert len(stub.requests) == 6


def test_three_silent_passages_in_a_row_stop_the_run(annotate, stub, capsys):
    stub.script = {"": ["503"] * 3, "古巴": ["503"]}
    assert annotate() == 1
    assert len(stub.requests) == 3
    assert "not tried: 2 passages" in capsys.readouterr().out


def test_a_call_without_a_token_count_makes_the_cost_a_lower_bound(annotate, stub, capsys):
    stub.counts = False
    assert annotate("--price-in", "2", "--price-out", "8") == 0
    out = capsys.readouterr().out
    assert "cost: 0.0000 (at least, 5 calls came without a token count)" in out


@pytest.mark.parametrize("method", ["function_calling", "json_mode"])
def test_a_server_without_json_schemas_is_asked_by_another_method(annotate, stub, method):
    stub.script["古巴"] = ["garbage", "good"]
    assert annotate("--method", method) == 0
    assert ("tools" in stub.requests[0]) == (method == "function_calling")
    assert list(annotate.notes().by_passage) == IDS


def test_a_stale_and_a_torn_record_are_drafted_again_and_the_others_kept(annotate, stub):
    assert annotate() == 0
    lines = annotate.lines()
    stale = json.dumps({**json.loads(lines[2]), "hash": "0" * 16}) + "\n"
    damaged = "".join((*lines[:2], stale, lines[3])).encode() + lines[4].encode()[:300]
    annotate.file.write_bytes(damaged)
    assert annotate() == 0
    assert [one["respondent"] for one in stub.passages()[5:]] == ["古巴", "挪威"]
    assert annotate.lines()[:3] == [*lines[:2], lines[3]]
    assert list(annotate.notes().by_passage) == IDS


def test_a_kept_record_is_never_overwritten_but_reported_when_it_fails(annotate, stub, capsys):
    assert annotate() == 0
    edited = [line.replace("This is", "In 1999 this was", 1) for line in annotate.lines()]
    annotate.file.write_text("".join(edited), encoding="utf-8")
    assert annotate() == 1
    assert annotate.lines() == edited
    assert len(stub.requests) == 5
    assert "the gloss has 1999" in capsys.readouterr().out


def test_ctrl_c_leaves_a_draft_that_loads_and_is_gone_on_with(annotate, stub):
    stub.script["挪威"] = ["hang"]
    code, out = annotate.interrupted(lambda: len(stub.requests) == 5)
    assert code == 130
    assert "records for 4 of 5 passages" in out
    assert list(annotate.notes().by_passage) == IDS[:4]
    assert annotate() == 0
    assert len(stub.requests) == 6


def test_only_a_key_that_is_named_goes_to_the_server(annotate, stub, monkeypatch, capsys):
    assert annotate("--limit", "1") == 0
    assert stub.keys == {"Bearer unused"}
    monkeypatch.setenv("OUR_KEY", "ours")
    assert annotate("--limit", "1", "--key-variable", "OUR_KEY") == 0
    assert "Bearer ours" in stub.keys
    assert annotate("--key-variable", "NO_KEY") == 2
    assert "NO_KEY holds no key" in capsys.readouterr().err


def test_what_cannot_work_is_said_at_once(annotate, stub, monkeypatch, capsys):
    assert main(["annotate", "A-9-9.zh", *annotate.arguments[2:]]) == 2
    assert "A-9-9.zh.txt is not in" in capsys.readouterr().err
    stub.script[""] = ["401"]
    assert annotate() == 2
    assert len(stub.requests) == 1
    assert main([*annotate.arguments[:6], "--model", "nobody:x"]) == 2
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    assert annotate() == 2
    assert "LANGSMITH_TRACING is set" in capsys.readouterr().err


def test_limit_0_asks_nothing_and_names_what_the_entities_lack(annotate, stub, capsys):
    text = (annotate.folder / f"{NAME}.txt").read_text(encoding="utf-8")
    assert "《制止核恐怖主义行为国际公约》" in text
    assert annotate("--limit", "0") == 0
    path = annotate.out / f"{NAME}.entities.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("制止", "防止"), encoding="utf-8")
    assert annotate("--limit", "0") == 0
    assert "does not have: 《制止核恐怖主义行为国际公约》" in capsys.readouterr().out
    assert stub.requests == []


def test_the_reviewed_notes_pass_the_checks_of_a_draft(report, notes):
    """An editor may link a name that is only implied, and ask of another; a model may not."""
    examiner = Examiner(report, Notes(notes.topics, notes.acts, notes.entities))
    for passage in report.passages:
        record = json.loads(json.dumps(asdict(notes.of(passage.id))))
        del record["id"], record["hash"]
        flaws = examiner.flaws(record, passage)
        editorial = (".object: ", ": names ")
        assert [one for one in flaws if not any(may in one for may in editorial)] == [], passage.id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"topics": ["football"]}, "record.topics[0]: 'football' is not one of those allowed"),
        ({"topics": []}, "record.topics: entries 0, expected 1 to 4"),
        ({"paraphrase": 7}, "record.paraphrase: expected string, found 7"),
        ({"id": "A-1-1/CUB/1"}, "record: unknown field 'id'"),
        ({"gloss": ["One.", "Two.", "Three."]}, "record.gloss: entries 3, expected 2 to 2"),
    ],
)
def test_a_record_of_another_form_is_told_where_it_differs(report, notes, change, message):
    passage = next(one for one in report.passages if one.id == "A-72-344/ARG/1")
    record = {**json.loads(json.dumps(asdict(notes.of(passage.id)))), **change}
    if "id" not in change:
        del record["id"]
    del record["hash"]
    assert list(misfits(record, record_schema(passage, notes))) == [message]
