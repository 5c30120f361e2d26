"""What the chat page does: each event as a function from what is there to what is shown.

The conversation is kept by the reader's browser and comes with every event, so that a restart of
the server, or another process, goes on where it stopped.
"""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import gradio as gr

from corpus import Report
from qa.render import to_json
from qa.types import MAX_QUESTION, Answer, QAError, Question, QuestionError
from qa.web.conversation import Conversation
from qa.web.engine import Engine
from qa.web.errors import WebError
from qa.web.evidence import panel
from qa.web.feedback import Feedback, request_of
from qa.web.kept import keep, restore
from qa.web.runs import Run, Runs, until
from qa.web.talk import Message, messages
from qa.web.texts import TEXTS, ZH, Texts
from qa.web.words import Names, escape, groups

Step = tuple[Any, ...]
FLUSH = 0.05
"""Seconds between two showings of what a model is writing; each costs the server milliseconds."""


class Chat:
    """What the page does when something is asked, clicked or switched."""

    def __init__(self, engine: Engine, report: Report, feedback: Feedback) -> None:
        self._engine = engine
        self._report = report
        self._feedback = feedback
        self._runs = Runs()
        self._groups = groups(report)
        self._passages = {one.id: one for one in report.passages}
        self.names = Names(report)

    async def ask(
        self,
        text: str | None,
        chosen: Sequence[str] | None,
        kept: str | None,
        lang: str,
        request: gr.Request,
    ) -> AsyncIterator[Step]:
        """Yield the question as soon as it is there, then its answer: box, messages, kept, panel.

        Whatever happens ends as a message: an exception would leave Gradio's page stuck.
        """
        asked = text or ""
        if not asked.strip():
            yield (gr.skip(),) * 4
            return
        asking = self.talk(kept).asking(_shown(asked), self.codes(chosen or ()))
        async for step in self._answering(asking, asked, texts_of(lang), _tab(request)):
            yield step

    async def again(self, kept: str | None, lang: str, request: gr.Request) -> AsyncIterator[Step]:
        """Ask the last question once more, in the place it has."""
        talk = self.talk(kept)
        if not talk.exchanges:
            yield (gr.skip(),) * 4
            return
        last = talk.exchanges[-1]
        asking = talk.without_last().asking(last.question, last.respondents)
        async for step in self._answering(asking, last.question, texts_of(lang), _tab(request)):
            yield step

    async def _answering(
        self, asking: Conversation, asked: str, texts: Texts, tab: str
    ) -> AsyncIterator[Step]:
        run, done = self._runs.start(tab), asking
        try:
            yield "", self.messages(asking, texts), keep(asking), gr.skip()
            async with aclosing(self._progress(asking, asked, run)) as progress:
                async for done in progress:
                    if done.exchanges[-1].waiting and not run.discarded:
                        yield gr.skip(), self.messages(done, texts), gr.skip(), gr.skip()
        finally:
            self._runs.end(tab, run)
        if not run.discarded:
            last = done.exchanges[-1]
            shown = messages(done, self.names, texts, fresh=True)
            returned = last.question if last.error else ""
            yield returned, shown, keep(done), self.panel(done, -1, texts)

    async def _progress(
        self, asking: Conversation, asked: str, run: Run
    ) -> AsyncGenerator[Conversation, None]:
        """Yield the conversation as its last answer is written, and last as it ends."""
        try:
            stream = self._engine.stream(self._question(asking, asked))
            async with aclosing(until(run.stopped, stream)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        yield asking.answered(piece)
                        return
                    yield asking.drafted(piece.text)
                    await asyncio.sleep(FLUSH)
            yield asking.stopped()
        except (QuestionError, QAError, WebError) as error:
            yield asking.answered(None, str(error))

    def _question(self, asking: Conversation, asked: str) -> Question:
        history = asking.without_last().history()
        return Question(asked, history, asking.exchanges[-1].respondents)

    async def stop(self, request: gr.Request) -> None:
        """Stop the answer on its way, which then shows that it was stopped.

        A coroutine, because Gradio runs functions in threads, where no event may be set.
        """
        self._runs.stop(_tab(request))

    def leave(self, request: gr.Request) -> None:
        """Stop the answer on its way without a word, from within the event loop."""
        self._runs.stop(_tab(request), discard=True)

    def show(self, kept: str | None, lang: str, event: gr.SelectData) -> str:
        """Return the evidence of the message that was clicked."""
        index = event.index if isinstance(event.index, int) else event.index[0]
        return self.panel(self.talk(kept), index // 2, texts_of(lang))

    async def cleared(self, lang: str, request: gr.Request) -> Step:
        """Return an empty box, conversation and panel."""
        self.leave(request)
        return "", [], "", self.panel(Conversation(), -1, texts_of(lang))

    def judged(self, given: str | None, kept: str | None, lang: str) -> Step:
        """Record a verdict on an answer; return messages, kept and what to tell the reader."""
        texts, talk = texts_of(lang), self.talk(kept)
        try:
            judged = self._record(given or "", talk)
        except (QuestionError, WebError) as error:
            return gr.skip(), gr.skip(), _notice("bad", str(error))
        return self.messages(judged, texts), keep(judged), _notice("good", texts.thanks)

    def _record(self, given: str, talk: Conversation) -> Conversation:
        """Return the conversation with the verdict in it, or raise ``WebError``."""
        try:
            verdict, number, comment = json.loads(given)
        except (ValueError, TypeError):
            raise WebError(
                422, "bad_feedback", "评价无法读取 / the verdict is unreadable"
            ) from None
        exchange = talk.at(number) if isinstance(number, int) else None
        if exchange is None or exchange.answer is None or verdict not in ("up", "down"):
            raise WebError(422, "bad_feedback", "没有这个答案 / there is no such answer")
        history = talk.before(number).history()
        asked = Question(exchange.question, history, exchange.respondents)
        answer = to_json(exchange.answer)
        self._feedback.record(verdict, str(comment), request_of(asked), answer)
        return talk.judged(number, verdict)

    def talk(self, kept: str | None) -> Conversation:
        """Return the conversation that the browser keeps."""
        return restore(kept, self._passages)

    def messages(self, so_far: Conversation, texts: Texts) -> list[Message]:
        """Return the messages of a conversation."""
        return messages(so_far, self.names, texts)

    def panel(self, so_far: Conversation, position: int, texts: Texts) -> str:
        """Return the evidence of one exchange, by its position in the conversation."""
        numbered = so_far.numbered()
        if not numbered or position >= len(numbered):
            return panel(0, None, self.names, texts)
        number, exchange = numbered[position]
        return panel(number, exchange.answer, self.names, texts)

    def codes(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Return the codes that were chosen, a group standing for its members."""
        groups = {group.value: group.codes for group in self._groups}
        named = {code for one in chosen for code in groups.get(one, (one,))}
        return tuple(one.code for one in self._report.respondents if one.code in named)

    def choices(self, texts: Texts) -> list[tuple[str, str]]:
        """Return what the filter offers, groups first, as label and value."""
        english = texts.lang == "en"
        groups = [
            (f"{group.name_en if english else group.name} · {len(group.codes)}", group.value)
            for group in self._groups
        ]
        respondents = self._report.respondents
        return groups + [
            (self.names.of(one.code, one.name, texts), one.code) for one in respondents
        ]

    @property
    def report(self) -> Report:
        """The report that is answered from."""
        return self._report


def texts_of(lang: str | None) -> Texts:
    """Return the words of an interface language; Chinese for one that there is not."""
    return next((texts for name, texts in TEXTS.items() if name == lang), ZH)


def _tab(request: gr.Request) -> str:
    return request.session_hash or ""


def _shown(asked: str) -> str:
    return asked if len(asked) <= MAX_QUESTION else asked[:MAX_QUESTION] + "…"


def _notice(kind: str, text: str) -> str:
    number = time.monotonic_ns()  # so that saying the same again is seen as something new
    return f'<p class="notice {kind}" id="notice-{number}">{escape(text)}</p>'
