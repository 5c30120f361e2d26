"""The engine that has read the suite: what a perfect score looks like.

It answers every case from its gold and its reference, in the contract's shape. A case that even
the oracle fails is a wrong case; and every break of the gate's tests is a break of the oracle.
"""

from collections.abc import Sequence

from corpus import Passage, Report
from evals.engines import Engine, request_of
from evals.ranking import is_right
from evals.text import fold
from evals.types import Case, EvalsError, Json

Found = tuple[Passage, int, int]
"""A passage and the span of it that is quoted."""


def oracle(cases: Sequence[Case], report: Report) -> Engine:
    """Return the engine that knows the answer to every one of these cases."""
    answers = {str(request_of(case)): _answer(case, report) for case in cases}

    def ask(request: Json) -> Json:
        if str(request) not in answers:
            raise EvalsError(f"the oracle was not told of {request['question']!r}")
        return answers[str(request)]

    return ask


def _answer(case: Case, report: Report) -> Json:
    found = _evidence(case, report) if case.answerable else []
    citations = [_citation(n, *one) for n, one in enumerate(found, start=1)]
    statements = [
        {"text": f"{one['respondent']}：{one['quote']}", "citations": [one["n"]]}
        for one in citations
    ]
    text = "\n".join([case.reference, *(f"{one['quote']} [{one['n']}]" for one in citations)])
    refusal = {"reason": case.reason or "not-in-report", "message": case.reference}
    return {
        "id": case.id,
        "question": case.question,
        "resolved_question": case.question,
        "kind": case.kind,
        "language": case.lang,
        "answer": text,
        "refused": not case.answerable,
        "refusal": None if case.answerable else refusal,
        "statements": statements,
        "citations": citations,
        "coverage": _coverage(case, citations, report) if case.kind == "survey" else None,
        "retrieved": _retrieved(found, report),
        "engine": "oracle",
        "model": None,
        "index": "none",
        "timings_ms": {},
    }


def _evidence(case: Case, report: Report) -> list[Found]:
    """Return one quoted sentence for each gold text, or a header where the case has no gold."""
    found = [_sentence(case, gold, report) for gold in case.gold]
    if not found:
        names = case.respondents or (report.respondents[0].name,)
        found = [(one, 0, len(one.text)) for one in report.passages if one.respondent == names[0]]
    return list(dict.fromkeys(found if case.gold else found[:1]))


def _sentence(case: Case, gold: str, report: Report) -> Found:
    for passage in report.passages:
        if is_right(case, passage.respondent, passage.text, gold):
            for start, end in passage.sentences:
                if fold(gold) in fold(passage.text[start:end]):
                    return passage, start, end
            return passage, 0, len(passage.text)
    raise EvalsError(f"{case.id}: gold is in no passage of its respondents: {gold}")


def _citation(n: int, passage: Passage, start: int, end: int) -> Json:
    return {
        "n": n,
        "passage_id": passage.id,
        "respondent": passage.respondent,
        "code": passage.code,
        "symbol": passage.symbol,
        "quote": passage.text[start:end],
        "start": start,
        "end": end,
        "text": passage.text,
    }


def _coverage(case: Case, citations: Sequence[Json], report: Report) -> Json:
    stands = [
        {
            "code": one.code,
            "respondent": one.name,
            "citations": [cited["n"] for cited in citations if cited["code"] == one.code],
        }
        for one in report.respondents
    ]
    says = [stand for stand in stands if stand["respondent"] in case.respondents]
    silent = [stand for stand in stands if stand not in says]
    return {"searched": len(stands), "says": says, "otherwise": [], "silent": silent}


def _retrieved(found: Sequence[Found], report: Report) -> list[Json]:
    """Return the right passages first and unrelated ones after them, ten in all."""
    right = list(dict.fromkeys(passage for passage, _, _ in found))
    rest = [passage for passage in report.passages if passage not in right]
    return [
        {
            "rank": rank,
            "passage_id": passage.id,
            "respondent": passage.respondent,
            "score": 1 / rank,
            "text": passage.text,
        }
        for rank, passage in enumerate((*right, *rest)[: max(10, len(right))], start=1)
    ]
