"""The reader's document: nothing of the report missing, nothing in it but text."""

import gzip
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from web_attacks import ATTACKS
from web_live import serving

from corpus import Passage
from corpus.notes_types import Notes, Topic
from corpus.types import TableRow
from qa.web.pages.reader import reader
from qa.web.pages.texts import PAGE_TEXTS

ZH, EN = PAGE_TEXTS["zh"], PAGE_TEXTS["en"]
VOID = {"meta", "link", "input", "br"}


class Reading(HTMLParser):
    """Reads a document as a browser does: elements by id, and each passage's runs of text."""

    def __init__(self, document: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.runs: dict[str, list[tuple[int, str]]] = {}
        self.words: dict[str, str] = {}
        self.feed(document.decode())
        assert self.open == []

    @property
    def ids(self) -> list[str]:
        return [found for _, attributes in self.tags if (found := attributes.get("id"))]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))
        if "data-at" in attributes:
            self.runs.setdefault(self._passage(), []).append((int(attributes["data-at"]), ""))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any("data-at" in attributes for _, attributes in self.open):
            runs = self.runs[self._passage()]
            runs[-1] = (runs[-1][0], runs[-1][1] + data)
        for tag, _ in self.open:
            self.words[tag] = self.words.get(tag, "") + data

    def _passage(self) -> str:
        return next(
            str(attributes["id"])
            for _, attributes in reversed(self.open)
            if "passage" in str(attributes.get("class", "")).split()
        )


@pytest.fixture(scope="module")
def pages(report, notes):
    return {
        "zh": Reading(reader(report, notes, ZH)),
        "en": Reading(reader(report, notes, EN)),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_character_stands_on_the_page_once_at_its_own_offset(pages, report, lang):
    page = pages[lang]
    assert list(page.runs) == [passage.id for passage in report.passages]
    for passage in report.passages:
        at = 0
        for offset, text in page.runs[passage.id]:
            assert offset == at
            at += len(text)
        assert "".join(text for _, text in page.runs[passage.id]) == passage.text


def test_every_page_respondent_and_footnote_has_an_anchor_and_no_anchor_is_there_twice(
    pages, report
):
    ids = pages["zh"].ids
    assert len(ids) == len(set(ids))
    assert [int(one[5:]) for one in ids if one.startswith("page-")] == list(range(3, 28))
    assert {reply.respondent.code for reply in report.replies} <= set(ids)
    assert {"note-1", "note-2", "note-1-mark", "note-2-mark"} <= set(ids)
    targets = {
        href[1:]
        for _, attributes in pages["zh"].tags
        if (href := attributes.get("href") or "").startswith("#")
    }
    assert targets <= set(ids)


def test_a_page_begins_where_it_begins_in_the_report(report, notes):
    text = reader(report, notes, ZH).decode()
    before, after = text.split('<a class="page" id="page-7"')
    assert re.sub(r"<[^>]+>", "", before).endswith("只要大规模毁灭性武器存在一日，恐怖")
    assert re.sub(r"<[^>]+>", "", f"<a{after}").startswith("第 7 页分子获得这类武器的可能性")


def test_lists_tables_headings_and_footnotes_are_what_they_are(pages, report):
    tags = [tag for tag, _ in pages["zh"].tags]
    assert tags.count("table") == 2
    assert tags.count("tr") == 11
    assert tags.count("th") == 6
    assert tags.count("h1") == 1
    names = re.findall("文莱达鲁萨兰国|上海合作组织", pages["zh"].words["h3"])
    assert sorted(set(names)) == ["上海合作组织", "文莱达鲁萨兰国"]
    assert "(1) 国家立法" in pages["zh"].words["h5"]
    assert "核供应国集团(2012 年 9 月)" in pages["zh"].words["li"]
    assert pages["zh"].words["sup"] == "12"
    assert "9 519 285" in pages["zh"].words["td"]
    kinds = [a.get("class") for tag, a in pages["zh"].tags if tag == "span"]
    assert kinds.count("kind government") == 2 * 13
    assert kinds.count("kind organisation") == 2 * 11


def test_a_reply_says_what_it_was_translated_from_and_when(report, notes):
    chinese, english = (reader(report, notes, texts).decode() for texts in (ZH, EN))
    assert "联合国中文本；原件：西班牙文 · 2017年4月6日 · 第 10–13 页" in chinese
    assert "UN Chinese text; original: Spanish · 6 April 2017 · pp. 10–13" in english


def test_a_passage_is_copied_with_the_reference_that_the_united_nations_use(pages):
    for lang, wanted in (("zh", "(A/72/344, 第12页, 墨西哥)"), ("en", "(A/72/344, p. 12, Mexico)")):
        references = [a["data-reference"] for _, a in pages[lang].tags if "data-reference" in a]
        assert wanted in references


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_resolutions_are_links_made_of_the_text_and_laws_are_not(pages, lang):
    links = {a["href"]: a for tag, a in pages[lang].tags if a.get("class") == "resolution"}
    symbols = {href.removeprefix(f"https://undocs.org/{lang}/") for href in links}
    assert symbols == {
        *("A/RES/68/32", "A/RES/70/36", "A/RES/71/38"),
        *("S/RES/1373(2001)", "S/RES/1540(2004)", "S/RES/1887(2009)"),
        *("S/RES/1977(2011)", "S/RES/2298(2016)", "S/RES/2325(2016)"),
    }
    assert all(a["rel"] == "noopener noreferrer" for a in links.values())


def test_the_gloss_is_there_for_english_readers_only_and_called_unofficial(report, notes):
    line = "Cuba neither possesses nor intends to possess"
    english, chinese = (reader(report, notes, texts).decode() for texts in (EN, ZH))
    assert english.count('<p class="gloss" lang="en">') == 190
    assert "Unofficial English gloss" in english
    assert 'class="gloss"' not in chinese
    assert line not in chinese
    assert 'class="gloss"' not in reader(report, Notes(), EN).decode()


def poisoned(report, notes, attack):
    """Return the report with an attack in every place of Mexico's reply, and its notes too."""
    mexico = next(reply for reply in report.replies if reply.respondent.code == "MEX")

    def poison(passage: Passage) -> Passage:
        rows = ()
        above, body = f"{attack}\n", attack
        if passage.kind == "header":
            above, body = "", f"{attack}\n{attack}\n{attack}"
        if passage.kind == "table":
            rows = (TableRow((attack, "x", "1")),) * 2
            body = f"{attack} x 1\n{attack} x 1"
        if passage.kind == "list":
            body = f"{attack}：\n{attack}\n(a) {attack}"
        text = above + body
        sentences = ((len(above), len(text)),)
        return replace(
            passage, heading=(attack,), text=text, rows=rows, sentences=sentences, page_starts=()
        )

    named = replace(mexico.respondent, name=attack, name_en=attack, name_hant=attack)
    passages = tuple(map(poison, mexico.passages))
    reply = replace(mexico, respondent=named, original_language=attack, passages=passages)
    noted = {
        one.id: replace(notes.by_passage[one.id], gloss=(attack,), topics=("x",), facts=())
        for one in passages
    }
    topics = {"x": Topic("x", attack, attack, attack, attack)}
    return (
        replace(report, title=attack, title_en=attack, replies=(report.replies[0], reply)),
        replace(notes, topics=topics, by_passage=noted),
    )


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
def test_a_poisoned_report_shows_as_text(report, notes, pages, attack, texts):
    line = " ".join(attack.split())
    bad_report, bad_notes = poisoned(report, notes, line)
    page = Reading(reader(bad_report, bad_notes, texts))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in pages["en"].tags}
    names = {name for _, found in page.tags for name in found}
    assert names <= {name for _, found in pages["en"].tags for name in found}
    assert sum(tag == "script" for tag, _ in page.tags) == 4
    for passage in bad_report.passages:
        assert "".join(text for _, text in page.runs[passage.id]) == passage.text


