"""Retrieval measured: each gold text is a document to find, each retrieved passage a place.

A passage is right for a gold text if it holds it (folded) and, where the case names respondents,
belongs to one of them. So any service can be measured, whatever its passages are. Where every
gold text lies in a passage of its own, the values are those of trec_eval and ranx.
"""

import math
from collections.abc import Sequence

from evals.text import fold
from evals.types import Answer, Case

NOT_RANKED = ("metadata", "survey")
"""Kinds answered from the catalogue or from every reply, not by ranking: nothing to measure."""


def is_right(case: Case, respondent: str, text: str, gold: str) -> bool:
    """Return whether a passage holds a gold text and may be cited for it."""
    named = not case.respondents or fold(respondent) in {fold(one) for one in case.respondents}
    return named and fold(gold) in fold(text)


def places(case: Case, answer: Answer) -> tuple[int | None, ...] | None:
    """Return for each gold text the rank at which it is found; None where nothing is ranked.

    Two gold texts in one passage take two places, so that no ranking can beat the ideal one.
    """
    if not case.gold or case.kind in NOT_RANKED:
        return None
    return _spread([_rank(case, answer, gold) for gold in case.gold])


def _rank(case: Case, answer: Answer, gold: str) -> int | None:
    for rank, found in enumerate(answer.retrieved, start=1):
        if is_right(case, found.respondent, found.text, gold):
            return rank
    return None


def _spread(ranks: Sequence[int | None]) -> tuple[int | None, ...]:
    found = sorted(rank for rank in ranks if rank is not None)
    for at in range(1, len(found)):
        found[at] = max(found[at], found[at - 1] + 1)
    return (*found, *[None] * (len(ranks) - len(found)))


def recall_at(k: int, ranks: Sequence[int | None]) -> float:
    """Return R@k = |gold found in the first k places| / |gold| (Manning et al. 2008, 8.3)."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Return 1 / the first right place, 0 if there is none (Voorhees 1999, TREC-8 QA)."""
    found = [rank for rank in ranks if rank is not None]
    return 1 / min(found) if found else 0.0


def ndcg_at(k: int, ranks: Sequence[int | None]) -> float:
    """Return DCG/IDCG with binary gain: sum of 1/log2(place + 1) over the right places up to k,
    over the same sum with the right places first (Järvelin and Kekäläinen 2002).
    """
    gain = sum(1 / math.log2(rank + 1) for rank in ranks if rank is not None and rank <= k)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(ranks), k) + 1))
    return gain / ideal
