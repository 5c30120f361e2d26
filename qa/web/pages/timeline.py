"""The replies in time: a picture with a row for each original language, and the same as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from corpus import Reply, Report
from qa.web.pages.frame import in_language
from qa.web.pages.texts import PageTexts
from qa.web.words import MONTHS, Names, day

WIDTH, LEFT, RIGHT = 1160, 96, 24
TOP, STEP, PAD = 34, 22, 12
"""Pixels: above the rows, between labels that would overlap, around the labels of a row."""
WIDE, NARROW = 13.5, 6.6
"""Pixels that a Chinese and a Latin character take."""
SVG = Markup("""\
<svg class="timeline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" \
role="group" aria-label="{label}">
{months}
{lanes}
</svg>
""")
MONTH = Markup(
    '<g class="month"><line x1="{0}" x2="{0}" y1="24" y2="{1}"/><text x="{2}" y="16">{3}</text></g>'
)
LANE = Markup(
    '<g class="lane"><line x1="0" x2="{}" y1="{}" y2="{}"/><text x="0" y="{}">{}</text>'
    '<text class="count" x="0" y="{}">{}</text></g>{}'
)
DOT = Markup(
    '<a class="dot {kind}" href="{href}"><title>{title}</title>{shape}'
    '<text x="{x}" y="{y}" text-anchor="{anchor}">{name}</text></a>'
)
CIRCLE = Markup('<circle cx="{}" cy="{}" r="5.5"/>')
SQUARE = Markup('<rect x="{}" y="{}" width="10" height="10" rx="1.5"/>')
TABLE = Markup("""\
<table class="replies">
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
""")
HEAD = Markup('<th scope="col">{}</th>')
ROW = Markup(
    '<tr><td><time datetime="{iso}">{date}</time></td>'
    '<th scope="row"><a href="{href}">{name}</a></th>'
    '<td><span class="kind {kind}">{label}</span></td><td>{language}</td>'
    '<td class="amount">{pages}</td><td class="amount">{passages}</td></tr>'
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A reply with its date, which the introduction alone has not."""

    reply: Reply
    when: date


@dataclass(frozen=True, slots=True)
class Label:
    """A dot and its name: where the dot is, and on which line of its row the name has room."""

    dated: Dated
    name: str
    x: float
    left: bool
    line: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as pixels from the left, whole months shown."""

    first: date
    last: date

    def x(self, when: date) -> float:
        """Return where a day lies."""
        begin = self.first.replace(day=1)
        days = (self.last - begin).days or 1
        return LEFT + (when - begin).days / days * (WIDTH - RIGHT - LEFT)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Draws the replies in one language of the interface."""

    report: Report
    texts: PageTexts
    names: Names
    home: str
    """The reader's address, from the root of the site."""

    def picture(self) -> Markup:
        """Return the picture."""
        dated = in_order(self.report)
        counts = Counter(one.reply.original_language or "" for one in dated)
        scale = Scale(dated[0].when, dated[-1].when)
        lanes, y = [], TOP
        for language, count in counts.most_common():
            mine = [one for one in dated if (one.reply.original_language or "") == language]
            labels = self.placed(mine, scale)
            lines = 1 + max(label.line for label in labels)
            height = 2 * PAD + STEP * max(lines, 2)
            lanes.append(self._lane(language, count, labels, y))
            y += height
        return SVG.format(
            width=WIDTH,
            height=y,
            label=self.texts.timeline,
            months=_each(self._month(first, scale, y) for first in months(scale)),
            lanes=_each(lanes),
        )

    def table(self) -> Markup:
        """Return the table."""
        texts = self.texts
        heads = (
            texts.date,
            texts.respondent,
            texts.kind,
            texts.language,
            texts.pages,
            texts.passages,
        )
        rows = [self._row(one) for one in in_order(self.report)]
        return TABLE.format(heads=_each(HEAD.format(head) for head in heads), rows=_each(rows))

    def placed(self, dated: Sequence[Dated], scale: Scale) -> list[Label]:
        """Return each label on the first line on which it overlaps no other."""
        taken: list[list[tuple[float, float]]] = []
        labels = []
        for one in dated:
            x = scale.x(one.when)
            name = self._name(one.reply)
            width = length(name) + 12
            left = x + width > WIDTH
            span = (x - width, x + 9) if left else (x - 9, x + width)
            line = next(
                (n for n, spans in enumerate(taken) if all(_apart(span, other) for other in spans)),
                len(taken),
            )
            if line == len(taken):
                taken.append([])
            taken[line].append(span)
            labels.append(Label(one, name, x, left, line))
        return labels

    def _lane(self, language: str, count: int, labels: Sequence[Label], y: int) -> Markup:
        shown = self.texts.chat.languages.get(language, language)
        dots = _each(self._dot(label, y + PAD + STEP * label.line + STEP // 2) for label in labels)
        return LANE.format(WIDTH, y, y, y + PAD + 15, shown, y + PAD + 33, count, dots)

    def _dot(self, label: Label, y: int) -> Markup:
        reply, texts = label.dated.reply, self.texts
        kind = reply.respondent.kind
        square = kind == "organisation"
        return DOT.format(
            kind=kind,
            href=self._address(reply),
            title=f"{texts.kinds[kind]} · {day(label.dated.when, texts.chat)}",
            shape=SQUARE.format(f"{label.x - 5:.1f}", y - 5)
            if square
            else CIRCLE.format(f"{label.x:.1f}", y),
            x=f"{label.x - 10 if label.left else label.x + 10:.1f}",
            y=y + 5,
            anchor="end" if label.left else "start",
            name=label.name,
        )

    def _month(self, first: date, scale: Scale, height: int) -> Markup:
        english = self.texts.chat.lang == "en"
        name = (
            f"{MONTHS[first.month - 1]} {first.year}"
            if english
            else f"{first.year}年{first.month}月"
        )
        x = round(scale.x(first), 1)
        return MONTH.format(x, height, x + 5, name)

    def _row(self, dated: Dated) -> Markup:
        reply, texts = dated.reply, self.texts
        language = reply.original_language or ""
        pages = dict.fromkeys((reply.pages[0], reply.pages[-1]))
        return ROW.format(
            iso=dated.when.isoformat(),
            date=day(dated.when, texts.chat),
            href=self._address(reply),
            name=self._name(reply),
            kind=reply.respondent.kind,
            label=texts.kinds[reply.respondent.kind],
            language=texts.chat.languages.get(language, language),
            pages="–".join(map(str, pages)),
            passages=len(reply.passages),
        )

    def _address(self, reply: Reply) -> str:
        return ".." + in_language(f"{self.home}#{reply.respondent.code}", self.texts)

    def _name(self, reply: Reply) -> str:
        return self.names.of(reply.respondent.code, reply.respondent.name, self.texts.chat)


def in_order(report: Report) -> list[Dated]:
    """Return the replies that bear a date, the earliest first."""
    dated = [Dated(reply, reply.date) for reply in report.replies if reply.date]
    return sorted(dated, key=lambda one: one.when)


def months(scale: Scale) -> Iterator[date]:
    """Return the first day of every month from the first reply to the last."""
    month = scale.first.replace(day=1)
    while month <= scale.last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def length(text: str) -> float:
    """Return about how many pixels a text takes."""
    return sum(WIDE if char > "\u2e80" else NARROW for char in text)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _each(written: Iterable[Markup]) -> Markup:
    return Markup("\n").join(written)
