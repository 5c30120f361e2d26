"""The explorer: counts that agree with the notes, quotes that agree with the report, CSV."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from test_web_reader import Reading, poisoned
from web_attacks import ATTACKS
from web_live import serving

from corpus.notes_types import Notes
from qa.web.pages.downloads import MARK, to_csv
from qa.web.pages.explorer import explorer
from qa.web.pages.heat import Heat, choose
from qa.web.pages.matrix import BY, matrix
from qa.web.pages.texts import PAGE_TEXTS
from qa.web.pages.timeline import WIDTH, Scale, Timeline, in_order, length, months
from qa.web.words import Names

ZH, EN = PAGE_TEXTS["zh"], PAGE_TEXTS["en"]


def heat(report, notes, by="topics", texts=ZH):
    return Heat(matrix(by, report, notes), texts, Names(report), "/reader/A-72-344")


@pytest.fixture(scope="module")
def live(chain):
    with serving(dafu=chain) as running:
        yield running


def rows_of(reply):
    text = reply.body.decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def test_a_cell_counts_the_passages_that_the_notes_give_the_topic(report, notes):
    shown = matrix("topics", report, notes)
    for row in shown.rows:
        for respondent in shown.respondents:
            wanted = [
                passage.id
                for passage in report.passages
                if passage.code == respondent.code
                and passage.kind != "header"
                and row.id in notes.by_passage[passage.id].topics
            ]
            quotes = shown.quotes(row.id, respondent.code)
            assert [one.passage.id for one in quotes] == wanted
    assert all(shown.count(row.id) for row in shown.rows)


def test_a_cell_of_acts_holds_exactly_the_sentences_of_the_facts(report, notes):
    shown = matrix("acts", report, notes)
    passages = {passage.id: passage for passage in report.passages}
    wanted = {
        (fact.act, passages[note.id].code, note.id, passages[note.id].sentences[fact.sentence])
        for note in notes.by_passage.values()
        for fact in note.facts
        if passages[note.id].kind != "header"
    }
    found = [
        (act, code, one.passage.id, (one.start, one.end))
        for (act, code), quotes in shown.cells.items()
        for one in quotes
    ]
    assert len(found) == len(set(found))
    assert set(found) == wanted
    (ratified,) = shown.quotes("ratified", "CUB")
    assert "批准了 18 项" in ratified.text
    assert "制止核恐怖主义行为国际公约" in {
        entity.name.strip("《》") for entity in ratified.objects
    }


@pytest.mark.parametrize("by", BY)
def test_every_quote_is_a_verbatim_slice_of_the_respondent_and_leads_to_it(report, notes, by):
    passages = {passage.id: passage for passage in report.passages}
    made = heat(report, notes, by)
    for (row, code), quotes in made.shown.cells.items():
        if code == "INTRO":
            continue
        panel = made.quotes(choose(made.shown, row, code))
        shown = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", panel, re.DOTALL)
        links = re.findall(r'href="\.\.([^"]+)"', panel)
        assert len(shown) == len(links) == len(quotes)
        for text, link in zip(shown, links, strict=True):
            address = urlsplit(unescape(link))
            span = parse_qs(address.query)
            passage = passages[address.fragment]
            start, end = int(span["start"][0]), int(span["end"][0])
            assert passage.code == code
            assert unescape(text) == passage.text[start:end]


@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("by", BY)
def test_the_table_shows_every_count_once_and_each_cell_leads_to_its_quotes(
    live, report, notes, by, texts
):
    made = heat(report, notes, by, texts)
    lang = "&lang=en" if texts is EN else ""
    body = live.get(f"/explorer/?by={by}{lang}").body.decode()
    cells = re.findall(r'class="cell level-(\d)" href="([^"]+)" aria-label="[^"]+">(\d+)<', body)
    shown = {key: quotes for key, quotes in made.shown.cells.items() if key[1] != "INTRO"}
    assert len(cells) == len(shown)
    for level, href, count in cells:
        given = parse_qs(urlsplit(unescape(href)).query)
        key = (given["row"][0], given["respondent"][0])
        assert int(count) == len(shown[key])
        assert (int(level) == 5) == (int(count) >= 6)


def test_a_chosen_cell_comes_with_the_page_and_alone(live):
    query = urlencode({"by": "acts", "row": "is-party", "respondent": "MEX"})
    page, panel = live.get(f"/explorer/?{query}"), live.get(f"/explorer/quotes?{query}")
    assert page.status == panel.status == 200
    assert panel.body in page.body
    assert "核供应国集团(2012 年 9 月)" in panel.body.decode()
    assert page.body.count(b'aria-current="true"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?row=export-control",
        "?row=nothing&respondent=MEX",
        "?row=export-control&respondent=FRA",
        "?row=export-control&respondent=INTRO",
        "?by=nothing&row=ratified&respondent=CUB",
        *(f"?row={quote(attack)}&respondent={quote(attack)}" for attack in ATTACKS),
    ],
)
def test_a_cell_that_is_not_there_shows_the_empty_panel_and_repeats_nothing(live, query):
    assert live.get(f"/explorer/quotes{query}").body == live.get("/explorer/quotes").body
    assert live.get(f"/explorer/{query}").body == live.get("/explorer/").body


@pytest.mark.parametrize("by", BY)
def test_the_matrix_downloads_with_the_counts_of_the_page(live, report, notes, by):
    reply = live.get(f"/explorer/{by}.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="A-72-344-{by}.csv"'
    head, *rows = rows_of(reply)
    shown = matrix(by, report, notes)
    assert head[2:-1] == [one.name for one in report.respondents]
    assert [row[0] for row in rows] == [one.id for one in shown.rows]
    for row in rows:
        counts = [len(shown.quotes(row[0], one.code)) for one in report.respondents]
        assert [int(cell) for cell in row[2:-1]] == counts
        assert int(row[-1]) == sum(count > 0 for count in counts)


def test_the_replies_download_in_printed_order_in_both_languages(live, report):
    _, *rows = rows_of(live.get("/explorer/replies.csv"))
    assert [row[0] for row in rows] == [reply.respondent.code for reply in report.replies]
    mexico = next(row for row in rows if row[0] == "MEX")
    assert mexico[1:] == ["墨西哥", "Mexico", "政府", "西班牙文", "2017-04-06", "10–13", "21"]
    head, *rows = rows_of(live.get("/explorer/replies.csv?lang=en"))
    assert head[3:] == ["Kind", "Original language", "Date", "Pages", "Passages"]
    assert rows[-1][3:5] == ["Organisation", "Russian"]


@pytest.mark.parametrize("name", ["nothing", "notes", "..%2Fapp"])
def test_no_other_table_is_there(live, name):
    reply = live.get(f"/explorer/{name}.csv")
    assert (reply.status, reply.code) == (404, "not_found")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(cell):
    text = to_csv([[cell, 1]]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert row == [f"'{cell}", "1"]


def test_the_timeline_shows_every_reply_in_order_of_its_date(live, report):
    body = live.get("/explorer/").body.decode()
    dots = re.findall(r'class="dot (\w+)" href="\.\./reader/A-72-344#(\w+)"', body)
    wanted = {(one.kind, one.code) for one in report.respondents}
    assert set(dots) == wanted
    assert len(dots) == 24
    dates = re.findall(r'<time datetime="([^"]+)">', body)
    assert dates == sorted(reply.date.isoformat() for reply in report.replies if reply.date)


def test_labels_of_the_timeline_do_not_lie_over_each_other(report):
    for texts in (ZH, EN):
        time = Timeline(report, texts, Names(report), "/reader/A-72-344")
        dated = in_order(report)
        scale = Scale(dated[0].when, dated[-1].when)
        for language in {one.reply.original_language for one in dated}:
            mine = [one for one in dated if one.reply.original_language == language]
            spans: dict[int, list[tuple[float, float]]] = {}
            for label in time.placed(mine, scale):
                width = length(label.name) + 10
                span = (label.x - width, label.x) if label.left else (label.x, label.x + width)
                assert span[0] >= 0
                assert span[1] <= WIDTH
                assert all(
                    span[1] < other[0] or other[1] < span[0]
                    for other in spans.setdefault(label.line, [])
                )
                spans[label.line].append(span)


def test_a_scale_runs_from_the_first_of_a_month_to_the_last_reply():
    scale = Scale(date(2017, 3, 16), date(2017, 4, 30))
    assert list(months(scale)) == [date(2017, 3, 1), date(2017, 4, 1)]
    assert (
        scale.x(date(2017, 3, 31)) == (scale.x(date(2017, 3, 1)) + scale.x(date(2017, 4, 30))) / 2
    )
    one_day = Scale(date(2017, 3, 1), date(2017, 3, 1))
    assert one_day.x(date(2017, 3, 1)) == scale.x(date(2017, 3, 1))


def test_a_report_without_notes_still_has_its_timeline(report):
    body = explorer(report, heat(report, Notes()), None).decode()
    assert "还没有编辑标注" in body
    assert body.count('class="dot ') == 24
    Reading(body.encode())


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
def test_a_poisoned_report_shows_as_text(report, notes, attack, texts):
    line = " ".join(attack.split())
    bad_report, bad_notes = poisoned(report, notes, line)
    made = heat(bad_report, bad_notes, "topics", texts)
    chosen = choose(made.shown, "x", "MEX")
    assert chosen is not None
    page = Reading(explorer(bad_report, made, chosen))
    clean = heat(report, notes, "acts", texts)
    whole = explorer(report, clean, choose(clean.shown, "is-party", "MEX"))
    allowed = Reading(whole)
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in allowed.tags}
    names = {name for _, found in page.tags for name in found}
    assert names <= {name for _, found in allowed.tags for name in found}
    assert line in " ".join(page.words["blockquote"].split())


def test_an_act_that_is_denied_is_shown_as_denied(report, notes):
    note = notes.by_passage["A-72-344/CUB/2"]
    denied = tuple(replace(fact, negated=True) for fact in note.facts)
    changed = replace(notes, by_passage={**notes.by_passage, note.id: replace(note, facts=denied)})
    for facts, shown in ((notes, False), (changed, True)):
        made = heat(report, facts, "acts", EN)
        panel = made.quotes(choose(made.shown, "ratified", "CUB"))
        assert ("denied</span>" in panel) is shown
