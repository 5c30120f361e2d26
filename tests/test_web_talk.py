"""What the chat shows: escaped, marked, numbered, in two languages."""

import re
from dataclasses import fields

import pytest
from web_fakes import AGENCY, HOSTILE, MEXICO, REPORT, FakeDafu, cite

from qa.types import MAX_HISTORY, MAX_TURN, Question, Turn
from qa.web.conversation import MAX_EXCHANGES, Conversation
from qa.web.evidence import panel
from qa.web.talk import messages
from qa.web.texts import EN, TEXTS, ZH
from qa.web.words import Names, day, escape, groups, origin, place, reference

NAMES = Names(REPORT)
ATTACKS = [
    HOSTILE,
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    '"><iframe src=//evil.example>',
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "</div></article><style>*{background:url(//evil.example)}</style>",
    "<!-- -->\n\n<b>x</b>",
    "&lt;script&gt;",
    "`code` $$x$$ **b**\n\n# h",
]


def said(question, texts=ZH, before=()):
    """The messages and the panel after asking a question."""
    talk = Conversation()
    for one in (*before, question):
        answer = FakeDafu().invoke(Question(one, talk.history()))
        talk = talk.asking(one).answered(answer)
    number, exchange = talk.numbered()[-1]
    shown = messages(talk, NAMES, texts)
    return [one["content"] for one in shown], panel(number, exchange.answer, NAMES, texts)


def tags(html):
    return set(re.findall(r"<\s*([a-zA-Z]+)", html))


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_question_is_text(attack):
    shown = Conversation().asking(attack)
    html = messages(shown, NAMES, ZH)[0]["content"]
    assert tags(html) <= {"div", "br"}
    assert "\n" not in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_error_is_text(attack):
    html = messages(Conversation().asking("问").answered(None, attack), NAMES, ZH)[1]["content"]
    assert tags(html) <= {"div", "p", "br", "button"}


def test_a_poisoned_report_is_text_in_answer_and_panel():
    shown, evidence = said("敌意")
    for html in (*shown, evidence):
        assert "<script" not in html
        assert "<img" not in html
        assert "\n" not in html
    assert escape(HOSTILE) in evidence
    assert escape(HOSTILE[:-1]) in shown[1]


def test_a_mark_links_to_its_citation_and_stays_on_the_line():
    shown, evidence = said("问")
    link = '<a class="mark" href="#cite-0-1" title="阿根廷，第 3 页">1</a>'
    assert f'<span class="nw">。{link}</span>' in shown[1]
    assert 'id="cite-0-1"' in evidence
    assert 'id="cite-0-2"' in evidence


def test_a_mark_after_an_escaped_character_does_not_cut_it():
    from qa.web.talk import _marked

    assert _marked(0, 'a"[1][2]b', {}) == (
        'a<span class="nw">&quot;<a class="mark" href="#cite-0-1">1</a>'
        '<a class="mark" href="#cite-0-2">2</a></span>b'
    )


def test_the_quote_is_highlighted_inside_its_whole_passage():
    _, evidence = said("问")
    text = re.sub(r"<br>", "\n", evidence)
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", text, re.DOTALL)
    assert re.sub(r"</?mark>", "", quoted[1]) == MEXICO
    assert "<mark>核供应国集团(2012 年 9 月)</mark>" in quoted[1]


def test_a_citation_says_who_where_when_and_what_it_is_a_translation_of():
    _, evidence = said("问")
    for part in (
        "墨西哥",
        "第 12–13 页",
        "第 1 段",
        "联合国中文本；原件：西班牙文",
        "2017年4月6日",
        "国家措施 › 出口管制",
    ):
        assert part in evidence


def test_a_citation_in_english():
    _, evidence = said("问", EN)
    for part in ("Mexico", "pp. 12–13", "para. 1", "original: Spanish", "6 April 2017"):
        assert part in evidence


