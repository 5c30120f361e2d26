"""Conversations kept in the browser: after a reload, from the list, after a restart, unharmed."""

import json
import re

import pytest
from playwright.sync_api import expect
from web_attacks import ATTACKS
from web_fakes import FakeDafu
from web_live import serving

from qa.types import Question
from qa.web.conversation import Conversation
from qa.web.kept import keep

pytestmark = pytest.mark.browser
STORE = """([kept]) => {
  const key = "dafu:/:talk:00";
  localStorage.setItem(key, JSON.stringify({ title: kept, changed: 1, kept }));
  sessionStorage.setItem("dafu:/:current", key);
}"""


def is_there_with_its_citations(page):
    expect(page.locator(".asked")).to_have_text(["问", "排查"])
    page.locator('.mark[href="#cite-0-2"]').click()
    expect(page.locator("#cite-0-2")).to_have_class(re.compile("lit"))
    expect(page.locator("#cite-0-2 mark")).to_have_text("核供应国集团(2012 年 9 月)")


def test_a_reload_keeps_conversation_citations_and_language(visit, live):
    one = visit()
    one.ask("问")
    one.ask("排查")
    one.page.locator("#switch").click()
    expect(one.page.locator("#send")).to_have_text("Ask")
    one.page.reload()
    is_there_with_its_citations(one.page)
    expect(one.page.locator("#send")).to_have_text("Ask")
    one.ask("再问")
    assert [turn.content for turn in live.dafu.asked[-1].history[::2]] == ["问", "排查"]


def test_what_a_box_gets_without_a_change_of_the_document_is_kept(visit):
    page = visit().page
    expect(page.locator("#box textarea")).to_be_visible()
    kept = json.dumps({"exchanges": [{"question": "悄悄写入"}]})
    page.evaluate("kept => { boxOf('kept').value = kept; }", kept)
    page.wait_for_function(
        "() => Object.values(localStorage).some(one => one.includes('悄悄写入'))"
    )


def test_earlier_conversations_are_listed_opened_and_deleted(visit):
    one = visit()
    page = one.page
    one.ask("问")
    one.ask("排查")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".asked")).to_have_count(0)
    one.ask("另一个")
    page.get_by_role("button", name="历史").click()
    titles = page.locator("#earlier .open b")
    expect(titles).to_have_text(["另一个", "问"])
    titles.last.click()
    is_there_with_its_citations(page)
    page.get_by_role("button", name="历史").click()
    page.get_by_role("button", name="全部删除").click()
    expect(page.locator("#earlier .none")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".asked")).to_have_count(0)


def test_a_restart_of_the_server_is_survived(browser):
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with serving(page=True) as live:
        page.goto(live.url)
        for question in ("问", "排查"):
            page.locator("#box textarea").fill(question)
            page.keyboard.press("Enter")
            expect(page.locator(".asked").last).to_have_text(question)
            expect(page.locator(".pending")).to_have_count(0)
        expect(page.locator(".cover")).to_be_visible()
        page.get_by_role("button", name="历史").click()
        page.keyboard.press("Escape")
    page.locator("#box textarea").fill("没有人听")
    page.keyboard.press("Enter")
    expect(page.locator("#offline")).to_contain_text("连接中断", timeout=15_000)
    with serving(page=True, port=live.port):
        expect(page.locator("#offline")).to_have_text("", timeout=20_000)
        is_there_with_its_citations(page)
    context.close()


def test_twenty_attacks_kept_and_typed_show_as_text(visit):
    one = visit()
    page = one.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    talk = Conversation().asking("敌意").answered(FakeDafu().invoke(Question("敌意")))
    for attack in ATTACKS:
        talk = talk.asking(attack).answered(None, attack)
    page.evaluate(STORE, [keep(talk)])
    page.reload()
    expect(page.locator(".asked")).to_have_count(1 + len(ATTACKS))
    for n, attack in enumerate(ATTACKS, 1):
        shown = " ".join(attack.split())
        assert " ".join(page.locator(".asked").nth(n).inner_text().split()) == shown
        error = page.locator(".reply").nth(n).locator("p").last
        assert " ".join(error.inner_text().split()) == shown
    one.ask(" ".join(ATTACKS))
    page.get_by_role("button", name="历史").click()
    expect(page.locator("#earlier li").last).to_contain_text("敌意")
    for tag in ("img", "script", "iframe", "svg", "form", "video", "base", "link", "style"):
        assert page.locator(f"#messages .md {tag}, #panel .md {tag}, #earlier {tag}").count() == 0
    assert json.loads(page.evaluate("JSON.stringify(document.baseURI)")).endswith("/chat/")
