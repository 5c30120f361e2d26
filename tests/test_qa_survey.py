"""Surveys and comparisons: everyone asked is looked at, and the answer accounts for each."""

import pytest
from test_qa_verbatim import SECTIONS, ask, says

from qa.types import Question
from qa.wording import phrase

SURVEYS = {
    "joined": "哪些答复方加入了《制止核恐怖主义行为国际公约》？",
    "silent": "哪些答复方没有提到第1540号决议？",
    "countries": "哪些国家提到了中东无大规模毁灭性武器区？",
    "organisations": "哪些组织举办了反恐演习？",
    "group": "欧洲国家提到了第1540号决议吗？",
    "exception": "除古巴以外，哪些国家谴责恐怖主义？",
    "english": "Which governments mention the Biological Weapons Convention?",
    "traditional": "哪些國家和組織提到了第1540號決議？",
    "about-a-respondent": "哪些国家提到了国际原子能机构？",
    "stance": "哪些国家支持第1540号决议？",
    "words": "哪些答复方提到了网络安全？",
    "opposition": "哪些答复方反对恐怖主义？",
}


@pytest.mark.parametrize("name", SURVEYS)
def test_coverage_adds_up_and_is_in_printed_order(chain, report, name):
    coverage = ask(chain, SURVEYS[name]).coverage
    printed = [one.code for one in report.respondents]
    parts = (coverage.says, coverage.otherwise, coverage.silent)
    codes = [stand.code for part in parts for stand in part]
    assert len(codes) == len(set(codes)) == coverage.searched
    for part in parts:
        places = [printed.index(stand.code) for stand in part]
        assert places == sorted(places)


@pytest.mark.parametrize("name", SURVEYS)
def test_each_respondent_is_quoted_from_its_own_reply(chain, report, name):
    answer = ask(chain, SURVEYS[name])
    names = {one.code: one.name for one in report.respondents}
    for stand in (*answer.coverage.says, *answer.coverage.otherwise):
        assert stand.citations
        assert stand.respondent == names[stand.code]
        assert {answer.citations[n - 1].passage.code for n in stand.citations} == {stand.code}
    assert all(stand.citations == () for stand in answer.coverage.silent)


@pytest.mark.parametrize(
    "name", [name for name in SURVEYS if name not in ("english", "traditional")]
)
def test_the_answer_names_those_who_are_silent(chain, name):
    answer = ask(chain, SURVEYS[name])
    own = answer.text
    for citation in answer.citations:
        own = own.replace(citation.quote, "")
    assert all(stand.respondent in own for stand in answer.coverage.silent)
    assert str(answer.coverage.searched) in own


@pytest.mark.parametrize(
    "text",
    [
        "哪些国家和组织加入或批准了《制止核恐怖主义行为国际公约》？",
        "哪些答复方加入了《制止核恐怖主义行为国际公约》？",
        "谁是《制止核恐怖主义行为国际公约》的缔约方？",
        "哪些國家和組織加入或批准了《制止核恐怖主義行為國際公約》？",
        "Which respondents have joined or ratified the International Convention for the "
        "Suppression of Acts of Nuclear Terrorism?",
    ],
    ids=["joined-or-ratified", "joined", "party", "hant", "en"],
)
def test_who_joined_the_nuclear_terrorism_convention(chain, text):
    answer = ask(chain, text)
    assert says(answer) == ("CUB", "NOR", "UKR", "CIS")
    assert answer.coverage.searched == 24
    assert len(answer.coverage.silent) == 20
    for citation in answer.citations:
        assert "《制止核恐怖主义行为国际公约》" in citation.quote


@pytest.mark.parametrize("number", ["71/38", "1540", "1373", "2325", "1977", "1887", "2298"])
def test_who_names_a_resolution_is_who_prints_its_number(chain, report, number):
    answer = ask(chain, f"哪些答复方提到了第{number}号决议？")
    printed = tuple(one.code for one in report.respondents if number in SECTIONS[one.name])
    assert says(answer) == printed
    assert all(number in citation.passage.text for citation in answer.citations)


