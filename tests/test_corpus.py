"""The report as data: what DESIGN.md states of the source holds, character by character."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import CorpusError, ParseError, load_report
from corpus.__main__ import main
from corpus.catalogue import load_catalogue
from corpus.paragraphs import join_lines
from corpus.parser import parse
from corpus.report import DEFAULT, REPORTS
from corpus.sentences import sentence_spans

GOLDEN = Path(__file__).parent / "golden"
RAW = (REPORTS / f"{DEFAULT}.txt").read_text(encoding="utf-8")
CATALOGUE = load_catalogue(REPORTS / f"{DEFAULT}.toml")
REPORT = load_report()
BY_ID = {passage.id.removeprefix("A-72-344/"): passage for passage in REPORT.passages}
PLACES = ((3, "ARG"), (8, "JOR"), (27, "SCO"))


def content_of_source() -> list[str]:
    """Return the source's content lines, told from the furniture by their looks alone."""
    lines = [line.strip() for line in RAW.splitlines()]
    furniture = re.compile(
        r"|https://undocs\.org/.*|A/72/344|\d+/27 17-14206 \(C\)|17-14206 \(C\) \d+/27|_+"
    )
    kept = [line for line in lines if not furniture.fullmatch(line)]
    repeated = [i for i, line in enumerate(kept) if line == "年份 设备类型 总额(美元)"][1]
    return kept[:repeated] + kept[repeated + 1 :]


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_table_of_replies_is_the_golden_one(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out == (GOLDEN / "replies.txt").read_text(encoding="utf-8")


def test_every_content_character_stands_in_exactly_one_passage():
    source = bare("".join(content_of_source()))
    parsed = bare("".join(passage.text for passage in REPORT.passages))
    assert Counter(parsed) == Counter(source)
    notes = [bare(line) for line in content_of_source() if re.match(r"\d www|2 可查阅", line)]
    assert len(notes) == 2
    for note in notes:
        source = source.replace(note, "", 1)
        parsed = parsed.replace(note, "", 1)
    assert parsed == source


def test_replies_have_names_original_languages_and_dates():
    assert len(REPORT.replies) == 25
    kinds = Counter(respondent.kind for respondent in REPORT.respondents)
    assert kinds == {"government": 13, "organisation": 11}
    assert all(reply.original_language and reply.date for reply in REPORT.replies[1:])
    mexico = next(reply for reply in REPORT.replies if reply.respondent.code == "MEX")
    assert (mexico.original_language, mexico.date) == ("西班牙文", date(2017, 4, 6))


def test_pages_run_from_3_to_27_without_a_gap():
    pages = [page for passage in REPORT.passages for page in passage.pages]
    assert sorted(set(pages)) == list(range(3, 28))
    firsts = [passage.pages[0] for passage in REPORT.passages]
    assert firsts == sorted(firsts)
    for page, code in PLACES:
        assert page in {p for x in REPORT.passages if x.code == code for p in x.pages}


def test_a_sentence_cut_by_a_page_break_names_both_pages():
    cut = [passage for passage in REPORT.passages if len(passage.pages) == 2]
    assert "存在一日，恐怖分子获得这类武器" in next(p.text for p in cut if p.code == "IRN")
    assert {passage.code for passage in cut} >= {"IRN", "IRQ", "NOR", "ESP", "INTERPOL", "NATO"}


def test_no_page_furniture_is_left():
    text = "\n".join(passage.text for passage in REPORT.passages)
    assert "undocs.org" not in text
    assert "17-14206" not in text
    assert "A/72/344" not in text
    assert "__" not in text


def test_footnotes_are_at_home_in_their_own_reply():
    assert BY_ID["INTRO/3"].text.endswith("\n1 www.un.org/disarmament/。")
    assert "部长级宣言》2，该宣言" in BY_ID["IAEA/7"].text
    assert "english_ministerial_declaration.pdf" in BY_ID["IAEA/7"].text
    assert not any("www" in p.text for p in REPORT.passages if p.code in ("ARG", "ICAO"))


def test_tables_are_rows_and_the_first_is_joined_over_its_page_break():
    first, second = (passage for passage in REPORT.passages if passage.kind == "table")
    assert [row.cells for row in first.rows] == [
        ("年份", "设备类型", "总额(美元)"),
        ("2011", "200 台便携设备", "212 000"),
        ("2015", "52 台 便携设备", "151 138"),
        ("2017", "140 台移动设备(正在捐赠)", "435 660"),
        ("共计", "", "798 798"),
    ]
    assert first.pages == (11, 12)
    assert second.rows[1].cells == ("2010-2011 年", "33 台固定设备\n109 台便携设备", "8 630 696")
    assert second.rows[-1].cells[2] == "9 519 285"
    assert [row.total for row in second.rows] == [False] * 5 + [True]


def test_sub_headings_and_lists_are_kept():
    assert BY_ID["JOR/8"].heading == ("2. 约旦与反恐怖主义", "(1) 国家立法")
    assert BY_ID["MEX/18"].heading == ("(e) 核心计划",)
    assert BY_ID["MEX/19"].heading == ()
    assert BY_ID["NATO/6"].heading == ("科学合作",)
    assert BY_ID["LBN/1"].kind == "list"
    assert len(BY_ID["LBN/1"].text.splitlines()) == 1 + 7
    assert BY_ID["NOR/3"].lead.endswith("采取了以下步骤：")


def test_hard_wraps_are_joined_as_the_report_spaces_its_lines():
    assert "2014 年 4 月 25 日，墨西哥合众国" in BY_ID["MEX/10"].text
    assert "2016 年 12 月 31 日" in BY_ID["IAEA/5"].text
    assert "拉萨罗-卡德纳斯和" in BY_ID["MEX/17"].text
    assert join_lines(["3", "073"]) == "3 073"
    assert join_lines(["nuclear", "security"]) == "nuclear security"
    assert join_lines(["恐怖", "分子"]) == "恐怖分子"
    assert join_lines(["《国际", "》2，该"]) == "《国际》2，该"


def test_errors_of_the_source_stay_as_printed():
    text = "".join(passage.text for passage in REPORT.passages)
    for printed in (
        "恐怖空子",
        "关于常规武器与两用产品和技术出口控制的瓦瑟纳尔协定》",
        "执法))行动",
    ):
        assert printed in text


def test_passages_are_short_ordered_and_uniquely_named():
    ids = [passage.id for passage in REPORT.passages]
    assert len(set(ids)) == len(ids) == CATALOGUE.expected.passages
    assert max(len(passage.text) for passage in REPORT.passages) <= 460
    ends = [passage.lines[1] for passage in REPORT.passages]
    assert ends == sorted(ends)


def test_sentences_cover_the_body_and_nothing_twice():
    for passage in REPORT.passages:
        covered = "".join(passage.text[start:end] for start, end in passage.sentences)
        assert bare(covered) in bare(passage.text)
        assert bare(passage.text).endswith(bare(covered))
    assert sentence_spans("甲。乙”。 丙") == ((0, 2), (2, 5), (6, 7))


def test_spellings_belong_to_one_respondent_each():
    spellings = [s for r in REPORT.respondents for s in {*r.spellings}]
    assert len(spellings) == len(set(spellings))
    assert all(respondent.name_hant and respondent.name_en for respondent in REPORT.respondents)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            lambda t: t.replace("[2017 年 4 月 6 日]", "[2017 年 4 月]"),
            r"line \d+: expected .*date",
        ),
        (
            lambda t: t.replace("\n挪威 \n", "\n挪威王国 \n"),
            r"line \d+: expected the reply of 挪威",
        ),
        (lambda t: t.replace("14/27", "15/27"), r"line \d+: expected page 14/27, found '.*15/27'"),
        (lambda t: t[: len(t) // 2], r"expected|stops inside"),
        (lambda t: t.replace("共计  798 798 ", "共计 "), r"line \d+"),
        (lambda t: t.replace("黎巴嫩谨强调： ", "黎巴嫩强调 "), r"expected ListMark"),
        (lambda t: t.replace(" 1 www.un.org", " 3 www.un.org"), r"expected footnote 1"),
        (lambda t: t.replace("网站1上", "网站上"), r"expected one mark of footnote 1"),
        (lambda t: t.replace("2. 秘书长于", "4. 秘书长于"), r"line 17: expected paragraph 2"),
        (lambda t: "", r"expected"),
    ],
)
def test_a_damaged_text_says_what_was_expected_and_found(damage, message):
    with pytest.raises(ParseError, match=message):
        parse(damage(RAW), CATALOGUE)


