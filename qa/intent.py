"""What kind of question was put, to whom, judged by how it is worded: a linear model over n-grams.

``benchmarks.intents`` fits ``intents.tsv`` on questions labelled by hand; the report's subjects are
masked, so that the model learns how questions are put and not what they are about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.names import Name
from index.text import HAN
from qa import patterns

Array = NDArray[np.float32]
HEADS: Mapping[str, tuple[str, ...]] = {
    "aim": (
        "lookup",
        "survey",
        "comparison",
        "metadata",
        "table",
        "off-topic",
        "instruction",
    ),
    "scope": ("all", "governments", "organisations"),
    "silent": ("no", "yes"),
}
RESPONDENT, ENTITY, NUMBER = "®", "©", "0"
_ASKING: Mapping[str, re.Pattern[str]] = {
    "survey": patterns.SURVEY,
    "silent": patterns.SILENT,
    "original": patterns.ORIGINAL,
    "reply": patterns.REPLY,
    "dated": patterns.DATED,
    "first": patterns.FIRST,
    "last": patterns.LAST,
}
_LONGEST = 4
_DIGITS = re.compile(r"\d[\d .,/-]*")
_CHINESE = re.compile(rf"[^a-z\s][^a-z]*|[{HAN}]")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[®©0]|[?,]")


@dataclass(frozen=True, slots=True)
class Intent:
    """Probabilities by label, for each of the model's heads."""

    aim: Mapping[str, float]
    scope: Mapping[str, float]
    silent: Mapping[str, float]


def masked(text: str, names: Sequence[Name], codes: Mapping[str, object]) -> str:
    """Return a normalised text with names and numbers masked: respondents, other names, digits."""
    pieces, last = [], 0
    for name in names:
        mask = RESPONDENT if name.key in codes else ENTITY
        pieces += [text[last : name.start], mask]
        last = name.end
    return _DIGITS.sub(NUMBER, "".join([*pieces, text[last:]])).strip()


def features_of(text: str) -> frozenset[str]:
    """Return the n-grams of a masked text: of characters in Chinese, of words in English."""
    return frozenset((*_of_characters(text), *_of_words(text), *_of_names(text), *_of_forms(text)))


def _of_characters(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(f"^{text}$"):
        for start in range(len(run)):
            for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
                yield run[start:end]


def _of_words(text: str) -> Iterator[str]:
    words = ["^", *_WORD.findall(text), "$"]
    if sum(word.isalpha() for word in words) < 2:
        return
    for length in (1, 2, 3):
        for start in range(len(words) - length + 1):
            yield "w:" + " ".join(words[start : start + length])


def _of_names(text: str) -> Iterator[str]:
    """Yield how many respondents are named and where the first of them stands."""
    count = text.count(RESPONDENT)
    yield f"n:{min(count, 3)}"
    if count:
        yield "n:first" if text.index(RESPONDENT) < len(text) / 3 else "n:later"


def _of_forms(text: str) -> Iterator[str]:
    """Yield the forms of asking that the text has, as the patterns know them."""
    for name, pattern in _ASKING.items():
        if pattern.search(text):
            yield f"p:{name}"


def intent_of(text: str) -> Intent:
    """Return what the model makes of a masked text."""
    rows, weights, bias = _model()
    found = [row for feature in features_of(text) if (row := rows.get(feature)) is not None]
    scores = bias + weights[found].sum(axis=0) if found else bias
    heads, first = [], 0
    for labels in HEADS.values():
        heads.append(_softmax(labels, scores[first : first + len(labels)]))
        first += len(labels)
    return Intent(*heads)


def _softmax(labels: Sequence[str], scores: Array) -> dict[str, float]:
    chances = np.exp(scores - scores.max())
    return dict(zip(labels, (chances / chances.sum()).tolist(), strict=True))


@cache
def _model() -> tuple[dict[str, int], Array, Array]:
    """Return each feature's row, the weights, shape (features, labels), and the bias, (labels,)."""
    path = Path(__file__).parent / "intents.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    names = [line.split("\t", 1)[0] for line in lines]
    values = np.array([line.split("\t")[1:] for line in lines], dtype=np.float32)
    return {name: row for row, name in enumerate(names[1:])}, values[1:], values[0]