@pytest.mark.parametrize("number", ["71/38", "1540"])
def test_who_is_silent_on_a_resolution_is_who_does_not_print_its_number(chain, report, number):
    answer = ask(chain, f"谁没有提到第{number}号决议？")
    absent = [one.code for one in report.respondents if number not in SECTIONS[one.name]]
    assert [stand.code for stand in answer.coverage.silent] == absent
    first = answer.text.splitlines()[0]
    assert all(stand.respondent in first for stand in answer.coverage.silent)
    assert not any(stand.respondent in first for stand in answer.coverage.says)


@pytest.mark.parametrize(
    ("word", "question"),
    [
        pytest.param("《禁止核武器条约》", "哪些国家提到了《禁止核武器条约》？", id="treaty"),
        pytest.param("网络安全", "哪些答复方提到了网络安全？", id="cyber-security"),
        pytest.param("瓦瑟纳尔", "谁提到了瓦瑟纳尔协定？", id="wassenaar"),
        pytest.param(
            "高浓",
            "哪些答复方提到了高浓缩铀？",
            id="enriched-uranium",
        ),
        pytest.param("海牙行为准则", "哪些答复方提到了《海牙行为准则》？", id="hague-code"),
        pytest.param("达伊沙", "哪些国家提到了达伊沙？", id="daesh"),
    ],
)
def test_whoever_prints_the_words_is_found(chain, report, word, question):
    answer = ask(chain, question)
    kinds = ("government",) if "国家" in question else ("government", "organisation")
    printed = {
        one.code for one in report.respondents if word in SECTIONS[one.name] and one.kind in kinds
    }
    assert printed <= set(says(answer))


def test_a_proof_speaks_of_what_is_asked(chain):
    answer = ask(chain, "中东国家对化学武器的立场是什么？")
    assert "IRN" in says(answer)
    for citation in answer.citations:
        assert "化学" in SECTIONS[citation.passage.respondent], citation.quote


def test_who_writes_of_nothing_else_is_not_called_silent(chain):
    silent = ask(chain, "拉丁美洲国家怎么看大规模毁灭性武器？").coverage.silent
    assert not {"CUB", "ECU"} & {stand.code for stand in silent}


def test_support_of_one_thing_is_no_opposition_to_another(chain):
    answer = ask(chain, "哪些答复方反对恐怖主义？")
    assert [stand.code for stand in answer.coverage.otherwise] == []


@pytest.mark.parametrize(
    "group",
    ["南美国家", "拉美国家", "南美洲国家", "拉丁美洲国家"],
    ids=["south-short", "latin-short", "south", "latin"],
)
def test_a_group_by_any_of_its_names_is_asked(chain, group):
    answer = ask(chain, f"{group}提到了《禁止核武器条约》吗？")
    assert "ECU" in says(answer)


def test_an_exception_is_neither_searched_nor_quoted(chain):
    answer = ask(chain, "除挪威和古巴外，哪些答复方加入了《制止核恐怖主义行为国际公约》？")
    assert says(answer) == ("UKR", "CIS")
    assert answer.coverage.searched == 22


def test_a_request_narrows_a_survey(chain):
    answer = ask(chain, SURVEYS["joined"], respondents=("CUB", "墨西哥", "Ukraine"))
    assert answer.coverage.searched == 3
    assert says(answer) == ("CUB", "UKR")
    assert [stand.code for stand in answer.coverage.silent] == ["MEX"]
    codes = {one.passage.code for one in answer.retrieved}
    assert codes <= {"CUB", "MEX", "UKR"}


def test_where_nobody_speaks_of_it_the_survey_is_refused(chain):
    for text in (
        "哪些答复方提到了区块链？",
        "哪些答复方提到了量子计算？",
        "哪些国家提到了气候变化？",
    ):
        assert ask(chain, text).kind == "refusal"


def test_nobody_names_cuba_and_cuba_is_not_blamed_for_it(chain):
    answer = ask(chain, "哪些答复方提到了古巴？")
    assert answer.refusal is not None
    assert answer.refusal.reason == "not-in-report"


