"""The answering engine as the web sees it: loading, then ready, with a limit and a deadline."""

import asyncio
import logging
import secrets
import threading
import time
import traceback
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from corpus import Report
from corpus.notes_types import Notes
from qa.types import Answer, Provisional, QAError, Question, QuestionError, Retrieved
from qa.web.errors import Busy, Fault, NotReady, TooSlow, WebError, shorten

Result = TypeVar("Result")
log = logging.getLogger("dafu")


class Answerer(Protocol):
    """What ``qa.chain.open_chain`` returns: a ``Runnable[Question, Answer]`` over one report."""

    @property
    def report(self) -> Report:
        """The report that answers come from."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the index."""

    @property
    def notes(self) -> Notes:
        """The editorial notes of the report, empty where it has none."""

    def invoke(self, input: Question, /) -> Answer:
        """Return the answer; safe to call from several threads."""

    def stream(self, input: Question, /) -> Iterator[Provisional | Answer]:
        """Yield what a model has written so far, where one writes, and last the answer."""

    def search(self, question: Question, /) -> tuple[Retrieved, ...]:
        """Return the passages nearest to the question; safe to call from several threads."""


class Engine:
    """Answers questions in a bounded pool of threads, once it has been given what answers."""

    def __init__(self, concurrency: int, waiting: int, timeout: float) -> None:
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="answer")
        self._room = concurrency + waiting
        self._timeout = timeout
        self._known: frozenset[str] = frozenset()
        self._since = time.monotonic()
        self.stage = "启动 / starting"
        self.answerer: Answerer | None = None

    @property
    def seconds(self) -> float:
        """Seconds since the engine began to load."""
        return time.monotonic() - self._since

    def open(self, answerer: Answerer) -> None:
        """Make the engine ready."""
        respondents = [reply.respondent for reply in answerer.report.replies]
        spellings = {name for one in respondents for name in (one.code, *one.spellings)}
        self._known = frozenset(name.casefold() for name in spellings)
        self.answerer = answerer

    def ready(self) -> Answerer:
        """Return what answers, or raise ``NotReady``."""
        if self.answerer is None:
            raise NotReady
        return self.answerer

    def check(self, question: Question) -> None:
        """Raise ``QuestionError`` for a respondent that the report does not hold."""
        for name in question.respondents:
            if name.casefold() not in self._known:
                raise QuestionError(
                    "unknown_respondent",
                    f"报告中没有“{shorten(name)}”；答复者的代码见 /api/v1/respondents / "
                    f"unknown respondent {shorten(name)!r}; see /api/v1/respondents for the codes",
                )

    async def answer(self, question: Question) -> Answer:
        """Return the answer, or raise ``QuestionError``, ``QAError`` or ``WebError``, no other."""
        return await self._run(self.ready().invoke, question)

    async def search(self, question: Question) -> tuple[Retrieved, ...]:
        """Return the passages nearest to the question, or raise as ``answer`` does."""
        return await self._run(self.ready().search, question)

    async def _run(self, work: Callable[[Question], Result], question: Question) -> Result:
        self._admit(question)
        submitted = self._pool.submit(work, question)
        running = asyncio.wrap_future(submitted)
        running.add_done_callback(self._leave)
        done, _ = await asyncio.wait({running}, timeout=self._timeout)
        if not done:
            submitted.cancel()  # where it still waits for a thread; a running one cannot be stopped
            raise TooSlow(self._timeout)
        error = running.exception()
        if error is None:
            return running.result()
        raise _presentable(error)

    async def stream(self, question: Question) -> AsyncGenerator[Provisional | Answer, None]:
        """Yield provisional texts as they come and last the answer; raise as ``answer`` does.

        A slow caller gets the newest text only; one that leaves early ends the work at its next.
        """
        answerer = self._admit(question)
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[Provisional | Answer | None] = asyncio.Queue()
        left = threading.Event()

        def work() -> None:
            for piece in answerer.stream(question):
                if left.is_set():
                    return
                loop.call_soon_threadsafe(pieces.put_nowait, piece)

        submitted = self._pool.submit(work)
        running = asyncio.wrap_future(submitted)
        running.add_done_callback(self._leave)
        running.add_done_callback(lambda _: pieces.put_nowait(None))
        end = loop.time() + self._timeout
        try:
            while (piece := await self._next(pieces, end)) is not None:
                yield piece
        finally:
            left.set()
            submitted.cancel()
        error = running.exception()
        if error is not None:
            raise _presentable(error)

    def _admit(self, question: Question) -> Answerer:
        """Return what answers and take a place, which ``_leave`` frees again."""
        answerer = self.ready()
        self.check(question)
        if self._room <= 0:
            raise Busy
        self._room -= 1
        return answerer

    async def _next(
        self, pieces: asyncio.Queue[Provisional | Answer | None], end: float
    ) -> Provisional | Answer | None:
        try:
            async with asyncio.timeout_at(end):
                piece = await pieces.get()
        except TimeoutError:
            raise TooSlow(self._timeout) from None
        while isinstance(piece, Provisional) and not pieces.empty():
            piece = pieces.get_nowait()
        return piece

    def _leave(self, running: asyncio.Future[Any]) -> None:
        """Free the place of a call that has ended, be it long after its deadline."""
        self._room += 1
        if not running.cancelled():
            running.exception()  # taken note of, so that asyncio does not print the question


def _presentable(error: BaseException) -> Exception:
    """Return the error itself if its message may be shown, else a numbered ``Fault``.

    This is the one boundary behind which anything may go wrong: a defect is logged by its type
    and place (never its message, which may hold the question) and cannot lock the chat.
    """
    if isinstance(error, QuestionError | QAError | WebError):
        return error
    number = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", number, type(error).__name__, frames)
    return Fault(number)
