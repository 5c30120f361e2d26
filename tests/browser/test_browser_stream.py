"""An answer on its way, in a real browser: provisional, stopped, tried again, and then cited."""

import re

import pytest
from playwright.sync_api import expect
from web_fakes import DRAFT

pytestmark = pytest.mark.browser
SIZES = {390: {"width": 390, "height": 844}, 1440: {"width": 1440, "height": 900}}


@pytest.fixture
def gate(live):
    """Closed, so that a draft waits to be looked at; open in the end."""
    live.dafu.gate.clear()
    yield live.dafu.gate
    live.dafu.gate.set()


def send(page, question):
    page.locator("#box textarea").fill(question)
    page.locator("#send").click()


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize(("lang", "stop"), [("zh", "停止"), ("en", "Stop")])
def test_asked_drafted_answered_marked_and_highlighted(visit, gate, width, lang, stop):
    page = visit(f"/chat/?lang={lang}", size=SIZES[width]).page
    expect(page.get_by_role("button", name="提问" if lang == "zh" else "Ask")).to_be_visible()
    send(page, "流")
    expect(page.locator(".draft .said")).to_have_text(f"草稿一，{DRAFT}")
    expect(page.get_by_role("button", name=stop)).to_be_visible()
    expect(page.locator("#send")).to_be_hidden()
    expect(page.locator("#messages [role=log]")).to_have_attribute("aria-busy", "true")
    gate.set()
    expect(page.locator(".draft")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()
    mark = page.locator(".reply .mark").last
    mark.click()
    card = page.locator("#cite-0-2")
    expect(card).to_have_class(re.compile("lit"))
    expect(card).to_be_in_viewport()
    expect(card.locator("mark")).to_have_text("核供应国集团(2012 年 9 月)")
    expect(card.locator("a.read")).to_have_attribute("href", re.compile(r"^\.\./reader/A-72-344"))
    if width < 1000:
        page.keyboard.press("Escape")
        expect(page.locator("#evidence")).to_be_hidden()
        expect(mark).to_be_focused()


def test_what_was_stopped_can_be_tried_again(visit, gate, live):
    page = visit().page
    send(page, "流")
    expect(page.locator(".draft")).to_be_visible()
    page.locator("#stop").click()
    expect(page.locator(".reply.stopped")).to_be_visible()
    expect(page.locator("#box textarea")).to_be_enabled()
    gate.set()
    page.locator(".reply.stopped").get_by_role("button", name="重试").click()
    expect(page.locator(".reply .mark").first).to_be_visible()
    expect(page.locator(".asked")).to_have_count(1)


def test_the_question_as_understood_is_edited_and_asked(visit, live):
    one = visit()
    one.ask("问")
    one.ask("那呢？")
    page = one.page
    expect(page.locator(".understood")).to_contain_text("那呢？（阿根廷）")
    page.get_by_role("button", name="修改").click()
    expect(page.locator("#box textarea")).to_be_focused()
    expect(page.locator("#box textarea")).to_have_value("那呢？（阿根廷）")
    page.keyboard.type("还有吗")
    page.keyboard.press("Enter")
    expect(page.locator(".asked").last).to_have_text("那呢？（阿根廷）还有吗")


def test_a_verdict_is_given_with_a_comment(visit, live):
    one = visit()
    one.ask("问")
    page = one.page
    page.get_by_role("button", name="有问题").click()
    page.get_by_role("textbox", name="哪里好").fill("<b>不对</b>")
    page.get_by_role("dialog").get_by_role("button", name="发送").click()
    expect(page.locator("#toast")).to_have_text("谢谢，已记下。")
    expect(page.locator(".down.chosen")).to_be_visible()
    (path,) = live.site.settings.feedback_dir.iterdir()
    assert "<b>不对</b>" in path.read_text("utf-8")


@pytest.mark.parametrize(("form", "start"), [("Markdown", b"# "), ("Word", b"PK")])
def test_the_conversation_is_taken_away(visit, form, start):
    one = visit()
    one.ask("问")
    one.page.get_by_text("导出").click()
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name=form).click()
    assert download.value.path().read_bytes().startswith(start)
