"""What is evaluated: any callable from the contract's request to the contract's answer."""

import ipaddress
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from evals.types import Case, EvalsError, Json

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from qa.types import Answer, Question

Engine = Callable[[Json], Json]
TIMEOUT_S = 120.0
ASKED: Mapping[str, tuple[str, ...]] = {"mode": ("auto", "extract", "generate"), "k": ()}
"""Fields of a request that an engine's spec may set, with their values; ``k`` is a number."""


class EngineError(EvalsError):
    """The engine refused to answer at all, or cannot be reached."""


def request_of(case: Case, k: int = 10) -> Json:
    """Return the contract's request for a case; the case's own respondents stay unsaid."""
    return {
        "question": case.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
        "respondents": [],
        "mode": "auto",
        "lang": "auto",
        "k": k,
    }


def in_process(settings: Mapping[str, str] | None = None, without: Sequence[str] = ()) -> Engine:
    """Return the engine of this installation, opened with the settings of the environment.

    ``settings`` maps fields of ``qa.settings.Settings`` to values that replace them; another
    embedding model gets an index folder of its own. ``without`` names kinds of annotation to leave
    out.
    """
    from evals.ablation import chain_without
    from qa.chain import open_chain
    from qa.settings import PREFIX, Settings, check_environment, read_settings

    chosen = {PREFIX + name.upper(): value for name, value in (settings or {}).items()}
    try:
        check_environment(chosen, Settings)
        found = read_settings(Settings, {**os.environ, **chosen})
        if settings and "embeddings" in settings and "index_dir" not in settings:
            slug = re.sub(r"\W+", "-", settings["embeddings"]).strip("-")
            found = replace(found, index_dir=found.index_dir / f"of-{slug}")
        return of_chain(chain_without(found, without) if without else open_chain(found))
    except ValueError as error:
        raise EvalsError(str(error)) from error


def read_engine(spec: str) -> tuple[str, Engine]:
    """Return an engine's name and the engine: ``NAME``, ``NAME:field=value,...``, ``NAME:URL``.

    Fields are those of the contract's request that are no part of a question (``mode``, ``k``),
    ``without`` (annotations to leave out, joined by ``+``), and the settings of this installation.
    """
    name, _, rest = spec.partition(":")
    if rest.startswith(("http://", "https://")):
        return name, over_http(rest)
    pairs = [pair.partition("=") for pair in rest.split(",") if pair]
    if not name or any(not equals for _, equals, _ in pairs):
        raise EvalsError(f"--engine is {spec!r}; expected NAME, NAME:field=value,... or NAME:URL")
    given = {field: value for field, _, value in pairs}
    asked = {field: _request_value(field, given.pop(field)) for field in ASKED if field in given}
    left_out = tuple(filter(None, given.pop("without", "").split("+")))
    return name, asked_with(in_process(given, left_out), asked)


def asked_with(engine: Engine, fields: Json) -> Engine:
    """Return the engine with some fields of every request replaced."""
    return (lambda request: engine({**request, **fields})) if fields else engine


def _request_value(field: str, value: str) -> str | int:
    allowed = ASKED[field]
    if value in allowed or (not allowed and value.isdigit() and int(value) > 0):
        return value if allowed else int(value)
    said = ", ".join(allowed) or "a whole number above 0"
    raise EvalsError(f"{field} is {value!r}; allowed: {said}")


def of_chain(chain: "Runnable[Question, Answer]") -> Engine:
    """Return the engine that a chain is."""
    from qa.render import to_json
    from qa.types import Question, Turn

    def ask(request: Json) -> Json:
        turns = tuple(Turn(turn["role"], turn["content"]) for turn in request["history"])
        question = Question(
            text=request["question"],
            history=turns,
            respondents=tuple(request["respondents"]),
            mode=request["mode"],
            lang=request["lang"],
            k=request["k"],
        )
        answer: Json = json.loads(json.dumps(to_json(chain.invoke(question))))
        return answer

    return ask


def over_http(url: str) -> Engine:
    """Return the engine that answers at ``{url}/api/v1/ask``."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise EvalsError(f"--url is {url!r}; expected http:// or https://")
    target = url.rstrip("/") + "/api/v1/ask"
    opener = _opener(urlsplit(url).hostname or "")

    def ask(request: Json) -> Json:
        body = json.dumps(request).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            with opener.open(Request(target, body, headers), timeout=TIMEOUT_S) as reply:
                answer: Json = json.load(reply)
        except HTTPError as error:
            said = error.read(500).decode(errors="replace")
            raise EngineError(f"HTTP {error.code}: {said}") from error
        except URLError as error:
            raise EngineError(f"{target} cannot be reached: {error.reason}") from error
        return answer

    return ask


def _opener(host: str) -> OpenerDirector:
    """Return an opener that never asks a proxy for this very machine."""
    return build_opener(ProxyHandler({})) if _is_here(host) else build_opener()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
