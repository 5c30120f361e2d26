"""What a model wrote, taken apart: sentences, marks, quotations."""

import pytest

from qa.sentences import claims_of, pieces_of, quotations_in, readable, unquoted


def parts(text):
    return [(one.text, one.marks) for one in claims_of(text)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("甲。[1]乙[2]。", [("甲。", (1,)), ("乙。", (2,))]),
        ("A is so. [1] B is not.[2]", [("A is so.", (1,)), ("B is not.", (2,))]),
        ("甲说：“是。不是。”[1]乙。[2]", [("甲说：“是。不是。”", (1,)), ("乙。", (2,))]),
        ("“是。”甲说[1]。", [("“是。”甲说。", (1,))]),
        ("It is No. 17 of the U.S. list [1].", [("It is No. 17 of the U.S. list.", (1,))]),
        ("It cost 18.5 million.[1]", [("It cost 18.5 million.", (1,))]),
        ("1. 甲[1]\n2. 乙[2]\n（3）丙[3]", [("甲", (1,)), ("乙", (2,)), ("丙", (3,))]),
        ("- **甲**[1]\n# 乙[2]", [("甲", (1,)), ("乙", (2,))]),
        ("第1540(2004)号决议[1]", [("第1540(2004)号决议", (1,))]),
        ("2017 年通过[1]", [("2017 年通过", (1,))]),
        ("是的，甲。[1]", [("甲。", (1,))]),
        ("No, A is not. [1]", [("A is not.", (1,))]),
        ("甲\u200b\u202e乙[1]", [("甲乙", (1,))]),
        ("[1]\n……\n2.[1]\n", []),
        ("", []),
    ],
)
def test_sentences(written, expected):
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1]", (1,)),
        ("[1, 2]", (1, 2)),
        ("[1，2]", (1, 2)),
        ("[1][2]", (1, 2)),
        ("【1】", (1,)),
        ("［2］", (2,)),
        ("【2†来源】", (2,)),
        ("[2-4]", (2, 3, 4)),
        ("[1-99999]", (1, 2, 3, 4, 5, 6)),
        ("[[1]]", (1,)),
        ("[2017]", (2017,)),
    ],
)
def test_marks(mark, numbers):
    assert parts(f"甲{mark}。") == [("甲。", numbers)]


def test_a_sentence_without_marks_has_those_of_the_next_on_its_line():
    assert parts("甲。乙。[1]丙。\n丁。") == [
        ("甲。", (1,)),
        ("乙。", (1,)),
        ("丙。", ()),
        ("丁。", ()),
    ]


def test_no_mark_is_left_in_a_text_however_it_is_nested():
    assert parts("甲[[1]2][3]。")[0][0].count("[") == 0
    assert "[1]" not in readable("甲[[2]1]")


def test_thoughts_are_not_said():
    assert parts("<think>乙[1]。</think>甲[2]。") == [("甲。", (2,))]
    assert readable("<think>乙") == ""


def test_a_text_being_written_is_readable():
    assert readable("**甲** [1]。乙 [2") == "甲。乙"
    assert [one.finished for one in claims_of("甲。[1]乙")] == [True, False]


def test_quotations():
    text = '甲说“是……不是”，又说「好」和"fine"。'
    assert quotations_in(text) == ["是", "不是", "好", "fine"]
    assert "是" not in unquoted(text)
    assert "".join(piece for piece, _ in pieces_of(text)) == text
