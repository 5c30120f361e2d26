"""Lookups: the decisive fact, from the right reply, with few words around it."""

import pytest
from test_qa_verbatim import ask, codes_of

from qa.spans import decisive_span, fit
from qa.types import Question

FACTS = [
    ("INTRO", "秘书长致函国际组织是在哪一天？", "2017 年 3 月 2 日"),
    ("INTRO", "第二次普通照会是哪天发出的？", "2017 年 6 月 12 日"),
    ("ARG", "阿根廷参加了哪项条约的谈判？", "《武器贸易条约》"),
    ("BRN", "文莱的反恐战略以什么方针为依托？", "整个政府一盘棋"),
    ("COL", "哥伦比亚认为应优先重视什么工作？", "优先重视预防工作"),
    ("CUB", "古巴哪年通过《打击恐怖主义行为法》？", "2001 年 12 月"),
    ("ECU", "世界上多少核材料用于军事目的？", "85%"),
    ("IRN", "《禁止核武器条约》何时缔结？", "2017 年 7 月 7 日"),
    ("IRQ", "伊拉克哪年提交第三次国家报告？", "2013 年"),
    ("JOR", "约旦的《防止恐怖主义法》是第几号法律？", "第 55 号"),
    ("JOR", "约旦哪年开始执行边界安全方案？", "2009 年"),
    ("LBN", "黎巴嫩严重关切哪个国家的行为？", "以色列"),
    ("MEX", "墨西哥海关总署培训了多少名官员？", "600 多名"),
    ("MEX", "What year did Mexico join the Australia Group?", "2013 年 8 月"),
    ("NOR", "挪威何时正式加入《制止核恐怖主义行为国际公约》？", "2014 年 2 月 20 日"),
    ("ESP", "西班牙哪天通过执行第1540号决议的国家行动计划？", "4月 24日"),
    ("ESP", "西班牙与摩洛哥联合开展的演习叫什么？", "非洲之门"),
    ("UKR", "乌克兰和谁一起组织桌面演练？", "美国"),
    ("CSTO", "集安组织在哪里举行了战术特种演习？", "亚美尼亚"),
    ("CIS", "独联体举行的联合反恐演习叫什么名字？", "网络反恐-2016"),
    ("EAC", "联合王国向东非共同体捐赠了什么？", "一套先进设备"),
    ("EU", "欧盟为销毁叙利亚化学武器出资多少？", "1 700 万欧元"),
    ("EU", "禁化武组织项目经费的百分之几来自欧盟成员国？", "40%"),
    ("IAEA", "事故与非法贩运数据库收录了多少次确认事故？", "3 073 次"),
    ("IAEA", "国际原子能机构核保安问题国际会议约有多少名与会者？", "2 100 名"),
    ("ICAO", "国际民航组织第三十九届大会何时举行？", "2016 年 9 月"),
    ("IMO", "《国际船舶和港口设施保安规则》何时生效？", "2004 年 7 月 1 日"),
    ("INTERPOL", "国际刑警组织有多少个成员国？", "190 个成员国"),
    ("NATO", "北约2017年的年度会议在哪里举行？", "赫尔辛"),
    ("OSCE", "欧安组织有多少个参加国？", "57 个参加国"),
    ("SCO", "上海合作组织2014年的演习叫什么？", "东方-反恐-2014"),
]


@pytest.mark.parametrize(
    ("code", "text", "fact"), FACTS, ids=[f"{code}-{n}" for n, (code, _, _) in enumerate(FACTS, 1)]
)
def test_the_fact_is_quoted_from_the_right_reply(chain, code, text, fact):
    answer = ask(chain, text)
    assert answer.kind == "lookup", answer.text
    assert code in codes_of(answer)
    assert any(fact in citation.quote for citation in answer.citations), answer.text


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("古巴批准了多少项与恐怖主义有关的国际公约？", "18 项"),
        ("挪威何时主办关于核武器造成的人道主义影响的国际会议？", "2013 年 3 月"),
        ("国际原子能机构的数据库收录了多少次确认事故？", "3 073 次"),
        ("约旦哪年通过《防止恐怖主义法》？", "2006 年"),
    ],
    ids=["CUB", "NOR", "IAEA", "JOR"],
)
def test_a_number_or_date_asked_for_leads_the_answer(chain, text, lead):
    first, *_ = ask(chain, text).text.splitlines()
    assert first.startswith(lead)
    assert len(first) < 20


