"""Quotations as lines of an answer: who says it, the words, and for English readers a gloss."""

from corpus import Passage
from corpus.types import Span
from qa.draft import Writer
from qa.evidence import Evidence
from qa.knowledge import Knowledge
from qa.wording import name_of, phrase


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


def quote_evidence(writer: Writer, knowledge: Knowledge, one: Evidence) -> int:
    """Write a sentence that was chosen as evidence."""
    sentence = one.sentence
    return quote(writer, knowledge, sentence.passage, (sentence.start, sentence.end))


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
