"""One passage of the report as HTML: heading, paragraph, list or table, footnotes, tools."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus import Passage, Reply, Report
from corpus.notes_types import Notes
from corpus.types import PageStart, Span
from qa.web.pages.runs import Setting, lines, note_number, set_passage
from qa.web.pages.texts import PageTexts
from qa.web.words import Names, day

PAGE = Markup('<a class="page" id="page-{0}" href="#page-{0}" tabindex="-1"><span>{1}</span></a>')
PASSAGE = Markup(
    '<div class="passage {kind}" id="{id}" tabindex="-1">{mark}{number}{body}{gloss}{tools}</div>'
)
NUMBER = Markup('<a class="number" href="#{}" title="{}" aria-label="{}" tabindex="-1">{}</a>')
TOOLS = Markup(
    '<p class="tools"><button type="button" class="copy" data-reference="{}">{}</button></p>'
)
GLOSS = Markup('<p class="gloss" lang="en">{}</p>')
FOOTNOTE = Markup(
    '<p class="footnote" id="note-{0}" role="doc-footnote">{1} '
    '<a href="#note-{0}-mark" role="doc-backlink" aria-label="{2}">↩</a></p>'
)
HEADING = Markup("<h{0}>{1}</h{0}>")
PARAGRAPH = Markup("<p>{}</p>")
ITEM = Markup("<li>{}</li>")
ITEMS = Markup('<ul class="{}">{}</ul>')
TABLE = Markup("<table><thead>{}</thead><tbody>{}</tbody></table>")
COLUMN = Markup('<th scope="col" class="{}">{}</th>')
CELL = Markup('<td class="{}">{}</td>')
ROW = Markup('<tr class="{}">{}</tr>')
NAME = Markup('<h3>{} <span class="other" lang="en">{}</span></h3>')
ABOUT = Markup('<p class="about" lang="{}">{}</p>')
TAG = Markup('<span class="kind {}">{}</span>')
DATELINE = Markup('<div class="dateline">{}<p class="printed">{}</p></div>')
LABEL = re.compile(r"\([a-z0-9]{1,3}\) |\d+[.、] ")
NUMERIC = re.compile(r"[\d .,]+")
FIRST_LEVEL = 4
LAST_LEVEL = 6
"""Sub-headings stand below the title, the section and the respondent."""
Marks = Mapping[str, Mapping[int, int]]


def page_marks(report: Report) -> dict[str, dict[int, int]]:
    """Return where each page begins for the first time: page by offset, by passage id."""
    marks: dict[str, dict[int, int]] = {}
    last = 0
    for passage in report.passages:
        for offset, page in starts(passage):
            if page > last:
                marks.setdefault(passage.id, {})[offset] = page
                last = page
    return marks


def starts(passage: Passage) -> tuple[PageStart, ...]:
    """Return where the pages of a passage begin."""
    return passage.page_starts or ((0, passage.pages[0]),)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes passages in one language of the interface."""

    texts: PageTexts
    names: Names
    notes: Notes
    marks: Marks
    replies: Mapping[str, Reply]

    def passage(self, passage: Passage, numbered: bool = True) -> Markup:
        """Return a passage; ``numbered`` shows its paragraph's number beside it."""
        marks = {at: self._page(page) for at, page in self.marks.get(passage.id, {}).items()}
        mark = marks.pop(0, Markup(""))
        below = lines(passage.text, _headings_end(passage))
        notes = [line for line in below[1:] if _is_note(passage, line)]
        setting = set_passage(passage, marks, notes, self.texts.chat.lang[:2])
        if passage.kind == "header":
            written = self._header(passage, setting, below)
        else:
            body = [line for line in below if line not in notes]
            written = _headings(passage, setting) + _body(passage, setting, body)
        return PASSAGE.format(
            kind=passage.kind,
            id=passage.id,
            mark=mark,
            number=self._number(passage) if numbered else "",
            body=written + self._footnotes(passage, setting, notes),
            gloss=self._gloss(passage),
            tools=self._tools(passage),
        )

    def _page(self, page: int) -> Markup:
        return PAGE.format(page, self.texts.chat.page.format(page))

    def _number(self, passage: Passage) -> Markup:
        """Return the paragraph's number, where the report prints none itself."""
        if not passage.paragraph or passage.respondent_kind == "introduction":
            return Markup("")
        label = self.texts.permalink.format(passage.paragraph)
        return NUMBER.format(passage.id, label, label, passage.paragraph)

    def _tools(self, passage: Passage) -> Markup:
        return TOOLS.format(self.reference(passage), self.texts.copy)

    def reference(self, passage: Passage) -> str:
        """Return the passage's place in the form that the United Nations cites in."""
        name = self.names.of(passage.code, passage.respondent, self.texts.chat)
        pages = "–".join(str(one) for one in dict.fromkeys((passage.pages[0], passage.pages[-1])))
        return self.texts.reference.format(symbol=passage.symbol, pages=pages, name=name)

    def _gloss(self, passage: Passage) -> Markup:
        note = self.notes.of(passage.id)
        shown = note is not None and passage.kind != "header" and self.texts.gloss
        return GLOSS.format(" ".join(note.gloss)) if note and shown else Markup("")

    def _header(self, passage: Passage, setting: Setting, parts: Sequence[Span]) -> Markup:
        """Return a reply's heading: the section that begins with it, the name, what is printed."""
        if passage.respondent_kind == "introduction":
            return Markup("").join(HEADING.format(2, setting.html(*one)) for one in parts)
        *sections, name, original, date = parts
        reply = self.replies[passage.code]
        return (
            Markup("").join(HEADING.format(2, setting.html(*one)) for one in sections)
            + NAME.format(setting.html(*name), reply.respondent.name_en)
            + DATELINE.format(self.about(reply), setting.html(original[0], date[1]))
        )

    def about(self, reply: Reply) -> Markup:
        """Return what a reply is: kind, translation note, date and pages."""
        texts, chat = self.texts, self.texts.chat
        kind = reply.respondent.kind
        language = reply.original_language or ""
        shown = chat.languages.get(language, language)
        pages = "–".join(str(one) for one in dict.fromkeys((reply.pages[0], reply.pages[-1])))
        parts = [
            TAG.format(kind, texts.kinds[kind]),
            chat.original.format(shown) if shown else chat.original_unknown,
            day(reply.date, chat),
            (chat.pages if len(reply.pages) > 1 else chat.page).format(pages),
        ]
        return ABOUT.format(chat.lang, Markup(" · ").join(part for part in parts if part))

    def _footnotes(self, passage: Passage, setting: Setting, notes: Sequence[Span]) -> Markup:
        back = self.texts.note_back
        return Markup("").join(
            FOOTNOTE.format(note_number(passage.text[slice(*one)]), setting.html(*one), back)
            for one in notes
        )


