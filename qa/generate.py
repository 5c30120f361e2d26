"""Answers written by a chat model from the evidence, and held to the report before they are given.

The extractive engine goes first: what it refuses, computes or looks up in the catalogue stays as it
is. What it quotes may be written anew by the model, and is taken back where that fails.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from langchain_core.prompt_values import PromptValue

from corpus import Passage
from index.search import Found
from qa import patterns
from qa.calls import Caller, Written
from qa.draft import Composed, Draft
from qa.grounds import Grounds
from qa.knowledge import Knowledge
from qa.models import ChatModel
from qa.prompts import prompt
from qa.rewriting import names_of, rewrite_each, rewrite_whole
from qa.types import NoticeCode, Provisional
from qa.understand import Understanding
from qa.verify import Verified, Verifier
from qa.wording import name_of, notice

_PASSAGES, _PASSAGES_COMPARED, _PASSAGES_EACH = 6, 8, 3
"""Passages shown for a question, for a comparison, and of one respondent of several."""


@dataclass(frozen=True, slots=True)
class Task:
    """One prompt: the passages it shows, and the respondent that it is about, if it is one."""

    passages: tuple[Passage, ...]
    about: str | None
    only: bool = False


class Composer:
    """Writes answers with a chat model. Thread-safe."""

    def __init__(self, model: ChatModel, knowledge: Knowledge) -> None:
        self.model = model
        self._knowledge = knowledge
        self._caller = Caller(model)
        self._grounds = Grounds(knowledge)

    def compose(
        self, asked: Understanding, draft: Draft, found: Sequence[Found]
    ) -> Generator[Provisional, None, Composed]:
        """Yield what the model writes as it comes; return the verified answer, or the draft."""
        tasks = self._tasks(asked, draft, found)
        if not tasks:
            return Composed(draft)
        verifiers = {
            key: Verifier(self._grounds, task.passages, asked.language, task.about)
            for key, task in tasks.items()
        }
        prompts = {key: self._prompt(asked, task) for key, task in tasks.items()}
        written: dict[str, Written] = {}
        shown = ""
        for written in self._caller.ask(prompts):
            preview = self._preview(asked, written, verifiers)
            if preview != shown:
                shown = preview
                yield Provisional(shown)
        verified = {
            key: verifiers[key].verify(one.text)
            for key, one in written.items()
            if one.failure is None
        }
        if not any(one.kept for one in verified.values()):
            failures = [one.failure for one in written.values() if one.failure]
            code: NoticeCode = failures[0] if failures else "nothing-verified"
            return Composed(draft, notices=(notice(code, asked.language),))
        return self._composed(asked, draft, verified)

    def _composed(
        self, asked: Understanding, draft: Draft, verified: Mapping[str, Verified]
    ) -> Composed:
        language = asked.language
        lost = sum(len(one.flaws) for one in verified.values())
        notices = [notice("sentences-dropped", language, n=lost)] if lost else []
        kept = {key: one.kept for key, one in verified.items() if one.kept}
        if draft.kind == "survey":
            rewritten = rewrite_each(draft, kept, language, self._knowledge)
            quoted = [code for code in _speakers(draft) if code not in kept]
            if quoted:
                names = names_of(quoted, language, self._knowledge)
                notices.append(notice("partly-quoted", language, names=names))
        else:
            rewritten = rewrite_whole(draft, kept[""], language, lost=bool(lost))
        return Composed(rewritten, "generate", self.model.name, tuple(notices))

    def _tasks(self, asked: Understanding, draft: Draft, found: Sequence[Found]) -> dict[str, Task]:
        """Return what to ask the model, by respondent's code for a survey; nothing where the
        extractive answer is exact already.
        """
        if draft.refusal or patterns.PAGE.search(asked.normalised):
            return {}
        if draft.kind == "survey":
            return {
                code: Task(self._passages(asked, draft, code), code, only=True)
                for code in _speakers(draft)
            }
        if draft.kind == "comparison":
            each = [p for code in asked.named for p in self._passages(asked, draft, code)[:2]]
            return {"": Task(_first(_PASSAGES_COMPARED, _cited(draft), each), None)}
        if draft.kind == "lookup":
            about = asked.scope[0] if len(asked.scope) == 1 else None
            retrieved = [one.passage for one in found]
            return {"": Task(_first(_PASSAGES, _cited(draft), retrieved), about)}
        return {}

    def _passages(self, asked: Understanding, draft: Draft, code: str) -> tuple[Passage, ...]:
        """Return passages of one respondent: those quoted, then those found for the question."""
        found = self._knowledge.searcher.find(
            asked.focus or asked.normalised, _PASSAGES_EACH + 1, [code]
        )
        own = [passage for passage in _cited(draft) if passage.code == code]
        return _first(_PASSAGES_EACH, own, [one.passage for one in found])

    def _prompt(self, asked: Understanding, task: Task) -> PromptValue:
        codes = {passage.code for passage in task.passages}
        names = {code: name_of(self._knowledge.respondents[code], asked.language) for code in codes}
        only = task.about if task.only else None
        return prompt(asked.text, task.passages, asked.language, names, only)

    def _preview(
        self,
        asked: Understanding,
        written: Mapping[str, Written],
        verifiers: Mapping[str, Verifier],
    ) -> str:
        lines = []
        for key, one in written.items():
            text = verifiers[key].preview(one.text)
            who = name_of(self._knowledge.respondents[key], asked.language) if key else ""
            colon = ": " if asked.language == "en" else "："
            if text:
                lines.append(f"{who}{colon}{text}" if who else text)
        return "\n".join(lines)


def _speakers(draft: Draft) -> list[str]:
    """Return the respondents that a survey quotes, in its order."""
    return list(dict.fromkeys(one.about for one in draft.statements if one.about))


def _cited(draft: Draft) -> Iterator[Passage]:
    return (citation.passage for citation in draft.citations)


def _first(limit: int, *sources: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the first passages of several sources, each once, headers left out."""
    passages: dict[str, Passage] = {}
    for passage in chain(*sources):
        if passage.kind != "header":
            passages.setdefault(passage.id, passage)
    return tuple(passages.values())[:limit]
