"""Conversations as people lead them: what is left out, taken up again, reckoned or dropped."""

import pytest
from test_qa_verbatim import ask, codes_of, converse, says

from qa.parts import parts_of
from qa.shorthand import written_out
from qa.types import Question

EXPORT = "墨西哥出口和边境安全控制那张表2015年的设备值多少美元？"
SMUGGLING = "墨西哥检测核材料走私那张表2014年的设备值多少美元？"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("独联体16年办了什么演习", "独联体2016年办了什么演习"),
        ("比15年那批多多少", "比2015年那批多多少"),
        ("16年4月呢", "2016年4月呢"),
        ("过去16年呢", "过去16年呢"),
        ("用了15年的时间", "用了15年的时间"),
        ("2016年的呢", "2016年的呢"),
        ("And the US?", "And the United States?"),
        ("What of the U.S.?", "What of the United States?"),
        ("How many US dollars?", "How many US dollars?"),
        ("US$ 151 138", "US$ 151 138"),
        ("Tell us more", "Tell us more"),
    ],
)
def test_what_is_written_short_is_written_out(text, whole):
    assert written_out(text) == whole


@pytest.mark.parametrize(
    ("questions", "amount"),
    [
        pytest.param((SMUGGLING, "加上2016年的一共呢"), "839 875", id="sum-with-another-year"),
        pytest.param((EXPORT, "比2017年那批少多少"), "284 522", id="less-than-another-year"),
        pytest.param((EXPORT, "跟2017年比呢"), "284 522", id="beside-another-year"),
        pytest.param((EXPORT, "整张表的总额比它高出多少"), "798 798", id="the-whole-table"),
        pytest.param((SMUGGLING, "2016年呢？", "差多少"), "432 993", id="bare-difference"),
        pytest.param(
            (SMUGGLING, "2016年呢？", "2017年呢？", "头两个年份合计是多少"),
            "839 875",
            id="first-two",
        ),
        pytest.param(
            (
                "墨西哥出口和边境安全控制那张表总共多少钱",
                "防核走私那张表呢",
                "后者比前者多多少",
            ),
            "8 720 487",
            id="the-latter",
        ),
        pytest.param(("墨西哥哪年收到的设备最贵", "那最便宜的呢"), "48 715", id="the-other-end"),
        pytest.param(
            ("墨西哥出口和边境安全控制那张表总共多少钱", "防核走私那一摊呢"),
            "9 519 285",
            id="the-other-total",
        ),
    ],
)
def test_amounts_are_reckoned_over_a_conversation(chain, questions, amount):
    assert amount in converse(chain, *questions).text


@pytest.mark.parametrize(
    "question",
    [
        "墨西哥防核材料走私计划的设备总额比出口和边境安全控制框架下的多多少？",
        "By how much does Mexico's nuclear smuggling total exceed its export and border one?",
    ],
    ids=["zh", "en"],
)
def test_two_tables_set_against_each_other_are_both_read(chain, question):
    assert "9 519 285 - 798 798 = 8 720 487" in ask(chain, question).text


def test_pieces_and_what_they_are_worth_are_told_together(chain):
    answer = ask(chain, "墨西哥防核走私那张表里2014年来了几台设备、值多少美元，台数合计一下")
    assert "20 + 24 = 44" in answer.text
    assert "636 434" in answer.text


