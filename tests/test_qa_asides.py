"""What says how to count, and what the asker says of himself, is no part of what is asked."""

import pytest
from test_qa_verbatim import ask

from index.text import normalise
from qa.asides import without_asides, without_context


def said(coverage):
    return {stand.code for stand in coverage.says}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("哪些答复提到机场？只要提到就算。", "哪些答复提到机场? 。"),
        ("谁说到实验室（不管是保护还是利用）？把名字列出来", "谁说到实验室( )?"),
        ("谁写出了法律编号（宪法也算，备忘录不算）", "谁写出了法律编号( , )"),
        ("请统计：有多少国家提到演习？", ":有多少国家提到演习?"),
        ("Who mentions the OPCW? A bare mention counts.", "who mentions the opcw? ."),
        ("Which replies refer to it? Names too if you can.", "which replies refer to it? ."),
        ("Who works with it? Count a reply too if it pays for it.", "who works with it? ."),
    ],
)
def test_what_says_how_to_count_is_left_out(text, left):
    normalised = normalise(text)
    bare = without_asides(normalised)
    assert len(bare) == len(normalised)
    assert " ".join(bare.split()) == left


@pytest.mark.parametrize(
    "text",
    [
        "请列出提到演习的国际组织。",
        "哪些国家算是核供应国集团的成员？",
        "Which respondents count terrorism among the gravest threats?",
        "谁不算在内？",
    ],
)
def test_what_asks_stays(text):
    normalised = normalise(text)
    assert without_asides(normalised) == normalised


def test_what_the_asker_says_of_himself_is_left_out():
    text = normalise("我在写一篇谈生物威胁的评论。哪些政府没有提到生物武器？")
    assert without_context(text).strip() == "哪些政府没有提到生物武器?"


@pytest.mark.parametrize(
    "text", ["我们关心核保安基金。谁向它捐款？", "欧盟是第二大捐助者。谁是第一大？", "哪些国家？"]
)
def test_what_the_question_points_at_stays(text):
    normalised = normalise(text)
    assert without_context(normalised) == normalised


@pytest.mark.parametrize(
    "text",
    [
        "哪些政府的答复提到了机场？",
        "請問有哪些國家政府的答覆提到了機場？只要提到就算。",
        "只看各国政府的答复：哪些谈到了机场？提到就算。",
    ],
)
def test_a_survey_finds_the_same_with_and_without(chain, text):
    assert said(ask(chain, text).coverage) == {"COL", "JOR", "MEX"}
