"""Openings that greet or speak of the asker are left out; those that say what it is about stay."""

import pytest
from test_qa_verbatim import ask

from qa.courtesy import without_courtesy

QUESTION = "墨西哥何时加入核供应国集团？"


@pytest.mark.parametrize(
    "opening",
    [
        "您好！",
        "你好，我是新来的实习生，想请教一下：",
        "早上好。我老板催得急。",
        "不好意思打扰了，",
        "你好，我想问一下",
        "Hello. ",
        "Good morning, I am new here. ",
    ],
)
def test_a_greeting_changes_nothing(chain, opening):
    plain, polite = ask(chain, QUESTION), ask(chain, opening + QUESTION)
    assert [c.quote for c in polite.citations] == [c.quote for c in plain.citations]
    assert polite.refusal is None


@pytest.mark.parametrize(
    "text",
    [
        "我在准备一份关于边境管理的材料。哪些国际组织谈到？",
        "关于出口管制：墨西哥做了什么？",
        "我们关心的是出口管制。墨西哥做了什么？",
        "您好！",
        "2. 秘书长何时发出普通照会？",
    ],
)
def test_what_says_something_stays(chain, text):
    knowledge = chain.knowledge
    assert without_courtesy(text, knowledge.known_words, knowledge.names_any) == text
