"""The components of the chat page, and which function each event calls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.types import MAX_QUESTION
from qa.web import chrome
from qa.web.chat import Chat, Step, texts_of
from qa.web.conversation import Conversation
from qa.web.kept import keep
from qa.web.settings import WebSettings
from qa.web.texts import ZH

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
RENDERING = 16
"""Events that only render may run this many at a time."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page, by what they are for.

    ``kept``, ``lang``, ``judged`` and ``again`` are not seen: the page's script uses them.
    """

    kept: gr.Textbox
    lang: gr.Textbox
    judged: gr.Textbox
    again: gr.Button
    notice: gr.Markdown
    heading: gr.Markdown
    menu: gr.Markdown
    clear: gr.Button
    switch: gr.Button
    messages: gr.Chatbot
    box: gr.Textbox
    within: gr.Dropdown
    stop: gr.Button
    send: gr.Button
    panel: gr.Markdown


def lay_out(chat: Chat, settings: WebSettings) -> gr.Blocks:
    """Return the page."""
    blocks = gr.Blocks(title=f"{ZH.name} Dafu", fill_width=True, analytics_enabled=False)
    with blocks:
        parts = _components(chat)
        _events(chat, parts, settings.concurrency)
        _languages(chat, parts)
    blocks.queue(max_size=settings.waiting, api_open=False, default_concurrency_limit=RENDERING)
    return blocks


def _components(chat: Chat) -> Parts:
    with gr.Row(elem_id="top"):
        heading = _html(chrome.heading(chat.report, ZH), "heading")
        menu = _html(chrome.menu(ZH), "menu")
        clear = _button(ZH.clear, "clear")
        switch = _button(ZH.switch, "switch")
    with gr.Row(elem_id="main", equal_height=False):
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            talk = _messages()
            with gr.Column(elem_id="ask"):
                box = _box()
                with gr.Row(elem_id="tools"):
                    within = _within(chat)
                    stop = _button(ZH.halt, "stop")
                    send = _button(ZH.send, "send", "primary")
        with gr.Column(elem_id="evidence", scale=2, min_width=320):
            panel = _html(chat.panel(Conversation(), -1, ZH), "panel")
    notice = _html("", "notice")
    kept, lang, judged = _unseen("kept", ""), _unseen("lang", "zh"), _unseen("judged", "")
    again = gr.Button(ZH.again, elem_id="again", visible="hidden")
    return Parts(
        kept,
        lang,
        judged,
        again,
        notice,
        heading,
        menu,
        clear,
        switch,
        talk,
        box,
        within,
        stop,
        send,
        panel,
    )


def _html(text: str, name: str) -> gr.Markdown:
    """Return a component that shows HTML, sanitised, in which nothing is mathematics."""
    return gr.Markdown(text, latex_delimiters=[], elem_id=name)


def _button(words: str, name: str, variant: Any = "secondary") -> gr.Button:
    return gr.Button(words, elem_id=name, size="sm", variant=variant, scale=0, min_width=0)


def _unseen(name: str, value: str) -> gr.Textbox:
    return gr.Textbox(value, elem_id=name, label=name, visible="hidden", max_lines=1)


def _messages() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="messages",
        label=ZH.conversation,
        show_label=False,
        container=False,
        height=None,
        autoscroll=False,
        layout="panel",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        line_breaks=False,
        allow_tags=False,
        reasoning_tags=[],
        group_consecutive_messages=False,
        placeholder=chrome.welcome(ZH),
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="box",
        label=ZH.box,
        show_label=False,
        container=False,
        placeholder=ZH.box_hint,
        lines=1,
        max_lines=6,
        max_length=MAX_QUESTION,
        autofocus=True,
        scale=1,
    )


def _within(chat: Chat) -> gr.Dropdown:
    return gr.Dropdown(
        chat.choices(ZH),
        elem_id="within",
        value=[],
        multiselect=True,
        label=ZH.within,
        scale=1,
    )


def _events(chat: Chat, parts: Parts, concurrency: int) -> None:
    state = [parts.kept, parts.lang]
    answered = [parts.box, parts.messages, parts.kept, parts.panel]
    slow = {**QUIET, "concurrency_limit": 2 * concurrency, "concurrency_id": "ask"}
    asked = [parts.box, parts.within, *state]
    gr.on([parts.box.submit, parts.send.click], chat.ask, asked, answered, **slow)
    parts.again.click(chat.again, state, answered, **slow)
    parts.stop.click(chat.stop, None, None, **QUIET)
    parts.messages.select(chat.show, state, parts.panel, **QUIET)
    parts.clear.click(chat.cleared, [parts.lang], answered, **QUIET)
    parts.judged.submit(
        chat.judged,
        [parts.judged, *state],
        [parts.messages, parts.kept, parts.notice],
        **QUIET,
    )


def _languages(chat: Chat, parts: Parts) -> None:
    shown = [
        parts.lang,
        parts.kept,
        parts.heading,
        parts.menu,
        parts.clear,
        parts.switch,
        parts.messages,
        parts.box,
        parts.within,
        parts.stop,
        parts.send,
        parts.panel,
    ]

    async def opened(kept: str | None, lang: str, request: gr.Request) -> Step:
        """Show the conversation that the browser kept."""
        chat.leave(request)
        return in_language(chat, kept, lang)

    async def switched(kept: str | None, lang: str, request: gr.Request) -> Step:
        """Show the same in the other language."""
        chat.leave(request)
        return in_language(chat, kept, "zh" if lang == "en" else "en")

    state = [parts.kept, parts.lang]
    parts.kept.submit(opened, state, shown, **QUIET)
    parts.switch.click(switched, state, shown, **QUIET)


def in_language(chat: Chat, kept: str | None, lang: str) -> Step:
    """Return every component in an interface language."""
    texts, so_far = texts_of(lang), chat.talk(kept)
    shown: Any = chat.messages(so_far, texts)  # Gradio names the type of a message no further
    return (
        lang,
        keep(so_far),
        chrome.heading(chat.report, texts),
        chrome.menu(texts),
        texts.clear,
        texts.switch,
        gr.Chatbot(shown, label=texts.conversation, placeholder=chrome.welcome(texts)),
        gr.Textbox(label=texts.box, placeholder=texts.box_hint),
        gr.Dropdown(chat.choices(texts), label=texts.within),
        texts.halt,
        texts.send,
        chat.panel(so_far, -1, texts),
    )
