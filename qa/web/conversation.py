"""A conversation: its exchanges, from a question that waits to an answer that was judged."""

from dataclasses import dataclass, replace
from typing import Literal

from qa.types import MAX_HISTORY, MAX_TURN, Answer, Turn

MAX_EXCHANGES = 40
Verdict = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with what there is instead of one.

    ``respondents`` are the codes that the question was narrowed to. ``draft`` is what a model has
    written so far, not yet checked; ``error`` says why there is no answer.
    """

    question: str
    respondents: tuple[str, ...] = ()
    answer: Answer | None = None
    draft: str = ""
    error: str = ""
    stopped: bool = False
    verdict: Verdict | None = None

    @property
    def waiting(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and not self.error and not self.stopped


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges so far. ``first`` is the number of the first one that is still kept."""

    exchanges: tuple[Exchange, ...] = ()
    first: int = 0

    def asking(self, question: str, respondents: tuple[str, ...] = ()) -> "Conversation":
        """Return the conversation with a question that waits for its answer.

        Asked again, a question that was left without an answer takes the place it had.
        """
        before = self.exchanges
        if before and before[-1].answer is None and before[-1].question == question:
            before = before[:-1]
        kept = (*before, Exchange(question, respondents))[-MAX_EXCHANGES:]
        return Conversation(kept, self.first + len(before) + 1 - len(kept))

    def drafted(self, draft: str) -> "Conversation":
        """Return the conversation with what has been written so far for its last question."""
        return self._with_last(replace(self.exchanges[-1], draft=draft))

    def answered(self, answer: Answer | None, error: str = "") -> "Conversation":
        """Return the conversation with its last question answered."""
        return self._with_last(replace(self.exchanges[-1], answer=answer, error=error, draft=""))

    def stopped(self) -> "Conversation":
        """Return the conversation with its last question no longer waiting."""
        if not self.exchanges or not self.exchanges[-1].waiting:
            return self
        return self._with_last(replace(self.exchanges[-1], stopped=True, draft=""))

    def judged(self, number: int, verdict: Verdict) -> "Conversation":
        """Return the conversation with one of its answers judged."""
        exchanges = list(self.exchanges)
        exchanges[number - self.first] = replace(exchanges[number - self.first], verdict=verdict)
        return replace(self, exchanges=tuple(exchanges))

    def without_last(self) -> "Conversation":
        """Return the conversation as it was before its last question."""
        return replace(self, exchanges=self.exchanges[:-1])

    def before(self, number: int) -> "Conversation":
        """Return the conversation as it was before an exchange."""
        return replace(self, exchanges=self.exchanges[: max(number - self.first, 0)])

    def at(self, number: int) -> Exchange | None:
        """Return the exchange of a number, where it is still kept."""
        return dict(self.numbered()).get(number)

    def history(self) -> tuple[Turn, ...]:
        """Return what was asked and answered, as an engine takes it."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns.append(Turn("user", exchange.question[:MAX_TURN]))
                turns.append(Turn("assistant", exchange.answer.text[:MAX_TURN]))
        return tuple(turns[-MAX_HISTORY:])

    def numbered(self) -> list[tuple[int, Exchange]]:
        """Return the exchanges with numbers that stay when old ones are dropped."""
        return list(enumerate(self.exchanges, self.first))

    def _with_last(self, last: Exchange) -> "Conversation":
        return replace(self, exchanges=(*self.exchanges[:-1], last))
