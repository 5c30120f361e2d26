"""The shape of a conversation as a browser keeps it."""

from typing import Annotated

from pydantic import Field

from qa.types import MAX_QUESTION, Kind, Language, NoticeCode, Reason
from qa.web.conversation import MAX_EXCHANGES, Verdict
from qa.web.schemas import MAX_RESPONDENTS, Shape

Text = Annotated[str, Field(max_length=100_000)]
Word = Annotated[str, Field(max_length=200)]
Marks = Annotated[tuple[int, ...], Field(max_length=200)]


class KeptCitation(Shape):
    """A place in a passage, and a digest of the words that stood there."""

    passage: Word
    start: int
    end: int
    digest: Word


class KeptFound(Shape):
    """A passage that retrieval found."""

    passage: Word
    score: float


class KeptStatement(Shape):
    """One claim and its marks."""

    text: Text
    citations: Marks


class KeptStand(Shape):
    """Where one respondent stands."""

    code: Word
    respondent: Word
    citations: Marks = ()


Stands = Annotated[tuple[KeptStand, ...], Field(max_length=MAX_RESPONDENTS)]


class KeptCoverage(Shape):
    """Who was looked at and what each says."""

    searched: int
    says: Stands = ()
    otherwise: Stands = ()
    silent: Stands = ()


class KeptRefusal(Shape):
    """Why there is no answer."""

    reason: Reason
    message: Text


class KeptNotice(Shape):
    """What the reader must know of how the answer came about."""

    code: NoticeCode
    message: Text


class KeptAnswer(Shape):
    """An answer without the passages, which are the report's."""

    id: Word
    question: Text
    resolved: Text
    kind: Kind
    language: Language
    text: Text
    statements: Annotated[tuple[KeptStatement, ...], Field(max_length=200)] = ()
    citations: Annotated[tuple[KeptCitation, ...], Field(max_length=200)] = ()
    found: Annotated[tuple[KeptFound, ...], Field(max_length=50)] = ()
    engine: Word
    index: Word
    model: Word | None = None
    refusal: KeptRefusal | None = None
    coverage: KeptCoverage | None = None
    notices: Annotated[tuple[KeptNotice, ...], Field(max_length=20)] = ()


class KeptExchange(Shape):
    """A question with its answer, or with why there is none."""

    question: Annotated[str, Field(max_length=MAX_QUESTION + 1)]
    respondents: Annotated[tuple[Word, ...], Field(max_length=MAX_RESPONDENTS)] = ()
    answer: KeptAnswer | None = None
    error: Text = ""
    stopped: bool = False
    verdict: Verdict | None = None


class KeptConversation(Shape):
    """A conversation of the chat as the reader's browser keeps it."""

    exchanges: Annotated[tuple[KeptExchange, ...], Field(max_length=MAX_EXCHANGES)] = ()
    first: Annotated[int, Field(ge=0)] = 0
