"""What a language model wrote, held to the report sentence by sentence; what fails is dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.types import Span
from index.text import normalise
from qa.evidence import Terms
from qa.grounds import Grounds, bare
from qa.language import to_simplified, to_traditional
from qa.rules import LEAD, RULES, Case, Flaw, denials_stand, is_supported
from qa.sentences import Claim, claims_of, pieces_of, readable, unquoted
from qa.tuning import VERIFY
from qa.types import Language
from qa.wording import name_of

_CARRIERS = 3
"""Sentences of one passage that are cited for one sentence at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that passed: its text, whose reply it speaks of, and what it is cited from."""

    text: str
    about: str | None
    carriers: tuple[tuple[Passage, Span], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a text, and how often it failed for which flaw."""

    kept: tuple[Kept, ...]
    flaws: tuple[Flaw, ...]


class Verifier:
    """Verifies what a model wrote from numbered passages, the first of which is [1].

    ``about`` is the one respondent that the question asks, if it asks one.
    """

    def __init__(
        self,
        grounds: Grounds,
        passages: Sequence[Passage],
        language: Language,
        about: str | None = None,
    ) -> None:
        self._grounds = grounds
        self._passages = tuple(passages)
        self._language = language
        self._about = about
        self._checked: dict[tuple[Claim, str | None], Kept | Flaw] = {}

    def verify(self, written: str) -> Verified:
        """Return the sentences that pass every rule, each once, and the flaws of the others."""
        kept: dict[str, Kept] = {}
        flaws: list[Flaw] = []
        subject = self._about
        for claim in claims_of(written):
            result = self.check(claim, subject)
            if isinstance(result, Kept):
                kept.setdefault(result.text, result)
                subject = result.about or subject
            else:
                flaws.append(result)
        return Verified(tuple(kept.values()), tuple(flaws))

    def preview(self, written: str) -> str:
        """Return a text that is still being written, without the sentences that fail already."""
        lines: dict[int, list[str]] = {}
        subject = self._about
        for claim in claims_of(written):
            result = self.check(claim, subject) if claim.finished and claim.marks else None
            if isinstance(result, Kept):
                subject = result.about or subject
            if result is None or isinstance(result, Kept):
                lines.setdefault(claim.line, []).append(readable(claim.text))
        separator = " " if self._language == "en" else ""
        return "\n".join(separator.join(line) for line in lines.values())

    def check(self, claim: Claim, subject: str | None = None) -> Kept | Flaw:
        """Return the sentence as it may be shown, or the first flaw found in it."""
        key = (claim, subject)
        if key not in self._checked:  # a text is looked at again and again while it is written
            self._checked[key] = self._check(claim, subject)
        return self._checked[key]

    def _check(self, claim: Claim, subject: str | None) -> Kept | Flaw:
        cited = tuple(self._passages[n - 1] for n in claim.marks if 1 <= n <= len(self._passages))
        if not cited:
            return "unmarked"
        case = self._case(claim.text, cited, subject)
        for flaw, holds in RULES.items():
            if not holds(case):
                return flaw
        terms = Terms(re.sub("[:：]", "，", normalise(claim.text)), self._grounds.knowledge)
        if not is_supported(case, terms):
            return "unsupported"
        carriers = [pair for passage in cited for pair in self._carriers(case, passage, terms)]
        if not carriers:
            return "unsupported"
        if not denials_stand(case.text, self._reading(carriers)):
            return "negation"
        return self._kept(case, carriers, claim.line)

    def _case(self, text: str, cited: tuple[Passage, ...], subject: str | None) -> Case:
        own = unquoted(text)
        names = self._grounds.respondents_in(own)
        before = normalise(own)[: names[0].start] if names else ""
        return Case(
            text=text,
            cited=cited,
            named=tuple(dict.fromkeys(name.key for name in names)),
            leading=names[0].key if names and LEAD.fullmatch(before) else None,
            subject=subject,
            facts=self._grounds.facts_of(text, own={passage.code for passage in cited}),
            ground=self._grounds.of(cited),
            language=self._language,
        )

    def _carriers(self, case: Case, passage: Passage, terms: Terms) -> list[tuple[Passage, Span]]:
        """Return the sentences of a passage that best carry a sentence, none for mere padding."""
        sentences = self._grounds.knowledge.sentences[passage.id]
        wanted = case.facts
        chosen: list[Span] = []
        for _ in range(min(_CARRIERS, len(sentences))):
            rest = {one: wanted.missing(self._grounds.of_sentence(one)) for one in sentences}
            best = min(sentences, key=lambda one: (len(rest[one]), -terms.coverage(one.terms)))
            gains = len(rest[best]) < len(wanted)
            if not gains and (chosen or terms.coverage(best.terms) < VERIFY["support"] / 2):
                break
            chosen.append((best.start, best.end))
            wanted = rest[best]
        return [(passage, span) for span in sorted(set(chosen))]

    def _reading(self, carriers: Sequence[tuple[Passage, Span]]) -> str:
        """Return the sentences cited as one normalised text, with their gloss."""
        spans = {(passage.id, span) for passage, span in carriers}
        return "\n".join(
            self._grounds.of_sentence(one).reading
            for passage in dict.fromkeys(passage for passage, _ in carriers)
            for one in self._grounds.knowledge.sentences[passage.id]
            if (passage.id, (one.start, one.end)) in spans
        )

    def _kept(self, case: Case, carriers: list[tuple[Passage, Span]], line: int) -> Kept:
        codes = {passage.code for passage, _ in carriers}
        about = codes.pop() if len(codes) == 1 else None
        text = "".join(
            _requoted(piece, case.cited) if quoted else _in_script(piece, self._language)
            for piece, quoted in pieces_of(case.text)
        )
        if about and about != case.subject and about not in case.named:
            who = name_of(self._grounds.knowledge.respondents[about], self._language)
            text = f"{who}: {text}" if self._language == "en" else f"{who}：{text}"
        return Kept(text, about, tuple(dict.fromkeys(carriers)), line)


def _requoted(quotation: str, cited: Sequence[Passage]) -> str:
    """Return a quotation with the white space of the slice that it is of."""
    inside = quotation[1:-1]
    wanted = bare(inside)
    for passage in cited:
        places = [at for at, char in enumerate(passage.text) if not char.isspace()]
        at = bare(passage.text).find(wanted) if wanted else -1
        if at >= 0:
            found = passage.text[places[at] : places[at + len(wanted) - 1] + 1]
            return quotation[0] + found.replace("\n", "") + quotation[-1]
    return quotation


def _in_script(text: str, language: Language) -> str:
    if language == "zh-Hant":
        return to_traditional(text)
    return to_simplified(text) if language == "zh-Hans" else text
