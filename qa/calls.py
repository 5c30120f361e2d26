"""Calls to a chat model: streamed, several at a time, with one deadline for all of them."""

import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event

from langchain_core.exceptions import ModelTimeoutError
from langchain_core.messages import BaseMessage
from langchain_core.prompt_values import PromptValue

from qa.models import ChatModel
from qa.types import NoticeCode

log = logging.getLogger("dafu")

MAX_WRITTEN = 8_000
"""Characters; a model that writes more does not answer the question."""
_PAUSE = 0.2
"""Seconds before the first retry; each further one waits twice as long."""
_REASONS = ("finish_reason", "done_reason", "stop_reason")
_DONE = ("stop", "end_turn", "stop_sequence", "STOP")


@dataclass(frozen=True, slots=True)
class Written:
    """What a model has written to one prompt so far; ``failure`` says why nothing more came."""

    text: str = ""
    failure: NoticeCode | None = None


class Caller:
    """Asks one chat model. Thread-safe; the number of calls at a time is that of all questions."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self._pool = ThreadPoolExecutor(model.concurrency, thread_name_prefix="chat")

    def ask(self, prompts: Mapping[str, PromptValue]) -> Iterator[dict[str, Written]]:
        """Yield what is written to each prompt as it comes; the last one yielded is final.

        Whatever goes wrong with a call is a ``failure``, never an exception. Closing the iterator
        ends the calls.
        """
        calls = _Calls(self.model, self._pool, prompts)
        try:
            while calls.attempts:
                calls.wait()
                yield dict(calls.written)
        finally:
            calls.stop.set()


class _Calls:
    """The calls for one answer. ``attempts`` holds the prompts that are still being answered."""

    def __init__(
        self, model: ChatModel, pool: ThreadPoolExecutor, prompts: Mapping[str, PromptValue]
    ) -> None:
        self.written = dict.fromkeys(prompts, Written())
        self.attempts = dict.fromkeys(prompts, 0)
        self.stop = Event()
        self._model, self._pool, self._prompts = model, pool, prompts
        self._end = time.monotonic() + model.seconds
        self._events: SimpleQueue[tuple[str, str | Future[str]]] = SimpleQueue()
        for key in prompts:
            self._start(key, 0.0)

    def wait(self) -> None:
        """Take in what has come since the last time, or give up at the deadline."""
        try:
            self._take(*self._events.get(timeout=max(0.0, self._end - time.monotonic())))
            for _ in range(self._events.qsize()):
                self._take(*self._events.get_nowait())
        except Empty:
            pass
        if time.monotonic() >= self._end:
            for key in self.attempts:
                self.written[key] = Written(self.written[key].text, "model-slow")
            self.attempts.clear()

    def _start(self, key: str, pause: float) -> None:
        call = self._pool.submit(self._call, key, pause)
        call.add_done_callback(lambda done: self._events.put((key, done)))

    def _call(self, key: str, pause: float) -> str:
        """Stream one answer, in a thread of the pool; returns the reason why it ended."""
        reason, length = "", 0
        if self.stop.wait(pause):
            return reason
        for chunk in self._model.chat.stream(self._prompts[key]):
            reason = _reason(chunk) or reason
            length += len(chunk.text)
            if self.stop.is_set() or length > MAX_WRITTEN:
                return "length"
            self._events.put((key, str(chunk.text)))
        return reason

    def _take(self, key: str, event: str | Future[str]) -> None:
        if key not in self.attempts:
            return
        if isinstance(event, str):
            self.written[key] = Written(self.written[key].text + event)
            return
        failure, passing = self._judge(event, self.written[key].text)
        if failure and passing and self.attempts[key] < self._model.retries:
            self.written[key] = Written()
            self._start(key, _PAUSE * 2 ** self.attempts[key])
            self.attempts[key] += 1
        else:
            self.written[key] = Written(self.written[key].text, failure)
            del self.attempts[key]

    def _judge(self, call: Future[str], text: str) -> tuple[NoticeCode | None, bool]:
        """Return why a call that has ended failed, if it did, and whether it may be tried again.

        This is the boundary behind which a server may do anything: an error is logged by its type
        and never by its message, which may hold the question.
        """
        error = call.exception()
        if error is not None:
            log.warning("chat model %s: %s", self._model.name, type(error).__name__)
            slow = isinstance(error, ModelTimeoutError)
            return "model-slow" if slow else "model-unavailable", _is_passing(error)
        reason = call.result()
        if reason not in _DONE and (reason or self._model.says_when_done):
            return "model-broken-off", not reason
        return (None, False) if text.strip() else ("model-silent", True)


def _reason(chunk: BaseMessage) -> str:
    """Return why a stream ended, as its last chunk tells."""
    found = (chunk.response_metadata.get(name) for name in _REASONS)
    return str(next(filter(None, found), ""))


def _is_passing(error: BaseException) -> bool:
    """Tell whether an error may be gone at the next try; a wrong key or model name is not."""
    return bool(getattr(error, "is_retryable", True))
