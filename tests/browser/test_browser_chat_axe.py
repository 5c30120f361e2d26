"""axe-core on the chat and on the page for an iframe, in each state that a reader meets."""

import pytest
from accessibility import faults
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chat_has_no_grave_fault_empty_answered_or_in_a_dialog(visit, scheme):
    one = visit(color_scheme=scheme)
    page = one.page
    assert faults(page) == []
    for question in ("问", "那呢？", "拒绝", "排查", "错误"):
        one.ask(question)
    page.locator('.mark[href="#cite-0-2"]').click()
    expect(page.locator("#cite-0-2")).to_be_focused()
    page.emulate_media(reduced_motion="reduce")
    assert faults(page) == []
    page.get_by_role("button", name="历史").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="有问题").last.click()
    assert faults(page) == []


def test_the_page_for_an_iframe_has_no_grave_fault_on_a_phone(visit):
    one = visit("/embed/?lang=en", size=PHONE)
    one.ask("问")
    one.page.locator(".mark").first.click()
    expect(one.page.locator("#cite-0-1")).to_be_in_viewport()
    assert faults(one.page) == []
