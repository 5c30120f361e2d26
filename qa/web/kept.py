"""A conversation as a browser keeps it: small, and made whole again from the report alone.

A citation is kept as a place in a passage and a digest of its words. What comes back is sliced from
the report again, so that nothing but the report's own words can stand in a quotation.
"""

import hashlib
from collections.abc import Mapping

from pydantic import ValidationError

from corpus import Passage
from qa.types import Answer, Citation, Coverage, Notice, Refusal, Retrieved, Stand, Statement
from qa.web.conversation import Conversation, Exchange
from qa.web.kept_shapes import (
    KeptAnswer,
    KeptCitation,
    KeptConversation,
    KeptCoverage,
    KeptExchange,
    KeptFound,
    KeptNotice,
    KeptRefusal,
    KeptStand,
    KeptStatement,
)

Passages = Mapping[str, Passage]
LOST = "引用的段落已不在报告中，请重新提问 / its passages are no longer in the report; ask again"


def keep(conversation: Conversation) -> str:
    """Return a conversation as JSON for the browser to keep; nothing for an empty one."""
    if not conversation.exchanges:
        return ""
    exchanges = tuple(_keep_exchange(one) for one in conversation.exchanges)
    kept = KeptConversation(exchanges=exchanges, first=conversation.first)
    return kept.model_dump_json(exclude_defaults=True)


def restore(kept: str | None, passages: Passages) -> Conversation:
    """Return the conversation that a browser kept; an empty one where it cannot be read."""
    try:
        return conversation_of(KeptConversation.model_validate_json(kept or "{}"), passages)
    except ValidationError:
        return Conversation()


def conversation_of(kept: KeptConversation, passages: Passages) -> Conversation:
    """Return the conversation, an answer whose passages have changed replaced by a message."""
    exchanges = tuple(_exchange_of(one, passages) for one in kept.exchanges)
    return Conversation(exchanges, kept.first)


def _keep_exchange(exchange: Exchange) -> KeptExchange:
    return KeptExchange(
        question=exchange.question,
        respondents=exchange.respondents,
        answer=_keep_answer(exchange.answer) if exchange.answer else None,
        error=exchange.error,
        stopped=exchange.stopped,
        verdict=exchange.verdict,
    )


def _keep_answer(answer: Answer) -> KeptAnswer:
    refusal = answer.refusal
    return KeptAnswer(
        id=answer.id,
        question=answer.question,
        resolved=answer.resolved_question,
        kind=answer.kind,
        language=answer.language,
        text=answer.text,
        statements=tuple(
            KeptStatement(text=one.text, citations=one.citations) for one in answer.statements
        ),
        citations=tuple(_keep_citation(one) for one in answer.citations),
        found=tuple(KeptFound(passage=one.passage.id, score=one.score) for one in answer.retrieved),
        engine=answer.engine,
        index=answer.index,
        model=answer.model,
        refusal=KeptRefusal(reason=refusal.reason, message=refusal.message) if refusal else None,
        coverage=_keep_coverage(answer.coverage) if answer.coverage else None,
        notices=tuple(KeptNotice(code=one.code, message=one.message) for one in answer.notices),
    )


def _keep_citation(citation: Citation) -> KeptCitation:
    return KeptCitation(
        passage=citation.passage.id,
        start=citation.start,
        end=citation.end,
        digest=_digest(citation.quote),
    )


def _keep_coverage(coverage: Coverage) -> KeptCoverage:
    def stands(those: tuple[Stand, ...]) -> tuple[KeptStand, ...]:
        return tuple(
            KeptStand(code=one.code, respondent=one.respondent, citations=one.citations)
            for one in those
        )

    return KeptCoverage(
        searched=coverage.searched,
        says=stands(coverage.says),
        otherwise=stands(coverage.otherwise),
        silent=stands(coverage.silent),
    )


def _exchange_of(kept: KeptExchange, passages: Passages) -> Exchange:
    answer, error = None, kept.error
    if kept.answer is not None:
        try:
            answer = _answer_of(kept.answer, passages)
        except (KeyError, ValueError):
            error = LOST
    stopped = kept.stopped or (answer is None and not error)
    return Exchange(kept.question, kept.respondents, answer, "", error, stopped, kept.verdict)


def _answer_of(kept: KeptAnswer, passages: Passages) -> Answer:
    """Return the answer. ``Answer`` and ``Citation`` refuse what does not hold together."""
    refusal = kept.refusal
    return Answer(
        id=kept.id,
        question=kept.question,
        resolved_question=kept.resolved,
        kind=kept.kind,
        language=kept.language,
        text=kept.text,
        statements=tuple(Statement(one.text, one.citations) for one in kept.statements),
        citations=tuple(_citation_of(n, one, passages) for n, one in enumerate(kept.citations, 1)),
        retrieved=tuple(
            Retrieved(rank, passages[one.passage], one.score)
            for rank, one in enumerate(kept.found, 1)
        ),
        engine=kept.engine,
        index=kept.index,
        model=kept.model,
        refusal=Refusal(refusal.reason, refusal.message) if refusal else None,
        coverage=_coverage_of(kept.coverage) if kept.coverage else None,
        notices=tuple(Notice(one.code, one.message) for one in kept.notices),
    )


def _citation_of(n: int, kept: KeptCitation, passages: Passages) -> Citation:
    citation = Citation(n, passages[kept.passage], kept.start, kept.end)
    if _digest(citation.quote) != kept.digest:
        raise ValueError(f"the words of {kept.passage} have changed")
    return citation


def _coverage_of(kept: KeptCoverage) -> Coverage:
    def stands(those: tuple[KeptStand, ...]) -> tuple[Stand, ...]:
        return tuple(Stand(one.code, one.respondent, one.citations) for one in those)

    return Coverage(kept.searched, stands(kept.says), stands(kept.otherwise), stands(kept.silent))


def _digest(quote: str) -> str:
    return hashlib.sha256(quote.encode()).hexdigest()[:12]
