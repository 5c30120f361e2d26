"""Numbers and dates by value, in Chinese and English, worked out by hand."""

from fractions import Fraction

import pytest

from qa.figures import Figures, Moment, claimed, numeral, printed, states

NUMBERS = [
    ("批准了 18 项公约", [18]),
    ("批准了十八项公约", [18]),
    ("ratified eighteen conventions", [18]),
    ("twenty-four replies", [24]),
    ("9 519 285 美元", [9_519_285]),
    ("US$ 9,519,285", [9_519_285]),
    ("930 万欧元", [9_300_000]),
    ("EUR 9.3 million", [9_300_000]),
    ("一百二十万欧元", [1_200_000]),
    ("三亿五千万美元", [350_000_000]),
    ("85%", [Fraction(17, 20)]),
    ("百分之八十五", [Fraction(17, 20)]),
    ("85 per cent", [Fraction(17, 20)]),
    ("第1540(2004)号决议", [1540, 2004]),
    ("第三次会议", [3]),
    ("the third meeting", [3]),
    ("5 千克", [5]),
    ("2017 年", [2017]),
    ("２０ 国", [20]),
    ("兩國", [2]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_have_their_value_in_every_way_of_writing_them(text, expected):
    assert claimed(text) == Figures(frozenset(map(Fraction, expected)), frozenset())


@pytest.mark.parametrize(
    "text", ["一贯支持统一的立场", "一项公约", "十分重视", "三维", "one treaty"]
)
def test_what_counts_nothing_is_no_claim(text):
    assert claimed(text).numbers == frozenset()


def test_the_report_is_read_generously():
    assert Fraction(3) in printed("三维").numbers
    assert Fraction(2017) in printed("2017 年 5 月 3 日").numbers
    assert claimed("2017 年 5 月 3 日").numbers == frozenset()


DATES = [
    ("2017 年 5 月 3 日", [(2017, 5, 3)]),
    ("2017年5月3日", [(2017, 5, 3)]),
    ("二〇一七年五月三日", [(2017, 5, 3)]),
    ("3 May 2017", [(2017, 5, 3)]),
    ("May 3, 2017", [(2017, 5, 3)]),
    ("2017-05-03", [(2017, 5, 3)]),
    ("2017 年 5 月", [(2017, 5, None)]),
    ("in May 2017", [(2017, 5, None)]),
    ("5 月 3 日", [(None, 5, 3)]),
    ("2016 年 4 月 5 日至 7 日", [(2016, 4, 5), (2016, 4, 7)]),
    ("5-7 April 2016", [(2016, 4, 5), (2016, 4, 7)]),
    ("5 to 7 April 2016", [(2016, 4, 5), (2016, 4, 7)]),
    ("it may take 2 days", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_are_read_as_far_as_they_are_given(text, expected):
    assert claimed(text).dates == frozenset(Moment(*one) for one in expected)


@pytest.mark.parametrize(
    ("report", "claim", "holds"),
    [
        ("2017 年 5 月 3 日", "3 May 2017", True),
        ("2017 年 5 月 3 日", "2017 年 5 月", True),
        ("2017 年 5 月 3 日", "5 月 3 日", True),
        ("2017 年 5 月 3 日", "2017 年 5 月 4 日", False),
        ("2017 年 5 月 3 日", "2017 年 3 月 5 日", False),
        ("2017 年 5 月 3 日", "2016 年 5 月 3 日", False),
        ("2017 年 5 月", "2017 年 5 月 3 日", False),
        ("2016 年 4 月 5 日至 7 日", "7 April 2016", True),
        ("2017 年 2 月 17 日和 6 月 12 日", "2017 年 6 月 12 日", True),
        ("2017 年通过，5 月生效", "2017 年 5 月", True),
        ("2016 年 4 月和 2017 年 5 月", "2016 年 5 月", False),
    ],
)
def test_a_date_stands_where_the_report_has_it(report, claim, holds):
    held = printed(report)
    assert all(states(held, date) for date in claimed(claim).dates) is holds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十四", 24),
        ("十", 10),
        ("一百零五", 105),
        ("二〇一七", 2017),
        ("两千", 2_000),
        ("三亿五千万", 350_000_000),
    ],
)
def test_numerals(text, value):
    assert numeral(text) == value
