"""What the headers of the replies say: languages, dates, counts, who first and who last."""

import re

import pytest
from test_qa_verbatim import RAW, SECTIONS, ask, codes_of, says

from qa.conditions import conditions_than

HEADERS = {
    name: re.search(rf"{name}\[原件：(.+?)\]\[(\d+)年(\d+)月(\d+)日\]", text)
    for name, text in SECTIONS.items()
}
LANGUAGES = {
    "英文": ("英文", "英语", "English"),
    "西班牙文": ("西班牙文", "西班牙语", "Spanish"),
    "阿拉伯文": ("阿拉伯文", "阿拉伯语", "Arabic"),
    "俄文": ("俄文", "俄语", "Russian"),
}


@pytest.fixture(scope="module")
def headers(report):
    """Return language and date by code, read from the source and not from the parse."""
    codes = {one.name: one.code for one in report.respondents}
    return {
        codes[name]: (match[1], tuple(map(int, match.groups()[1:])))
        for name, match in HEADERS.items()
        if match
    }


def test_all_24_headers_were_read(headers):
    assert len(headers) == 24
    assert RAW.count("[原件：") == 24


def test_every_reply_s_language_and_date_are_known(chain, headers, report):
    for one in report.respondents:
        answer = ask(chain, f"{one.name}的答复原件是什么语言，是什么时候提交的？")
        language, (year, month, day) = headers[one.code]
        assert answer.kind == "metadata"
        assert codes_of(answer) == (one.code,)
        assert language in answer.text
        assert f"{year} 年 {month} 月 {day} 日" in answer.text


@pytest.mark.parametrize("language", LANGUAGES, ids=[names[2] for names in LANGUAGES.values()])
@pytest.mark.parametrize(
    "form",
    ["哪些答复的原件是{}？", "哪些答复是用{}写的？", "Which replies are in {}?"],
    ids=["original-is", "written-in", "en"],
)
def test_the_replies_in_a_language_are_all_found(chain, headers, language, form):
    name = LANGUAGES[language][2 if form.isascii() else 0]
    answer = ask(chain, form.format(name))
    assert says(answer) == tuple(code for code, (one, _) in headers.items() if one == language)
    assert answer.coverage.searched == 24


