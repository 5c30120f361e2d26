"""What a language model can do with the report: four tools, each a function of its arguments."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from qa.render import to_json
from qa.types import MAX_K, Question
from qa.web.api import respondents_json
from qa.web.engine import Engine
from qa.web.passage_shapes import PassageShape, SearchShape
from qa.web.passages import DEFAULT_K, passage_json, search_json
from qa.web.programs.references import with_references
from qa.web.schemas import (
    MAX_RESPONDENTS,
    AnswerShape,
    AskShape,
    RespondentsShape,
    Shape,
    explain,
    parse_question,
)

Json = dict[str, Any]
Arguments = TypeVar("Arguments", bound=Shape)


class SearchArguments(Shape):
    """What to look for, in whose replies."""

    query: Annotated[str, Field(description="A question, a phrase or a name.")]
    respondents: Annotated[
        tuple[str, ...],
        Field(max_length=MAX_RESPONDENTS, description="Codes or names; empty for all."),
    ] = ()
    k: Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": MAX_K})] = DEFAULT_K


class PassageArguments(Shape):
    """Which passage."""

    passage_id: Annotated[str, Field(examples=["A-72-344/MEX/12"])]


class NoArguments(Shape):
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a tool gives back: for people and language models, and for programs."""

    text: str
    content: Json


Work = Callable[[Engine, bytes], Awaitable[Given]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is declared, and what it does with its arguments, given as JSON."""

    title: str
    description: str
    arguments: type[Shape]
    result: type[Shape]
    work: Work


async def ask(engine: Engine, arguments: bytes) -> Given:
    """Return the answer, with its references as text and the contract as content."""
    answer = await engine.answer(parse_question(arguments))
    return Given(with_references(answer, engine.ready().report), to_json(answer))


async def search(engine: Engine, arguments: bytes) -> Given:
    """Return the passages nearest to a text."""
    given = _parse(SearchArguments, arguments)
    question = Question(given.query, respondents=given.respondents, k=given.k)
    found = await engine.search(question)
    return _as_json(search_json(question, found, engine.ready().fingerprint))


async def get_passage(engine: Engine, arguments: bytes) -> Given:
    """Return one passage."""
    answerer = engine.ready()
    wanted = _parse(PassageArguments, arguments).passage_id
    return _as_json(passage_json(wanted, answerer.report, answerer.notes))


async def list_respondents(engine: Engine, arguments: bytes) -> Given:
    """Return who replied."""
    _parse(NoArguments, arguments)
    return _as_json(respondents_json(engine.ready().report))


def _as_json(content: Json) -> Given:
    return Given(json.dumps(content, ensure_ascii=False), content)


def _parse(shape: type[Arguments], arguments: bytes) -> Arguments:
    try:
        return shape.model_validate_json(arguments)
    except ValidationError as error:
        raise explain(error, shape) from None


TOOLS: Mapping[str, Tool] = {
    "ask": Tool(
        "提问 / Ask",
        "Answer a question about the UN report from the report alone, in Chinese or English. "
        "Every statement is cited; the text ends with the references, quoted verbatim with symbol, "
        "page and respondent. What the report does not say is refused, with the reason. "
        "Ask about everybody to learn who says so, who says otherwise and who is silent.",
        AskShape,
        AnswerShape,
        ask,
    ),
    "search": Tool(
        "检索 / Search",
        "Find the passages of the report nearest to a text, by words and by meaning, best first. "
        "The report's text is Chinese; the query may be English.",
        SearchArguments,
        SearchShape,
        search,
    ),
    "get_passage": Tool(
        "段落 / Get a passage",
        "Return one passage by its id, with its respondent, heading, pages, unofficial English "
        "gloss and the passages before and after it.",
        PassageArguments,
        PassageShape,
        get_passage,
    ),
    "list_respondents": Tool(
        "答复者 / List respondents",
        "List the governments and organisations that replied, with code, names, original language, "
        "date and pages. Codes narrow `ask` and `search`.",
        NoArguments,
        RespondentsShape,
        list_respondents,
    ),
}
