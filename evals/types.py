"""The nouns of evaluation: case, answer as received, result of a run, and what can go wrong."""

from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
"""The contract's JSON object, kept as received; ``evals.contract`` reads it into ``Answer``."""

Lang = Literal["zh-Hans", "zh-Hant", "en"]
LANGS: tuple[str, ...] = ("zh-Hans", "zh-Hant", "en")
KINDS: tuple[str, ...] = (
    "lookup",
    "metadata",
    "survey",
    "comparison",
    "table",
    "yes-no",
    "follow-up",
    "refusal",
)
REASONS: tuple[str, ...] = (
    "not-in-report",
    "not-a-respondent",
    "respondent-silent",
    "after-closing-date",
    "off-topic",
    "instruction",
)
VARIANT = "~"
"""``mex-total~hant`` is a variant of the case ``mex-total``: same facts, other wording."""


class EvalsError(Exception):
    """The evaluation cannot go on; the message says what was found and what is allowed."""


class SuiteError(EvalsError):
    """A suite's file is not what DESIGN.md describes; the message names the file and the line."""


class ContractError(EvalsError):
    """An engine's reply is not the contract's answer; the message names the field."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a right answer holds.

    ``respondents`` are printed names: those whose reply answers, in a survey all who say so.
    Every key of ``answer_keys`` needs one of its variants. ``reason`` is for refusals only,
    ``whole`` for cases with a history: the same question as it would be asked without one.
    """

    id: str
    lang: str
    kind: str
    question: str
    answerable: bool
    history: tuple[Turn, ...] = ()
    respondents: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    answer_keys: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    reference: str = ""
    reason: str | None = None
    whole: str = ""

    @property
    def base(self) -> str:
        """The id that all variants of one case share."""
        return self.id.split(VARIANT)[0]


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation as received."""

    n: int
    passage_id: str
    respondent: str
    code: str
    quote: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim as received, with the numbers of the citations given for it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """One respondent of a survey as received."""

    code: str
    respondent: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """A survey's sets as received."""

    searched: int
    says: tuple[Stand, ...]
    otherwise: tuple[Stand, ...]
    silent: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One retrieved passage as received, best first."""

    rank: int
    passage_id: str
    respondent: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The part of a contract's answer that is measured."""

    text: str
    refused: bool
    reason: str | None = None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    coverage: Coverage | None = None
    retrieved: tuple[Retrieved, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case: the reply as received, or the error that took its place."""

    suite: str
    case: Case
    seconds: float
    raw: Json | None = None
    error: str | None = None
    reruns_equal: bool | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """One case's result with the value of every metric; None where a metric does not apply."""

    result: Result
    scores: dict[str, float | None]
    failures: tuple[str, ...]

    @property
    def key(self) -> str:
        """What pairs this case with itself in another run."""
        return f"{self.result.suite}/{self.result.case.id}"

    @property
    def solved(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.failures
