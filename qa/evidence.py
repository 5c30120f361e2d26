"""Sentences weighed as evidence: how much of a question each one covers, in words and meaning."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from math import fsum
from operator import mul
from typing import NamedTuple

from index.search import Found
from index.text import content
from qa import patterns
from qa.knowledge import Knowledge, Sentence
from qa.spans import fit
from qa.tuning import EVIDENCE, SUPPORT
from qa.understand import Understanding
from qa.wants import means_another


class Features(NamedTuple):
    """What speaks for a sentence as the answer, most from 0 to 1: a vector whose parts have names.

    Of the question's weighted terms ``coverage`` is the share in the sentence, ``context`` that in
    its passage and heading, ``noted`` that in the passage's notes too. ``similarity``, ``dense``
    and ``asked`` are the cosines of the sentence, the passage and its notes. ``numbers`` and
    ``entities`` are the shares of the question's numbers and names that the passage lacks.
    ``fits`` tells how well the sentence holds the kind of expression asked for; ``prior`` is the
    coverage of the sentence before it, which it may refer to. ``rival`` is by how much the best
    passage of all is closer to the subject than the closest one of the respondents named.
    ``quoted`` is 1 for a sentence that holds what the question quotes, ``cited`` for one of a
    passage that the answer before quoted, unless it lacks every name of the question. ``answers``
    is the best cosine of a question or claim that the notes have for the sentence; ``alike`` is the
    best of the questions that the passage answers and ``open`` of those that any passage found
    leaves open, both less for questions that ask for another kind of expression. ``beyond`` tells
    by the words that the passage lacks whether they ask for what it answers (log-odds).
    """

    coverage: float
    context: float
    noted: float
    similarity: float
    dense: float
    asked: float
    numbers: float
    entities: float
    fits: float
    prior: float
    rival: float
    quoted: float
    cited: float
    answers: float
    alike: float
    open: float
    beyond: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and its worth for a question.

    ``score`` tells how well it fits; ``support`` is the log-odds that it answers the question.
    """

    sentence: Sentence
    found: Found
    features: Features
    score: float
    support: float

    @property
    def rank(self) -> float:
        """What it is ranked by: its score, and a little of its support."""
        return self.score + EVIDENCE["support"] * self.support


_SHORTEST = 4
"""Characters; a shorter line is a label and answers nothing."""
_LABEL = 20
"""Characters up to which a line may be a label, such as the name of an operation."""
_ADDRESS = re.compile(r"(?:\d+ )?(?:www\.|https?:)")
_OF_ADDRESS = re.compile(
    r"网站|网址|网页|链接|上网|网上|\b(?:website|web|url|link|online|address)\b"
)
"""An address, and the words of a question that one answers."""
_POSTED = re.compile(
    r"[登放发刊贴挂看查找][^，。？]{0,4}(?:哪|什么地方|何处)|[在到从]哪[^，。？]{0,5}[登放发刊贴挂看查找]|"
    r"\bwhere\b.*\b(?:post|publish|put up|find|found|see|read|appear|show up|available)|"
    r"\bpublished\b"
)
_REGION = re.compile(
    r"(?:拉丁美洲|加勒比|非洲|亚洲|中亚|东南亚|中东|欧洲|南美|太平洋)(?=(?:和[^，。]{2,4})?(?:各国|国家))"
)
"""Regions whose states are meant where it is asked which."""
_WEBSITE = re.compile("网站|网页")
"""Asks where something is published, and where that may be."""
ALL_WORDS = 0.99
"""Share of the words of a question that are all of them."""
_NEW = 2.0
_NOTED = 0.6
"""What words of the notes count beside a sentence's own where its subject is all that is asked."""
_QUOTATION = re.compile(r"“([^”]{4,})”")
_FUNCTION = frozenset(
    "的了在是和与把被从到对为将也就又才于之所着过得地来去要会能可应吗呢吧啊么个这那其它他她们哪几多少什怎"
    "有没不都还最很更再以及或但而且若如因由向给让使用等上下里中内外前后时些"
)


_RANKING = tuple(EVIDENCE.get(name, 0.0) for name in Features._fields)
_SUPPORTING = tuple(SUPPORT[name] for name in Features._fields)


class Terms:
    """The terms of a question's focus with their weights; those after a colon count double.

    A follow-up stands after the topic that it was given, and asks for what is new in it.
    """

    def __init__(self, focus: str, knowledge: Knowledge) -> None:
        terms = filter(_tells, knowledge.searcher.terms(focus))
        new = knowledge.searcher.terms(focus.rpartition(":")[2])
        self.weights = {
            term: knowledge.weight(term) * (_NEW if term in new else 1.0) for term in terms
        }
        self.total = fsum(self.weights.values())
        self._asked = frozenset(self.weights)

    def without(self, held: frozenset[str]) -> "Terms":
        """Return these terms without some of them."""
        rest = copy(self)
        rest.weights = {term: w for term, w in self.weights.items() if term not in held}
        rest.total = fsum(rest.weights.values())
        rest._asked = frozenset(rest.weights)
        return rest

    def of(self, text: frozenset[str]) -> frozenset[str]:
        """Return the terms asked for that a text holds."""
        return self._asked & text

    def coverage(self, held: frozenset[str]) -> float:
        """Return the weighted share of the terms that a text holds, 0 for a question without."""
        if not self.total:
            return 0.0
        return fsum(map(self.weights.__getitem__, self._asked & held)) / self.total


def _terms_of(asked: Understanding, knowledge: Knowledge) -> Terms:
    """Return the terms of a question's focus, or of the names asked about if it has no others."""
    terms = Terms(asked.focus or asked.normalised, knowledge)
    if terms.total or not asked.entities:
        return terms
    text = asked.normalised
    about = (one for one in knowledge.names.find(text) if one.key.lower() in asked.entities)
    return Terms(" ".join(text[one.start : one.end] for one in about), knowledge)