@pytest.mark.parametrize(
    ("text", "speaking", "quiet", "facts"),
    [
        pytest.param(
            "比较挪威与乌克兰加入《制止核恐怖主义行为国际公约》的情况",
            ("NOR", "UKR"),
            (),
            ("2014 年 2 月 20 日", "签署并批准"),
            id="both-speak",
        ),
        pytest.param(
            "Compare Norway and Ukraine on the nuclear terrorism convention.",
            ("NOR", "UKR"),
            (),
            ("2014 年 2 月 20 日", "签署并批准"),
            id="both-speak-en",
        ),
        pytest.param(
            "比较古巴和墨西哥关于网络安全的看法", ("MEX",), ("CUB",), ("网络安全",), id="one-silent"
        ),
        pytest.param(
            "古巴、挪威和乌克兰对《制止核恐怖主义行为国际公约》分别做了什么？",
            ("CUB", "NOR", "UKR"),
            (),
            ("18 项", "2005 年", "签署并批准"),
            id="three",
        ),
        pytest.param(
            "比較約旦和黎巴嫩對中東無大規模毀滅性武器區的立場",
            ("JOR", "LBN"),
            (),
            ("中东无大规模毁灭性武器区",),
            id="traditional",
        ),
    ],
)
def test_a_comparison_sets_the_respondents_side_by_side(chain, text, speaking, quiet, facts):
    answer = ask(chain, text)
    coverage = answer.coverage
    assert answer.kind == "comparison"
    assert says(answer) == speaking
    assert tuple(stand.code for stand in coverage.silent) == quiet
    assert coverage.searched == len(speaking) + len(quiet)
    quotes = "".join(citation.quote for citation in answer.citations)
    assert all(fact in quotes for fact in facts)
    assert all(stand.respondent in answer.text for stand in coverage.silent)
    for stand in coverage.says:
        assert {answer.citations[n - 1].passage.code for n in stand.citations} == {stand.code}


def test_a_comparison_of_those_who_are_all_silent_is_refused(chain):
    answer = ask(chain, "比较阿根廷和哥伦比亚关于网络安全的看法")
    assert answer.refusal.reason == "respondent-silent"
    assert all(name in answer.text for name in ("阿根廷", "哥伦比亚"))


def test_a_comparison_with_a_country_that_did_not_reply_says_so(chain):
    answer = ask(chain, "比较古巴和法国对核武器的立场")
    assert "法国" in answer.text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("资助国际原子能机构这方面，挪威和欧盟各怎么讲？", ("NOR", "EU")),
        ("Compare what Norway and the European Union say about the IAEA.", ("NOR", "EU")),
        ("比较约旦、墨西哥与古巴的反恐法律", ("JOR", "MEX", "CUB")),
    ],
    ids=["object-first", "object-last-en", "three"],
)
def test_a_comparison_is_of_those_named_in_one_breath(chain, text, codes):
    coverage = ask(chain, text).coverage
    assert tuple(sorted(stand.code for stand in (*coverage.says, *coverage.silent))) == tuple(
        sorted(codes)
    )


def test_an_exception_needs_no_closing_word(chain):
    answer = ask(chain, "除了欧盟，还有哪些国际组织提到第1540号决议？")
    assert says(answer) == ("CIS", "NATO", "OSCE")


def test_a_comparison_quotes_no_row_of_a_table(chain):
    answer = ask(chain, "墨西哥和西班牙在边境管制上有什么不一样？")
    assert {citation.passage.kind for citation in answer.citations} <= {"paragraph", "list"}


def test_who_says_otherwise_by_the_subject_index_is_not_counted_among_those_who_say_so(chain):
    subject = chain.knowledge.notes.subjects["d-tpnw-concluded"]
    coverage = ask(chain, subject.questions[0].text).coverage
    assert {stand.code for stand in coverage.says} == set(subject.says)
    assert {stand.code for stand in coverage.otherwise} == set(subject.otherwise) == {"CUB"}


def test_nobody_says_otherwise_of_what_nobody_speaks_of(chain):
    answer = ask(chain, "《禁止核武器条约》通过时多少票赞成、多少票反对，谁的答复里报了数？")
    assert answer.refusal is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("五个拉美国家里，压根没提“化学”两个字的是哪几个？", ("化学",)),
        (
            "「非國家行為體」或「非政府行為者」這類說法，哪些答覆用過？",
            ("非国家行为体", "非政府行为者"),
        ),
        ("哪些国际组织的答复里没有出现“大规模毁灭性武器”这个词？", ("大规模毁灭性武器",)),
    ],
    ids=["characters", "alternatives", "word"],
)
def test_who_uses_some_very_words_is_who_prints_them(chain, text, words):
    coverage = ask(chain, text).coverage
    for stands, expected in ((coverage.says, True), (coverage.silent, False)):
        for stand in stands:
            passages = chain.knowledge.replies[stand.code].passages
            printed = "".join("".join(passage.text.split()) for passage in passages)
            assert any(word in printed for word in words) is expected, stand.code