def _headings_end(passage: Passage) -> int:
    """Return where the sub-headings above a passage's body end."""
    return passage.sentences[0][0] if passage.sentences and passage.kind != "header" else 0


def _headings(passage: Passage, setting: Setting) -> Markup:
    above = [line for line in lines(passage.text) if line[1] <= _headings_end(passage)]
    return Markup("").join(
        HEADING.format(_level(passage, passage.text[slice(*line)].strip()), setting.html(*line))
        for line in above
    )


def _body(passage: Passage, setting: Setting, parts: Sequence[Span]) -> Markup:
    if passage.kind == "table":
        return _table(passage, setting, parts)
    if passage.kind == "list":
        return _list(passage, setting, parts)
    return Markup("").join(PARAGRAPH.format(setting.html(*part)) for part in parts)


def _is_note(passage: Passage, line: Span) -> bool:
    numbered = note_number(passage.text[slice(*line)]) is not None
    return passage.kind == "paragraph" and numbered


def _level(passage: Passage, heading: str) -> int:
    """Return the level of a sub-heading: how deep it lies in the path of headings."""
    depth = passage.heading.index(heading) if heading in passage.heading else 0
    return min(FIRST_LEVEL + depth, LAST_LEVEL)


def _list(passage: Passage, setting: Setting, parts: Sequence[Span]) -> Markup:
    """Return a list; the line that ends in a colon leads in, unless an earlier passage did."""
    first = passage.text[slice(*parts[0])].rstrip()
    leads = first.endswith("：") and not passage.lead
    items = parts[1:] if leads else parts
    labelled = all(LABEL.match(passage.text, start) for start, _ in items)
    lead = PARAGRAPH.format(setting.html(*parts[0])) if leads else Markup("")
    written = Markup("").join(ITEM.format(setting.html(*one)) for one in items)
    return lead + ITEMS.format("labelled" if labelled else "plain", written)


def _table(passage: Passage, setting: Setting, parts: Sequence[Span]) -> Markup:
    templates = [COLUMN] + [CELL] * (len(passage.rows) - 1)
    head, *rows = [
        ROW.format("total" if row.total else "", _cells(setting, line, row.cells, template))
        for line, row, template in zip(parts, passage.rows, templates, strict=True)
    ]
    return TABLE.format(head, Markup("").join(rows))


def _cells(setting: Setting, line: Span, cells: Sequence[str], template: Markup) -> Markup:
    """Return the cells of a row; each takes the blanks up to the next, so that none is lost."""
    items = [
        (column, item) for column, cell in enumerate(cells) for item in cell.split("\n") if item
    ]
    begins, at = [], line[0]
    for _, item in items:
        begins.append(setting.text.index(item, at, line[1]))
        at = begins[-1] + len(item)
    written: list[list[Markup]] = [[] for _ in cells]
    for (column, _), begin, end in zip(items, begins, [*begins[1:], line[1]], strict=True):
        written[column].append(setting.html(begin, end))
    return Markup("").join(
        template.format("amount" if NUMERIC.fullmatch(cell) else "", Markup("<br>").join(parts))
        for cell, parts in zip(cells, written, strict=True)
    )
