"""The answer in the one shape that REST, CLI and evaluation share (DESIGN.md, the contract)."""

from typing import Any
from urllib.parse import quote

from qa.types import Answer, Citation, Coverage, Retrieved, Stand

Json = dict[str, Any]


def to_json(answer: Answer) -> Json:
    """Return the contract's JSON object for an answer."""
    refusal = answer.refusal
    return {
        "id": answer.id,
        "question": answer.question,
        "resolved_question": answer.resolved_question,
        "kind": answer.kind,
        "language": answer.language,
        "answer": answer.text,
        "refused": refusal is not None,
        "refusal": refusal and {"reason": refusal.reason, "message": refusal.message},
        "statements": [
            {"text": statement.text, "citations": list(statement.citations)}
            for statement in answer.statements
        ],
        "citations": [citation_json(citation) for citation in answer.citations],
        "coverage": answer.coverage and _coverage_json(answer.coverage),
        "retrieved": [_retrieved_json(found) for found in answer.retrieved],
        "engine": answer.engine,
        "model": answer.model,
        "notices": [{"code": one.code, "message": one.message} for one in answer.notices],
        "index": answer.index,
        "timings_ms": answer.timings_ms,
    }


def citation_json(citation: Citation) -> Json:
    """Return one citation: where it stands in the report, the quote and its whole passage."""
    passage = citation.passage
    return {
        "n": citation.n,
        "passage_id": passage.id,
        "respondent": passage.respondent,
        "code": passage.code,
        "symbol": passage.symbol,
        "heading": list(passage.heading),
        "paragraph": passage.paragraph,
        "pages": list(passage.pages),
        "original_language": passage.original_language,
        "date": passage.date.isoformat() if passage.date else None,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "text": passage.text,
        "url": f"/reader/{quote(passage.id.split('/')[0])}#{quote(passage.id)}",
    }


def _coverage_json(coverage: Coverage) -> Json:
    return {
        "searched": coverage.searched,
        "says": [_stand_json(stand) for stand in coverage.says],
        "otherwise": [_stand_json(stand) for stand in coverage.otherwise],
        "silent": [
            {"code": stand.code, "respondent": stand.respondent} for stand in coverage.silent
        ],
    }


def _stand_json(stand: Stand) -> Json:
    return {
        "code": stand.code,
        "respondent": stand.respondent,
        "citations": list(stand.citations),
    }


def _retrieved_json(found: Retrieved) -> Json:
    return {
        "rank": found.rank,
        "passage_id": found.passage.id,
        "respondent": found.passage.respondent,
        "score": round(found.score, 6),
        "text": found.passage.text,
    }
