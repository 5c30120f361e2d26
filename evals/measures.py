"""What an answer says, measured against what a right answer holds. None: does not apply."""

from evals.ranking import is_right
from evals.text import fold, holds, without_marks
from evals.types import Answer, Case, Citation


def missing_keys(case: Case, answer: Answer) -> list[tuple[str, ...]]:
    """Return the keys of which no variant stands in the answer; a wrong refusal misses all."""
    if answer.refused and case.answerable:
        return list(case.answer_keys)
    text = without_marks(answer.text)
    return [key for key in case.answer_keys if not any(holds(text, one) for one in key)]


def forbidden_found(case: Case, answer: Answer) -> list[str]:
    """Return what must not stand in the answer and does."""
    text = without_marks(answer.text)
    return [phrase for phrase in case.must_not if holds(text, phrase)]


def keys_loose(case: Case, answer: Answer) -> float | None:
    """Return |keys found| / |keys| (nugget recall: Voorhees 2003, TREC definition questions)."""
    if not case.answer_keys:
        return None
    return 1 - len(missing_keys(case, answer)) / len(case.answer_keys)


def keys_strict(case: Case, answer: Answer) -> float | None:
    """Return 1 if every key is found and nothing forbidden is, otherwise 0."""
    if not case.answer_keys and not case.must_not:
        return None
    return float(not missing_keys(case, answer) and not forbidden_found(case, answer))


def cites(case: Case, citation: Citation, gold: str) -> bool:
    """Return whether a citation's quote carries a gold text (either one may hold the other)."""
    if not is_right(case, citation.respondent, citation.text, gold):
        return False
    quote, wanted = fold(citation.quote), fold(gold)
    return bool(quote) and (wanted in quote or quote in wanted)


def uncited(case: Case, answer: Answer) -> list[str]:
    """Return the gold texts that no quote carries."""
    return [
        gold for gold in case.gold if not any(cites(case, one, gold) for one in answer.citations)
    ]


def citation_recall(case: Case, answer: Answer) -> float | None:
    """Return |gold texts quoted| / |gold texts| (after ALCE's citation recall, Gao et al. 2023,
    with verbatim containment in the place of an entailment model).
    """
    if not case.gold:
        return None
    return 1 - len(uncited(case, answer)) / len(case.gold)


def citation_precision(case: Case, answer: Answer) -> float | None:
    """Return |citations whose passage holds a gold text| / |citations| (after ALCE, Gao et al.
    2023). A second sentence of the right passage is no mistake, another passage is.
    """
    if not case.gold or not answer.citations:
        return None
    right = sum(
        any(is_right(case, one.respondent, one.text, gold) for gold in case.gold)
        for one in answer.citations
    )
    return right / len(answer.citations)


def clean_cuts(case: Case, answer: Answer) -> float | None:
    """Return the share of quotes that begin and end where a phrase does: never with a letter,
    digit or Han right outside. A quote that slid by one character is seen here.
    """
    del case
    if not answer.citations:
        return None
    return sum(_is_clean(one) for one in answer.citations) / len(answer.citations)


def _is_clean(one: Citation) -> bool:
    before, after = one.text[: one.start][-1:], one.text[one.end : one.end + 1]
    opens = not (before.isalnum() and one.quote[:1].isalnum()) and one.quote[:1] not in "，。；、"
    return opens and not (after.isalnum() and one.quote[-1:].isalnum())


def said_by(answer: Answer) -> frozenset[str]:
    """Return the folded names of those who say so, by the answer's coverage."""
    stands = answer.coverage.says if answer.coverage else ()
    return frozenset(fold(stand.respondent) for stand in stands)


def _set_counts(case: Case, answer: Answer) -> tuple[int, int, int] | None:
    if case.kind != "survey" or not case.respondents:
        return None
    truth = frozenset(fold(name) for name in case.respondents)
    said = said_by(answer)
    return len(truth & said), len(said), len(truth)


def set_precision(case: Case, answer: Answer) -> float | None:
    """Return |said and true| / |said| over respondents; None when nobody is said to (set-based
    precision: Manning et al. 2008, 8.3).
    """
    counts = _set_counts(case, answer)
    return counts[0] / counts[1] if counts and counts[1] else None


def set_recall(case: Case, answer: Answer) -> float | None:
    """Return |said and true| / |true| over respondents (Manning et al. 2008, 8.3)."""
    counts = _set_counts(case, answer)
    return counts[0] / counts[2] if counts else None


def set_f1(case: Case, answer: Answer) -> float | None:
    """Return 2 |said and true| / (|said| + |true|) over respondents (van Rijsbergen 1979)."""
    counts = _set_counts(case, answer)
    return 2 * counts[0] / (counts[1] + counts[2]) if counts else None


def refusal_right(case: Case, answer: Answer) -> float | None:
    """Return 1 if the engine refused exactly when it should."""
    return float(answer.refused != case.answerable)


def reason_right(case: Case, answer: Answer) -> float | None:
    """Return 1 if a right refusal gives the right reason; None unless both are known."""
    if case.reason is None or not answer.refused:
        return None
    return float(answer.reason == case.reason)


def conciseness(case: Case, answer: Answer) -> float | None:
    """Return |answer| / |reference| in folded characters: 1 is as short as the model answer."""
    if not case.reference or not case.answerable or answer.refused:
        return None
    return len(fold(without_marks(answer.text))) / len(fold(case.reference))