def _tells(term: str) -> bool:
    """Tell whether a term carries meaning: no lone character, no pair with a function word."""
    if len(term) == 1:
        return False
    return len(term) != 2 or not _FUNCTION.intersection(term)


def weighed(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> list[Evidence]:
    """Return the sentences of the passages found as evidence, in the order of the passages."""
    scale = _Scale(asked, found, knowledge)
    return [
        one
        for candidate in found
        if candidate.passage.kind != "header"
        for one in scale.weigh(candidate)
    ]


class _Scale:
    """What every sentence is weighed against: all that one question and its candidates decide."""

    def __init__(self, asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> None:
        self._text, self._want, self._named = asked.text, asked.want, asked.named
        self._view = asked.want == "view" and asked.aim == "lookup"
        self._own = asked.normalised.rpartition(":")[2]
        self._knowledge = knowledge
        self._terms = _terms_of(asked, knowledge)
        self._numbers = patterns.NUMBER.findall(asked.normalised)
        self._entities = asked.entities
        self._context = asked.context
        self._follows = asked.follows
        self._quotations = [content(match) for match in _QUOTATION.findall(asked.text)]
        self._said = content(asked.text)
        self._best = found[0].score if found else 0.0
        own = asked.text.rpartition("：")[2]
        wordings = tuple(dict.fromkeys((asked.text, own or asked.text)))
        self._alike = knowledge.answered.closest(wordings, asked.want)
        gaps = knowledge.open.closest(wordings, asked.want)
        self._open = max((gaps.get(one.passage.id, 0.0) for one in found), default=0.0)
        telling = filter(_tells, knowledge.searcher.terms(own or asked.text))
        self._beyond = knowledge.beyond.of(frozenset(telling), asked.want)
        self._rival = _rival(asked, knowledge)

    def weigh(self, found: Found) -> Iterator[Evidence]:
        """Yield the sentences of one passage as evidence."""
        passage, knowledge, terms = found.passage, self._knowledge, self._terms
        sentences = knowledge.sentences[passage.id]
        held = [terms.of(sentence.terms) for sentence in sentences]
        whole = terms.of(knowledge.above[passage.id]).union(*held)
        context = terms.coverage(whole)
        noted = terms.coverage(whole | terms.of(knowledge.noted[passage.id]))
        numbers = _missing(self._numbers, knowledge.numbers[passage.id])
        entities = _missing(self._entities, knowledge.named[passage.id])
        cited = float(passage.id in self._context and entities < 1)
        lag = EVIDENCE["lag"] * max(0.0, self._best - found.score)
        similarities = found.sentences or (found.dense,) * len(sentences)
        alike = self._alike.get(passage.id, 0.0)
        noted_for = found.answers or (found.asked,) * len(sentences)
        prior = 0.0
        for sentence, own, similarity, answers in zip(
            sentences, held, similarities, noted_for, strict=True
        ):
            coverage = terms.coverage(own)
            if self._may_answer(sentence) or len(sentences) == 1:
                features = Features(
                    coverage,
                    context,
                    noted,
                    similarity,
                    found.dense,
                    found.asked,
                    numbers,
                    entities,
                    max(coverage, _NOTED * noted) if self._view else self._fit(sentence, answers),
                    prior,
                    self._rival,
                    self._holds_quotation(sentence),
                    cited,
                    answers,
                    alike,
                    self._open,
                    self._beyond[passage.id],
                )
                score = sum(map(mul, _RANKING, features)) - lag
                support = sum(map(mul, _SUPPORTING, features)) + SUPPORT["bias"]
                yield Evidence(sentence, found, features, score, support)
            prior = coverage

    def _may_answer(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is more than a label or a table's header, and none that the
        question names.

        A follow-up may point at a label of the list just given.
        """
        passage = sentence.passage
        if passage.kind == "table" and passage.sentences[-len(passage.rows)][0] == sentence.start:
            return False
        if _ADDRESS.match(sentence.text) and not _OF_ADDRESS.search(self._own):
            return False
        length = len(sentence.text)
        return length > _SHORTEST and (
            length > _LABEL or self._follows or sentence.content not in self._said
        )

    def _fit(self, sentence: Sentence, answers: float) -> float:
        stated = EVIDENCE["stated"]
        noted_for = self._knowledge.noted_for
        if answers >= stated and noted_for(self._text, sentence, self._want, stated):
            return 1.0
        if self._want == "country" and not (self._named or means_another(self._own)):
            return 1.0
        if self._want in ("place", "country"):
            if _WEBSITE.search(sentence.text) and _POSTED.search(self._own):
                return 1.0
            regions = _REGION.findall(sentence.text) if self._want == "country" else ()
            return float(any(place not in self._own for place in (*sentence.places, *regions)))
        return fit(sentence.text, self._want, self._own)

    def _holds_quotation(self, sentence: Sentence) -> float:
        if not self._quotations:
            return 0.0
        text = sentence.content
        return float(any(one and (one in text or text in one) for one in self._quotations))


def _rival(asked: Understanding, knowledge: Knowledge) -> float:
    """Return how much closer than the named respondents' passages the best of the others is."""
    if not asked.named or asked.aim == "survey":
        return 0.0
    return knowledge.searcher.outside(asked.focus or asked.normalised, asked.named)


def _missing(asked: Sequence[str], held: frozenset[str]) -> float:
    """Return the share of what is asked for that is not held."""
    return sum(one not in held for one in asked) / len(asked) if asked else 0.0
