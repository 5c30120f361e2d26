"""Every metric by name, and one result's value of each; why a case fails, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals import measures, ranking
from evals.checks import attribution_problems, mark_problems, verbatim_problems
from evals.contract import read_answer
from evals.text import fold
from evals.truth import Truth
from evals.types import Answer, Case, ContractError, Result, Scored

Measure = Callable[[Case, Answer], float | None]
NOTHING = Answer(text="", refused=False)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure a case: ``gate`` is 1.0 or fails, ``held`` may not fall below the baseline."""

    name: str
    title: str
    gate: bool = False
    held: bool = True
    lower_is_better: bool = False


GATES = (
    Metric("completed", "no crash, contract kept", gate=True),
    Metric("verbatim", "quotes verbatim", gate=True),
    Metric("attribution", "attribution", gate=True),
    Metric("marks", "marks", gate=True),
    Metric("reruns", "byte-equal reruns", gate=True),
)


def _ranked(measure: Callable[[tuple[int | None, ...]], float]) -> Measure:
    def value(case: Case, answer: Answer) -> float | None:
        ranks = ranking.places(case, answer)
        return None if ranks is None else measure(ranks)

    return value


MEASURES: tuple[tuple[Metric, Measure], ...] = (
    (Metric("keys_strict", "answer keys, strict"), measures.keys_strict),
    (Metric("keys_loose", "answer keys, loose"), measures.keys_loose),
    (Metric("recall@1", "recall@1"), _ranked(lambda ranks: ranking.recall_at(1, ranks))),
    (Metric("recall@5", "recall@5"), _ranked(lambda ranks: ranking.recall_at(5, ranks))),
    (Metric("recall@10", "recall@10"), _ranked(lambda ranks: ranking.recall_at(10, ranks))),
    (Metric("mrr", "MRR"), _ranked(ranking.reciprocal_rank)),
    (Metric("ndcg@10", "nDCG@10"), _ranked(lambda ranks: ranking.ndcg_at(10, ranks))),
    (Metric("citation_recall", "citation recall"), measures.citation_recall),
    (Metric("citation_precision", "citation precision"), measures.citation_precision),
    (Metric("clean_cuts", "quotes cut cleanly"), measures.clean_cuts),
    (Metric("set_precision", "survey set precision"), measures.set_precision),
    (Metric("set_recall", "survey set recall"), measures.set_recall),
    (Metric("set_f1", "survey set F1"), measures.set_f1),
    (Metric("refusal_right", "refused exactly when due"), measures.refusal_right),
    (Metric("reason_right", "refusal reason"), measures.reason_right),
    (
        Metric("conciseness", "length / reference", held=False, lower_is_better=True),
        measures.conciseness,
    ),
)
METRICS: tuple[Metric, ...] = (*GATES, *(metric for metric, _ in MEASURES))


def score(result: Result, truth: Truth) -> Scored:
    """Return a result with the value of every metric and the reasons why it fails, if it does."""
    try:
        if result.error is not None:
            raise ContractError(result.error)
        answer = read_answer(result.raw)
    except ContractError as error:
        return Scored(result, _crashed(result.case), (str(error),))
    problems = {
        "verbatim": verbatim_problems(answer, truth),
        "attribution": attribution_problems(answer, truth),
        "marks": mark_problems(answer),
    }
    scores: dict[str, float | None] = {"completed": 1.0}
    for name, found in problems.items():
        applies = answer.citations or found
        scores[name] = float(not found) if applies else None
    scores["reruns"] = None if result.reruns_equal is None else float(result.reruns_equal)
    scores |= {metric.name: measure(result.case, answer) for metric, measure in MEASURES}
    said = [problem for found in problems.values() for problem in found]
    return Scored(result, scores, (*said, *_failures(result, answer, scores)))


def score_all(results: Iterable[Result], truth: Truth) -> tuple[Scored, ...]:
    """Return every result scored, in order."""
    return tuple(score(result, truth) for result in results)


def _crashed(case: Case) -> dict[str, float | None]:
    """Return 0 for every metric that would have applied: a crash is a failure, not a gap."""
    scores: dict[str, float | None] = {metric.name: None for metric in GATES}
    scores["completed"] = 0.0
    for metric, measure in MEASURES:
        value = None if metric.lower_is_better else measure(case, NOTHING)
        scores[metric.name] = None if value is None else 0.0
    return scores


def _failures(result: Result, answer: Answer, scores: dict[str, float | None]) -> list[str]:
    """Say what is wrong with an answer that keeps the promises."""
    case = result.case
    if result.reruns_equal is False:
        return ["asked twice, two different answers"]
    if answer.refused == case.answerable:
        return [f"refused ({answer.reason})" if answer.refused else "answered, should refuse"]
    found = [f"key missing: {' / '.join(key)}" for key in measures.missing_keys(case, answer)]
    found += [f"must not say: {text}" for text in measures.forbidden_found(case, answer)]
    if scores["reason_right"] == 0:
        found.append(f"refused as {answer.reason}, should be {case.reason}")
    if case.gold and scores["citation_recall"] == 0:
        found.append("cites none of the gold passages")
    return found + _set_failures(case, answer)


def _set_failures(case: Case, answer: Answer) -> list[str]:
    if case.kind != "survey" or not case.respondents:
        return []
    said = measures.said_by(answer)
    truth = {fold(name): name for name in case.respondents}
    missed = [name for folded, name in truth.items() if folded not in said]
    stands = answer.coverage.says if answer.coverage else ()
    extra = [one.respondent for one in stands if fold(one.respondent) not in truth]
    found = [f"survey misses: {'、'.join(missed)}"] if missed else []
    return found + ([f"survey adds: {'、'.join(extra)}"] if extra else [])