def test_examples_of_what_is_asked_about_do_not_narrow_it(chain):
    plain = ask(chain, "哪几方写了跟美国联手办的事？").coverage
    more = ask(chain, "哪几方写了跟美国联手办的事，比如签备忘录、搞演练？").coverage
    assert {stand.code for stand in plain.says} == {stand.code for stand in more.says}


def test_what_is_taken_in_does_not_stand_for_the_whole(chain):
    whole = ask(chain, "各国际组织里，谁报告过演习或者演练？").coverage
    too = ask(chain, "各国际组织里，谁报告过演习或者演练（桌面推演也算）？").coverage
    assert {stand.code for stand in whole.says} <= {stand.code for stand in too.says}


def test_a_lone_who_is_looked_up_where_nobody_is_found_to_speak_of_it(chain):
    answer = ask(chain, "谁反复摸底菌种柜旁边那些人靠不靠得住？")
    assert answer.refusal is None
    assert answer.kind == "lookup"


def test_a_sum_asked_of_all_is_answered_by_those_who_state_one(chain):
    answer = ask(chain, "所有答复者为执行第1540号决议一共花了多少钱？")
    assert answer.refusal is not None


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        pytest.param(1, "Of 24 searched, 1 respondent speaks of it:", id="one"),
        pytest.param(10, "Of 24 searched, 10 respondents speak of it:", id="more"),
    ],
)
def test_english_counts_agree_with_their_verbs(n, expected):
    assert phrase("says", "en", searched=24, n=n) == expected


def test_chinese_counts_need_no_plural():
    assert "1 个有相关内容" in phrase("says", "zh-Hans", searched=24, n=1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Of the four - Iran, Iraq, Jordan, Lebanon - which do not name ISIL?", 4),
        ("Among Ecuador, Norway, Spain and the IAEA, whose replies speak of the NPT?", 4),
        ("古巴、厄瓜多尔、伊朗、挪威这几国，哪些提到核裁军？", 4),
        ("Take Cuba, Jordan and Mexico. Which of these three mention terrorism?", 3),
        ("原子能机构不用列，其余国际组织有哪些谈到放射性物质？", 10),
        ("一共有几份答复（政府加国际组织）提到了禁止化学武器组织？", 24),
        ("请问有哪些答复点名讲到“伊斯兰国”这个组织？", 24),
        ("原文是西班牙文的答复，谁没谈边境？", 6),
    ],
)
def test_a_survey_is_put_to_those_it_asks_and_no_others(chain, text, codes):
    assert len(chain.understand(Question(text)).scope) == codes


def test_whoever_names_the_thing_compared_is_not_called_silent(chain):
    text = "Nuclear terrorism convention: how far had Norway and Ukraine got, and when?"
    coverage = ask(chain, text).coverage
    assert {stand.code for stand in coverage.says} == {"NOR", "UKR"}


def test_what_each_of_two_did_is_a_comparison(chain):
    asked = chain.understand(Question("挪威跟乌克兰对那个制止核恐怖主义的公约各走到哪一步了？"))
    assert asked.aim == "comparison"
    assert asked.named == ("NOR", "UKR")


def test_a_proof_is_no_heading_of_a_table_and_no_bare_lead_in(chain):
    answer = ask(chain, "哪些国家提到了边境监测设备？")
    assert all(not quote.endswith(("：", "(美元)")) for quote in quotes_of(answer))


def quotes_of(answer):
    return [citation.quote for citation in answer.citations]


def test_others_than_the_one_set_aside_are_asked_in_the_middle_of_a_question(chain):
    answer = ask(chain, "除了挪威，原子能机构核保安基金还有别的捐助方吗？")
    assert {stand.code for stand in answer.coverage.says} == {"EU"}