def test_a_copied_citation_can_be_pasted_into_a_note():
    citation = cite(2, "MEX", "核供应国集团(2012 年 9 月)")
    chinese = reference(citation, "墨西哥", ZH)
    english = reference(citation, "Mexico", EN)
    assert chinese == "[2] “核供应国集团(2012 年 9 月)”（A/72/344，第12–13页，墨西哥，第1段）"
    assert english == "[2] “核供应国集团(2012 年 9 月)” (A/72/344, pp. 12–13, Mexico, para. 1)"
    assert chinese in said("问")[1]


def test_a_refusal_gives_its_reason_and_the_nearest_passages():
    shown, evidence = said("拒绝")
    assert ZH.refusals["not-a-respondent"] in shown[1]
    assert ZH.nearest in evidence
    assert "<mark>" not in evidence
    assert escape(AGENCY) in evidence


def test_a_survey_shows_who_says_so_and_who_is_silent():
    shown, _ = said("排查")
    assert ZH.searched.format(3) in shown[1]
    assert re.search(r'says">.*阿根廷.*#cite-0-1.*silent">.*墨西哥.*国际原子能机构', shown[1])
    assert "otherwise" not in shown[1]


def test_the_resolved_question_is_shown_only_where_it_differs():
    assert "理解为" not in said("问")[0][1]
    shown, _ = said("那呢？", before=("问",))
    assert "理解为</span>：<b>那呢？（阿根廷）</b>" in shown[3]


def test_what_waits_says_so():
    assert ZH.pending in messages(Conversation().asking("问"), NAMES, ZH)[1]["content"]


def test_numbers_of_exchanges_stay_when_old_ones_are_dropped():
    talk = Conversation()
    for n in range(MAX_EXCHANGES + 3):
        talk = talk.asking(f"问{n}").answered(None, "错")
    assert len(talk.exchanges) == MAX_EXCHANGES
    assert talk.numbered()[-1][0] == MAX_EXCHANGES + 2
    assert talk.numbered()[-1][1].question == f"问{MAX_EXCHANGES + 2}"


def test_history_holds_answered_questions_within_the_bounds_of_the_contract():
    talk = Conversation().asking("甲").answered(None, "错")
    assert talk.history() == ()
    answer = FakeDafu().invoke(Question("问"))
    for _ in range(MAX_HISTORY):
        talk = talk.asking("长" * (MAX_TURN + 1)).answered(answer)
    history = talk.history()
    assert len(history) == MAX_HISTORY
    assert history[0] == Turn("user", "长" * MAX_TURN)
    Question("再问", history)


def test_both_languages_say_everything():
    for field in fields(ZH):
        chinese, english = getattr(ZH, field.name), getattr(EN, field.name)
        assert type(chinese) is type(english)
        if isinstance(chinese, str) and field.name != "languages":
            assert chinese, field.name
            assert english, field.name
            assert chinese.count("{}") == english.count("{}")
    assert ZH.kinds.keys() == EN.kinds.keys()
    assert ZH.refusals.keys() == EN.refusals.keys()
    assert len(ZH.examples) == len(EN.examples)
    assert list(TEXTS) == ["zh", "en"]


def test_every_original_language_of_the_report_has_an_english_name(report):
    assert {one.original_language for one in report.replies} - {None} <= EN.languages.keys()


def test_a_reply_heading_is_in_no_paragraph(report):
    head = next(one for one in report.passages if one.kind == "header" and one.code == "MEX")
    assert place(head, ZH) == ("第 10 页",)
    assert origin(report.passages[0], ZH) == ("联合国中文本",)
    assert day(None, ZH) == ""


def test_groups_of_the_filter_come_from_the_report(report):
    offered = {one.value: one.codes for one in groups(report)}
    assert len(offered["@governments"]) == 13
    assert len(offered["@organisations"]) == 11
    assert "MEX" in offered["@latin-america"]
