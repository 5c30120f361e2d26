"""REST for the report itself: passages found by a search, and one passage by its id."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.datastructures import QueryParams

from corpus import Passage, Report
from corpus.notes_types import Note, Notes
from corpus.types import Span
from qa.render import reader_url
from qa.types import MAX_K, MAX_QUESTION, Question, QuestionError, Retrieved
from qa.web.engine import Engine
from qa.web.errors import WebError, shorten
from qa.web.passage_shapes import PassageShape, SearchShape
from qa.web.rest import errors, json_response
from qa.web.schemas import MAX_RESPONDENTS

Json = dict[str, Any]
DEFAULT_K = 10
PARAMETERS = ("q", "k", "respondents")
OPENAPI: Json = {
    "parameters": [
        {
            "name": "q",
            "in": "query",
            "required": True,
            "description": "What to look for, in Chinese or English: a question, a phrase, a name.",
            "schema": {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION},
            "example": "核保安基金",
        },
        {
            "name": "k",
            "in": "query",
            "description": "How many passages.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_K, "default": DEFAULT_K},
        },
        {
            "name": "respondents",
            "in": "query",
            "description": "Codes or names, separated by commas or given again; all without it.",
            "schema": {
                "type": "array",
                "items": {"type": "string"},
                "maxItems": MAX_RESPONDENTS,
            },
            "style": "form",
            "explode": False,
            "example": ["MEX", "NOR"],
        },
    ]
}


def add_passages(app: FastAPI, engine: Engine) -> None:
    """Add the routes."""

    @app.get(
        "/api/v1/search",
        tags=["passages"],
        summary="检索 / Search",
        responses={200: {"model": SearchShape}, **errors(422, 500, 503, 504)},
        openapi_extra=OPENAPI,
    )
    async def search(request: Request) -> Response:
        """Return the passages nearest to a text, by words and by meaning, best first."""
        question = parse_search(request.query_params)
        found = await engine.search(question)
        return json_response(search_json(question, found, engine.ready().fingerprint))

    @app.get(
        "/api/v1/passages/{passage_id:path}",
        tags=["passages"],
        summary="段落 / One passage",
        responses={200: {"model": PassageShape}, **errors(404, 503)},
    )
    async def passage(passage_id: str) -> Response:
        """Return one passage, such as ``A-72-344/MEX/12``, and what stands before and after it."""
        answerer = engine.ready()
        return json_response(passage_json(passage_id, answerer.report, answerer.notes))


def parse_search(given: QueryParams) -> Question:
    """Return what a query string asks for. Raises ``WebError`` or ``QuestionError``."""
    allowed = ", ".join(PARAMETERS)
    for name in given:
        if name not in PARAMETERS:
            wrong = shorten(name)
            message = f"没有 {wrong} 这个参数，可用 {allowed} / unknown parameter; {allowed}"
            raise WebError(422, "unknown_parameter", message)
    if "q" not in given:
        raise WebError(422, "missing_parameter", "缺少 q / the parameter q is missing")
    k = given.get("k", str(DEFAULT_K))
    if not (k.isascii() and k.isdigit() and len(k) < len(str(MAX_K)) + 2):
        shown = shorten(k)
        raise QuestionError("bad_k", f"k={shown}；允许 1 至 {MAX_K} / allowed: 1 to {MAX_K}")
    names = [name.strip() for value in given.getlist("respondents") for name in value.split(",")]
    if len(names) > MAX_RESPONDENTS:
        message = f"respondents 最多 {MAX_RESPONDENTS} 个 / at most {MAX_RESPONDENTS} respondents"
        raise WebError(422, "too_many_respondents", message)
    return Question(given["q"], respondents=tuple(filter(None, names)), k=int(k))


def search_json(question: Question, found: Sequence[Retrieved], fingerprint: str) -> Json:
    """Return what a search found, with the words of the query in each passage."""
    from index.highlights import highlights

    return {
        "query": question.text,
        "count": len(found),
        "results": [
            {
                "rank": one.rank,
                "score": round(one.score, 6),
                **_identity(one.passage),
                "highlights": _spans(highlights(question.text, one.passage.text)),
            }
            for one in found
        ],
        "index": fingerprint,
    }


def passage_json(passage_id: str, report: Report, notes: Notes) -> Json:
    """Return a passage and its neighbours; raise ``WebError`` for an id that is not there."""
    passages = report.passages
    place = next((n for n, one in enumerate(passages) if one.id == passage_id), None)
    if place is None:
        shown, example = shorten(passage_id), passages[-1].id
        message = f"没有段落 {shown}，应如 {example} / no passage {shown}; one is {example}"
        raise WebError(404, "unknown_passage", message)
    found = passages[place]
    before = passages[place - 1] if place else None
    after = passages[place + 1] if place + 1 < len(passages) else None
    return {
        **_identity(found),
        "respondent_kind": found.respondent_kind,
        "kind": found.kind,
        "page_starts": [{"start": start, "page": page} for start, page in found.page_starts],
        "lines": list(found.lines),
        "sentences": _spans(found.sentences),
        "rows": [list(row.cells) for row in found.rows],
        "lead": found.lead,
        "unofficial": _unofficial(notes.of(passage_id), notes),
        "previous": before and _identity(before),
        "next": after and _identity(after),
    }


def _identity(passage: Passage) -> Json:
    return {
        "passage_id": passage.id,
        "respondent": passage.respondent,
        "code": passage.code,
        "symbol": passage.symbol,
        "heading": list(passage.heading),
        "paragraph": passage.paragraph,
        "pages": list(passage.pages),
        "original_language": passage.original_language,
        "date": passage.date.isoformat() if passage.date else None,
        "text": passage.text,
        "url": reader_url(passage),
    }


def _unofficial(note: Note | None, notes: Notes) -> Json | None:
    if note is None:
        return None
    topics = [notes.topics[topic] for topic in note.topics]
    return {
        "paraphrase": note.paraphrase,
        "gloss": list(note.gloss),
        "topics": [{"id": topic.id, "zh": topic.zh, "en": topic.en} for topic in topics],
    }


def _spans(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