@pytest.mark.parametrize(
    ("questions", "found", "resolved"),
    [
        pytest.param(("伊朗的答复是哪天的", "同一天还有谁"), "厄瓜多尔", "同一天", id="same-day"),
        pytest.param(
            ("When is Mexico's reply dated?", "Did anyone else send one that very day?"),
            "Lebanon",
            "same date",
            id="same-day-en",
        ),
        pytest.param(
            ("上合组织用什么语言答复的", "还有谁用这种语言"),
            "集体安全条约组织",
            "俄文",
            id="same-language",
        ),
        pytest.param(
            ("黎巴嫩哪天答复的", "挪威呢", "谁早"), "2017 年 4 月 6 日", "早还是晚", id="earlier"
        ),
    ],
)
def test_the_headers_of_replies_spoken_of_are_compared(chain, questions, found, resolved):
    answer = converse(chain, *questions)
    assert answer.kind == "metadata"
    assert found in answer.text
    assert resolved in answer.resolved_question


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("哥伦比亚和欧安组织哪家先答复的？", ("COL", "OSCE")),
        ("Which of Cuba and Norway replied earlier?", ("CUB", "NOR")),
    ],
)
def test_which_of_two_replies_came_first_shows_both_dates(chain, question, codes):
    answer = ask(chain, question)
    assert answer.kind == "metadata"
    assert codes_of(answer) == codes


def test_neither_language_is_none_of_both(chain):
    answer = ask(chain, "Which states wrote neither in Spanish nor in English?")
    assert codes_of(answer) == ("JOR", "LBN")


@pytest.mark.parametrize(
    "question",
    [
        "2017年7月31日之后收到的答复登在哪里？",
        "截止日期过后才到的答复会登在哪里、用什么语文？",
        "Where will replies received after 31 July 2017 be posted?",
    ],
)
def test_where_late_replies_are_found_is_told_by_the_introduction(chain, question):
    answer = ask(chain, question)
    assert answer.refusal is None, answer.text
    assert codes_of(answer) == ("INTRO",)
    assert "裁军事务厅网站" in answer.text


@pytest.mark.parametrize(
    ("questions", "code", "fact"),
    [
        pytest.param(
            ("乌克兰和美国在哪里演练过", "换个话题，欧安组织有多少个参加国"),
            "OSCE",
            "57 个参加国",
            id="another-topic",
        ),
        pytest.param(
            ("哥伦比亚说危险物资要管哪些阶段", "买家的身份要确认吗"),
            "COL",
            "最终用户的身份确认",
            id="asked-afresh",
        ),
        pytest.param(
            ("东非共同体有哪些伙伴国家", "哪国的国家计划没定好", "肯尼亚的定好了吗"),
            "EAC",
            "除南苏丹共和国外",
            id="a-member",
        ),
        pytest.param(
            ("When did Spain adopt its action plan on 1540?", "Who supervises it?"),
            "ESP",
            "国家安全委员会",
            id="who-does-it",
        ),
        pytest.param(
            ("墨西哥哪些机场有辐射检测车", "海港？"), "MEX", "阿尔塔米拉", id="a-noun-alone"
        ),
        pytest.param(
            ("上合组织成员国怎样监测放射性物质", "除此之外，出了放射性事故有什么统一安排"),
            "SCO",
            "统一行动纲要",
            id="besides-that",
        ),
    ],
)
def test_a_follow_up_is_answered_by_the_one_spoken_of(chain, questions, code, fact):
    answer = converse(chain, *questions)
    assert answer.refusal is None, answer.text
    assert codes_of(answer) == (code,)
    assert fact in answer.text


@pytest.mark.parametrize(
    ("questions", "codes"),
    [
        pytest.param(
            ("哪些答复的原件是阿拉伯文", "这两个国家都主张中东无大规模毁灭性武器区吗"),
            {"JOR", "LBN"},
            id="both",
        ),
        pytest.param(
            ("上合组织办过哪些反恐演习", "集安和独联体呢，各办了什么"),
            {"CSTO", "CIS"},
            id="two-others",
        ),
        pytest.param(
            (
                "How many members does INTERPOL's programme support?",
                "How does that compare with the participating States of OSCE?",
            ),
            {"INTERPOL", "OSCE"},
            id="set-beside",
        ),
    ],
)
def test_two_are_asked_where_two_are_meant(chain, questions, codes):
    assert set(codes_of(converse(chain, *questions))) == codes


def test_who_else_takes_part_is_asked_of_all_others(chain):
    answer = converse(
        chain, "Did Norway join the Global Initiative to Combat Nuclear Terrorism?", "Who else?"
    )
    assert set(says(answer)) == {"ESP", "UKR", "EU"}


