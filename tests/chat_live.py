"""A chain with the scripted chat model, held to loopback, and how the tests of it ask."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from chat_server import serving
from chat_stub import ChatStub
from test_qa_verbatim import is_verbatim

from qa.chain import Dafu
from qa.generate import Composer
from qa.models import open_chat_model
from qa.settings import Settings
from qa.types import MARK, Answer, Question

CUBA = "古巴批准了多少项与恐怖主义有关的国际公约？"
CUBA_SAYS = "古巴批准了 18 项与恐怖主义有关的国际公约。[1]"
CONNECTED = set()
sys.addaudithook(lambda name, given: CONNECTED.add(given[1]) if name == "socket.connect" else None)


class Scripted:
    """Makes chains whose chat model is a scripted server on loopback."""

    def __init__(self, chain: Dafu, stub: ChatStub, port: int) -> None:
        self.chain, self.stub, self.port = chain, stub, port

    def __call__(self, knowledge=None, port=None, **settings) -> Dafu:
        """Return a chain of the report, or of other knowledge, with the model as it is set."""
        knowledge = knowledge or self.chain.knowledge
        url = f"http://127.0.0.1:{port or self.port}/v1"
        given = {"chat_model": "stub", "chat_url": url, "chat_timeout": 20.0, "chat_retries": 0}
        model = open_chat_model(Settings(**{**given, **settings}), {})
        return Dafu(knowledge, self.chain.fingerprint, Composer(model, knowledge))


@contextmanager
def scripted(chain: Dafu) -> Iterator[Scripted]:
    """Serve a scripted model; nothing but loopback may be reached meanwhile."""
    stub = ChatStub()
    CONNECTED.clear()
    with serving(stub.answer) as port:
        yield Scripted(chain, stub, port)
    assert {address[0] for address in CONNECTED} <= {"127.0.0.1"}


def ask(dafu, text, **given) -> Answer:
    """Return the answer, its citations checked against the source of the report."""
    answer = dafu.invoke(Question(text, **given))
    for citation in answer.citations:
        assert is_verbatim(citation.quote, citation.passage.respondent)
    marks = {int(mark) for mark in MARK.findall(answer.text)}
    assert marks == {citation.n for citation in answer.citations}
    return answer


def codes(answer) -> list[str]:
    return [one.code for one in answer.notices]


def is_quoted(answer, chain, code, **given) -> bool:
    """Tell whether the answer is the extractive one, with a notice that says why."""
    plain = chain.invoke(Question(answer.question, **given))
    same = (answer.text, answer.citations, answer.coverage) == (
        plain.text,
        plain.citations,
        plain.coverage,
    )
    return same and (answer.engine, answer.model, codes(answer)) == ("extract", None, [code])
