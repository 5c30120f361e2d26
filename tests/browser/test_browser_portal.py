"""The sample portal on another origin: what an allowed one gets, and what any other is refused."""

import importlib.util
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from accessibility import faults
from playwright.sync_api import Locator, Page, expect
from web_live import serving

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).parents[2] / "examples" / "portal" / "serve.py"
ALLOWED, OTHER = "localhost", "127.0.0.1"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """Serve Dafu and a portal that it allows by one of the two names under which it is reached."""
    spec = importlib.util.spec_from_file_location("portal_serve", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    named = f"http://{ALLOWED}:{port}"
    folder = tmp_path_factory.mktemp("feedback")
    with serving(
        page=True, frame_ancestors=named, allowed_origins=named, feedback_dir=folder
    ) as live:
        server = module.make_portal(live.url, port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield live, port
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def opened(browser, portal):
    """Open the portal under a name and hold, at the end, that no third host was asked."""
    live, port = portal
    contexts, hosts = [], set()

    def open_at(host: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda one: hosts.add(urlsplit(one.url).netloc))
        page.goto(f"http://{host}:{port}/")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert hosts - {""} <= {f"{OTHER}:{live.port}", f"{OTHER}:{port}", f"{ALLOWED}:{port}"}


def logged(page: Page, text: str) -> Locator:
    """Return the lines of the portal's log of events that hold a text."""
    return page.locator("#log li", has_text=text)


def test_the_component_asks_answers_with_a_citation_and_tells_its_page(opened):
    page = opened(ALLOWED)
    expect(logged(page, "inline dafu-ready")).to_be_visible(timeout=20_000)
    page.locator("#ask-inline").click()
    page.frame_locator("#inline iframe").locator(".reply .mark").first.click()
    expect(page.frame_locator("#inline iframe").locator("#cite-0-1")).to_be_visible()
    told = logged(page, "inline dafu-answer")
    expect(told).to_have_text(
        'inline dafu-answer {"question":"墨西哥何时加入核供应国集团？","id":"answer-1",'
        '"refused":false,"citations":2}'
    )
    page.evaluate("document.getElementById('inline').ask('拒绝')")
    expect(logged(page, '"refused":true,"citations":0')).to_be_visible()
    page.evaluate("document.getElementById('inline').ask('错误')")
    expect(logged(page, 'dafu-error {"code":"not_answered"')).to_be_visible()


def test_the_floating_button_works_by_keyboard_and_gives_the_focus_back(opened):
    page = opened(ALLOWED)
    button = page.locator("#floating .open")
    panel = page.locator("#floating .panel")
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(panel).to_have_role("dialog")
    expect(panel).to_have_accessible_name("提问：答复 Dafu")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(logged(page, "floating dafu-ready")).to_be_visible(timeout=20_000)
    frame = page.frame_locator("#floating iframe")
    frame.locator("#box textarea").fill("问")
    page.keyboard.press("Enter")
    expect(frame.locator(".reply .mark").first).to_be_visible()
    expect(logged(page, "floating dafu-answer")).to_be_visible()
    page.keyboard.press("Escape")  # the focus is in the frame
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(panel).to_be_visible()
    expect(frame.locator(".reply .mark").first).to_be_visible()
    page.locator("#floating .close").focus()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(logged(page, "floating dafu-close")).to_have_count(2)


def test_a_plain_frame_and_a_call_of_the_interface_answer_too(opened):
    page = opened(ALLOWED)
    page.locator("#plain").scroll_into_view_if_needed()
    frame = page.frame_locator("#plain")
    frame.locator("#box textarea").fill("问")
    frame.locator("#send").click()
    expect(frame.locator(".reply .mark").first).to_be_visible()
    page.locator("#fetch button").click()
    expect(page.locator("#answer li")).to_have_count(2)
    expect(page.locator("#answer li").first).to_contain_text("A/72/344，第 3 页，阿根廷")


def test_language_and_theme_follow_the_portal(opened):
    page = opened(ALLOWED)
    expect(logged(page, "inline dafu-ready")).to_be_visible(timeout=20_000)
    frame = page.frame_locator("#inline iframe")
    page.locator("#switch-lang").click()
    expect(frame.locator(".brand")).to_have_attribute("lang", "en")
    expect(page.locator("#floating .open")).to_have_text("Ask Dafu")
    body = frame.locator("body")
    page.locator("#switch-theme").click()
    expect(body).to_have_css("background-color", "rgb(19, 23, 28)")
    page.locator("#switch-theme").click()
    expect(body).to_have_css("background-color", "rgb(250, 249, 246)")


def test_the_portal_with_the_chat_open_has_no_grave_fault(opened):
    page = opened(ALLOWED)
    page.emulate_media(reduced_motion="reduce")
    page.locator("#floating .open").click()
    for one in ("inline", "floating"):
        expect(logged(page, f"{one} dafu-ready")).to_be_visible(timeout=20_000)
    assert faults(page) == []


def test_a_portal_that_is_not_allowed_is_refused_and_says_what_to_set(opened):
    page = opened(OTHER)
    page.evaluate("document.getElementById('inline').setAttribute('timeout', '1')")
    error = page.locator("#inline .error")
    expect(error).to_be_visible(timeout=20_000)
    expect(error).to_contain_text("答复 Dafu 没有载入")
    expect(error).to_contain_text(f"DAFU_FRAME_ANCESTORS 中加入 {page.evaluate('location.origin')}")
    expect(logged(page, 'dafu-error {"code":"not_loaded"')).to_be_visible()
    assert page.frame_locator("#inline iframe").locator("#box").count() == 0
    page.locator("#fetch button").click()
    expect(page.locator("#answer")).to_contain_text("DAFU_ALLOWED_ORIGINS")
    assert page.locator("#answer li").count() == 0
    assert faults(page) == []


def test_the_component_ignores_messages_that_do_not_come_from_its_frame(opened):
    page = opened(ALLOWED)
    expect(logged(page, "inline dafu-ready")).to_be_visible(timeout=20_000)
    page.evaluate("window.postMessage({ type: 'dafu:answer', detail: { id: 'forged' } }, '*')")
    page.evaluate("document.getElementById('inline').ask('问')")
    expect(logged(page, "inline dafu-answer")).to_have_count(1)
    assert logged(page, "forged").count() == 0


def test_the_page_in_the_frame_heeds_its_portal_only(opened, portal):
    page = opened(ALLOWED)
    expect(logged(page, "inline dafu-ready")).to_be_visible(timeout=20_000)
    inside = next(one for one in page.frames if one.parent_frame and "/embed/" in one.url)
    forged = "window.postMessage({ type: 'dafu:ask', value: '伪造' }, '*')"
    inside.evaluate(forged)  # its own window is not the page around it
    inside.evaluate(
        """() => window.dispatchEvent(new MessageEvent("message", {
          source: window.parent, origin: "https://evil.example",
          data: { type: "dafu:ask", value: "伪造" } }))"""
    )
    page.evaluate("document.getElementById('inline').ask('问')")
    expect(logged(page, "inline dafu-answer")).to_have_count(1)
    assert [one.text for one in portal[0].dafu.asked if "伪造" in one.text] == []
