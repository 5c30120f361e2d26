"""The whole as one LangChain runnable: a question in, an answer out."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from langchain_core.runnables import Runnable, RunnableConfig

from corpus import Report, load_report
from corpus.notes import load_notes
from corpus.notes_types import Notes
from index.embeddings import make_embeddings
from index.opening import open_index
from index.search import Found
from index.text import content
from qa.courtesy import without_courtesy
from qa.draft import Composed
from qa.followup import readings
from qa.knowledge import Knowledge
from qa.language import language_of, to_traditional
from qa.plans.choice import plan
from qa.settings import Settings
from qa.shorthand import written_out
from qa.topics import without_topic
from qa.tuning import FOLLOW_UP, LOOKUP
from qa.turns import cited_before
from qa.types import Answer, Provisional, Question, QuestionError, Retrieved
from qa.understand import (
    Understanding,
    is_instruction,
    named,
    requested_codes,
    understand,
)
from qa.weighing import weigh

if TYPE_CHECKING:
    from qa.generate import Composer

Progress = Callable[[str], None]
_DECIDED = frozenset({"after-closing-date", "not-a-respondent", "instruction"})
"""Reasons of a refusal that hold however a follow-up is read."""


def open_chain(settings: Settings, progress: Progress | None = None) -> "Dafu":
    """Return the question answering of the report, its index built or opened.

    Raises ``CorpusError`` for an unusable report, ``ValueError`` for an unusable model name or chat
    model and ``OSError`` for an index folder that cannot be written.
    """
    tell = progress or (lambda _: None)
    compose_with = _composition(settings)
    tell("reading the report")
    report = load_report()
    tell("loading the embedding model")
    embeddings = make_embeddings(settings.embeddings) if settings.embeddings else make_embeddings()
    notes = load_notes(report)
    index = open_index(report, notes, embeddings, settings.index_dir, tell)
    knowledge = Knowledge(report, notes, index.searcher)
    chain = Dafu(knowledge, index.fingerprint, compose_with and compose_with(knowledge))
    tell("answering a first question")
    chain.invoke(Question(report.title, mode="extract"))
    return chain


def _composition(settings: Settings) -> "Callable[[Knowledge], Composer] | None":
    """Return what makes a composer of the chat model configured, if one is.

    All that a chat model needs is imported only then.
    """
    if not (settings.chat_model or settings.chat_url):
        return None
    from qa.generate import Composer
    from qa.models import open_chat_model

    return partial(Composer, open_chat_model(settings))


class Dafu(Runnable[Question, Answer]):
    """Answers questions from one report, with or without a language model. Thread-safe.

    Without one the same question gets the same answer, its id and timings aside.
    """

    def __init__(
        self, knowledge: Knowledge, fingerprint: str, composer: "Composer | None" = None
    ) -> None:
        self.knowledge = knowledge
        self.fingerprint = fingerprint
        self.composer = composer

    @property
    def report(self) -> Report:
        """The report that is answered from."""
        return self.knowledge.report

    @property
    def notes(self) -> Notes:
        """The editorial notes of the report."""
        return self.knowledge.notes

    def search(self, question: Question) -> tuple[Retrieved, ...]:
        """Return the passages nearest to a text, best first; nothing is understood or refused."""
        codes = requested_codes(question, self.knowledge)
        return _ranked(self.knowledge.searcher.find(question.text, question.k, codes))

    def invoke(
        self,
        input: Question,
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Answer:
        """Return the answer; raises ``QuestionError`` for a respondent that is not known and for
        the mode ``generate`` where no language model is configured.

        Without a config nobody listens, and LangChain's bookkeeping is left out.
        """
        if config is None and not kwargs:
            return self._answer(input)
        return self._call_with_config(self._answer, input, config, **kwargs)

    def stream(  # type: ignore[override]
        self,
        input: Question,
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Provisional | Answer]:
        """Yield what a language model writes while it writes, and last the verified ``Answer``.

        Every ``Provisional`` holds the whole text so far and replaces the one before it. Where no
        model writes, the ``Answer`` is all that comes. Raises what ``invoke`` raises.
        """
        if config is None and not kwargs:
            return self._events(input)
        return self._transform_stream_with_config(
            iter([input]),
            self._events_of_each,  # type: ignore[arg-type]
            config,
            **kwargs,
        )

    def _events_of_each(self, questions: Iterator[Question]) -> Iterator[Provisional | Answer]:
        for question in questions:
            yield from self._events(question)

    def _answer(self, question: Question) -> Answer:
        return next(event for event in self._events(question) if isinstance(event, Answer))

    def _events(self, question: Question) -> Iterator[Provisional | Answer]:
        if question.mode == "generate" and self.composer is None:
            raise QuestionError(
                "no_chat_model",
                "没有配置语言模型，不能用 generate 方式回答；可用 auto 或 extract / "
                "no chat model is configured for mode='generate'; allowed: auto, extract",
            )
        started = perf_counter()
        asked = self.understand(question)
        understood = perf_counter()
        found = self.retrieve(asked)
        retrieved = perf_counter()
        composed = Composed(plan(asked, found, self.knowledge))
        if self.composer is not None and question.mode != "extract":
            composed = yield from self.composer.compose(asked, composed.draft, found)
        done = perf_counter()
        timings = {
            "understand": _ms(understood - started),
            "retrieve": _ms(retrieved - understood),
            "compose": _ms(done - retrieved),
            "total": _ms(done - started),
        }
        yield self._answer_of(asked, found, composed, timings)

    def _answer_of(
        self,
        asked: Understanding,
        found: list[Found],
        composed: Composed,
        timings: dict[str, float],
    ) -> Answer:
        draft, question = composed.draft, asked.question
        return Answer(
            id=uuid4().hex,
            question=question.text,
            resolved_question=asked.text,
            kind=draft.kind,
            language=asked.language,
            text=draft.text,
            statements=draft.statements,
            citations=draft.citations,
            retrieved=_ranked(found[: question.k]),
            engine=composed.engine,
            model=composed.model,
            notices=composed.notices,
            index=self.fingerprint,
            refusal=draft.refusal,
            coverage=draft.coverage,
            timings_ms=timings,
        )

    def understand(self, question: Question) -> Understanding:
        """Return what a question asks: slips mended, made whole by what was said before it."""
        mended = self._mended(question)
        if question.history and is_instruction(mended.text, self.knowledge):
            return understand(question, mended.text, self.knowledge)
        read = readings(mended, self.knowledge)
        asked = self._read_as(read.first, question, mended.text)
        if read.rival:
            rival = self._read_as(read.rival, question, mended.text)
            if (
                rival.aim == "lookup"
                and self._support(rival) > self._support(asked) + FOLLOW_UP["rival"]
                and not self._repeats(rival)
            ):
                asked = rival
        if read.afresh and asked.aim == "lookup" and self._repeats(asked):
            afresh = self._read_as(read.afresh, question, mended.text)
            if afresh.aim == "lookup" and self._support(afresh) >= 0 and not self._repeats(afresh):
                return asked if self._is_refused(afresh) else afresh
        if read.instead and self._is_refused(asked):
            instead = self._read_as(read.instead, question, mended.text)
            return asked if self._is_refused(instead) else instead
        return asked

    def _repeats(self, asked: Understanding) -> bool:
        """Tell whether the best sentence for a question was quoted before, all of it."""
        evidence = weigh(asked, self.retrieve(asked), self.knowledge)
        said = content("".join(turn.content for turn in asked.question.history))
        return bool(evidence) and evidence[0].sentence.content in said

    def _support(self, asked: Understanding) -> float:
        """Return the log-odds that the best sentence answers a lookup; a question to many is as
        likely as not to be meant so, and one about the replies is.
        """
        if asked.aim != "lookup":
            return 0.0 if asked.aim == "survey" else math.inf
        evidence = weigh(asked, self.retrieve(asked), self.knowledge)
        return evidence[0].support if evidence else -math.inf

    def _is_refused(self, asked: Understanding) -> bool:
        """Tell whether a question is refused for a reason that another reading may lift."""
        refused = plan(asked, self.retrieve(asked), self.knowledge).refusal
        return refused is not None and refused.reason not in _DECIDED

    def _read_as(self, whole: str, question: Question, own: str) -> Understanding:
        """Return what a question asks that means a whole one: its ``own`` text, or another."""
        text = named(whole, self.knowledge)
        asked = understand(question, text, self.knowledge)
        if text == own or not question.history:
            return asked
        cited = cited_before(question.history, self.knowledge)
        of_scope = (id_ for id_ in cited if self.knowledge.passages[id_].code in asked.scope)
        asked = replace(asked, follows=True, context=frozenset(of_scope))
        return replace(asked, alone=without_topic(asked, self.knowledge))

    def _mended(self, question: Question) -> Question:
        """Return the question without courtesies, slips in the report's names and words mended."""
        bare = without_courtesy(question.text, self.knowledge.known_words, self.knowledge.names_any)
        mended = self.knowledge.speller.mend(written_out(bare))
        if mended == question.text:
            return question
        if language_of(question.text) == "zh-Hant":
            mended = to_traditional(mended)
        return replace(question, text=mended)

    def retrieve(self, asked: Understanding) -> list[Found]:
        """Return the passages found for a question, of the respondents it asks."""
        codes = asked.scope if asked.named or asked.question.respondents else ()
        k = max(asked.question.k, int(LOOKUP["passages"]))
        searcher = self.knowledge.searcher
        found = searcher.find(asked.text, k, codes)
        besides = set(asked.context)
        if asked.alone:
            besides |= {one.passage.id for one in searcher.find(asked.alone.text, k, codes)}
        if missing := besides - {one.passage.id for one in found}:
            everything = searcher.find(asked.text, len(searcher.passages))
            found += [one for one in everything if one.passage.id in missing]
        return found


def _ranked(found: list[Found]) -> tuple[Retrieved, ...]:
    return tuple(Retrieved(rank, one.passage, one.score) for rank, one in enumerate(found, 1))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
