"""What cannot be built: an uncited answer, a mark that points nowhere, a claim about another."""

from dataclasses import FrozenInstanceError, replace

import pytest

from qa.types import (
    MAX_HISTORY,
    MAX_K,
    MAX_QUESTION,
    MAX_TURN,
    Answer,
    Citation,
    Question,
    QuestionError,
    Refusal,
    Statement,
    Turn,
)


@pytest.fixture(scope="module")
def cuba(report):
    return next(p for p in report.passages if p.code == "CUB" and "18 项" in p.text)


@pytest.fixture(scope="module")
def norway(report):
    return next(p for p in report.passages if p.code == "NOR" and p.kind != "header")


@pytest.fixture(scope="module")
def answer(cuba):
    """Return a small answer that keeps the contract; tests break one thing at a time."""
    start = cuba.text.index("批准了 18 项")
    return Answer(
        id="a",
        question="几项？",
        resolved_question="几项？",
        kind="lookup",
        language="zh-Hans",
        text="18 项[1]",
        statements=(Statement("18 项", (1,), "CUB"),),
        citations=(Citation(1, cuba, start, start + 8),),
        retrieved=(),
        engine="extract",
        index="0",
    )


def test_a_citation_quotes_its_passage(answer, cuba):
    (citation,) = answer.citations
    assert citation.quote == cuba.text[citation.start : citation.end]
    assert citation.quote.startswith("批准了 18 项")


@pytest.mark.parametrize(
    ("n", "start", "end"),
    [
        pytest.param(0, 0, 3, id="number-zero"),
        pytest.param(-1, 0, 3, id="negative-number"),
        pytest.param(1, -1, 3, id="starts-before-the-text"),
        pytest.param(1, 3, 3, id="nothing-quoted"),
        pytest.param(1, 4, 3, id="ends-before-it-starts"),
        pytest.param(1, 0, 100_000, id="ends-after-the-text"),
    ],
)
def test_a_citation_outside_its_passage_cannot_be_built(cuba, n, start, end):
    with pytest.raises(ValueError, match="citation"):
        Citation(n, cuba, start, end)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"citations": (), "statements": (), "text": "18 项"}, id="no-citation"),
        pytest.param({"text": "18 项"}, id="a-citation-without-a-mark"),
        pytest.param({"text": "18 项[1][2]"}, id="a-mark-without-a-citation"),
        pytest.param({"text": "18 项[2]"}, id="a-mark-for-another-citation"),
        pytest.param({"statements": (Statement("18 项", ()),)}, id="a-statement-uncited"),
        pytest.param({"statements": (Statement("18 项", (2,)),)}, id="a-statement-cites-nothing"),
        pytest.param({"statements": (Statement("18 项", (1,), "NOR"),)}, id="about-another"),
        pytest.param({"refusal": Refusal("off-topic", "…")}, id="an-answer-that-refuses"),
        pytest.param({"kind": "refusal"}, id="a-refusal-without-a-reason"),
        pytest.param(
            {"kind": "refusal", "refusal": Refusal("off-topic", "…")}, id="a-refusal-that-cites"
        ),
        pytest.param(
            {"citations": (), "statements": (), "text": "…", "refusal": Refusal("off-topic", "…")},
            id="a-refusal-of-another-kind",
        ),
    ],
)
def test_an_answer_that_breaks_its_contract_cannot_be_built(answer, changes):
    with pytest.raises(ValueError, match=r"\w"):
        replace(answer, **changes)


def test_a_claim_about_one_respondent_cannot_cite_another_beside_it(answer, norway):
    both = (*answer.citations, Citation(2, norway, 0, 2))
    with pytest.raises(ValueError, match="CUB cites the reply of NOR"):
        replace(
            answer,
            text="18 项[1][2]",
            citations=both,
            statements=(Statement("18 项", (1, 2), "CUB"),),
        )
    free = replace(answer, text="是[1][2]", citations=both, statements=(Statement("是", (1, 2)),))
    assert free.statements[0].about is None


@pytest.mark.parametrize("numbers", [(2,), (1, 1), (2, 1), (1, 3)], ids=str)
def test_citations_are_numbered_from_one_without_a_gap(answer, cuba, numbers):
    citations = tuple(Citation(n, cuba, 0, 4) for n in numbers)
    text = "".join(f"[{n}]" for n in numbers)
    with pytest.raises(ValueError, match="numbered"):
        replace(answer, citations=citations, text=text, statements=())


