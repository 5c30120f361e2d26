"""A second sentence of the passage, quoted where it may be the one that answers."""

import math

import pytest

from qa.beside import Signs, chance, rivals, signs
from qa.evidence import Terms
from qa.types import Question
from qa.weighing import weigh

UNIT = "乌克兰国家警察局里负责探测危险物质的那个部门，跟哪些国际机构有合作？"


def weighed(chain, text):
    asked = chain.understand(Question(text))
    return weigh(asked, chain.retrieve(asked), chain.knowledge), Terms(asked.focus, chain.knowledge)


def test_what_the_next_sentence_says_is_quoted_beside_the_one_that_tells_the_same(chain):
    text = chain.invoke(Question(UNIT)).text
    assert "负责探测危险物质和侦察环境犯罪的部门" in text
    assert "该部与国际原子能机构和欧洲安全与合作组织密切合作" in text


def test_rivals_are_the_best_two_of_the_same_passage(chain):
    evidence, _ = weighed(chain, UNIT)
    found = list(rivals(evidence))
    assert 0 < len(found) <= 2
    assert {one.sentence.passage.id for one in found} == {evidence[0].sentence.passage.id}
    assert evidence[0] not in found


def test_signs_tell_where_a_sentence_stands_and_what_it_adds(chain):
    evidence, terms = weighed(chain, UNIT)
    near = next(iter(rivals(evidence)))
    found = signs(evidence[0], near, terms)
    places = [chain.knowledge.sentences[one.sentence.passage.id] for one in (evidence[0], near)]
    first, second = (
        where.index(one.sentence) for where, one in zip(places, (evidence[0], near), strict=True)
    )
    assert (found.next, found.after_next) == (second - first == 1, second - first == 2)
    assert found.behind == pytest.approx(evidence[0].rank - near.rank)
    assert 0 <= found.new <= 1


def test_a_chance_lies_between_nothing_and_certainty_and_grows_with_what_speaks_for_it():
    little = Signs(1.0, 0.3, 0.9, 0.1, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0)
    more = little._replace(answers=0.8, first_answers=0.4, next=1.0)
    assert 0 < chance(little) < chance(more) < 1
    assert math.isfinite(chance(little))


def test_one_sentence_is_enough_where_it_answers(chain):
    answer = chain.invoke(Question("约旦的边界安全方案是哪年开始的？"))
    assert len(answer.citations) == 1
