"""The chat in a real headless Chromium: asked, read, clicked, as a new user would."""

import re

import pytest
from playwright.sync_api import expect
from web_fakes import HOSTILE

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_question_is_asked_read_and_checked_against_its_citation(visit):
    one = visit()
    one.ask("谁参加了核安保峰会？")
    page = one.page
    expect(page.locator(".reply").last).to_contain_text("阿根廷于 2016 年参加了核安保峰会")
    page.locator(".reply .mark").last.click()
    card = page.locator("#cite-0-2")
    expect(card).to_have_class(re.compile("lit"))
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()
    expect(card.locator("mark")).to_have_text("核供应国集团(2012 年 9 月)")
    expect(card).to_contain_text("联合国中文本；原件：西班牙文")
    expect(card).to_contain_text("第 12–13 页")
    expect(page.locator("#cite-0-1")).not_to_have_class(re.compile("lit"))


def test_the_highlight_can_be_told_from_the_passage(visit):
    one = visit()
    one.ask("问")
    paint = "e => getComputedStyle(e).backgroundColor"
    mark = one.page.locator("#cite-0-1 mark").evaluate(paint)
    passage = one.page.locator("#cite-0-1 blockquote").evaluate(paint)
    assert mark != passage


def test_a_mark_of_an_earlier_answer_brings_its_citation_back(visit):
    one = visit()
    one.ask("问")
    one.ask("排查")
    expect(one.page.locator("#evidence-1")).to_be_visible()
    one.page.locator('.mark[href="#cite-0-2"]').click()
    expect(one.page.locator("#cite-0-2")).to_have_class(re.compile("lit"))


def test_the_keyboard_is_enough(visit):
    one = visit()
    one.ask("问")
    one.page.locator(".reply .mark").first.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#cite-0-1")).to_be_focused()


def test_an_example_asks_itself(visit):
    one = visit()
    one.page.locator("#messages .example").first.click()
    expect(one.page.locator(".asked")).to_have_text("墨西哥何时加入核供应国集团？")
    expect(one.page.locator(".reply:not(.pending)")).to_have_count(1)


def test_the_interface_speaks_english_and_chinese(visit):
    one = visit()
    one.ask("问")
    one.page.locator("#switch").click()
    expect(one.page.locator("#send")).to_have_text("Ask")
    expect(one.page.locator("#panel h2")).to_contain_text("Citations")
    expect(one.page.locator("#panel")).to_contain_text("original: Spanish")
    expect(one.page.locator("html")).to_have_attribute("lang", "en")
    expect(one.page.get_by_role("textbox", name="Question")).to_be_visible()
    one.page.locator("#switch").click()
    expect(one.page.locator("#send")).to_have_text("提问")
    expect(one.page.locator(".asked")).to_have_text("问")


def test_the_address_chooses_english(visit):
    expect(visit("/chat/?lang=en").page.locator("#send")).to_have_text("Ask")


def test_a_phone_shows_the_conversation_and_citations_as_a_sheet(visit):
    one = visit(size=PHONE)
    page = one.page
    one.ask("问")
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator(".reply .mark").first.click()
    expect(page.locator("#cite-0-1")).to_be_in_viewport()
    page.locator("#panel .close").click()
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator(".reply .see").click()
    expect(page.locator("#evidence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_mark_that_is_drawn_anew_while_it_is_pressed_opens_its_citation(visit):
    one = visit(size=PHONE)
    page = one.page
    one.ask("问")
    page.locator(".reply .mark").first.hover()
    page.mouse.down()
    page.locator(".reply .mark").first.evaluate("mark => mark.replaceWith(mark.cloneNode(true))")
    page.mouse.up()
    expect(page.locator("#cite-0-1")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_nothing_sticks_out_sideways(visit, width):
    one = visit(size={"width": width, "height": 800})
    one.ask("排查")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    expect(one.page.locator("#send")).to_be_in_viewport()


def test_dark_is_dark(visit):
    one = visit(color_scheme="dark")
    red = one.page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert int(red) < 60


def test_a_refusal_gives_its_reason_and_the_nearest_passages(visit):
    one = visit()
    one.ask("拒绝")
    expect(one.page.locator(".reply.refusal")).to_contain_text("不在答复者之列")
    expect(one.page.locator("#panel")).to_contain_text("最接近的段落")


@pytest.mark.parametrize("question", ["崩溃", "错误"])
def test_an_error_does_not_lock_the_box(visit, question):
    one = visit()
    one.ask(question)
    expect(one.page.locator(".reply.error")).to_be_visible()
    expect(one.page.locator("#box textarea")).to_be_enabled()
    expect(one.page.locator("#box textarea")).to_have_value(question)
    one.ask("问")
    expect(one.page.locator(".reply .mark").first).to_be_visible()


def test_an_empty_question_does_nothing(visit):
    one = visit()
    one.page.locator("#box textarea").fill("   ")
    one.page.locator("#send").click()
    one.ask("问")
    expect(one.page.locator(".asked")).to_have_count(1)


def test_clearing_forgets(visit, live):
    one = visit()
    one.ask("问")
    one.page.locator("#clear").click()
    expect(one.page.locator(".asked")).to_have_count(0)
    expect(one.page.locator("#panel")).to_contain_text("答案的出处会列在这里")
    one.ask("再问")
    assert live.dafu.asked[-1].history == ()


def test_the_filter_narrows_the_question(visit, live):
    one = visit()
    one.page.locator("#within input").click()
    one.page.get_by_role("option", name="墨西哥").click()
    one.page.keyboard.press("Escape")
    one.ask("问")
    assert live.dafu.asked[-1].respondents == ("MEX",)


def test_hostile_text_is_text(visit):
    one = visit()
    one.ask(f"敌意 {HOSTILE}")
    page = one.page
    expect(page.locator(".asked")).to_have_text(f"敌意 {HOSTILE}")
    expect(page.locator("#cite-0-1 mark")).to_have_text(HOSTILE)
    for tag in ("img", "script", "strong", ".katex", '[href^="javascript"]'):
        assert page.locator(f".asked {tag}, .reply {tag}, #panel {tag}").count() == 0


def test_a_citation_is_copied_with_its_reference(visit, live):
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    one.ask("问")
    button = one.page.locator("#cite-0-2 .copy")
    button.click()
    expect(button).to_have_class(re.compile("copied"))
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert copied == "[2] “核供应国集团(2012 年 9 月)”（A/72/344，第12–13页，墨西哥，第1段）"
    one.page.locator(".reply .copy").click()
    expect(one.page.locator(".reply .copy")).to_have_class(re.compile("copied"))
    assert "\n\n[1] “" in one.page.evaluate("navigator.clipboard.readText()")


def test_labels_are_in_the_language_of_the_page(visit):
    one = visit()
    one.ask("问")
    expect(one.page.get_by_role("textbox", name="问题")).to_be_visible()
    expect(one.page.locator("#messages [data-testid][aria-label]")).to_have_count(0)
