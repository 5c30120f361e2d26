"""A real headless Chromium, a server with the fake engine, and visits that are watched."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_live import Live, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1440, "height": 900}


@dataclass
class Visit:
    """A page and all that it did on the network and in the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question as a person does."""
        replies = self.page.locator("#messages .reply:not(.pending)")
        before = replies.count()
        self.page.locator("#box textarea").fill(question)
        self.page.keyboard.press("Enter")
        expect(replies).to_have_count(before + 1)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url in self.requests if url.startswith("http")}


@pytest.fixture(scope="module")
def live(tmp_path_factory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("feedback")
    with serving(
        page=True, frame_ancestors="'self' http://localhost:*", feedback_dir=folder
    ) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, live):
    """Open a page and, at the end, hold that it spoke to this server only, without complaint."""
    opened = []

    def open_at(path="/", size=None, ready="#box textarea", **options) -> Visit:
        context = browser.new_context(viewport=size or WIDE, locale="zh-CN", **options)
        made = Visit(context.new_page())
        made.page.set_default_timeout(20_000)
        made.page.on("request", lambda one: made.requests.append(one.url))
        made.page.on("pageerror", lambda one: made.complaints.append(str(one)))
        made.page.on(
            "console",
            lambda one: made.complaints.append(one.text) if one.type == "error" else None,
        )
        made.page.goto(live.url + path)
        expect(made.page.locator(ready)).to_be_visible()
        opened.append((made, context))
        return made

    yield open_at
    for made, context in opened:
        context.close()
        assert made.complaints == []
        assert made.hosts == {f"127.0.0.1:{live.port}"}
