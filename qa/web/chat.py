"""What the chat page does: each event as a function from what is there to what is shown."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import gradio as gr

from corpus import Report
from qa.types import MAX_QUESTION, QAError, Question, QuestionError
from qa.web.engine import Engine
from qa.web.errors import WebError
from qa.web.evidence import panel
from qa.web.talk import Conversation, Message, messages
from qa.web.texts import TEXTS, Texts, UiLanguage
from qa.web.words import Names, escape, groups

Step = tuple[Any, ...]


class Chat:
    """What the page does when something is asked, clicked or switched."""

    def __init__(self, engine: Engine, report: Report) -> None:
        self._engine = engine
        self._report = report
        self._groups = groups(report)
        self.names = Names(report)

    async def ask(
        self, text: str | None, chosen: Sequence[str] | None, so_far: Conversation, lang: UiLanguage
    ) -> AsyncIterator[Step]:
        """Yield the question as soon as it is there, then its answer: box, messages, panel.

        Whatever happens ends as a message: an exception would leave Gradio's page stuck.
        """
        asked = text or ""
        if not asked.strip():
            yield (gr.skip(),) * 4
            return
        texts = TEXTS[lang]
        shown = asked if len(asked) <= MAX_QUESTION else asked[:MAX_QUESTION] + "…"
        asking = so_far.asking(shown)
        yield "", self.messages(asking, texts), asking, gr.skip()
        done = await self._answered(asking, asked, so_far, chosen or ())
        returned = shown if done.exchanges[-1].answer is None else ""
        yield returned, self.messages(done, texts), done, self.panel(done, -1, texts)

    async def _answered(
        self, asking: Conversation, asked: str, so_far: Conversation, chosen: Sequence[str]
    ) -> Conversation:
        try:
            question = Question(asked, so_far.history(), self.codes(chosen))
            return asking.answered(await self._engine.answer(question))
        except (QuestionError, QAError, WebError) as error:
            return asking.answered(None, str(error))

    async def example(
        self, chosen: list[str], so_far: Conversation, lang: UiLanguage, event: gr.SelectData
    ) -> AsyncIterator[Step]:
        """Ask the example that was clicked."""
        async for step in self.ask(event.value["text"], chosen, so_far, lang):
            yield step

    def show(self, so_far: Conversation, lang: UiLanguage, event: gr.SelectData) -> str:
        """Return the evidence of the message that was clicked."""
        index = event.index if isinstance(event.index, int) else event.index[0]
        return self.panel(so_far, index // 2, TEXTS[lang])

    def cleared(self, lang: UiLanguage) -> Step:
        """Return an empty box, conversation and panel."""
        nothing = Conversation()
        return "", [], nothing, self.panel(nothing, -1, TEXTS[lang])

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

    def heading(self, texts: Texts) -> str:
        """Return the page's heading."""
        title = self._report.title_en if texts.lang == "en" else self._report.title
        return (
            f'<div class="brand ui-{texts.lang}" lang="{texts.lang}"><h1>{texts.name}</h1>'
            f'<p><span class="symbol">{self._report.symbol}</span> {escape(title)}</p></div>'
        )

    def empty(self, texts: Texts) -> str:
        """Return what an empty conversation shows."""
        return (
            f'<div class="welcome" lang="{texts.lang}"><h2>{texts.empty_title}</h2>'
            f"<p>{texts.empty_text}</p></div>"
        )
