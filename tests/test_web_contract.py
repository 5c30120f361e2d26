"""One contract: whoever asks, however, gets the same answer with the same citations."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from mcp import Client
from web_events import all_events
from web_live import Live, serving

from qa.__main__ import main
from qa.chain import Dafu
from qa.render import to_json
from qa.types import Question, Turn
from qa.web.programs.references import with_references
from qa.web.schemas import AnswerShape

Json = dict[str, Any]
ADDRESS = "http://127.0.0.1:7860"
DOCUMENT = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
CURLS = re.findall(r"```\n(curl .*?)```", DOCUMENT, re.DOTALL)
QUESTIONS = (
    "墨西哥何时加入核供应国集团？",
    "哪些答复提到了核保安基金？",
    "比较墨西哥和西班牙的出口管制",
    "墨西哥的设备费用合计是多少美元？",
    "最早的答复是哪一天？",
    "法国采取了哪些措施？",
    "挪威什麼時候加入核恐公約？",
    "How many international conventions has Cuba ratified?",
)
FOLLOW_UP = ("墨西哥何时加入核供应国集团？", "那么西班牙呢？")


@pytest.fixture(scope="module")
def live(chain: Dafu) -> Iterator[Live]:
    with serving(dafu=chain) as running:
        yield running


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("command")


def same(answer: Json) -> Json:
    """Return what must not differ: everything but the id and the clock."""
    AnswerShape.model_validate(answer)
    return {name: value for name, value in answer.items() if name not in ("id", "timings_ms")}


def over_rest(live: Live, question: str) -> Json:
    return live.ask(question).json


def over_events(live: Live, question: str) -> Json:
    *_, (name, answer) = all_events(live, "/api/v1/ask", {"question": question})
    assert name == "answer"
    return answer


def over_openai(live: Live, question: str) -> Json:
    done = chat(live, [{"role": "user", "content": question}], stream=False)
    return done.choices[0].message.dafu


def over_openai_chunks(live: Live, question: str) -> Json:
    chunks = list(chat(live, [{"role": "user", "content": question}], stream=True))
    return chunks[-1].dafu


def chat(live: Live, messages: list[Json], *, stream: bool) -> Any:
    with openai.OpenAI(base_url=f"{live.url}/v1", api_key="any", max_retries=0) as client:
        done = client.chat.completions.create(model="dafu", messages=messages, stream=stream)
        return list(done) if stream else done


async def over_mcp(live: Live, question: str, mode: str = "auto") -> Json:
    async with Client(f"{live.url}/mcp", mode=mode) as client:
        given = await client.call_tool("ask", {"question": question})
    return given.structured_content


SURFACES: dict[str, Callable[[Live, str], Json]] = {
    "rest": over_rest,
    "events": over_events,
    "openai": over_openai,
    "openai-chunks": over_openai_chunks,
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_address_gives_the_answer_of_the_chain(live, chain, surface, question):
    expected = to_json(chain.invoke(Question(question)))
    assert same(SURFACES[surface](live, question)) == same(expected)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_so_does_the_tool(live, chain, mode, question):
    expected = to_json(chain.invoke(Question(question)))
    assert same(await over_mcp(live, question, mode)) == same(expected)


@pytest.mark.parametrize("question", [QUESTIONS[0], QUESTIONS[1], QUESTIONS[-1]])
def test_so_does_the_command(capsys, monkeypatch, index_dir, chain, question):
    monkeypatch.setenv("DAFU_INDEX_DIR", str(index_dir))
    assert main([question, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert same(printed) == same(to_json(chain.invoke(Question(question))))


def test_every_kind_of_answer_is_among_the_questions(chain):
    kinds = {chain.invoke(Question(question)).kind for question in QUESTIONS}
    assert kinds >= {"lookup", "survey", "comparison", "table", "metadata", "refusal"}


def test_a_follow_up_is_understood_alike_whoever_keeps_the_history(live, chain):
    first, second = FOLLOW_UP
    said = chain.invoke(Question(first))
    history = (Turn("user", first), Turn("assistant", said.text))
    expected = to_json(chain.invoke(Question(second, history)))
    turns = [{"role": turn.role, "content": turn.content} for turn in history]
    assert expected["resolved_question"] != second
    assert same(live.ask(second, history=turns).json) == same(expected)
    shown = with_references(said, chain.report)
    assert shown != said.text
    messages = [turns[0], {"role": "assistant", "content": shown}]
    done = chat(live, [*messages, {"role": "user", "content": second}], stream=False)
    assert same(done.choices[0].message.dafu) == same(expected)


def test_what_a_front_end_shows_names_every_citation_and_nothing_else(live):
    for question in QUESTIONS:
        asked = [{"role": "user", "content": question}]
        message = chat(live, asked, stream=False).choices[0].message
        cited = message.dafu["citations"]
        listed = message.content.removeprefix(message.dafu["answer"]).strip().splitlines()[1:]
        assert len(listed) == len(cited)
        for line, one in zip(listed, cited, strict=True):
            assert line.startswith(f"- [{one['n']}] “{' '.join(one['quote'].split())}”")
            assert one["symbol"] in line


def test_the_examples_of_the_documentation_are_answered(live):
    examples = [one for block in CURLS for one in re.split(r"\n(?=curl )", block.strip())]
    assert len(examples) >= 8
    for example in examples:
        _, *words = shlex.split(example.replace("\\\n", " "))
        given = [words[n + 1].partition(": ") for n, word in enumerate(words) if word == "-H"]
        data = words[words.index("-d") + 1].encode() if "-d" in words else None
        path = next(word for word in words if word.startswith(ADDRESS)).removeprefix(ADDRESS)
        headers = {name: value for name, _, value in given}
        reply = live.send("POST" if data else "GET", path, data, headers)
        assert reply.status == 200, example
        assert b'"error"' not in reply.body, example
