"""The shapes of OpenAI's chat completions, as far as a front end needs them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.types import Mode, RequestedLanguage
from qa.web.errors import WebError, shorten
from qa.web.schemas import MAX_RESPONDENTS, AnswerShape, Shape

MODEL = "dafu"
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
Part = Literal["text", "input_text", "output_text"]


class Lenient(BaseModel):
    """A JSON object whose declared fields have strict types, and whose others are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, hide_input_in_errors=True)


class PartShape(Lenient):
    """One part of a message's content. Only text can be read."""

    type: Part
    text: str = ""


class MessageShape(Lenient):
    """One message. Those of ``system``, ``developer``, ``tool`` and ``function`` are ignored."""

    role: Role
    content: str | list[PartShape] | None = None


class StreamOptionsShape(Lenient):
    """``include_usage`` asks for a chunk with the counts before ``[DONE]``."""

    include_usage: bool = False


class OptionsShape(Shape):
    """Dafu's own options, as ``/api/v1/ask`` takes them."""

    respondents: Annotated[tuple[str, ...], Field(max_length=MAX_RESPONDENTS)] = ()
    mode: Mode = "auto"
    lang: RequestedLanguage = "auto"
    k: int = 10


class ChatShape(Lenient):
    """A chat to complete: the last message is the question, those before are its history.

    Sampling parameters are checked and change nothing; parameters not listed are ignored.
    """

    model: Annotated[str, Field(examples=[MODEL])]
    messages: Annotated[list[MessageShape], Field(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptionsShape | None = None
    dafu: OptionsShape = OptionsShape()
    n: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    user: str | None = None


class AssistantShape(Shape):
    """The answer with its marks and references, and the contract as it is."""

    role: Literal["assistant"]
    content: str
    refusal: None
    dafu: AnswerShape


class ChoiceShape(Shape):
    """The one choice."""

    index: int
    message: AssistantShape
    logprobs: None
    finish_reason: Literal["stop"]


class UsageShape(Shape):
    """Counts of characters, there being no tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionShape(Shape):
    """A completed chat."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChoiceShape]
    usage: UsageShape


class ModelShape(Shape):
    """A model that can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsShape(Shape):
    """The models that can be asked."""

    object: Literal["list"]
    data: list[ModelShape]


class OpenAIErrorDetail(Shape):
    """``message`` is for people; ``type`` and ``code`` for programs; ``param`` is at fault."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIErrorShape(Shape):
    """Every answer that is not 200. ``code`` is the one that ``/api/v1/ask`` gives."""

    error: OpenAIErrorDetail


class BadParameter(WebError):
    """A parameter that cannot be taken; ``param`` names it."""

    def __init__(self, param: str, code: str, message: str, status: int = 400) -> None:
        super().__init__(status, code, message)
        self.param = param


def parse_chat(body: bytes) -> ChatShape:
    """Return the chat in a request body. Raises ``BadParameter`` for what cannot be taken."""
    try:
        chat = ChatShape.model_validate_json(body)
    except ValidationError as error:
        raise _explain(error) from None
    if chat.model != MODEL:
        wrong = shorten(chat.model)
        raise BadParameter(
            "model",
            "model_not_found",
            f"没有模型 {wrong}，可用 {MODEL} / there is no model {wrong}; use {MODEL}",
            404,
        )
    if chat.n not in (None, 1):
        raise BadParameter("n", "bad_n", "n 只能是 1 / n must be 1")
    return chat


def _explain(error: ValidationError) -> BadParameter:
    """Return the fault that lies deepest: of content, the part at fault, not that it is no text."""
    faults = error.errors(include_url=False, include_input=False)
    first = max(faults, key=lambda fault: len(fault["loc"]))
    if first["type"] == "json_invalid":
        return BadParameter("", "bad_json", "请求体不是合法的 JSON / the body is not JSON")
    where = _place(first["loc"])
    if first["type"] == "missing":
        return BadParameter(where, "missing_field", f"缺少 {where} / {where} is missing")
    why = shorten(str(first["msg"]))
    return BadParameter(where, "wrong_type", f"{where} 的值不能用 / {where} cannot be taken: {why}")


def _place(parts: tuple[Any, ...]) -> str:
    """Return where a fault is, without the names that pydantic gives to alternatives."""
    own = [str(part) for part in parts if isinstance(part, int) or "[" not in str(part)]
    return shorten(".".join(one for one in own if one not in ("str", "float", "int"))) or "body"
