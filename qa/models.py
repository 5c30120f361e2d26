"""The chat model that the settings name, opened through LangChain."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from weakref import finalize

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from qa.environment import is_loopback, traced_by
from qa.settings import Settings

OLLAMA = "http://127.0.0.1:11434/v1"
"""Where Ollama offers the OpenAI-compatible interface by default."""
OPENAI_KEY = "OPENAI_API_KEY"
_SERVED = ("openai", "ollama")
_INSTALL = "pip install 'langchain-openai>=1.7,<2'   (or: pip install -e '.[chat]')"


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model and how patiently it is asked.

    ``seconds`` is what one answer may take, ``retries`` how often a failed call is made again and
    ``concurrency`` the number of calls at the same time. ``says_when_done`` tells that a stream
    without a finish reason has been cut off.
    """

    name: str
    chat: BaseChatModel
    seconds: float = 20.0
    retries: int = 1
    concurrency: int = 8
    says_when_done: bool = False


def open_chat_model(settings: Settings, environ: Mapping[str, str] = os.environ) -> ChatModel:
    """Return the chat model that is configured; opens no connection yet.

    Raises ``ValueError`` for settings that cannot work, for a package that is missing and where
    LangChain would send prompts and answers to a tracing service.
    """
    if not settings.chat_model:
        raise ValueError("DAFU_CHAT_MODEL is not set: name the model to ask DAFU_CHAT_URL for")
    tracing = traced_by(environ)
    if tracing:
        raise ValueError(f"{tracing} is set, so every prompt would be sent away; unset it")
    chat, compatible = _open(settings, environ)
    return ChatModel(
        name=settings.chat_model,
        chat=chat,
        seconds=settings.chat_timeout,
        retries=settings.chat_retries,
        concurrency=settings.chat_concurrency,
        says_when_done=compatible,
    )


def _open(settings: Settings, environ: Mapping[str, str]) -> tuple[BaseChatModel, bool]:
    """Return the model, and whether it is reached by the OpenAI-compatible interface."""
    provider, _, name = settings.chat_model.partition(":")
    if provider in _SERVED and name:
        url = settings.chat_url or (OLLAMA if provider == "ollama" else "")
        return _compatible(name, url, settings, environ), True
    if settings.chat_url:
        return _compatible(settings.chat_model, settings.chat_url, settings, environ), True
    if not name:
        raise ValueError(
            f"DAFU_CHAT_MODEL={settings.chat_model!r}; write openai:NAME or ollama:NAME, or set "
            "DAFU_CHAT_URL to the OpenAI-compatible server that has the model"
        )
    return _of_provider(settings, environ), False


def _compatible(
    name: str, url: str, settings: Settings, environ: Mapping[str, str]
) -> BaseChatModel:
    """Return a model behind an OpenAI-compatible server.

    A server of one's own gets no key but the one named for it, and it is asked for its likeliest
    words; one on this machine is never reached through a proxy.
    """
    key = _key(settings.chat_key_variable or ("" if url else OPENAI_KEY), environ)
    try:
        from langchain_openai import ChatOpenAI
        from openai import DefaultHttpxClient
    except ImportError as error:
        raise ValueError(
            f"DAFU_CHAT_MODEL={settings.chat_model!r} needs a package that is not installed; "
            f"install it with: {_INSTALL}"
        ) from error
    own: dict[str, Any] = {"base_url": url, "temperature": 0} if url else {}
    client = DefaultHttpxClient(trust_env=False) if url and is_loopback(_host(url)) else None
    model = ChatOpenAI(
        http_client=client,
        model=name,
        api_key=SecretStr(key or "unused"),
        timeout=settings.chat_timeout,
        max_retries=0,
        use_responses_api=False,
        stream_usage=False,
        **own,
    )
    if client is not None:
        finalize(model, client.close)
    return model


def _host(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"DAFU_CHAT_URL={url!r}; allowed: an http or https address")
    return parts.hostname


def _of_provider(settings: Settings, environ: Mapping[str, str]) -> BaseChatModel:
    """Return a model of any other provider that LangChain has a package for."""
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"timeout": settings.chat_timeout, "max_retries": 0}
    if settings.chat_key_variable:
        given["api_key"] = _key(settings.chat_key_variable, environ)
    try:
        model: BaseChatModel = init_chat_model(settings.chat_model, **given)
    except ImportError as error:  # its message names the package and how to install it
        raise ValueError(f"DAFU_CHAT_MODEL={settings.chat_model!r}: {error}") from error
    return model


def _key(variable: str, environ: Mapping[str, str]) -> str:
    if not variable:
        return ""
    key = environ.get(variable, "")
    if not key:
        raise ValueError(
            f"the environment variable {variable}, which should hold the key of the chat model, "
            "is empty; DAFU_CHAT_KEY_VARIABLE names another one"
        )
    return key