@pytest.mark.parametrize(
    ("text", "items"),
    [
        pytest.param(
            "墨西哥加入了哪些国际出口管制制度？",
            ("瓦瑟纳尔协定", "核供应国集团", "澳大利亚集团"),
            id="regimes",
        ),
        pytest.param(
            "西班牙国家行动计划有哪些首要目标？",
            ("完成规范框架", "关键设施", "无形转让", "边境控制", "干预和反应机制", "战略传播"),
            id="objectives",
        ),
        pytest.param(
            "国际刑警组织开展了哪些跨境多部门行动？",
            ("双保险", "STONE", "CHASE", "Conduit", "VECTOR"),
            id="operations",
        ),
    ],
)
def test_a_list_asked_for_is_quoted_whole(chain, text, items):
    quotes = "".join(citation.quote for citation in ask(chain, text).citations)
    assert all(item in quotes for item in items)


def test_source_errors_stay_as_printed(chain):
    answer = ask(chain, "文莱对恐怖分子获取大规模毁灭性武器的能力怎么看？")
    assert any("恐怖空子" in citation.quote for citation in answer.citations)


def test_the_page_of_a_passage_can_be_asked_for(chain):
    answer = ask(chain, "古巴在第几页说批准了18项与恐怖主义有关的国际公约？")
    assert answer.citations[0].passage.pages == (5,)
    assert "5" in answer.text.splitlines()[0]


def test_a_lookup_stays_short(chain):
    for _, text, _ in FACTS:
        assert len(ask(chain, text).citations) <= 4, text


@pytest.mark.parametrize(
    ("sentence", "want", "question", "span"),
    [
        ("他于 2017 年 5 月 3 日到达。", "date", "何时", "2017 年 5 月 3 日"),
        ("他于 2016 年到达，2017 年离开。", "date", "何时", None),
        ("批准了 18 项公约。", "number", "多少项", "18 项"),
        ("共有 71 个缔约国的 119 人与会。", "number", "多少人", "119 人"),
        ("共有 71 个国家和 9 个组织。", "number", "多少", None),
        ("没有数字。", "number", "多少", None),
        ("捐赠了一套先进设备(一次 25 人)。", "money", "how much was it worth", None),
        ("为 25 人出资 930 万欧元。", "money", "how much was it worth", "930 万欧元"),
        ("批准了 18 项公约。", "any", "怎么看", None),
    ],
    ids=[
        "one-date",
        "two-dates",
        "one-number",
        "the-unit-asked-for",
        "two-numbers",
        "no-number",
        "no-currency",
        "the-number-with-a-currency",
        "nothing-wanted",
    ],
)
def test_a_span_is_decisive_only_when_it_is_plain(sentence, want, question, span):
    found = decisive_span(sentence, want, question)
    assert (sentence[slice(*found)].strip() if found else None) == span


@pytest.mark.parametrize(
    ("sentence", "want", "question", "least", "most"),
    [
        ("2017 年 5 月 3 日到达。", "date", "何时到达", 1, 1),
        ("2017 年举行。", "date", "2017 年何时举行", 0, 0),
        ("没有日期。", "date", "何时", 0, 0),
        ("出资 930 万欧元。", "money", "多少钱", 1, 1),
        ("出资不少。", "money", "多少钱", 0, 0),
        ("批准了 18 项公约。", "number", "多少项公约", 1, 1),
        ("批准了公约。", "number", "多少项公约", 0, 0),
        ("任何一句话。", "any", "怎么看", 0.6, 0.6),
        ("部长出席了会议。", "person", "部长叫什么", 0, 0),
        ("2016 年举行了演练。", "date", "演练是几月几号", 0, 0),
        ("2016 年 5 月举行了演练。", "date", "演练在哪个月", 1, 1),
        ("对 50 多起事件作了分析。", "number", "五十多起事件里几起涉及高浓铀", 0, 0),
        ("履行了《条约》第六条的义务。", "code", "哪个条约第几条", 1, 1),
        ("制定了法律法规。", "code", "那部法律的编号", 0, 0),
        ("每年开一次会。", "frequency", "多久开一次会", 1, 1),
    ],
    ids=[
        "date",
        "date-of-the-question",
        "no-date",
        "money",
        "no-money",
        "number",
        "no-number",
        "anything",
        "person",
        "year-where-a-day-is-asked-for",
        "month",
        "number-of-the-question-in-words",
        "article",
        "no-article",
        "how-often",
    ],
)
def test_how_well_a_sentence_holds_what_is_asked_for(sentence, want, question, least, most):
    assert least <= fit(sentence, want, question) <= most


