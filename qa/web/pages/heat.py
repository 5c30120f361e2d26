"""The matrix as a table in which a darker cell holds more, and the quotes of one cell."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from markupsafe import Markup

from corpus import Respondent
from corpus.notes_types import Act, Topic
from qa.render import reader_url
from qa.web.pages.frame import EMPTY, in_language
from qa.web.pages.matrix import Matrix, Quote
from qa.web.pages.texts import PageTexts
from qa.web.words import Names, place

TABLE = Markup("""\
<table class="heat" data-quotes="quotes">
<caption class="off-screen">{caption}</caption>
<thead>
<tr><td></td>{kinds}<td></td></tr>
<tr><th scope="col" class="corner">{corner}</th>{columns}<th scope="col" class="sum">\
<span>{total}</span></th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
""")
KIND = Markup('<th scope="colgroup" colspan="{}" class="group">{}</th>')
COLUMN = Markup(
    '<th scope="col" class="{edge}"><a href="{href}" title="{name}" aria-label="{name}">'
    "{shown}</a></th>"
)
ROW = Markup('<tr><th scope="row" title="{}">{}</th>{}<td class="sum">{}</td></tr>')
CELL = Markup(
    '<td class="{edge}"><a class="cell level-{level}" href="{href}" aria-label="{label}"{current}>'
    "{count}</a></td>"
)
NOTHING = Markup('<td class="{}"></td>')
CURRENT = Markup(' aria-current="true"')
QUOTES = Markup(
    '<section class="quotes" id="quotes" aria-label="{}" tabindex="-1" aria-live="polite">{}'
    "</section>"
)
CHOSEN = Markup(
    '<h2><span class="who">{}</span> {}</h2><p class="count">{}</p>{}<p class="note">{}</p>'
)
QUOTE = Markup(
    '<article class="quote"><blockquote lang="zh-Hans">{text}</blockquote>'
    '<p class="from">{place} <a href="..{url}">{read}</a></p>{objects}</article>'
)
OBJECTS = Markup('<p class="objects">{}</p>')
OBJECT = Markup('<span class="object">{}</span>')
NEGATED = Markup('<span class="object negated">{}</span>')
LEVELS = (2, 3, 4, 6)
"""From so many quotes on, a cell is one shade darker."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One cell: a row of the matrix and a respondent."""

    row: Topic | Act
    respondent: Respondent


def choose(shown: Matrix, row: str, code: str) -> Choice | None:
    """Return the cell of that name, if there is one."""
    rows = {one.id: one for one in shown.rows}
    respondents = {one.code: one for one in shown.respondents}
    known = row in rows and code in respondents
    return Choice(rows[row], respondents[code]) if known else None


@dataclass(frozen=True, slots=True)
class Heat:
    """Writes a matrix in one language of the interface."""

    shown: Matrix
    texts: PageTexts
    names: Names
    home: str
    """The reader's address, from the root of the site."""

    def table(self, chosen: Choice | None) -> Markup:
        """Return the table."""
        texts, shown = self.texts, self.shown
        topics = shown.by == "topics"
        groups = [
            (kind, list(members))
            for kind, members in groupby(shown.respondents, key=lambda one: one.kind)
        ]
        return TABLE.format(
            caption=texts.topics if topics else texts.acts,
            kinds=_each(
                KIND.format(len(members), texts.sections[kind]) for kind, members in groups
            ),
            corner=texts.topic if topics else texts.act,
            columns=_each(self._column(one) for one in shown.respondents),
            total=texts.total,
            rows=_each(self._row(row, chosen) for row in shown.rows),
        )

    def quotes(self, chosen: Choice | None) -> Markup:
        """Return what the panel shows: the sentences of a cell, each as the report has it."""
        texts = self.texts
        if chosen is None:
            empty = Markup("<h2>{}</h2><p>{}</p>").format(texts.quotes, texts.quotes_empty)
            return QUOTES.format(texts.quotes, empty)
        quotes = self.shown.quotes(chosen.row.id, chosen.respondent.code)
        written = _each(self._quote(quote) for quote in quotes)
        name, label = self._name(chosen.respondent), self._label(chosen.row)
        body = CHOSEN.format(
            name,
            label,
            self._counted(chosen, len(quotes)),
            written or Markup("<p>{}</p>").format(texts.quotes_none),
            texts.unofficial,
        )
        return QUOTES.format(f"{name} {label}", body)

    def address(self, row: str, code: str) -> str:
        """Return the address of a cell, from the explorer's own."""
        query = urlencode({"by": self.shown.by, "row": row, "respondent": code})
        return in_language(f"?{query}#quotes", self.texts)

    def _column(self, respondent: Respondent) -> Markup:
        address = ".." + in_language(f"{self.home}#{respondent.code}", self.texts)
        name = self._name(respondent)
        short = self._english and respondent.kind == "organisation"
        return COLUMN.format(
            edge=self._edge(respondent),
            href=address,
            name=name,
            shown=respondent.code if short else name,
        )

    def _row(self, row: Topic | Act, chosen: Choice | None) -> Markup:
        cells = _each(self._cell(row, one, chosen) for one in self.shown.respondents)
        definition = row.definition if isinstance(row, Act) else self._definition(row)
        return ROW.format(definition, self._label(row), cells, self.shown.count(row.id))

    def _cell(self, row: Topic | Act, respondent: Respondent, chosen: Choice | None) -> Markup:
        count = len(self.shown.quotes(row.id, respondent.code))
        edge = self._edge(respondent)
        if not count:
            return NOTHING.format(edge)
        here = Choice(row, respondent)
        return CELL.format(
            edge=edge,
            level=bisect_right(LEVELS, count) + 1,
            href=self.address(row.id, respondent.code),
            label=self._counted(here, count),
            current=CURRENT if here == chosen else EMPTY,
            count=count,
        )

    def _quote(self, quote: Quote) -> Markup:
        named = [
            OBJECT.format((one.acronym or one.en) if self._english else one.name)
            for one in quote.objects
        ]
        denied = [NEGATED.format(self.texts.negated)] if quote.negated else []
        objects = _each([*denied, *named])
        return QUOTE.format(
            text=quote.text,
            place=" · ".join(place(quote.passage, self.texts.chat)),
            objects=OBJECTS.format(objects) if objects else EMPTY,
            url=in_language(reader_url(quote.passage, quote.start, quote.end), self.texts),
            read=self.texts.in_reader,
        )

    def _counted(self, cell: Choice, count: int) -> str:
        form = self.texts.cell_topics if self.shown.by == "topics" else self.texts.cell_acts
        name, label = self._name(cell.respondent), self._label(cell.row)
        return form.format(name=name, label=label, count=count)

    def _edge(self, respondent: Respondent) -> str:
        """Return a class for the column at which the organisations begin."""
        first = next((one for one in self.shown.respondents if one.kind == "organisation"), None)
        return "first" if respondent == first else ""

    def _name(self, respondent: Respondent) -> str:
        return self.names.of(respondent.code, respondent.name, self.texts.chat)

    def _label(self, row: Topic | Act) -> str:
        return row.en if self._english else row.zh

    def _definition(self, topic: Topic) -> str:
        return topic.definition_en if self._english else topic.definition_zh

    @property
    def _english(self) -> bool:
        return self.texts.chat.lang == "en"


def _each(written: Iterable[Markup]) -> Markup:
    return Markup("").join(written)
