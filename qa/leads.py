"""The decisive words of an answer: those noted for nearly the same question, else by form."""

import re
from collections.abc import Sequence

from corpus.notes_types import ExpectedQuestion, Verdict
from corpus.types import Span
from index.text import content, normalise
from qa.evidence import Evidence
from qa.knowledge import Knowledge
from qa.spans import decisive_span, fit
from qa.ties import SAME
from qa.tuning import LEAD
from qa.understand import Understanding
from qa.wants import Want

_WORDLESS: frozenset[Want] = frozenset({"view", "yes-no", "how", "any"})
"""What no few words answer, or none that the question lets be told from others."""
_QUOTES = re.compile("“[^”]{12,}”?：")
"""A question that stands after what was quoted is close to all that is noted for it."""
_NEGATION = re.compile(
    r"(?<!有)(?<!是)[没不未非无](?!是|有没|有?\W*$)|停止|中止|中断|放弃|拒绝|退出|"
    r"\b(?:not|never|no|stop(?:s|ped)?|ceased?|refuse[sd]?|withdr[ae]w\w*|abandon\w*|"
    r"g[ia]ven? up|renounc\w*)\b|n't\b"
)


def lead_of(
    asked: Understanding, best: Evidence, knowledge: Knowledge, others: Sequence[Evidence] = ()
) -> Span | None:
    """Return the span of the best sentence that answers, within the sentence, if it is plain: no
    words of the question itself. By its form alone it is not, where one of the ``others`` quoted
    has one of that form too.
    """
    if asked.want in _WORDLESS:
        return None
    text = best.sentence.text
    noted = None
    if not _QUOTES.search(asked.text):
        noted = _closest(asked, best, knowledge, LEAD["answer"])
    if noted is not None and noted.answer is not None:
        start = text.find(noted.answer)
        span = (start, start + len(noted.answer)) if start >= 0 else None
    else:
        rivals = any(fit(one.sentence.text, asked.want, asked.normalised) > 0 for one in others)
        span = None if rivals else decisive_span(text, asked.want, asked.normalised)
    echoes = span is not None and content(text[slice(*span)]) in content(asked.question.text)
    return None if echoes else span


def verdict_of(asked: Understanding, best: Evidence, knowledge: Knowledge) -> Verdict | None:
    """Return what the best sentence says to a yes-no question, where the notes are sure of it."""
    if not asked.yes_no or (asked.follows and SAME.search(normalise(asked.question.text))):
        return None
    noted = _closest(asked, best, knowledge, LEAD["verdict"])
    if noted is None or _polarity(noted.text) != _polarity(asked.text):
        return None
    return noted.verdict


def _closest(
    asked: Understanding, best: Evidence, knowledge: Knowledge, least: float
) -> ExpectedQuestion | None:
    """Return the question noted for the sentence that is closest to the one asked, of its kind.

    It must be as close as ``least`` (cosine) and name the same numbers, and no question nearly as
    close may have another answer: when a treaty was signed is nearly when it was joined. Of dates
    the one with the month or day is taken.
    """
    of_kind = knowledge.noted_for(asked.text, best.sentence, asked.want, least - LEAD["near"])
    closest, question = max(of_kind, key=lambda one: one[0], default=(0.0, None))
    if question is None or closest < least or best.features.numbers > 0:
        return None
    near = [other for cosine, other in of_kind if cosine >= closest - LEAD["near"]]
    if not all(_agree(question, other) for other in near):
        return None
    return max(near, key=lambda one: len(one.answer or "")) if asked.want == "date" else question


def _agree(one: ExpectedQuestion, other: ExpectedQuestion) -> bool:
    """Tell whether two questions have the same answer, one perhaps more of it than the other."""
    first, second = one.answer or "", other.answer or ""
    return one.verdict == other.verdict and (first in second or second in first)


def _polarity(question: str) -> bool:
    """Tell whether a question is put in the negative: an odd number of negations."""
    return len(_NEGATION.findall(normalise(question))) % 2 == 1
