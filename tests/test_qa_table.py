"""Mexico's tables: cells as printed, and arithmetic that can be checked with a pencil."""

import re

import pytest
from test_qa_verbatim import ask, converse

from qa.plans.amounts import rows_of, spaced

FIRST = {"2011": 212_000, "2015": 151_138, "2017": 435_660}
SECOND = {"2010-2011 年": 8_630_696, "2014 年": 636_434, "2016 年": 203_441, "2017 年": 48_715}


def test_the_rows_are_the_report_s_own(report):
    first, second = (passage for passage in report.passages if passage.kind == "table")
    for passage, amounts, total in ((first, FIRST, 798_798), (second, SECOND, 9_519_285)):
        rows = rows_of(passage)
        body = {row.row.cells[0]: row.amount for row in rows if not row.row.total}
        assert body == amounts
        assert [row.amount for row in rows if row.row.total] == [total]
        for row in rows:
            assert row.row.cells[-1] in passage.text[slice(*row.span)]
    assert sum(FIRST.values()) == 798_798
    assert sum(SECOND.values()) == 9_519_286


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1 000"),
        (9_519_286, "9 519 286"),
        (10_318_083, "10 318 083"),
    ],
    ids=["0", "999", "1000", "9519286", "10318083"],
)
def test_numbers_are_written_as_the_report_writes_them(number, text):
    assert spaced(number) == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("墨西哥2015年便携设备的总额是多少美元？", "151 138", id="one-cell"),
        pytest.param("墨西哥2016年固定设备零配件值多少美元？", "203 441", id="spare-parts"),
        pytest.param("墨西哥2014年捐赠的设备总额是多少美元？", "636 434", id="a-row-of-two-items"),
        pytest.param(
            "墨西哥2011年在出口和边境安全控制框架下受捐的便携设备总额是多少？",
            "212 000",
            id="by-framework",
        ),
        pytest.param(
            "墨西哥2017年在出口和边境安全控制框架下受捐的移动设备总额是多少？",
            "435 660",
            id="being-donated",
        ),
        pytest.param("墨西哥2015年便攜設備的總額是多少美元？", "151 138", id="traditional"),
        pytest.param(
            "How much were the portable units donated to Mexico in 2015 worth in dollars?",
            "151 138",
            id="english",
        ),
        pytest.param(
            "墨西哥在出口和边境安全控制框架下受捐的设备总额是多少美元？",
            "798 798",
            id="first-total",
        ),
        pytest.param("墨西哥第二张表共计多少美元？", "9 519 285", id="second-table-by-number"),
        pytest.param("墨西哥第一张表共计多少美元？", "798 798", id="first-table-by-number"),
    ],
)
def test_a_cell_is_given_as_printed(chain, text, amount):
    answer = ask(chain, text)
    assert answer.kind == "table"
    assert amount in answer.text
    assert any(amount in citation.quote for citation in answer.citations)


def test_a_year_in_both_tables_is_answered_from_both_unless_one_is_named(chain):
    answer = ask(chain, "墨西哥2011年收到的便携设备总额是多少美元？")
    assert "212 000" in answer.text
    answer = ask(chain, "墨西哥2017年捐赠的移动设备总额是多少美元？")
    assert "435 660" in answer.text
    assert "48 715" in answer.text


