"""An answer as one text: what it says, then what its marks stand for. And that text read back."""

import re
from collections.abc import Iterator

from corpus import Report
from qa.types import Answer, Language
from qa.web.texts import TEXTS, Texts
from qa.web.words import Names, reference

_LIST = re.compile(
    rf"\n\n(?:{'|'.join(re.escape(one.cited + one.colon.strip()) for one in TEXTS.values())})"
    r"\n- \[1\] .*\Z",
    re.DOTALL,
)


def texts_of(language: Language) -> Texts:
    """Return the words that go with an answer in a language."""
    return TEXTS["en" if language == "en" else "zh"]


def references(answer: Answer, report: Report) -> Iterator[str]:
    """Yield each citation on one line: mark, quote, symbol, page, respondent, paragraph."""
    texts, names = texts_of(answer.language), Names(report)
    for one in answer.citations:
        name = names.of(one.passage.code, one.passage.respondent, texts)
        yield " ".join(reference(one, name, texts).split())


def with_references(answer: Answer, report: Report) -> str:
    """Return the answer's text with its marks and, below it, the list of its references."""
    if not answer.citations:
        return answer.text
    texts = texts_of(answer.language)
    lines = (f"- {line}" for line in references(answer, report))
    return "\n".join([f"{answer.text}\n\n{texts.cited}{texts.colon.strip()}", *lines])


def without_references(text: str) -> str:
    """Return the answer's text alone; ``with_references`` undone."""
    return _LIST.sub("", text)
