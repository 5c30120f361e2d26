"""Quotations as lines of an answer: who says it, the words, and for English readers a gloss."""

import re
from collections.abc import Sequence

from corpus import Passage
from corpus.types import Span
from qa.draft import Writer
from qa.evidence import ALL_WORDS, Evidence, Terms
from qa.knowledge import Knowledge, Sentence
from qa.tuning import LOOKUP
from qa.turns import ORDINAL, pick
from qa.understand import Understanding
from qa.wording import name_of, phrase

_OPEN = frozenset({"any", "how", "list", "name", "view", "what"})
"""What is asked for where the headings that a lead-in leads to belong to the answer."""
_REFERS_BACK = re.compile(r"(?:这个|这一|该|此|这些|上述)问题|这一(?:空白|作用)|^通过这次")
"""What a sentence calls a subject that only the sentence before it names."""
_CONCLUDES = re.compile(r"^(?:因此|正因为如此|为此|所以)")
"""Opens a sentence whose reason stands before it."""


def quote(writer: Writer, knowledge: Knowledge, passage: Passage, span: Span) -> int:
    """Write one quotation with its mark and return the citation's number."""
    respondent = knowledge.respondents[passage.code]
    n = writer.cite(passage, span)
    line = phrase(
        "quoted",
        writer.language,
        who=name_of(respondent, writer.language),
        quote=passage.text[slice(*span)],
    )
    gloss = gloss_of(knowledge, passage, span)
    if writer.language == "en" and gloss:
        line += " " + phrase("gloss", "en", text=gloss)
    writer.say(line, [n], passage.code)
    return n


def gloss_of(knowledge: Knowledge, passage: Passage, span: Span) -> str:
    """Return the unofficial English of the sentences inside a span, or nothing."""
    note = knowledge.notes.of(passage.id)
    if note is None:
        return ""
    lines = [
        line
        for (start, end), line in zip(passage.sentences, note.gloss, strict=True)
        if span[0] <= start and end <= span[1]
    ]
    return " ".join(lines)


def quoted_spans(
    asked: Understanding, chosen: Sequence[Evidence], knowledge: Knowledge
) -> list[tuple[Passage, Span]]:
    """Return what is quoted, each place once: sentences, each with the one that it refers back to,
    or a whole list where one is asked for, or the one item of a list that is asked for by number.
    """
    spans: list[tuple[Passage, Span]] = []
    for one in chosen:
        sentence = one.sentence
        passage = sentence.passage
        span = (sentence.start, sentence.end)
        is_lead = sentence.text.endswith("：")
        wanted = is_lead or (asked.want == "list" and not _is_long(passage))
        listed = _whole_list(passage)
        if (
            passage.kind == "list"
            and listed[0] <= sentence.start
            and (wanted or is_headed(asked, one, knowledge))
        ):
            span = listed
            if item := pick(asked.normalised, _items(passage, listed)):
                span = item
                if len(ORDINAL.findall(asked.normalised)) == 1:
                    return [(passage, item)]
        elif _leans_back(asked, sentence.text):
            spans += _before(sentence, knowledge)
        spans.append((passage, span))
        if is_lead and span == passage.sentences[-1] and asked.want in _OPEN:
            spans += _headings_after(passage, knowledge)
    return [one for one in dict.fromkeys(spans) if not any(_is_within(one, it) for it in spans)]


def _headings_after(passage: Passage, knowledge: Knowledge) -> list[tuple[Passage, Span]]:
    """Return the headings of the passages below one that leads into them, each once."""
    passages = knowledge.replies[passage.code].passages
    headings, last = [], passage.heading
    for below in passages[passages.index(passage) + 1 :]:
        if len(below.heading) <= len(passage.heading):
            break
        heading = below.heading[-1]
        if below.heading != last and below.text.startswith(heading):
            headings.append((below, (0, len(heading))))
        last = below.heading
    return headings


def _is_within(one: tuple[Passage, Span], other: tuple[Passage, Span]) -> bool:
    """Tell whether a place is a part of another."""
    (passage, (start, end)), (whole, (first, last)) = one, other
    return passage is whole and (start, end) != (first, last) and first <= start and end <= last


def is_headed(asked: Understanding, one: Evidence, knowledge: Knowledge) -> bool:
    """Tell whether all that a question asks about is the heading of a passage."""
    terms = Terms(asked.focus, knowledge)
    heading = " ".join(one.sentence.passage.heading[-1:])
    return terms.total > 0 and terms.coverage(knowledge.searcher.terms(heading)) >= ALL_WORDS


def _leans_back(asked: Understanding, text: str) -> bool:
    """Tell whether a sentence needs the one before it to be understood, or to give a reason."""
    reasons = asked.want == "reason" and _CONCLUDES.search(text)
    return bool(reasons or _REFERS_BACK.search(text))


def _before(sentence: Sentence, knowledge: Knowledge) -> list[tuple[Passage, Span]]:
    """Return the place of the sentence before another, in its passage or the paragraph above, if
    there is one.
    """
    passage = sentence.passage
    spans = [span for span in passage.sentences if span[1] <= sentence.start]
    if spans:
        return [(passage, spans[-1])]
    passages = knowledge.replies[passage.code].passages
    above = passages[passages.index(passage) - 1]
    same = above.kind == "paragraph" and above.heading == passage.heading
    return [(above, above.sentences[-1])] if same else []


def _is_long(passage: Passage) -> bool:
    """Tell whether the items of a list are whole paragraphs, each an answer of its own."""
    items = passage.sentences[1:] or passage.sentences
    length = sum(end - start for start, end in items)
    return length / len(items) > LOOKUP["long_item"] and length > LOOKUP["long_list"]


def _items(passage: Passage, listed: Span) -> list[Span]:
    """Return the spans of the items of a list, the sentence that leads into it left out."""
    spans = [span for span in passage.sentences if span[0] >= listed[0]]
    return spans[1:] if passage.text[spans[0][1] - 1] == "：" else spans


def _whole_list(passage: Passage) -> Span:
    """Return the span of a list with the sentence that leads into it."""
    leads = [span for span in passage.sentences if passage.text[span[1] - 1] == "："]
    return (leads[-1] if leads else passage.sentences[0])[0], passage.sentences[-1][1]
