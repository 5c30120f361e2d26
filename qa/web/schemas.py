"""The shapes of REST: what is accepted, strictly, and what comes back, for ``/openapi.json``."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.types import RespondentKind
from qa.types import (
    MAX_HISTORY,
    MAX_K,
    MAX_QUESTION,
    MAX_TURN,
    Kind,
    Language,
    Mode,
    NoticeCode,
    Question,
    Reason,
    RequestedLanguage,
    Role,
    Turn,
)
from qa.web.errors import WebError, shorten

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
MAX_RESPONDENTS = 100


class Shape(BaseModel):
    """A JSON object with exactly the fields it declares."""

    model_config = STRICT


def _bounds(**bounds: int) -> dict[str, int]:
    """Bounds shown in the schema; ``qa.types.Question`` enforces them, in its own words."""
    return bounds


class TurnShape(Shape):
    """One earlier message of the conversation."""

    role: Role
    content: Annotated[str, Field(json_schema_extra=_bounds(maxLength=MAX_TURN))]


class AskShape(Shape):
    """A question about the report."""

    question: Annotated[
        str,
        Field(
            examples=["墨西哥2015年收到的便携设备值多少美元？"],
            json_schema_extra=_bounds(minLength=1, maxLength=MAX_QUESTION),
        ),
    ]
    history: Annotated[list[TurnShape], Field(json_schema_extra=_bounds(maxItems=MAX_HISTORY))] = []
    respondents: Annotated[
        list[str],
        Field(max_length=MAX_RESPONDENTS, description="Codes or names; empty for all."),
    ] = []
    mode: Mode = "auto"
    lang: RequestedLanguage = "auto"
    k: Annotated[int, Field(json_schema_extra=_bounds(minimum=1, maximum=MAX_K))] = 10


class ErrorDetail(Shape):
    """A stable code for programs and a message, Chinese / English, for people."""

    code: str
    message: str


class ErrorShape(Shape):
    """Every answer that is not 200."""

    error: ErrorDetail


class RefusalShape(Shape):
    """Why there is no answer."""

    reason: Reason
    message: str


class StatementShape(Shape):
    """One claim and the citations that carry it."""

    text: str
    citations: list[int]


class CitationShape(Shape):
    """A verbatim slice of the report: ``quote`` is ``text[start:end]``."""

    n: int
    passage_id: str
    respondent: str
    code: str
    symbol: str
    heading: list[str]
    paragraph: int
    pages: list[int]
    original_language: str | None
    date: str | None
    quote: str
    start: int
    end: int
    text: str
    url: str


class SilentShape(Shape):
    """A respondent that says nothing on the matter."""

    code: str
    respondent: str


class StandShape(SilentShape):
    """A respondent and the citations of what it says."""

    citations: list[int]


class CoverageShape(Shape):
    """Who was looked at for a survey and what each says."""

    searched: int
    says: list[StandShape]
    otherwise: list[StandShape]
    silent: list[SilentShape]


class RetrievedShape(Shape):
    """One passage that retrieval found."""

    rank: int
    passage_id: str
    respondent: str
    score: float
    text: str


class NoticeShape(Shape):
    """What the reader must know of how the answer came about."""

    code: NoticeCode
    message: str


class AnswerShape(Shape):
    """An answer made of cited statements, or a refusal with its reason."""

    id: str
    question: str
    resolved_question: str
    kind: Kind
    language: Language
    answer: str
    refused: bool
    refusal: RefusalShape | None
    statements: list[StatementShape]
    citations: list[CitationShape]
    coverage: CoverageShape | None
    retrieved: list[RetrievedShape]
    engine: str
    model: str | None
    notices: list[NoticeShape]
    index: str
    timings_ms: dict[str, float]


class RespondentShape(Shape):
    """One respondent of the report. ``kind`` is ``introduction`` for the introduction alone."""

    code: str
    kind: RespondentKind
    name: str
    name_hant: str
    name_en: str
    original_language: str | None
    date: str | None
    pages: list[int]
    passages: int


class RespondentsShape(Shape):
    """Every respondent, in printed order; the introduction is not one and stands apart."""

    symbol: str
    title: str
    count: int
    respondents: list[RespondentShape]
    introduction: RespondentShape | None


class AliveShape(Shape):
    """The process answers."""

    status: Literal["alive"]


class ReadyShape(Shape):
    """Whether questions are answered yet, and what is loading if not."""

    status: Literal["ready", "loading"]
    stage: str
    seconds: float
    page: Literal["ready", "loading"]
    index: str | None


def parse_question(body: bytes) -> Question:
    """Return the question in a request body. Raises ``WebError`` or ``QuestionError``."""
    try:
        asked = AskShape.model_validate_json(body)
    except ValidationError as error:
        raise explain(error, AskShape) from None
    history = tuple(Turn(turn.role, turn.content) for turn in asked.history)
    respondents = tuple(asked.respondents)
    return Question(asked.question, history, respondents, asked.mode, asked.lang, asked.k)


def explain(error: ValidationError, shape: type[Shape]) -> WebError:
    """Return what was wrong with a body, for people, repeating at most a few characters."""
    first = error.errors(include_url=False, include_input=False)[0]
    kind, context = first["type"], first.get("ctx", {})
    where = shorten(".".join(str(part) for part in first["loc"])) or "body"
    if kind == "json_invalid":
        why = shorten(str(context.get("error", "")))
        return WebError(400, "bad_json", f"不是合法的 JSON：{why} / the body is not JSON: {why}")
    if kind == "extra_forbidden":
        allowed = ", ".join(shape.model_fields)
        message = (
            f"没有 {where} 这个字段，可用 {allowed} / unknown field {where}; allowed: {allowed}"
        )
        return WebError(422, "unknown_field", message)
    if kind == "missing":
        return WebError(422, "missing_field", f"缺少 {where} / the field {where} is missing")
    if kind == "literal_error":
        allowed = str(context.get("expected", ""))
        return WebError(
            422, f"bad_{first['loc'][-1]}", f"{where} 只能是 / {where} must be {allowed}"
        )
    why = shorten(str(first["msg"]))
    return WebError(422, "wrong_type", f"{where} 的类型不对 / {where} has a wrong type: {why}")
