"""The page for an iframe, on a portal of another origin, in a real headless Chromium."""

import http.server
import re
import threading

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


class Portal(http.server.BaseHTTPRequestHandler):
    """A page of another origin with Dafu in a frame."""

    target = ""

    def do_GET(self) -> None:
        body = f'<!doctype html><iframe src="{self.target}" width="500" height="600"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal(browser, live):
    """Open another origin's page that frames a path of ours."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    pages = []

    def open_at(host: str, path: str) -> Page:
        Portal.target = live.url + path
        pages.append(browser.new_page())
        pages[-1].goto(f"http://{host}:{server.server_port}/")
        return pages[-1]

    yield open_at
    for page in pages:
        page.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_portal_that_is_allowed_frames_the_chat(portal):
    page = portal("localhost", "/embed/")
    frame = page.frame_locator("iframe")
    frame.locator("#box textarea").fill("问")
    frame.locator("#send").click()
    frame.locator(".reply .mark").first.click()
    expect(frame.locator("#cite-0-1")).to_have_class(re.compile("lit"))


@pytest.mark.parametrize(("host", "path"), [("127.0.0.1", "/embed/"), ("localhost", "/chat/")])
def test_others_may_not_and_the_full_page_is_framed_by_nobody_else(portal, host, path):
    page = portal(host, path)
    page.wait_for_timeout(1_500)
    assert page.frame_locator("iframe").locator("#box").count() == 0