def test_a_language_that_no_reply_is_in_is_refused(chain):
    assert ask(chain, "哪些答复的原件是法文？").refusal.reason == "not-in-report"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("最早的答复来自谁？", "CIS", id="earliest"),
        pytest.param("Which reply was the earliest?", "CIS", id="earliest-en"),
        pytest.param("最晚的答复来自谁？", "ECU IRN", id="latest-is-a-tie"),
        pytest.param("哪份答覆最晚？", "ECU IRN", id="latest-hant"),
        pytest.param("Which replies came last?", "ECU IRN", id="latest-en"),
        pytest.param("最早和最晚的答复分别是谁的？", "CIS ECU IRN", id="both"),
        pytest.param("哪个国家的答复最早？", "LBN MEX", id="earliest-country-is-a-tie"),
        pytest.param("最早提交答复的国家是哪个？", "LBN MEX", id="earliest-country-named-first"),
        pytest.param("Which government replied first?", "LBN MEX", id="earliest-country-en"),
        pytest.param("哪个组织最晚提交答复？", "EU", id="latest-organisation"),
        pytest.param("哪些国际组织最早提交答复？", "CIS", id="earliest-organisation"),
        pytest.param("最早的西班牙文答复来自谁？", "MEX", id="earliest-in-spanish"),
        pytest.param("用英文提交答复的国家里，最早的是谁？", "IRQ", id="earliest-english-country"),
        pytest.param("最晚的俄文答复来自谁？", "SCO", id="latest-in-russian"),
    ],
)
def test_first_and_last_with_ties(chain, text, codes):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert codes_of(answer) == tuple(codes.split())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param(
            "哪些答复是在2017年5月之前提交的？", lambda d: d < (2017, 5, 1), id="before-month"
        ),
        pytest.param(
            "哪些答复早于2017年4月12日？", lambda d: d < (2017, 4, 12), id="before-day-excludes-it"
        ),
        pytest.param(
            "哪些答复是在2017年7月17日之后提交的？", lambda d: d > (2017, 7, 17), id="after-day"
        ),
        pytest.param("6月以后提交的答复有哪些？", lambda d: d > (2017, 6, 30), id="after-month"),
        pytest.param(
            "2017年5月22日到5月30日之间有哪些答复？",
            lambda d: (2017, 5, 22) <= d <= (2017, 5, 30),
            id="between-includes-both-ends",
        ),
        pytest.param(
            "4月至5月提交的答复有哪些？",
            lambda d: (2017, 4, 1) <= d <= (2017, 5, 31),
            id="between-months",
        ),
        pytest.param("哪些答复是5月30日提交的？", lambda d: d == (2017, 5, 30), id="on-a-day"),
        pytest.param("哪些答复是在4月提交的？", lambda d: d[1] == 4, id="in-a-month"),
        pytest.param("3月提交答复的有谁？", lambda d: d[1] == 3, id="in-a-month-who"),
        pytest.param(
            "Which replies were received before 12 April 2017?",
            lambda d: d < (2017, 4, 12),
            id="before-en",
        ),
        pytest.param(
            "Which replies were received between 1 May 2017 and 15 May 2017?",
            lambda d: (2017, 5, 1) <= d <= (2017, 5, 15),
            id="between-en",
        ),
        pytest.param(
            "Which replies are dated May 30, 2017?", lambda d: d == (2017, 5, 30), id="on-en"
        ),
    ],
)
def test_dates_asked_for_select_the_replies(chain, headers, text, holds):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert says(answer) == tuple(code for code, (_, day) in headers.items() if holds(day))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "6月之前提交的西班牙文答复有哪些？", "ARG COL MEX ESP", id="before-and-language"
        ),
        pytest.param(
            "5月提交的英文答复有哪些？", "IRQ ICAO INTERPOL NATO OSCE", id="month-and-language"
        ),
        pytest.param(
            "哪些国际组织在5月用英文提交了答复？",
            "ICAO INTERPOL NATO OSCE",
            id="kind-month-language",
        ),
        pytest.param(
            "5月用英文提交答复的组织有哪些？", "ICAO INTERPOL NATO OSCE", id="kind-named-last"
        ),
        pytest.param("哪些组织的答复早于2017年5月1日？", "CSTO CIS IAEA", id="kind-and-before"),
        pytest.param(
            "哪些国家的答复不是英文的？",
            "ARG COL CUB ECU JOR LBN MEX ESP",
            id="kind-and-not-language",
        ),
        pytest.param(
            "哪些组织的答复不是英文的？", "CSTO CIS SCO", id="organisations-not-in-english"
        ),
        pytest.param(
            "除西班牙外，哪些国家的答复是西班牙文的？", "ARG COL CUB ECU MEX", id="exception"
        ),
    ],
)
def test_conditions_hold_together(chain, text, codes):
    assert says(ask(chain, text)) == tuple(codes.split())


@pytest.mark.parametrize(
    ("text", "governments", "organisations"),
    [
        pytest.param("有多少个国家作出了答复？", 13, 0, id="governments"),
        pytest.param("有多少个国际组织提交了答复？", 0, 11, id="organisations"),
        pytest.param("报告一共收到多少份答复？", 13, 11, id="all"),
        pytest.param("How many governments replied?", 13, 0, id="governments-en"),
        pytest.param("How many organizations replied?", 0, 11, id="organisations-en"),
        pytest.param("How many replies does the report contain?", 13, 11, id="all-en"),
        pytest.param("有多少個國家作出了答覆？", 13, 0, id="governments-hant"),
    ],
)
def test_replies_are_counted_and_listed(chain, report, text, governments, organisations):
    answer = ask(chain, text)
    kinds = [one.kind for one in report.respondents if one.code in says(answer)]
    assert (kinds.count("government"), kinds.count("organisation")) == (governments, organisations)
    assert str(governments + organisations) in answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("黎巴嫩和墨西哥的答复是同一天吗？", True),
        ("国际海事组织和东非共同体的答复是同一天吗？", True),
        ("古巴和墨西哥的答复是同一天提交的吗？", False),
        ("Were the replies of Lebanon and Mexico submitted on the same day?", True),
        ("Were the replies of Cuba and Mexico submitted on the same day?", False),
    ],
    ids=["LBN-MEX", "IMO-EAC", "CUB-MEX", "LBN-MEX-en", "CUB-MEX-en"],
)
def test_two_replies_of_the_same_day(chain, text, same):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert len(codes_of(answer)) == 2
    assert answer.text.startswith(("是", "Yes") if same else ("否", "No"))


