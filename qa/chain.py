"""The whole as one LangChain runnable: a question in, an answer out."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Any
from uuid import uuid4

from langchain_core.runnables import Runnable, RunnableConfig

from corpus import Report, load_report
from corpus.notes import load_notes
from index.embeddings import make_embeddings
from index.opening import open_index
from index.search import Found
from qa.draft import Draft, refuse
from qa.followup import cited_before, resolve
from qa.knowledge import Knowledge
from qa.language import language_of, to_traditional
from qa.plans.comparison import comparison
from qa.plans.lookup import lookup
from qa.plans.metadata import metadata
from qa.plans.survey import survey
from qa.plans.table import table
from qa.settings import Settings
from qa.tuning import LOOKUP
from qa.types import Answer, Question, Retrieved
from qa.understand import Understanding, named, understand

Progress = Callable[[str], None]


def open_chain(settings: Settings, progress: Progress | None = None) -> "Dafu":
    """Return the question answering of the report, its index built or opened.

    Raises ``CorpusError`` for an unusable report, ``ValueError`` for an unusable model name and
    ``OSError`` for an index folder that cannot be written.
    """
    tell = progress or (lambda _: None)
    tell("reading the report")
    report = load_report()
    tell("loading the embedding model")
    embeddings = make_embeddings(settings.embeddings) if settings.embeddings else make_embeddings()
    notes = load_notes(report)
    index = open_index(report, notes, embeddings, settings.index_dir, tell)
    chain = Dafu(Knowledge(report, notes, index.searcher), index.fingerprint)
    tell("answering a first question")
    chain.invoke(Question(report.title))
    return chain


class Dafu(Runnable[Question, Answer]):
    """Answers questions from one report, without a language model. Thread-safe.

    The same question gets the same answer, its id and timings aside.
    """

    def __init__(self, knowledge: Knowledge, fingerprint: str) -> None:
        self.knowledge = knowledge
        self.fingerprint = fingerprint

    @property
    def report(self) -> Report:
        """The report that is answered from."""
        return self.knowledge.report

    def invoke(
        self,
        input: Question,
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Answer:
        """Return the answer; raises ``QuestionError`` for a respondent that is not known.

        Without a config nobody listens, and LangChain's bookkeeping is left out.
        """
        if config is None and not kwargs:
            return self._answer(input)
        return self._call_with_config(self._answer, input, config, **kwargs)

    def _answer(self, question: Question) -> Answer:
        started = perf_counter()
        text = named(resolve(self._mended(question), self.knowledge), self.knowledge)
        asked = understand(question, text, self.knowledge)
        if text != question.text and question.history:
            asked = replace(asked, context=cited_before(question.history, self.knowledge))
        understood = perf_counter()
        found = self.retrieve(asked)
        retrieved = perf_counter()
        draft = self._plan(asked, found)
        done = perf_counter()
        return Answer(
            id=uuid4().hex,
            question=question.text,
            resolved_question=text,
            kind=draft.kind,
            language=asked.language,
            text=draft.text,
            statements=draft.statements,
            citations=draft.citations,
            retrieved=tuple(
                Retrieved(rank, one.passage, one.score)
                for rank, one in enumerate(found[: question.k], 1)
            ),
            engine="extract",
            index=self.fingerprint,
            refusal=draft.refusal,
            coverage=draft.coverage,
            timings_ms={
                "understand": _ms(understood - started),
                "retrieve": _ms(retrieved - understood),
                "compose": _ms(done - retrieved),
                "total": _ms(done - started),
            },
        )

    def _mended(self, question: Question) -> Question:
        """Return the question with slips in the report's names and words mended."""
        mended = self.knowledge.speller.mend(question.text)
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
        if asked.context:
            missing = asked.context - {one.passage.id for one in found}
            everything = searcher.find(asked.text, len(searcher.passages))
            found += [one for one in everything if one.passage.id in missing]
        return found

    def _plan(self, asked: Understanding, found: list[Found]) -> Draft:
        if asked.aim == "instruction":
            return refuse("instruction", asked.language)
        if asked.aim == "metadata":
            return metadata(asked, self.knowledge)
        if asked.aim == "survey":
            return survey(asked, self.knowledge)
        if asked.aim == "comparison":
            return comparison(asked, self.knowledge)
        if asked.aim == "table":
            draft = table(asked, found, self.knowledge)
            if draft is not None:
                return draft
        return lookup(asked, found, self.knowledge)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
