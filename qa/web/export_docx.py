"""A conversation to take away as a Word document."""

import io
import re

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Pt

from qa.types import MARK, Answer, Coverage
from qa.web.conversation import Conversation
from qa.web.export import Wording

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML does not take."""
LATIN, CHINESE = "Times New Roman", "宋体"


def to_docx(conversation: Conversation, wording: Wording) -> bytes:
    """Return a conversation as DOCX, with a list of references under each answer."""
    paper = Document()
    _set_fonts(paper)
    paper.core_properties.author = "答复 Dafu"
    paper.core_properties.title = wording.title()
    paper.core_properties.comments = ""
    paper.add_heading(_clean(wording.title()), level=0)
    for n, exchange in enumerate(conversation.exchanges, 1):
        paper.add_heading(f"{n}. {_clean(exchange.question)}", level=1)
        if exchange.answer is None:
            _italic(paper, wording.note(exchange))
        else:
            _write(paper, exchange.answer, wording)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_fonts(paper: Paper) -> None:
    """Give every style used a Chinese face; Word would otherwise choose one by itself."""
    for name in ("Normal", "Title", "Heading 1", "List Number"):
        font = paper.styles[name].font
        font.name = LATIN
        font.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            font.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    paper.styles["Normal"].font.size = Pt(11)
    paper.styles["Title"].font.size = Pt(18)


def _write(paper: Paper, answer: Answer, wording: Wording) -> None:
    texts = wording.texts
    if answer.resolved_question != answer.question:
        _italic(paper, f"{texts.resolved}{texts.colon}{answer.resolved_question}")
    for line in answer.text.splitlines():
        if line.strip():
            _with_marks(paper, line)
    if answer.coverage is not None:
        _tabulate(paper, answer.coverage, wording)
    if answer.citations:
        paper.add_paragraph().add_run(texts.cited).bold = True
    for one in wording.references(answer):
        paragraph = paper.add_paragraph(_clean(one))
        paragraph.paragraph_format.left_indent = Pt(18)
        paragraph.paragraph_format.first_line_indent = Pt(-18)


def _tabulate(paper: Paper, coverage: Coverage, wording: Wording) -> None:
    texts = wording.texts
    table = paper.add_table(rows=0, cols=3, style="Table Grid")
    rows = [(texts.respondent, texts.stance, texts.cited)]
    for stance, stand in wording.stands(coverage):
        marks = "".join(f"[{n}]" for n in stand.citations)
        rows.append((wording.name(stand), stance, marks))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)


def _with_marks(paper: Paper, line: str) -> None:
    paragraph = paper.add_paragraph()
    end = 0
    for found in MARK.finditer(line):
        paragraph.add_run(_clean(line[end : found.start()]))
        paragraph.add_run(found[0]).font.superscript = True
        end = found.end()
    paragraph.add_run(_clean(line[end:]))


def _italic(paper: Paper, text: str) -> None:
    paper.add_paragraph().add_run(_clean(text)).italic = True


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text)
