"""Signing in with a provider, asking, and signing out, in a real Chromium."""

import re

import pytest
from accessibility import faults
from oidc_live import providing, signing_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CUT_OFF = ("AbortError", "Unexpected error Connection errored out")
"""What Gradio's own script says where leaving the page cuts a stream off."""
FRAME = """address => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.replaceChildren(frame);
}"""


@pytest.fixture(scope="module")
def provider():
    with providing() as running:
        running.asks_for_name = True
        yield running


@pytest.fixture(scope="module")
def live(provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("feedback")
    given = {"frame_ancestors": "'self' http://127.0.0.1:*", "feedback_dir": folder}
    with signing_in(provider.issuer, page=True, **given) as running:
        yield running


@pytest.fixture
def page(browser, live, provider):
    """Open a tab; at the end hold that it spoke to Dafu and the provider only."""
    context = browser.new_context(locale="zh-CN")
    page, requests = context.new_page(), []
    page.set_default_timeout(20_000)
    page.on("request", lambda one: requests.append(one.url))
    complaints = []
    page.on("pageerror", lambda one: complaints.append(str(one)))
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith(CUT_OFF)] == []
    ours = (f"{live.url}/", f"{provider.issuer}/", "data:", "blob:")
    assert [url for url in requests if not url.startswith(ours)] == []


def sign_in(page, provider):
    expect(page).to_have_url(re.compile(f"^{provider.issuer}/authorize"))
    page.get_by_label("Name").fill("wu")
    page.keyboard.press("Enter")


def test_a_visitor_signs_in_asks_and_signs_out_by_keyboard(page, live, provider):
    page.goto(f"{live.url}/chat/?lang=zh")
    sign_in(page, provider)
    expect(page).to_have_url(f"{live.url}/chat/?lang=zh")
    page.locator("#box textarea").fill("问")
    page.keyboard.press("Enter")
    expect(page.locator(".reply").last).to_contain_text("阿根廷于 2016 年参加了核安保峰会")
    out = page.get_by_role("button", name="退出", exact=True)
    expect(out).to_be_visible()
    assert faults(page, "#top") == []
    out.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/sign-out")
    expect(page.locator("main")).to_contain_text("已退出")
    assert page.context.cookies() == []
    page.get_by_role("link", name="登录").click()
    sign_in(page, provider)
    expect(page).to_have_url(f"{live.url}/chat/")


def test_an_open_page_says_that_the_session_has_ended_and_takes_up_again(page, live, provider):
    page.goto(f"{live.url}/chat/")
    sign_in(page, provider)
    page.locator("#box textarea").fill("问")
    page.keyboard.press("Enter")
    expect(page.locator(".reply .mark").first).to_be_visible()
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.includes(':talk:'))")
    page.context.clear_cookies()
    page.locator("#box textarea").fill("再问")
    page.keyboard.press("Enter")
    ended = page.locator("#ended")
    expect(ended).to_contain_text("登录已结束")
    expect(page.locator("#offline")).to_be_hidden()
    ended.get_by_role("link", name="重新登录").click()
    sign_in(page, provider)
    expect(page).to_have_url(f"{live.url}/chat/")
    expect(page.locator(".asked").first).to_have_text("问")


def test_on_a_phone_the_way_out_is_at_the_earlier_conversations(page, live, provider):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live.url}/chat/?lang=en")
    sign_in(page, provider)
    page.get_by_role("button", name="History").click()
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_have_count(1)
    assert faults(page, "#earlier") == []
    out.click()
    expect(page).to_have_url(f"{live.url}/sign-out")


def test_a_frame_of_the_same_site_shows_the_way_to_a_session_and_then_the_chat(
    page, live, provider
):
    page.goto(f"{provider.issuer}/portal")
    page.evaluate(FRAME, f"{live.url}/embed/")
    frame = page.frame_locator("iframe")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="登录").click()
    sign_in(opened.value, provider)
    expect(opened.value.locator("#box textarea")).to_be_visible()
    page.evaluate(FRAME, f"{live.url}/embed/")
    expect(frame.locator("#box textarea")).to_be_visible()
    expect(frame.locator("button[name=sign-out]:visible")).to_have_count(0)
