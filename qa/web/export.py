"""A conversation to take away: as Markdown, and the table of a survey as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Report
from qa.types import MARK, Answer, Coverage, Stand
from qa.web.conversation import Conversation, Exchange
from qa.web.texts import Texts
from qa.web.words import Names, origin, place, reference

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
FORMULA = ("=", "+", "-", "@", "\t")
BOM = "\ufeff"
"""Without it, spreadsheets take UTF-8 for something else."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The report and the words that an export is made with."""

    report: Report
    names: Names
    texts: Texts

    def title(self) -> str:
        """Return the title of an exported conversation."""
        english = self.texts.lang == "en"
        title = self.report.title_en if english else self.report.title
        about = self.texts.export_title.format(self.report.symbol)
        return f"{about}{self.texts.colon}{title}"

    def references(self, answer: Answer) -> Iterator[str]:
        """Yield each citation with where it stands and what it is a translation of."""
        for one in answer.citations:
            passage = one.passage
            name = self.names.of(passage.code, passage.respondent, self.texts)
            whence = self.texts.comma.join(origin(passage, self.texts))
            yield f"{reference(one, name, self.texts)} {whence}"

    def stands(self, coverage: Coverage) -> Iterator[tuple[str, Stand]]:
        """Yield each respondent looked at with its stance in words."""
        groups = (
            (self.texts.says, coverage.says),
            (self.texts.otherwise, coverage.otherwise),
            (self.texts.silent, coverage.silent),
        )
        for stance, stands in groups:
            for stand in stands:
                yield stance, stand

    def name(self, stand: Stand) -> str:
        """Return a respondent's name."""
        return self.names.of(stand.code, stand.respondent, self.texts)

    def note(self, exchange: Exchange) -> str:
        """Return what stands in the place of an answer."""
        return exchange.error or self.texts.stopped_text


def to_markdown(conversation: Conversation, wording: Wording) -> str:
    """Return a conversation as Markdown; whatever was typed or quoted stays plain text."""
    parts = [f"# {_plain(wording.title())}"]
    for n, exchange in enumerate(conversation.exchanges, 1):
        parts.append(f"## {n}. {_plain(' '.join(exchange.question.split()))}")
        parts += _answer_parts(exchange, wording)
    return "\n\n".join(parts) + "\n"


def _answer_parts(exchange: Exchange, wording: Wording) -> Iterator[str]:
    answer = exchange.answer
    if answer is None:
        yield f"_{_plain(wording.note(exchange))}_"
        return
    texts = wording.texts
    if answer.resolved_question != answer.question:
        yield f"_{texts.resolved}{texts.colon}{_plain(answer.resolved_question)}_"
    yield from (_with_marks(line) for line in answer.text.splitlines() if line.strip())
    if answer.coverage is not None:
        rows = [f"| {texts.respondent} | {texts.stance} | {texts.cited} |", "| --- | --- | --- |"]
        rows += [
            f"| {_plain(wording.name(stand))} | {stance} | "
            f"{''.join(f'[{n}]' for n in stand.citations)} |"
            for stance, stand in wording.stands(answer.coverage)
        ]
        yield "\n".join(rows)
    if answer.citations:
        yield "\n".join(
            f"- {_with_marks(' '.join(one.split()))}" for one in wording.references(answer)
        )


def _plain(text: str) -> str:
    """Return text in which no character means anything to Markdown or HTML."""
    return SPECIAL.sub(r"\\\1", text)


def _with_marks(text: str) -> str:
    shown, end = [], 0
    for found in MARK.finditer(text):
        shown += [_plain(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join(shown) + _plain(text[end:])


def to_csv(answer: Answer, wording: Wording) -> str:
    """Return the table of a survey, a line for each citation and each silent respondent."""
    texts = wording.texts
    cited = {one.n: one for one in answer.citations}
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([texts.respondent, texts.stance, texts.quoted, "", texts.cited, ""])
    for stance, stand in wording.stands(answer.coverage or Coverage(0, (), (), ())):
        for n in stand.citations or (0,):
            row = [wording.name(stand), stance]
            if n in cited:
                passage = cited[n].passage
                where = ", ".join(place(passage, texts))
                row += [cited[n].quote, passage.symbol, where, ", ".join(origin(passage, texts))]
            table.writerow([_cell(one) for one in row])
    return BOM + out.getvalue()


def _cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
