"""The components of the chat page, and which function each event calls."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.types import MAX_QUESTION
from qa.web.chat import Chat, Step
from qa.web.settings import WebSettings
from qa.web.talk import Conversation
from qa.web.texts import TEXTS, ZH, UiLanguage

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
RENDERING = 16
"""Events that only render may run this many at a time."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page, by what they are for."""

    lang: gr.State
    conversation: gr.State
    heading: gr.Markdown
    switch: gr.Button
    messages: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    within: gr.Dropdown
    clear: gr.Button
    panel: gr.Markdown


def lay_out(chat: Chat, settings: WebSettings) -> gr.Blocks:
    """Return the page."""
    blocks = gr.Blocks(title=f"{ZH.name} Dafu", fill_width=True, analytics_enabled=False)
    with blocks:
        parts = _components(chat)
        _events(chat, parts, settings.concurrency)
        _languages(chat, parts, blocks)
    blocks.queue(max_size=settings.waiting, api_open=False, default_concurrency_limit=RENDERING)
    return blocks


def _components(chat: Chat) -> Parts:
    lang, conversation = gr.State("zh"), gr.State(Conversation())
    with gr.Row(elem_id="top"):
        heading = gr.Markdown(chat.heading(ZH), latex_delimiters=[], elem_id="heading")
        switch = gr.Button(ZH.switch, elem_id="switch", size="sm", variant="secondary", scale=0)
    with gr.Row(elem_id="main", equal_height=False):
        with gr.Column(elem_id="talk", scale=3, min_width=320):
            talk = _messages(chat)
            with gr.Row(elem_id="ask"):
                box, send = _asking()
            with gr.Row(elem_id="tools"):
                within = _within(chat)
                clear = gr.Button(
                    ZH.clear, elem_id="clear", size="sm", variant="secondary", scale=0
                )
        with gr.Column(elem_id="evidence", scale=2, min_width=320):
            panel = gr.Markdown(
                chat.panel(Conversation(), -1, ZH), latex_delimiters=[], elem_id="panel"
            )
    return Parts(lang, conversation, heading, switch, talk, box, send, within, clear, panel)


def _messages(chat: Chat) -> gr.Chatbot:
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
        placeholder=chat.empty(ZH),
        examples=[{"text": text} for text in ZH.examples],
    )


def _asking() -> tuple[gr.Textbox, gr.Button]:
    box = gr.Textbox(
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
    return box, gr.Button(ZH.send, elem_id="send", variant="primary", scale=0, min_width=72)


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
    state = [parts.conversation, parts.lang]
    answered = [parts.box, parts.messages, parts.conversation, parts.panel]
    slow = {**QUIET, "concurrency_limit": 2 * concurrency, "concurrency_id": "ask"}
    asked = [parts.box, parts.within, *state]
    asking: list[Any] = [
        parts.box.submit(chat.ask, asked, answered, **slow),
        parts.send.click(chat.ask, asked, answered, **slow),
        parts.messages.example_select(chat.example, [parts.within, *state], answered, **slow),
    ]
    parts.messages.select(chat.show, state, parts.panel, **QUIET)
    parts.clear.click(chat.cleared, [parts.lang], answered, cancels=asking, **QUIET)


def _languages(chat: Chat, parts: Parts, blocks: gr.Blocks) -> None:
    switched = [
        parts.lang,
        parts.heading,
        parts.switch,
        parts.messages,
        parts.box,
        parts.send,
        parts.within,
        parts.clear,
        parts.panel,
    ]

    def switch(so_far: Conversation, lang: UiLanguage) -> Step:
        return in_language(chat, so_far, "zh" if lang == "en" else "en")

    def opened(so_far: Conversation, request: gr.Request) -> Step:
        """Open in English where the address says ``?lang=en``."""
        english = request.query_params.get("lang", "").startswith("en")
        return in_language(chat, so_far, "en") if english else (gr.skip(),) * len(switched)

    state = [parts.conversation, parts.lang]
    parts.switch.click(switch, state, switched, **QUIET)
    blocks.load(opened, [parts.conversation], switched, **QUIET)


def in_language(chat: Chat, so_far: Conversation, lang: UiLanguage) -> Step:
    """Return every component in another interface language."""
    texts = TEXTS[lang]
    shown: Any = chat.messages(so_far, texts)  # Gradio names the type of a message no further
    return (
        lang,
        chat.heading(texts),
        texts.switch,
        gr.Chatbot(
            shown,
            label=texts.conversation,
            placeholder=chat.empty(texts),
            examples=[{"text": text} for text in texts.examples],
        ),
        gr.Textbox(label=texts.box, placeholder=texts.box_hint),
        texts.send,
        gr.Dropdown(chat.choices(texts), label=texts.within),
        texts.clear,
        chat.panel(so_far, -1, texts),
    )