def test_a_changed_word_fails_on_the_checksum(tmp_path):
    for suffix in (".txt", ".toml"):
        (tmp_path / f"r{suffix}").write_bytes((REPORTS / f"{DEFAULT}{suffix}").read_bytes())
    (tmp_path / "r.txt").write_text(RAW.replace("18 项", "19 项"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"expected sha256 586b.*found"):
        load_report("r", tmp_path)


def test_an_unknown_report_or_code_names_what_there_is(capsys):
    assert main(["A-1-1.zh"]) == 2
    assert "reports there: A-72-344.zh" in capsys.readouterr().err
    assert main(["--passages", "XXX"]) == 2
    assert "choose from INTRO, ARG" in capsys.readouterr().err


def test_every_page_begins_at_the_line_that_begins_it_in_the_source():
    text = dict.fromkeys(range(3, 28), "")
    for passage in REPORT.passages:
        assert passage.page_starts[0][0] == 0
        assert tuple(page for _, page in passage.page_starts) == passage.pages
        ends = [offset for offset, _ in passage.page_starts[1:]] + [len(passage.text)]
        for (start, page), end in zip(passage.page_starts, ends, strict=True):
            text[page] += bare(passage.text[start:end])
    lines = RAW.splitlines()
    first_of_page = {
        bare(line)
        for before, line in pairwise(lines)
        if before.strip() and bare(line) and not re.match(r"https:|\s*A/72/344", line)
    }
    with_header, with_repeated_row = {5, 14, 22}, {12}
    for page in sorted(set(text) - {3} - with_header - with_repeated_row):
        assert any(text[page].startswith(line[:12]) for line in first_of_page), page
    assert text[12].startswith("2017140台移动设备")
    assert text[5].startswith("各国应加强边境控制")