def test_who_else_shares_a_position_is_asked_plainly(chain):
    answer = converse(
        chain, "What is Ecuador's position on nuclear weapons?", "Who else shares it?"
    )
    assert answer.coverage is not None
    assert answer.resolved_question.startswith("Apart from ecuador, who mentions nuclear weapons")


@pytest.mark.parametrize(
    ("questions", "reason"),
    [
        pytest.param(
            ("独联体的成员国都加入制止核恐怖主义公约了吗", "没加入的是谁"),
            "not-in-report",
            id="members-that-have-not",
        ),
        pytest.param(
            ("约旦有打击核恐怖主义的小组吗", "文莱也有吗"), "respondent-silent", id="also"
        ),
        pytest.param(("约旦有打击核恐怖主义的小组吗", "谁带队"), "not-in-report", id="who-leads"),
        pytest.param(("挪威给裁军事务厅自愿供资吗", "多少"), "not-in-report", id="how-much"),
        pytest.param(("伊朗要求销毁化学武器吗", "为什么"), "not-in-report", id="why"),
        pytest.param(
            ("欧盟2016年给了原子能机构多少钱", "美国呢"), "not-a-respondent", id="another-donor"
        ),
        pytest.param(
            ("约旦加入打击伊黎伊斯兰国的国际联盟了吗", "沙特呢"),
            "not-a-respondent",
            id="short-name",
        ),
    ],
)
def test_what_a_follow_up_asks_in_vain_is_refused(chain, questions, reason):
    answer = converse(chain, *questions)
    assert answer.refusal is not None, answer.text
    assert answer.refusal.reason == reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("文莱“整个政府一盘棋”的方针由哪个部门牵头？", "not-in-report"),
        ("2014年那份谅解备忘录，墨方签字的是哪位官员？", "not-in-report"),
        ("既然欧盟是核保安基金第二大捐助者，头一名是谁？", "not-in-report"),
        ("禁化武组织在自己的答复里怎么介绍反恐工作？", "not-a-respondent"),
        ("In its own reply, what does the United States say of its donations?", "not-a-respondent"),
        ("拿护照去亚美尼亚旅游要签证吗？", "off-topic"),
    ],
)
def test_a_question_in_vain_is_refused_for_its_reason(chain, question, reason):
    answer = ask(chain, question)
    assert answer.refusal is not None, answer.text
    assert answer.refusal.reason == reason


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("挪威给裁军事务厅出钱了吗", ("否",)),
        ("Has Jordan given up its right to a peaceful nuclear programme?", ("Yes",)),
        ("挪威加入《核材料实物保护公约》修正案没", ("否",)),
    ],
)
def test_no_verdict_says_the_opposite_of_the_quotation(chain, question, wrong):
    assert not ask(chain, question).text.startswith(wrong)


def test_a_claim_of_the_same_gets_no_verdict(chain):
    answer = converse(chain, "Does Lebanon have weapons of mass destruction?", "Same for Cuba?")
    assert not answer.text.startswith(("Yes", "No"))


def test_the_lead_is_of_the_sentence_that_answers(chain):
    answer = ask(chain, "挪威什么时候、在哪里办减少高浓铀的研讨会？")
    assert "2016" not in answer.text.splitlines()[0].split("[")[0]


def test_whom_money_goes_to_is_not_compared(chain):
    assert ask(chain, "欧盟2016年给原子能机构批了多少钱？").kind == "lookup"
    assert ask(chain, "How much does the EU give to the IAEA?").kind == "lookup"


def test_parts_are_sentences_or_the_clauses_that_name_somebody(chain):
    texts = {
        "上合组织监测哪些物质？事故时又有什么安排？": 2,
        "古巴什么时候立法，挪威什么时候签约？": 2,
        "挪威签署了什么公约？": 0,
    }
    for text, count in texts.items():
        asked = chain.understand(Question(text))
        assert len(parts_of(asked, chain.knowledge)) == count
