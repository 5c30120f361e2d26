"""Questions that ask several things: each part is answered or named as not found."""

import pytest

from qa.parts import unstated
from qa.types import Question


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("挪威给哪家基金捐钱？捐了多少？", "核保安基金", "捐了多少"),
        ("约旦的反恐法是哪年的，罚多少钱？", "2006 年", "罚多少钱"),
        (
            "When is the next NATO conference, and how many people will attend?",
            "2017 年 5 月",
            "how many people will attend",
        ),
    ],
)
def test_a_part_that_nothing_states_is_named(chain, text, told, missing):
    answer = chain.invoke(Question(text))
    assert told in answer.text
    assert answer.text.splitlines()[-1].rstrip("。.").endswith(missing)
    assert all(missing not in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    "text",
    [
        "核保安国际会议有多少人参加，来自多少国家？",
        "原子能机构的核保安丛书一共出了多少本，还有多少在编？",
        "乌克兰最近几年给核电站弄了个应对破坏和突发危机的计划，全称是什么？",
        "挪威是核保安基金的捐助国吗？",
    ],
    ids=["both-told", "two-numbers", "recent-years", "one-part"],
)
def test_what_is_told_is_not_named_as_missing(chain, text):
    assert "没有找到：" not in chain.invoke(Question(text)).text


def test_a_part_is_named_as_it_was_put(chain):
    asked = chain.understand(Question("NATO: when is the next conference, and How Many People go?"))
    assert unstated(asked, ["下一次年度会议将于 2017 年 5 月在赫尔辛基举行。"]) == [
        "How Many People go"
    ]