def test_who_replied_on_the_same_day_as_another_is_found(chain):
    assert "MEX" in codes_of(ask(chain, "谁和黎巴嫩同一天提交答复？"))


def test_who_replied_on_a_day_that_others_share_are_found(chain, headers):
    days = [day for _, day in headers.values()]
    shared = tuple(code for code, (_, day) in headers.items() if days.count(day) > 1)
    assert len(shared) == 8
    assert set(codes_of(ask(chain, "哪些答复方在同一天提交了答复？"))) == set(shared)


def test_a_group_s_dates_and_languages_are_listed(chain):
    for text in ("阿拉伯国家的答复分别是哪一天？", "阿拉伯国家的答复原件是什么语言？"):
        answer = ask(chain, text)
        assert (answer.kind, codes_of(answer)) == ("metadata", ("IRQ", "JOR", "LBN"))


def test_coverage_of_a_list_adds_up(chain):
    coverage = ask(chain, "哪些答复的原件是俄文？").coverage
    assert len(coverage.says) + len(coverage.silent) == coverage.searched == 24
    assert coverage.otherwise == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("东非共同体的答复在报告第几节？", "第三节", id="organisation"),
        pytest.param("古巴的答复编在哪一节？", "第二节", id="government"),
        pytest.param("Which section of the report holds Cuba's reply?", "section 2", id="en"),
    ],
)
def test_the_section_of_a_reply_is_told_by_the_introduction(chain, text, number):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert number in answer.text
    assert [citation.passage.code for citation in answer.citations] == ["INTRO"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "比古巴晚交答复的政府有哪些？", ("BRN", "ECU", "IRN", "NOR", "UKR"), id="later"
        ),
    ],
)
def test_replies_after_another_s_are_found(chain, text, codes):
    assert codes_of(ask(chain, text)) == codes


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("五月的答复有几份？", lambda day: day[1] == 5, id="month-in-words"),
        pytest.param(
            "哪些答复是七月下旬的？", lambda day: day[1] == 7 and day[2] > 20, id="last-third"
        ),
        pytest.param(
            "五月三十日的答复是哪些？",
            lambda day: day[1:] == (5, 30),
            id="day-in-words",
        ),
    ],
)
def test_dates_are_read_in_words_and_in_parts_of_months(chain, headers, text, holds):
    wanted = {code for code, (_, day) in headers.items() if holds(day)}
    assert set(codes_of(ask(chain, text))) == wanted


def test_a_reply_may_be_earlier_or_later_than_another_s(report):
    replies = {reply.respondent.code: reply for reply in report.replies}
    [earlier] = conditions_than("谁的答复比集体安全条约组织早", [replies["CSTO"]])
    [later] = conditions_than("who replied after the csto", [replies["CSTO"]])
    assert earlier(replies["CIS"])
    assert not earlier(replies["ARG"])
    assert later(replies["ARG"])
    assert not later(replies["CIS"])
    assert conditions_than("哪个答复比较早", [replies["CSTO"]]) == []


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param("古巴的答复在第几页？", "第 5-6 页", id="zh"),
        pytest.param("On which pages is the reply of Norway?", "page", id="en"),
        pytest.param("北约的材料从报告第几页起？", "第 25-26 页", id="from"),
    ],
)
def test_the_pages_of_a_reply_are_told(chain, text, pages):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert pages in answer.text


def test_the_replies_are_not_listed_where_nothing_is_asked_of_them(chain):
    answer = ask(chain, "哪些回复拿东京地铁沙林事件当例子？")
    assert answer.kind != "metadata"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("总共有多少个国家答复了？", 13),
        ("国际组织一共几家答复？", 11),
        ("谁答复了？", 24),
        ("How many countries replied?", 13),
        ("Which organisations replied?", 11),
    ],
)
def test_who_replied_is_counted(chain, text, number):
    answer = ask(chain, text)
    assert answer.kind == "metadata"
    assert len(answer.coverage.says) == number
