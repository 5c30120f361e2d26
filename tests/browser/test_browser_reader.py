"""Reader and explorer in a real headless Chromium, over the real report and index."""

import re
from urllib.parse import quote

import pytest
from accessibility import faults
from playwright.sync_api import expect
from web_attacks import ATTACKS
from web_live import serving

from qa.render import reader_url, to_json
from qa.types import Question

pytestmark = pytest.mark.browser
HOME = "/reader/A-72-344"
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}
SIZES = pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1440"])
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
# What is lit up, with what the cited span holds between its pieces put back by the elements.
LIT = "[...document.querySelectorAll('mark.cited')].map((one) => one.textContent).join('')"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def live(chain):
    with serving(dafu=chain) as running:
        yield running


@pytest.fixture
def read(visit):
    """Open a page of the report."""

    def open_at(path=HOME, **options):
        return visit(path, ready="main h1", **options).page

    return open_at


def address(passage, start, end, lang="zh"):
    url = reader_url(passage, start, end)
    return url.replace("?", "?lang=en&") if lang == "en" else url


def _spans(passage):
    """Return the whole text, and where it is no plain paragraph also spans across its parts."""
    size = len(passage.text)
    plain = passage.kind == "paragraph" and len(passage.sentences) == 1
    parts = [(size // 3, size // 2), (size // 2, size // 2 + 1), (0, size - 1)]
    return [(0, size), *([] if plain else parts)]


@SIZES
@LANGS
def test_a_citation_leads_to_its_words_which_are_lit_up(read, chain, size, lang):
    answer = to_json(chain.invoke(Question("墨西哥何时加入核供应国集团？")))
    citation = answer["citations"][0]
    url = citation["url"].replace("?", "?lang=en&") if lang == "en" else citation["url"]
    page = read(url, size=size)
    assert page.evaluate(LIT) == citation["quote"]
    expect(page.locator("mark.cited").first).to_be_in_viewport()
    expect(page.locator(f"[id='{citation['passage_id']}']")).to_be_focused()
    assert page.evaluate(FITS)


def test_any_span_is_lit_up_to_the_character_in_lists_tables_notes_and_links(read, report):
    page = read()
    spans = [(passage, start, end) for passage in report.passages for start, end in _spans(passage)]
    lit = page.evaluate(
        f"""(addresses) => addresses.map((address) => {{
          history.replaceState(null, "", address);
          showCited();
          return {LIT};
        }})""",
        [address(*span) for span in spans],
    )
    assert lit == [passage.text[start:end] for passage, start, end in spans]
    page.evaluate("() => { location.hash = ''; }")
    expect(page.locator("mark.cited")).to_have_count(0)


@pytest.mark.parametrize(
    "query",
    [
        "start=5&end=5",
        "start=9&end=5",
        "start=-1&end=5",
        "start=1e3&end=2e3",
        "start=99999&end=100000",
        "start=x&end=y",
        "start=1",
    ],
)
def test_a_span_that_cannot_be_lights_nothing_up(read, query):
    page = read(f"{HOME}?{query}#A-72-344/MEX/12")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("[id='A-72-344/MEX/12']")).to_be_in_viewport()


@pytest.mark.parametrize("hash_", ["#%E0%A4%A", "#%", "#nothing", "#<img src=x onerror=alert(1)>"])
def test_a_fragment_that_leads_nowhere_breaks_nothing(read, hash_):
    page = read(f"{HOME}?start=0&end=4{hash_}")
    page.locator("[name=q]").fill("核保安基金")
    expect(page.locator("mark.hit").first).to_be_visible()


def test_words_are_found_counted_and_stepped_through_with_the_keyboard_alone(read, report):
    page = read()
    page.keyboard.press("/")
    expect(page.locator("[name=q]")).to_be_focused()
    page.keyboard.type("２０１７年")
    total = sum(
        len(re.findall("2017年", "".join(passage.text.split()))) for passage in report.passages
    )
    output = page.locator(".find output")
    expect(output).to_have_text(f"0/{total}")
    page.keyboard.press("Enter")
    expect(output).to_have_text(f"1/{total}")
    expect(page.locator("mark.now").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(output).to_have_text(f"2/{total}")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(output).to_have_text(f"{total}/{total}")
    expect(page.locator("mark.now").first).to_be_in_viewport()
    page.locator("[name=q]").fill("")
    expect(page.locator("mark.hit")).to_have_count(0)
    expect(output).to_have_text("")


def test_finding_words_leaves_the_cited_words_lit_up(read, report):
    passage = next(one for one in report.passages if one.id == "A-72-344/MEX/16")
    start = passage.text.index("核供应国集团")
    page = read(address(passage, start, start + 6))
    for query in ("供应", "国集团(2012", "墨西哥", ""):
        page.locator("[name=q]").fill(query)
        page.wait_for_function(
            "(wanted) => typeof searched === 'string' && searched === wanted", arg=query
        )
        assert page.evaluate(LIT) == "核供应国集团"


def test_what_is_not_there_word_for_word_is_found_by_meaning(read):
    page = read()
    page.locator("[name=q]").fill("When did Mexico join the Nuclear Suppliers Group?")
    expect(page.locator(".find output")).to_have_text("没有这些字")
    page.keyboard.press("Enter")
    found = page.locator(".nearest a")
    expect(found).to_have_count(8)
    expect(found.first).to_be_focused()
    page.locator(".nearest a[href='#A-72-344/MEX/16']").click()
    expect(page.locator("[id='A-72-344/MEX/16']")).to_be_in_viewport()
    expect(page.locator(".nearest")).to_be_hidden()


def test_an_address_brings_words_to_find(read):
    page = read(f"{HOME}?q={quote('核保安基金')}")
    expect(page.locator("mark.now").first).to_have_text("核保安基金")
    expect(page.locator("mark.now").first).to_be_in_viewport()


def test_a_hostile_query_is_text(read, live):
    page = read()
    clean = page.locator("*").count()
    for attack in ATTACKS:
        page.goto(f"{live.url}{HOME}?q={quote(attack)}&start=0&end=9#{quote(attack)}")
        expect(page.locator("[name=q]")).to_have_value(attack.replace("\n", ""))
        page.evaluate("searchByMeaning()")
        expect(page.locator(".nearest p")).not_to_have_text("正在查找…")
        tags = page.locator(".nearest *").evaluate_all("all => all.map((one) => one.localName)")
        assert set(tags) <= {"p", "a", "b", "span", "mark"}
        assert page.locator("*").count() == clean + len(tags) + page.locator("mark.hit").count()


def test_a_passage_is_copied_exactly_with_its_reference(read, report):
    page = read(f"{HOME}#A-72-344/MEX/12", permissions=["clipboard-read", "clipboard-write"])
    passage = next(one for one in report.passages if one.id == "A-72-344/MEX/12")
    button = page.locator("[id='A-72-344/MEX/12'] .copy")
    button.click()
    expect(button).to_have_class(re.compile("copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == f"{passage.text}\n(A/72/344, 第12页, 墨西哥)"


def test_the_keyboard_reaches_the_copy_button_from_the_passage(read):
    page = read(f"{HOME}#A-72-344/MEX/10")
    page.keyboard.press("Tab")
    expect(page.locator("[id='A-72-344/MEX/10'] .copy")).to_be_focused()
    expect(page.locator("[id='A-72-344/MEX/10'] .copy")).to_be_in_viewport()


def test_the_first_tab_skips_to_the_text(read):
    page = read()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_contents_lead_to_a_reply_and_say_where_the_reader_is(read):
    page = read()
    page.locator("#contents a", has_text="挪威").click()
    expect(page.locator("#NOR h3")).to_be_in_viewport()
    expect(page.locator("#contents a[href='#NOR']")).to_have_attribute("aria-current", "true")
    expect(page.locator("#contents [aria-current]")).to_have_count(1)


def test_on_a_phone_the_contents_open_and_close(read):
    page = read(size=PHONE)
    expect(page.locator("#contents")).to_be_hidden()
    page.get_by_role("button", name="目录").click()
    expect(page.locator("#contents a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#contents")).to_be_hidden()
    page.get_by_role("button", name="目录").click()
    page.locator("#contents a", has_text="墨西哥").click()
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator("#MEX h3")).to_be_in_viewport()


def test_the_other_language_opens_at_the_same_words(read, report):
    passage = next(one for one in report.passages if one.id == "A-72-344/CUB/2")
    page = read(address(passage, 3, 9))
    page.locator("a.switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(LIT) == passage.text[3:9]
    page.get_by_role("button", name="English gloss").click()
    gloss = page.locator("[id='A-72-344/CUB/2'] .gloss")
    expect(gloss).to_be_visible()
    page.locator("a.switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".gloss")).to_have_count(0)


def test_a_page_number_leads_to_the_page(read):
    page = read(f"{HOME}#page-12")
    expect(page.locator("#page-12 span")).to_be_in_viewport()
    expect(page.locator("#page-12 span")).to_have_text("第 12 页")


def test_print_shows_the_report_and_nothing_else(read):
    page = read()
    page.emulate_media(media="print")
    for part in (".site", "#contents", ".tools >> nth=3"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("#page-12 span")).to_be_visible()


def test_without_scripts_the_report_and_its_contents_are_there(read):
    page = read(f"{HOME}#A-72-344/MEX/12", java_script_enabled=False, size=PHONE)
    expect(page.locator("[id='A-72-344/MEX/12']")).to_be_in_viewport()
    expect(page.locator("#contents a").first).to_be_attached()
    expect(page.locator(".find")).to_be_hidden()


def test_a_cell_opens_its_sentences_which_lead_to_the_words(read):
    page = read("/explorer/")
    page.locator(".cell[aria-label^='墨西哥，出口管制']").click()
    panel = page.locator("#quotes")
    expect(panel.locator("h2")).to_have_text("墨西哥 出口管制和两用物项")
    expect(panel).to_be_focused()
    expect(page).to_have_url(re.compile(r"row=export-control&respondent=MEX"))
    quoted = panel.locator("blockquote").last.text_content()
    panel.locator("a").last.click()
    expect(page.locator("mark.cited").first).to_be_in_viewport()
    assert page.evaluate(LIT) == quoted


def test_a_cell_is_there_again_after_a_reload_and_in_the_other_language(read):
    page = read("/explorer/?by=acts")
    page.locator(".cell[aria-label^='墨西哥，是缔约国']").click()
    expect(page.locator("#quotes h2")).to_contain_text("墨西哥")
    page.reload()
    expect(page.locator("#quotes h2")).to_contain_text("墨西哥")
    page.locator("a.switch").click()
    expect(page.locator("#quotes h2")).to_have_text("Mexico is a party or acceded to")
    expect(page.locator(".cell[aria-current]")).to_have_count(1)


def test_arrows_walk_from_cell_to_cell_and_escape_comes_back(read):
    page = read("/explorer/")
    page.locator(".heat tbody tr:first-child .cell").first.focus()
    labels = []
    for key in ("ArrowRight", "ArrowDown", "End", "Home", "ArrowUp"):
        page.keyboard.press(key)
        labels.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(labels)) >= 4
    expect(page.locator(".cell[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#quotes")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f".cell[aria-label='{labels[-1]}']")).to_be_focused()


def test_without_scripts_a_cell_still_opens(read):
    page = read("/explorer/", java_script_enabled=False)
    page.locator(".cell[aria-label^='墨西哥，出口管制']").click()
    expect(page.locator("#quotes h2")).to_have_text("墨西哥 出口管制和两用物项")


def test_tables_are_downloaded_from_the_page(read):
    page = read("/explorer/?by=acts")
    with page.expect_download() as waiting:
        page.locator(".download").first.click()
    assert waiting.value.suggested_filename == "A-72-344-acts.csv"


def test_a_dot_of_the_timeline_leads_to_the_reply(read):
    page = read("/explorer/?lang=en")
    page.locator("svg a", has_text="Norway").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#NOR h3")).to_be_in_viewport()


LOOKS = pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [
        (PHONE, "zh", "light"),
        (PHONE, "en", "dark"),
        (WIDE, "en", "light"),
        (WIDE, "zh", "dark"),
    ],
    ids=["390-zh-light", "390-en-dark", "1440-en-light", "1440-zh-dark"],
)


@LOOKS
def test_axe_finds_nothing_serious_on_the_reader(read, size, lang, scheme):
    query = "?lang=en" if lang == "en" else ""
    page = read(f"{HOME}{query}#A-72-344/MEX/12", size=size, color_scheme=scheme)
    if lang == "en":
        page.get_by_role("button", name="English gloss").click()
    page.locator("[name=q]").fill("核保安")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("mark.now").first).to_be_visible()
    assert faults(page) == []
    page.evaluate("searchByMeaning()")
    expect(page.locator(".nearest a").first).to_be_visible()
    assert faults(page, ".nearest") == []
    assert page.evaluate(FITS)


@LOOKS
def test_axe_finds_nothing_serious_on_the_explorer(read, size, lang, scheme):
    by = "topics" if scheme == "light" else "acts"
    query = f"?by={by}&respondent=MEX&row={'export-control' if by == 'topics' else 'is-party'}"
    more = "&lang=en" if lang == "en" else ""
    page = read(f"/explorer/{query}{more}", size=size, color_scheme=scheme)
    assert faults(page) == []
    assert page.evaluate(FITS)


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920])
@pytest.mark.parametrize("path", [f"{HOME}?q=核保安#A-72-344/MEX/11", "/explorer/?lang=en"])
def test_nothing_sticks_out_sideways(read, width, path):
    page = read(path, size={"width": width, "height": 800})
    assert page.evaluate(FITS)
