"""Rankings measured query by query, whoever made them: TREC run files against judgements."""

from collections.abc import Callable, Mapping, Sequence

from evals import ranking
from evals.chance import interval, mean, p_value, sign_test
from evals.compare import EPSILON
from evals.exchange import Qrels, Rankings

MEASURES: dict[str, Callable[[Sequence[int | None]], float]] = {
    "R@1": lambda ranks: ranking.recall_at(1, ranks),
    "R@5": lambda ranks: ranking.recall_at(5, ranks),
    "R@10": lambda ranks: ranking.recall_at(10, ranks),
    "MRR": ranking.reciprocal_rank,
    "nDCG@10": lambda ranks: ranking.ndcg_at(10, ranks),
}
Measured = Mapping[str, Mapping[str, float]]
"""By query, the value of every measure."""


def ranking_scores(qrels: Qrels, rankings: Rankings) -> Measured:
    """Return every judged query's measures; a query that was not ranked scores 0 (trec_eval -c).

    Documents of equal score stand as trec_eval has them: the greater name first. Judgements above
    0 are relevant, all alike.
    """
    found = {}
    for query, judged in qrels.items():
        relevant = [document for document, value in judged.items() if value > 0]
        if relevant:
            ranks = _ranks(relevant, rankings.get(query, {}))
            found[query] = {name: measure(ranks) for name, measure in MEASURES.items()}
    return found


def ranking_rows(found: Mapping[str, Measured]) -> list[list[str]]:
    """Return the rows of a table: a run a line, means with their 95 % intervals."""
    rows = [["run", "queries", *MEASURES]]
    for name, measured in found.items():
        rows.append([name, str(len(measured)), *(_cell(measured, one) for one in MEASURES)])
    return rows


def ranking_duel_rows(found: Mapping[str, Measured]) -> list[list[str]]:
    """Return the rows of a table: every run but the first against it, by nDCG@10."""
    (first, reference), *others = found.items()
    rows = [[f"nDCG@10 against {first}", "difference", "won", "lost", "tied", "p"]]
    for name, measured in others:
        changes = [one["nDCG@10"] - reference[query]["nDCG@10"] for query, one in measured.items()]
        won, lost = (sum(sign * one > EPSILON for one in changes) for sign in (1, -1))
        tied = len(changes) - won - lost
        change = f"{mean(changes) or 0.0:+.3f}"
        p = p_value(sign_test(won, lost))
        rows.append([name, change, str(won), str(lost), str(tied), p])
    return rows


def _ranks(relevant: list[str], scores: Mapping[str, float]) -> tuple[int | None, ...]:
    ordered = sorted(scores, key=lambda document: (scores[document], document), reverse=True)
    places = {document: rank for rank, document in enumerate(ordered, start=1)}
    return tuple(places.get(document) for document in relevant)


def _cell(measured: Measured, name: str) -> str:
    values = [one[name] for one in measured.values()]
    low, high = interval(values) or (0.0, 1.0)
    return f"{mean(values) or 0.0:.3f} ({low:.3f} to {high:.3f})"