@pytest.mark.parametrize(
    ("text", "formula", "result"),
    [
        pytest.param(
            "墨西哥2011年和2015年在出口和边境安全控制框架下受捐设备一共多少美元？",
            "212 000 + 151 138",
            "363 138",
            id="sum-of-two",
        ),
        pytest.param(
            "墨西哥2014年和2016年捐赠的设备合计多少美元？", "636 434 + 203 441", "839 875", id="sum"
        ),
        pytest.param(
            "墨西哥2014年和2016年捐赠的设备相差多少美元？",
            "636 434 - 203 441",
            "432 993",
            id="difference",
        ),
        pytest.param(
            "墨西哥2011年和2015年在出口和边境安全控制框架下受捐设备相差多少美元？",
            "212 000 - 151 138",
            "60 862",
            id="difference-in-the-first-table",
        ),
        pytest.param(
            "墨西哥两张表的总额相差多少美元？",
            "9 519 285 - 798 798",
            "8 720 487",
            id="totals-apart",
        ),
        pytest.param(
            "墨西哥两张表的总额一共是多少？",
            "798 798 + 9 519 285",
            "10 318 083",
            id="totals-together",
        ),
        pytest.param(
            "墨西哥2015年便携设备平均每台多少美元？", "151 138 ÷ 52", "2906.50", id="average"
        ),
        pytest.param(
            "墨西哥2011年在出口和边境安全控制框架下的便携设备平均每台多少美元？",
            "212 000 ÷ 200",
            "1 060",
            id="average-without-a-fraction",
        ),
        pytest.param(
            "What was the average price of the portable units donated to Mexico in 2015?",
            "151 138 ÷ 52",
            "2906.50",
            id="average-en",
        ),
        pytest.param("墨西哥2014年捐赠的设备有多少台？", "20 + 24", "44", id="pieces"),
        pytest.param("墨西哥便携设备一共多少台？", "200 + 52 + 109 + 24", "385", id="all-portable"),
    ],
)
def test_arithmetic_is_shown_and_right(chain, text, formula, result):
    answer = ask(chain, text)
    assert answer.kind == "table"
    assert f"{formula} = {result}" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "墨西哥检测和预防核材料走私计划框架下捐赠设备的总额是多少？",
        "墨西哥走私计划框架下设备各年金额加起来是多少？",
        "墨西哥第二张表各行加起来与总额对得上吗？",
        "墨西哥檢測和預防核材料走私計劃框架下捐贈設備的總額是多少？",
        "Do the rows of the table of equipment donated to Mexico under the nuclear smuggling "
        "detection programme add up to the printed total?",
    ],
    ids=["total", "added-up", "by-number", "hant", "en"],
)
def test_a_total_that_its_rows_do_not_make_is_given_as_printed_with_the_difference(chain, text):
    answer = ask(chain, text)
    assert answer.kind == "table"
    assert "9 519 285" in answer.text
    assert "8 630 696 + 636 434 + 203 441 + 48 715 = 9 519 286" in answer.text
    rows = [one.quote for one in answer.citations if "9 519 285" not in one.quote]
    assert len(rows) >= 4


def test_a_total_that_its_rows_make_is_not_called_wrong(chain):
    answer = ask(chain, "墨西哥在出口和边境安全控制框架下受捐的设备总额是多少美元？")
    assert "9 519 286" not in answer.text


def test_an_average_divides_the_price_of_the_same_pieces(chain):
    answer = ask(chain, "墨西哥2011年便携设备平均每台多少美元？")
    divided = re.findall(r"([\d ]+) ÷ (\d+)", answer.text)
    assert ("8 842 696", "309") not in divided
    assert ("8 630 696", "109") not in divided


def test_a_difference_of_two_named_cells_is_no_sum(chain):
    answer = ask(chain, "墨西哥2014年捐赠的设备比2017年的移动设备多多少美元？")
    assert "636 434 + " not in answer.text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("墨西哥收到的金额最大的一批设备是哪一年的？", "8 630 696"),
        ("墨西哥收到的金额最小的一批设备是哪一年的？", "48 715"),
    ],
    ids=["largest", "smallest"],
)
def test_the_largest_and_the_smallest_are_found(chain, text, amount):
    answer = ask(chain, text)
    assert amount in answer.text
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "text",
    ["墨西哥2012年收到的便携设备总额是多少美元？", "墨西哥2019年捐赠了多少台设备？"],
    ids=["2012", "2019"],
)
def test_a_year_that_the_tables_do_not_hold_is_not_answered_from_another(chain, text):
    answer = ask(chain, text)
    assert answer.kind == "refusal", answer.text


def test_a_table_s_answer_can_be_followed_up(chain):
    answer = converse(chain, "墨西哥2014年捐赠的设备有多少台？", "2017 年呢？")
    assert "140" in answer.text
    assert "2 台" in answer.text
    assert "636 434" not in answer.text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "In Mexico's export and border security table, how much higher was 2011 than 2015?",
            ("212 000 - 151 138 = 60 862",),
        ),
        ("出口和边境管制框架下墨西哥受捐哪年金额最高？比2011年多出多少？", ("435 660", "223 660")),
        ("墨西哥两张表一共多少美元？", ("10 318 083",)),
        ("2017年墨西哥两个计划各收到多少台移动设备、值多少？", ("435 660", "48 715")),
        ("只看出口和边境安全控制框架那张表，便携设备2011、2015两批合计多少台？", ("252",)),
    ],
)
def test_the_table_meant_is_told_by_what_it_is_called(chain, text, facts):
    answer = ask(chain, text)
    assert answer.kind == "table"
    assert all(fact in answer.text for fact in facts)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("墨西哥2014到2016年收到的设备一共多少钱？", "991 013"),
        ("How much was the equipment worth that Mexico received between 2014 and 2016?", "991 013"),
        ("墨西哥2014年和2016年收到的设备一共多少钱？", "839 875"),
    ],
    ids=["span", "between", "two-years"],
)
def test_a_span_of_years_takes_in_those_between(chain, text, total):
    assert total in ask(chain, text).text
