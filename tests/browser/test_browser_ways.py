"""From a question to the words in the report: chat, citation, reader, over the real engine."""

import pytest
from playwright.sync_api import expect
from web_live import serving

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}
LIT = "[...document.querySelectorAll('mark.cited')].map((one) => one.textContent).join('')"


@pytest.fixture(scope="module")
def live(chain, tmp_path_factory):
    folder = tmp_path_factory.mktemp("feedback")
    with serving(page=True, dafu=chain, feedback_dir=folder) as running:
        yield running


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1440"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_question_leads_to_its_words_in_the_report(visit, size, lang):
    one = visit(f"/chat/?lang={lang}", size)
    one.ask("墨西哥何时加入核供应国集团？")
    one.page.locator(".reply .mark").first.click()
    card = one.page.locator("#panel .card").first
    quoted = card.locator("mark").text_content()
    with one.page.context.expect_page() as opening:
        card.locator("a.read").click()
    reader = opening.value
    expect(reader.locator("mark.cited").first).to_be_in_viewport()
    assert reader.evaluate(LIT) == quoted
    expect(reader.locator("html")).to_have_attribute("lang", "en" if lang == "en" else "zh-Hans")
    expect(one.page.locator(".reply .mark").first).to_be_attached()


def test_the_heading_leads_to_the_report_and_the_explorer(visit):
    one = visit("/chat/", PHONE)
    for name, title in (
        ("全文", "A/72/344 全文 · 答复 Dafu"),
        ("概览", "A/72/344 概览 · 答复 Dafu"),
    ):
        link = one.page.locator("#heading a", has_text=name)
        expect(link).to_be_in_viewport(ratio=1)
        with one.page.context.expect_page() as opening:
            link.click()
        expect(opening.value).to_have_title(title)