def test_a_part_is_answered_though_the_whole_is_not(chain):
    answer = ask(chain, "古巴加入了几项反恐公约？哪年通过的反恐法？")
    quotes = "".join(citation.quote for citation in answer.citations)
    assert "2001 年 12 月" in quotes


@pytest.mark.parametrize(
    "text",
    [
        "What is the exact wording of Cuba on state terrorism?",
        "Give me Cuba's exact words on state terrorism.",
        "古巴关于国家恐怖主义的原话是什么？",
    ],
    ids=["wording", "words", "chinese"],
)
def test_the_very_words_of_a_reply_are_quoted(chain, text):
    answer = ask(chain, text)
    assert any("国家恐怖主义" in citation.quote for citation in answer.citations)


def test_a_label_that_the_question_names_is_no_answer_to_it(chain):
    answer = ask(chain, "国际刑警的“双保险行动”查获了什么？")
    assert answer.refusal is not None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        pytest.param("What did Spain say about intangible transfers?", "无形转让", id="say-about"),
        pytest.param("约旦五点建议是什么", "", id="short"),
        pytest.param("古巴对恐怖主义的立场是什么？", "反对恐怖主义", id="position"),
    ],
)
def test_what_is_said_of_a_subject_is_answered_though_much_is_left_open(chain, text, fact):
    answer = ask(chain, text)
    assert answer.refusal is None
    assert any(fact in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("欧盟为原子能机构出了多少钱？", id="zh"),
        pytest.param("How large is the EU's grant to the IAEA?", id="en"),
    ],
)
def test_to_whom_it_is_done_is_not_who_is_asked(chain, text):
    answer = ask(chain, text)
    assert {one.passage.code for one in answer.citations} == {"EU"}
    assert "930 万欧元" in answer.text


@pytest.mark.parametrize("text", ["约旦给出了哪些建议？", "约旦有什么建议？"])
def test_a_list_below_the_heading_asked_for_is_quoted_whole(chain, text):
    answer = ask(chain, text)
    assert answer.refusal is None
    assert "反洗钱" in answer.text
    assert "口岸和机场" in answer.text


@pytest.mark.parametrize(
    ("text", "code"),
    [("基多和德黑兰各自怎么看禁核条约？", "ECU"), ("基辅那次演练是乌克兰跟谁办的？", "UKR")],
)
def test_a_capital_of_which_the_report_does_not_speak_is_its_government(chain, text, code):
    assert code in chain.understand(Question(text)).named


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("国际刑警组织的三大支柱是什么？", ("信息共享和情报分析", "预防方案", "应急行动")),
        ("约旦采取了哪些反恐措施？", ("国家立法", "区域方面", "世界方面")),
    ],
)
def test_a_lead_in_is_quoted_with_the_headings_that_it_leads_to(chain, text, headings):
    quotes = " ".join(citation.quote for citation in ask(chain, text).citations)
    assert all(heading in quotes for heading in headings)


def test_a_date_asked_for_needs_no_headings(chain):
    answer = ask(chain, "墨西哥与美国国防部的谅解备忘录是哪天签署的？")
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    ("text", "item"),
    [
        (
            "西班牙1540行动计划的第二个首要目标是什么？",
            "保护核、细菌、化学和放射性物质的关键设施。",
        ),
        ("What is the last objective on the list in Spain's 1540 action plan?", "战略传播措施。"),
    ],
)
def test_an_item_of_a_list_is_quoted_by_its_number(chain, text, item):
    assert [one.quote for one in ask(chain, text).citations] == [item]


def test_a_reason_is_quoted_with_what_it_rests_on(chain):
    quotes = [one.quote for one in ask(chain, "阿根廷为什么把巩固现有机制当作首要任务？").citations]
    assert any(quote.startswith("正因为如此") for quote in quotes)
    assert any("枪支的过度积累" in quote for quote in quotes)


@pytest.mark.parametrize(
    "text",
    [
        "晚交的答复在哪儿能看到？",
        "Where do letters that came in too late for this report get put up?",
    ],
)
def test_where_late_replies_are_to_be_found_is_told_by_the_introduction(chain, text):
    assert "裁军事务厅网站" in ask(chain, text).text
