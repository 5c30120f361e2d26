"""The chat model that drafts notes, through LangChain: the one module here that needs it."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.exceptions import (
    ModelAuthenticationError,
    ModelError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
)
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable, RunnableSequence
from openai import OpenAIError

from corpus.draft_checks import Schema
from corpus.drafting import Ask, Completion, Message, ModelFailed, Usage, parse_record
from corpus.types import CorpusError

METHODS = ("json_schema", "function_calling", "json_mode")
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
_UNUSABLE = (ModelAuthenticationError, ModelNotFoundError, ModelPermissionDeniedError)
# A server that answers 200 with something else than a completion (a log-in page, an empty list of
# choices) shows itself in these, depending on where the client stumbles over it.
_NO_COMPLETION = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Which model drafts, and how it is reached; the key itself stays in the environment."""

    model: str
    base_url: str | None = None
    key_variable: str | None = None
    method: str = METHODS[0]
    timeout: float = 120
    retries: int = 2


def open_model(options: ChatOptions) -> Ask:
    """Return what asks the configured model; opens no connection yet.

    Raises ``CorpusError`` where the configuration cannot work or prompts would be traced.
    """
    _refuse_tracing()
    try:
        model = _make(options)
    except (ValueError, ImportError, OpenAIError) as error:
        raise CorpusError(f"--model {options.model}: {error}") from error

    def ask(messages: Sequence[Message], schema: Schema) -> Completion:
        bound = _bound(model, schema, options.method)
        try:
            return _completion(bound.invoke(list(messages)))
        except _UNUSABLE as error:
            raise CorpusError(f"--model {options.model}: {_line(error)}") from error
        except (ModelError, OpenAIError) as error:
            raise ModelFailed(f"no answer: {_line(error)}") from error
        except _NO_COMPLETION as error:
            raise ModelFailed(f"no chat completion: {_line(error)}") from error

    return ask


def _make(options: ChatOptions) -> BaseChatModel:
    given: dict[str, Any] = {"timeout": options.timeout, "max_retries": options.retries}
    if options.base_url:
        # A key meant for another provider must not go to this server: none unless it is named.
        given |= {"model_provider": "openai", "base_url": options.base_url, "api_key": "unused"}
    if options.key_variable:
        key = os.environ.get(options.key_variable)
        if not key:
            raise ValueError(f"the environment variable {options.key_variable} holds no key")
        given["api_key"] = key
    model: BaseChatModel = init_chat_model(options.model, **given)
    return model


def _bound(model: BaseChatModel, schema: Schema, method: str) -> Runnable[Any, AIMessage]:
    """Return the model bound to a schema, without the parser that LangChain puts behind it.

    The parser mends half a record into a whole one, and ``include_raw=True``, which would give the
    token count, calls the model in a thread that Ctrl-C has to wait for.
    """
    structured = model.with_structured_output(schema, method=method)
    if not isinstance(structured, RunnableSequence):
        raise CorpusError(f"{type(model).__name__} offers no structured output by {method}")
    return structured.first


def _completion(raw: AIMessage) -> Completion:
    """Return the answer with its JSON, where the whole text or the tool call is JSON."""
    calls = [call["args"] for call in raw.tool_calls]
    record: object = calls[0] if calls else parse_record(raw.text)
    text = json.dumps(record, ensure_ascii=False) if calls else raw.text
    counted = raw.usage_metadata
    if counted is None:
        return Completion(text, record)
    usage = Usage(counted["input_tokens"], counted["output_tokens"], calls=1)
    return Completion(text, record, usage)


def _refuse_tracing() -> None:
    """Traced prompts and answers would go to a third party."""
    for name in TRACING:
        if os.environ.get(name, "").lower() in ("true", "1"):
            raise CorpusError(f"{name} is set, so every prompt would be sent away; unset it first")


def _line(error: Exception) -> str:
    """Return the first line of an error, without what a server may have put below."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
