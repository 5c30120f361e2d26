"""Comparing text as DESIGN.md says."""

import pytest

from evals.text import fold, holds, squeeze, without_marks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第 1540(2004)号决议", "第15402004号决议"),
        ("《武器貿易條約》", "武器贸易条约"),
        ("Ｄａｅｓｈ　２０１７", "daesh2017"),
        ("9 519 285 美元。", "9519285美元"),
        ("……", ""),
    ],
)
def test_only_letters_digits_and_han_are_compared(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("批准了 18 项公约", "18项", True),
        ("批准了 18 项公约", "8 项", False),
        ("批准了 18 项公约", "1", False),
        ("共计 9 519 285", "9519285", True),
        ("共计 9,519,285", "9 519 285", True),
        ("第1540(2004)号决议", "1540", True),
        ("第1540(2004)号决议", "2004", True),
        ("2016-2017年", "2016-2017", True),
        ("2018年、18项", "18", True),
        ("乌克兰", "烏克蘭", True),
        ("nothing", "。", False),
    ],
)
def test_a_number_is_found_whole_or_not_at_all(text, wanted, found):
    assert holds(text, wanted) is found


def test_marks_are_no_digits_of_the_answer():
    assert without_marks("共 18[1] 项[12]。") == "共 18 项。"
    assert holds(without_marks("共 18[1] 项"), "18 项")


def test_squeezing_removes_white_space_only():
    assert squeeze("第 71/38 号\n决议") == "第71/38号决议"
