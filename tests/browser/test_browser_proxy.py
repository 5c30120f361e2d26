"""The chat under a sub-path over TLS, behind a real nginx and a sign-on, in a real Chromium."""

import re

import pytest
from nginx_live import MISSING, PREFIX, signed_on
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {MISSING}"),
]
KEPT = "() => Object.keys(localStorage).some(key => key.includes(':talk:'))"
CUT_OFF = ("AbortError", "Unexpected error Connection errored out")
"""What Gradio's own script says where a reload cuts a stream off."""


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    with signed_on(tmp_path_factory.mktemp("nginx"), "dafu_of-a-program") as proxy:
        yield proxy


@pytest.fixture
def page(browser, behind):
    """Open a tab; at the end hold that it spoke to the proxy only, encrypted, below the prefix."""
    context = browser.new_context(ignore_https_errors=True, locale="zh-CN")
    page, requests, complaints = context.new_page(), [], []
    page.set_default_timeout(20_000)
    page.on("request", lambda one: requests.append(one.url))
    page.on("pageerror", lambda one: complaints.append(str(one)))
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith(CUT_OFF)] == []
    ours = (f"{behind.url}{PREFIX}/", f"{behind.url}/oauth2/", "data:", "blob:")
    assert [url for url in requests if not url.startswith(ours)] == []


def ask(page, question):
    page.locator("#box textarea").fill(question)
    page.keyboard.press("Enter")


def test_a_question_is_asked_checked_and_kept_through_the_proxy(page, behind):
    page.goto(f"{behind.url}{PREFIX}/")
    expect(page).to_have_url(f"{behind.url}{PREFIX}/chat/")
    expect(page.locator("#box textarea")).to_be_visible()
    ask(page, "问")
    expect(page.locator(".reply").last).to_contain_text("阿根廷于 2016 年参加了核安保峰会")
    page.locator(".reply .mark").last.click()
    expect(page.locator("#cite-0-2 mark")).to_have_text("核供应国集团(2012 年 9 月)")
    page.wait_for_function(KEPT)
    page.reload()
    expect(page.locator(".asked")).to_have_text(["问"])
    page.locator('.mark[href="#cite-0-2"]').click()
    expect(page.locator("#cite-0-2")).to_have_class(re.compile("lit"))
    with page.expect_popup() as opened:
        page.locator('#cite-0-2 a[href*="reader/"]').first.click()
    expect(opened.value).to_have_url(re.compile(f"^{behind.url}{PREFIX}/reader/"))
    expect(opened.value.locator("mark").first).to_contain_text("核供应国集团")


def test_a_draft_is_shown_while_the_answer_is_written(page, behind):
    gate = behind.live.dafu.gate
    gate.clear()
    try:
        page.goto(f"{behind.url}{PREFIX}/embed/")
        ask(page, "流")
        expect(page.locator(".reply").last).to_contain_text("草稿二")
    finally:
        gate.set()
    expect(page.locator(".reply").last).to_contain_text("阿根廷于 2016 年参加了核安保峰会")


def test_the_page_uses_the_addresses_of_programs_without_a_key(page, behind):
    page.goto(f"{behind.url}{PREFIX}/chat/")
    ask(page, "问")
    expect(page.locator(".reply .mark").first).to_be_visible()
    status = "() => fetch('../api/v1/search?q=1').then(reply => reply.status)"
    assert page.evaluate(status) == 200
