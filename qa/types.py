"""The nouns of question answering: question, citation, statement, coverage, refusal, answer."""

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from corpus import Passage

Role = Literal["user", "assistant"]
Mode = Literal["auto", "extract", "generate"]
RequestedLanguage = Literal["auto", "zh-Hans", "zh-Hant", "en"]
Language = Literal["zh-Hans", "zh-Hant", "en"]
Kind = Literal["lookup", "metadata", "survey", "comparison", "table", "follow-up", "refusal"]
Reason = Literal[
    "not-in-report",
    "not-a-respondent",
    "respondent-silent",
    "after-closing-date",
    "off-topic",
    "instruction",
]

NoticeCode = Literal[
    "model-unavailable",
    "model-slow",
    "model-broken-off",
    "model-silent",
    "nothing-verified",
    "sentences-dropped",
    "partly-quoted",
]

MAX_QUESTION = 2_000
MAX_HISTORY = 40
MAX_TURN = 20_000
MAX_K = 50
MODES = get_args(Mode)
LANGUAGES = get_args(RequestedLanguage)
MARK = re.compile(r"\[(\d+)\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters (Cc) other than white space, and halves of characters (Cs)."""


class QAError(Exception):
    """Something went wrong whose message may be shown to the user."""


class QuestionError(ValueError):
    """The caller's mistake. ``code`` is stable for programs, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. ``respondents`` narrows the search to codes or names; ``k`` is the number
    of passages to retrieve. Raises ``QuestionError`` when it cannot be a question.
    """

    text: str
    history: tuple[Turn, ...] = ()
    respondents: tuple[str, ...] = ()
    mode: Mode = "auto"
    lang: RequestedLanguage = "auto"
    k: int = 10

    def __post_init__(self) -> None:
        """Check every bound that DESIGN.md's contract implies."""
        check_text(self.text)
        if len(self.history) > MAX_HISTORY:
            raise QuestionError(
                "history_too_long",
                f"history 有 {len(self.history)} 条，最多 {MAX_HISTORY} 条 / "
                f"history has {len(self.history)} turns, at most {MAX_HISTORY}",
            )
        if any(len(turn.content) > MAX_TURN for turn in self.history):
            raise QuestionError(
                "history_too_long",
                f"history 中每条最多 {MAX_TURN} 字 / at most {MAX_TURN} characters a turn",
            )
        _check_choice("mode", self.mode, MODES)
        _check_choice("lang", self.lang, LANGUAGES)
        if not 1 <= self.k <= MAX_K:
            raise QuestionError("bad_k", f"k={self.k}；允许 1 至 {MAX_K} / allowed: 1 to {MAX_K}")


def check_text(text: str) -> None:
    """Raise ``QuestionError`` for a text that is empty, too long or holds control characters."""
    if not text.strip():
        raise QuestionError("empty_question", "问题为空，请输入问题 / the question is empty")
    if len(text) > MAX_QUESTION:
        raise QuestionError(
            "question_too_long",
            f"问题有 {len(text)} 字，最多 {MAX_QUESTION} 字 / "
            f"the question has {len(text)} characters, at most {MAX_QUESTION}",
        )
    control = _CONTROL.search(text)
    if control:
        raise QuestionError(
            "control_character",
            f"问题含有控制字符 U+{ord(control[0]):04X}，请删除后重试 / "
            f"the question holds the control character U+{ord(control[0]):04X}; remove it",
        )
    if not any(char.isalnum() for char in text):
        raise QuestionError("no_words", "问题中没有文字 / the question holds no words")


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise QuestionError(
            f"bad_{name}", f"{name}={value!r}；允许 / allowed: {', '.join(allowed)}"
        )


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim slice of one passage. The quote is sliced, so it cannot be anything else."""

    n: int
    passage: Passage
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that is not inside the passage, or a mark that is not positive."""
        if self.n < 1 or not 0 <= self.start < self.end <= len(self.passage.text):
            raise ValueError(f"citation [{self.n}] {self.start}:{self.end} of {self.passage.id}")

    @property
    def quote(self) -> str:
        """The words cited."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of an answer, the citations that carry it, and whose reply it speaks of.

    ``about`` is a respondent's code where the claim is about one respondent: it may then cite
    that reply only.
    """

    text: str
    citations: tuple[int, ...]
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one respondent stands in a survey; a silent one has no citations."""

    code: str
    respondent: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was looked at for a survey, and what each of them says."""

    searched: int
    says: tuple[Stand, ...]
    otherwise: tuple[Stand, ...]
    silent: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a word for programs and a sentence for people."""

    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One passage that retrieval found, best first. ``score`` is comparable within one answer."""

    rank: int
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader must know of how the answer came about, for programs and for people."""

    code: NoticeCode
    message: str


@dataclass(frozen=True, slots=True)
class Provisional:
    """What a language model has written so far, all of it, before the answer is verified.

    It may be shown while the answer is awaited, as something that may still change; it carries no
    marks, proves nothing, and is to be replaced by the ``Answer`` that follows.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made of cited statements, or an honest refusal; nothing in between can be built.

    ``text`` carries a mark ``[n]`` for every citation and for nothing else. ``timings_ms`` maps a
    stage to milliseconds. ``index`` is the fingerprint of the index that answered. ``engine`` is
    ``extract`` or ``generate``, the latter with the ``model`` that wrote.
    """

    id: str
    question: str
    resolved_question: str
    kind: Kind
    language: Language
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    retrieved: tuple[Retrieved, ...]
    engine: str
    index: str
    refusal: Refusal | None = None
    coverage: Coverage | None = None
    model: str | None = None
    notices: tuple[Notice, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hold the contract: marks, citations and statements agree; no citation, no answer."""
        numbers = {citation.n: citation for citation in self.citations}
        marks = {int(mark) for mark in MARK.findall(self.text)}
        if list(numbers) != list(range(1, len(self.citations) + 1)):
            raise ValueError(f"citations are not numbered 1 to {len(self.citations)}")
        if marks != set(numbers):
            raise ValueError(f"marks {sorted(marks)} do not match citations {sorted(numbers)}")
        if (self.refusal is None) != bool(self.citations) or (
            (self.refusal is not None) != (self.kind == "refusal")
        ):
            raise ValueError("an answer cites; a refusal does not, and says why")
        for statement in self.statements:
            _check_statement(statement, numbers)


def _check_statement(statement: Statement, numbers: dict[int, Citation]) -> None:
    if not statement.citations:
        raise ValueError(f"a statement without a citation: {statement.text!r}")
    for n in statement.citations:
        if n not in numbers:
            raise ValueError(f"statement cites [{n}], which does not exist")
        code = numbers[n].passage.code
        if statement.about is not None and code != statement.about:
            raise ValueError(f"a claim about {statement.about} cites the reply of {code}")