def test_a_refusal_without_citations_can_be_built(answer):
    refused = replace(
        answer,
        kind="refusal",
        text="无关",
        statements=(),
        citations=(),
        refusal=Refusal("off-topic", "无关"),
    )
    assert refused.refusal is not None


def test_nothing_can_be_changed_after_it_was_built(answer):
    with pytest.raises(FrozenInstanceError):
        answer.text = "81 项[1]"
    with pytest.raises(FrozenInstanceError):
        answer.citations[0].end = 5


USER = Turn("user", "古巴呢？")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"text": ""}, "empty_question", id="empty"),
        pytest.param({"text": " \n\t　"}, "empty_question", id="white-space"),
        pytest.param({"text": "？！……"}, "no_words", id="punctuation-only"),
        pytest.param({"text": "问" * 100_000}, "question_too_long", id="100000-characters"),
        pytest.param({"text": "问" * (MAX_QUESTION + 1)}, "question_too_long", id="one-too-many"),
        pytest.param({"text": "古巴\x00？"}, "control_character", id="null"),
        pytest.param({"text": "古巴\x1b[31m？"}, "control_character", id="terminal-escape"),
        pytest.param({"text": "古巴\x7f？"}, "control_character", id="delete"),
        pytest.param({"text": "古巴\x85？"}, "control_character", id="next-line"),
        pytest.param({"text": "古巴\ud800？"}, "control_character", id="lone-surrogate"),
        pytest.param({"k": 0}, "bad_k", id="k-zero"),
        pytest.param({"k": -3}, "bad_k", id="k-negative"),
        pytest.param({"k": MAX_K + 1}, "bad_k", id="k-too-large"),
        pytest.param({"mode": "think"}, "bad_mode", id="mode"),
        pytest.param({"mode": ""}, "bad_mode", id="mode-empty"),
        pytest.param({"lang": "fr"}, "bad_lang", id="lang"),
        pytest.param({"lang": "zh"}, "bad_lang", id="lang-without-script"),
        pytest.param({"history": (USER,) * (MAX_HISTORY + 1)}, "history_too_long", id="turns"),
        pytest.param(
            {"history": (Turn("user", "问" * (MAX_TURN + 1)),)}, "history_too_long", id="turn"
        ),
    ],
)
def test_what_cannot_be_a_question_is_told_by_code(fields, code):
    with pytest.raises(QuestionError) as told:
        Question(**{"text": "古巴批准了多少项公约？", **fields})
    assert told.value.code == code
    assert str(told.value)
    assert len(str(told.value)) < 300


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"k": 77}, ("77", str(MAX_K)), id="k"),
        pytest.param({"mode": "think"}, ("think", "auto", "extract", "generate"), id="mode"),
        pytest.param({"lang": "fr"}, ("fr", "auto", "zh-Hans", "zh-Hant", "en"), id="lang"),
        pytest.param({"text": "问" * 5_000}, ("5000", str(MAX_QUESTION)), id="length"),
        pytest.param({"text": "a\x07"}, ("U+0007",), id="control-character"),
    ],
)
def test_the_message_gives_the_value_and_what_is_allowed(fields, words):
    with pytest.raises(QuestionError) as told:
        Question(**{"text": "古巴批准了多少项公约？", **fields})
    assert all(word in str(told.value) for word in words)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"text": "问" * MAX_QUESTION}, id="longest"),
        pytest.param({"text": "古"}, id="shortest"),
        pytest.param({"text": "古巴\n批准了\t多少项？\r\n"}, id="line-breaks-and-tabs"),
        pytest.param({"text": "古巴🇨🇺批准了多少项？"}, id="emoji"),
        pytest.param({"k": 1}, id="k-smallest"),
        pytest.param({"k": MAX_K}, id="k-largest"),
        pytest.param({"history": (USER,) * MAX_HISTORY}, id="most-turns"),
        pytest.param({"history": (Turn("assistant", "答" * MAX_TURN),)}, id="longest-turn"),
    ],
)
def test_what_is_just_inside_the_bounds_is_a_question(fields):
    assert Question(**{"text": "古巴批准了多少项公约？", **fields}).text
