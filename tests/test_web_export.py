"""A conversation taken away: as Markdown, as a Word document, and a survey's table as CSV."""

import csv
import io
import json
from dataclasses import replace

import docx
import pytest
from web_attacks import ATTACKS
from web_fakes import REPORT, FakeDafu
from web_live import serving

from qa.types import Question, Stand
from qa.web.conversation import Conversation
from qa.web.export import Wording, to_csv, to_markdown
from qa.web.export_docx import to_docx
from qa.web.kept import keep
from qa.web.texts import EN, ZH
from qa.web.words import Names

ZH_WORDING = Wording(REPORT, Names(REPORT), ZH)
EN_WORDING = Wording(REPORT, Names(REPORT), EN)


def asked(*questions):
    talk = Conversation()
    for one in questions:
        talk = talk.asking(one).answered(FakeDafu().invoke(Question(one, talk.history())))
    return talk


def words_of(data):
    paper = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [one.text for one in paper.paragraphs], cells


def test_markdown_holds_questions_answers_and_references():
    text = to_markdown(asked("问", "那呢？").asking("错").answered(None, "失败"), ZH_WORDING)
    assert text.startswith("# 关于 A/72/344 的问答：")
    assert "## 1. 问\n\n阿根廷于 2016 年参加了核安保峰会。[1]" in text
    assert (
        "- [2] “核供应国集团(2012 年 9 月)”（A/72/344，第12–13页，墨西哥，第1段） "
        "联合国中文本；原件：西班牙文，2017年4月6日"
    ) in text
    assert "_理解为：那呢？（阿根廷）_" in text
    assert "## 3. 错\n\n_失败_" in text


def test_markdown_of_a_survey_has_its_table():
    text = to_markdown(asked("排查"), EN_WORDING)
    assert "| Argentina | Says so | [1] |\n| Mexico | Silent |  |" in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_means_nothing_to_markdown(attack):
    talk = Conversation().asking(attack).answered(None, attack)
    text = to_markdown(talk, ZH_WORDING)
    plain = text.replace("\\", "")
    assert " ".join(attack.split()).replace("\\", "") in plain
    for special in "<>`![*{$":
        assert text.count(special) == text.count(f"\\{special}")


def test_a_word_document_holds_questions_answers_and_references():
    paragraphs, cells = words_of(to_docx(asked("问", "排查").asking("停").stopped(), ZH_WORDING))
    assert paragraphs[0].startswith("关于 A/72/344 的问答")
    assert "1. 问" in paragraphs
    assert "阿根廷于 2016 年参加了核安保峰会。[1]" in paragraphs
    assert any(
        one.startswith("[2] “核供应国集团(2012 年 9 月)”（A/72/344，第12–13页，墨西哥")
        for one in paragraphs
    )
    assert cells[:6] == ["答复者", "立场", "引文", "阿根廷", "提到", "[1]"]
    assert ZH.stopped_text in paragraphs


def test_a_word_document_takes_any_text():
    talk = asked("问").asking("<b>\x00\x1b\ud800&</b>").answered(None, "\x08错")
    paragraphs, _ = words_of(to_docx(talk, ZH_WORDING))
    assert "2. <b>&</b>" in paragraphs


def test_a_table_opens_in_a_spreadsheet():
    answer = asked("排查").exchanges[0].answer
    data = to_csv(answer, ZH_WORDING).encode()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1] == [
        "阿根廷",
        "提到",
        "核安保峰会",
        "A/72/344",
        "第 3 页, 第 1 段",
        "联合国中文本；原件：西班牙文, 2017年4月6日",
    ]
    assert [row[:2] for row in rows[2:]] == [["墨西哥", "未提及"], ["国际原子能机构", "未提及"]]


def test_a_table_holds_no_formula():
    answer = asked("排查").exchanges[0].answer
    hostile = replace(answer.coverage, silent=(Stand("X", "=cmd|' /C calc'!A0"),))
    assert "'=cmd" in to_csv(replace(answer, coverage=hostile), ZH_WORDING)


@pytest.fixture(scope="module")
def live():
    with serving() as running:
        yield running


@pytest.mark.parametrize(("form", "start"), [("md", b"# "), ("docx", b"PK"), ("csv", b"\xef")])
def test_files_are_served_as_downloads(live, form, start):
    kept = json.loads(keep(asked("问", "排查")))
    body = {"conversation": kept, "lang": "en", "exchange": 1}
    reply = live.send("POST", f"/api/v1/export/{form}", body)
    assert reply.status == 200
    assert reply.body.startswith(start)
    assert reply.headers["content-disposition"] == (f'attachment; filename="Dafu-A-72-344.{form}"')


def test_what_cannot_be_exported_is_refused(live):
    kept = json.loads(keep(asked("问")))
    table = live.send("POST", "/api/v1/export/csv", {"conversation": kept, "exchange": 0})
    assert (table.status, table.code) == (422, "no_table")
    form = live.send("POST", "/api/v1/export/exe", {"conversation": kept})
    assert (form.status, form.code) == (422, "invalid_request")
    body = live.send("POST", "/api/v1/export/md", {"conversation": {"exchanges": [1]}})
    assert body.status == 422
