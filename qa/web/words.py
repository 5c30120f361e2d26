"""Small pieces of display text, escaped, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from html import escape as _escape
from urllib.parse import quote

from corpus import Passage, Report
from index.names import NameFinder
from index.text import normalise
from qa.types import Citation
from qa.web.texts import Texts

NEAREST = 5
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def escape(text: str) -> str:
    """Return text as HTML of one line, in which neither HTML nor Markdown means anything."""
    return _escape(text).replace("\r", "").replace("\n", "<br>")


@dataclass(frozen=True, slots=True)
class Choice:
    """Several respondents that can be chosen at once."""

    value: str
    name: str
    name_en: str
    codes: tuple[str, ...]


def groups(report: Report) -> tuple[Choice, ...]:
    """Return the governments, the organisations, and the groups that the report's sidecar names."""

    def of(kind: str) -> tuple[str, ...]:
        return tuple(one.code for one in report.respondents if one.kind == kind)

    named = (Choice(f"@{one.id}", one.name, one.name_en, one.codes) for one in report.groups)
    return (
        Choice("@governments", "各国政府", "Governments", of("government")),
        Choice("@organisations", "国际组织", "International organisations", of("organisation")),
        *named,
    )


class Names:
    """Respondents' names in the reader's language, and the respondents that a text names."""

    def __init__(self, report: Report) -> None:
        self._english = {
            reply.respondent.code: reply.respondent.name_en for reply in report.replies
        }
        self._printed = {reply.respondent.code: reply.respondent.name for reply in report.replies}
        self._finder = NameFinder(
            {spelling: one.code for one in report.respondents for spelling in one.spellings}
        )

    def of(self, code: str, printed: str, texts: Texts) -> str:
        """Return the English name where the interface is English, else the printed one."""
        return self._english.get(code, printed) if texts.lang == "en" else printed

    def printed(self, code: str) -> str:
        """Return the name that the report prints."""
        return self._printed.get(code, code)

    def named(self, text: str) -> tuple[str, ...]:
        """Return the codes of the respondents that a text names, in its order."""
        found = self._finder.find(normalise(text))
        return tuple(dict.fromkeys(name.key for name in found))


def day(when: date | None, texts: Texts) -> str:
    """Return a date as it is written in the language."""
    if when is None:
        return ""
    if texts.lang == "en":
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"


def place(passage: Passage, texts: Texts) -> tuple[str, ...]:
    """Return page and paragraph; a reply's heading lines are in no paragraph."""
    pages = "–".join(str(one) for one in dict.fromkeys((passage.pages[0], passage.pages[-1])))
    where = (texts.pages if len(passage.pages) > 1 else texts.page).format(pages)
    return (where, texts.paragraph.format(passage.paragraph)) if passage.paragraph else (where,)


def origin(passage: Passage, texts: Texts) -> tuple[str, ...]:
    """Return what the text is a translation of, and the reply's date."""
    language = passage.original_language
    shown = texts.languages.get(language, language) if language else ""
    note = texts.original.format(shown) if shown else texts.original_unknown
    return tuple(part for part in (note, day(passage.date, texts)) if part)


def whereabouts(passage: Passage, name: str, texts: Texts) -> str:
    """Return symbol, page, respondent and paragraph, as a reference names them."""
    page, *paragraph = place(passage, texts)
    parts = [passage.symbol, page, name, *paragraph]
    if texts.lang == "en":
        return ", ".join(parts)
    return "，".join(part if part == name else part.replace(" ", "") for part in parts)


def reference(citation: Citation, name: str, texts: Texts) -> str:
    """Return one citation as plain text, as it is pasted into a note."""
    where = whereabouts(citation.passage, name, texts)
    if texts.lang == "en":
        return f"[{citation.n}] “{citation.quote}” ({where})"
    return f"[{citation.n}] “{citation.quote}”（{where}）"


def reader_link(passage: Passage, span: tuple[int, int] | None, texts: Texts) -> str:
    """Return where the reader shows a passage, a span of it lit, relative to the chat's page."""
    report = quote(passage.id.split("/")[0])
    given = [f"start={span[0]}", f"end={span[1]}"] if span else []
    given += ["lang=en"] if texts.lang == "en" else []
    query = f"?{'&amp;'.join(given)}" if given else ""
    return f"../reader/{report}{query}#{quote(passage.id)}"


def copying(text: str, label: str) -> str:
    """Return a button that copies the text beside it, which is there but not shown."""
    source = _escape(text).replace("\n", "&#10;")
    return (
        f'<span class="copying"><button type="button" class="act copy" title="{label}">{label}'
        f'</button><span class="copy-text" hidden>{source}</span></span>'
    )
