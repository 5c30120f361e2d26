"""Who paid, how it was voted on: told only by a passage that speaks of it."""

import pytest

from index.text import normalise
from qa.aspects import is_untold
from qa.types import Question

SIGNED = "厄瓜多尔国民议会 2017 年 6 月 27 日通过了《核材料实物保护公约》2005 年修正案。"


@pytest.mark.parametrize(
    "question",
    [
        "这笔钱是谁掏的？",
        "Who footed the bill?",
        "花了多少钱？",
        "By what vote was it passed?",
        "投了多少票赞成？",
        "What penalty does a smuggler face?",
        "抓了多少人？",
        "由谁执笔？",
        "Who chaired the meeting?",
        "一共多少页？",
        "销毁了多少吨？",
        "How many are held each year?",
        "哪家公司中标？",
        "发现了什么漏洞？",
        "邀请了哪些国家？",
    ],
)
def test_what_a_passage_does_not_speak_of_it_does_not_tell(question):
    assert is_untold(normalise(question), normalise(SIGNED))


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("谁出的钱？", "英国向东非共同体捐赠了一套设备。"),
        ("How was it adopted, by what vote?", "决议获得一致通过。"),
        ("How many meetings each year?", "委员会每年举行两次会议。"),
        ("Which amendment did Ecuador approve?", SIGNED),
        ("这句话在第几页？", SIGNED),
        ("欧盟表决心之后列了什么？", SIGNED),
    ],
)
def test_what_it_speaks_of_it_may_tell_and_other_questions_are_none_of_these(question, passage):
    assert not is_untold(normalise(question), normalise(passage))


def test_a_near_miss_is_refused_and_its_neighbour_answered(chain):
    voted = Question("By what vote did Ecuador's National Assembly pass the 2005 amendment?")
    assert chain.invoke(voted).refusal
    when = chain.invoke(Question("When did Ecuador's National Assembly pass the 2005 amendment?"))
    assert "2017 年 6 月 27 日" in when.text


def test_a_city_is_told_by_a_place_alone(chain):
    assert chain.invoke(Question("厄瓜多尔说修正案是在哪个城市通过的？")).refusal
    endorsed = chain.invoke(Question("In which city were the OSCE's revised principles endorsed?"))
    assert "基辅" in endorsed.text