@pytest.fixture(scope="module")
def live(chain):
    with serving(dafu=chain) as running:
        yield running


def test_the_page_is_served_strictly_and_the_same_page_is_not_sent_again(live):
    page = live.get("/reader/A-72-344")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    again = live.get("/reader/A-72-344", If_None_Match=page.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    packed = live.get("/reader/A-72-344", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == page.body
    assert len(packed.body) < len(page.body) / 3


def test_nothing_in_the_page_is_inline_or_loaded_from_elsewhere(live):
    for path in ("/reader/A-72-344", "/reader/A-72-344?lang=en"):
        text = live.get(path).body.decode()
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", text)
        for source in re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', text):
            assert source.startswith("../static/")
            assert live.get(source[2:]).status == 200
        outside = set(re.findall(r'(\w+)="https?://', text))
        assert outside == {"href"}


def test_the_address_chooses_the_language_and_links_keep_it(live):
    chinese, english = (
        live.get(f"/reader/A-72-344{query}").body.decode() for query in ("", "?lang=en")
    )
    assert '<html lang="zh-Hans"' in chinese
    assert '<html lang="en"' in english
    assert '<a href="../explorer/?lang=en">Explore</a>' in english
    assert '<a href="../explorer/">概览</a>' in chinese
    assert '<div class="report" lang="zh-Hans">' in english


def test_short_addresses_lead_to_the_report(live):
    for path, target in (
        ("/reader", "reader/A-72-344"),
        ("/reader/", "A-72-344"),
        ("/reader?lang=en", "reader/A-72-344?lang=en"),
    ):
        reply = live.get(path)
        assert (reply.status, reply.headers["location"]) == (307, target)


@pytest.mark.parametrize("symbol", ["A-1-1", "a-72-344", "<script>", "x" * 3_000])
def test_an_unknown_report_is_404_and_repeats_nothing(live, symbol):
    reply = live.get(f"/reader/{symbol}".replace("<", "%3C").replace(">", "%3E"))
    assert reply.status == 404
    assert "没有这份报告" in reply.body.decode()
    assert len(reply.body) < 3_000


def test_while_the_engine_loads_the_page_waits_and_opens_by_itself():
    with serving(engine=False) as live:
        for path in ("/reader", "/reader/A-72-344", "/explorer/", "/explorer/topics.csv"):
            reply = live.get(path)
            assert (reply.status, reply.headers["retry-after"]) == (503, "1"), path
            assert b'http-equiv="refresh"' in reply.body


def test_methods_that_change_something_are_refused(live):
    for path in ("/reader/A-72-344", "/explorer/", "/explorer/topics.csv"):
        assert live.send("POST", path, {}).status == 405
        assert live.send("HEAD", path).status == 200


def test_under_the_path_of_a_proxy_the_pages_keep_their_addresses_and_their_policy(chain):
    with serving(dafu=chain, root_path="/portal/dafu") as live:
        for path in ("/reader/A-72-344", "/explorer/"):
            page = live.get(path)
            assert page.status == 200
            assert "style-src 'self';" in page.headers["content-security-policy"]
            links = re.findall(r'(?:href|src)="([^"#]+)', page.body.decode())
            assert not [one for one in links if one.startswith("/")]
        assert live.get("/reader").headers["location"] == "reader/A-72-344"
