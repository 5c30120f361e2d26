"""The look for faults of accessibility finds faults: a page that has some, and one without."""

import pytest
from accessibility import faults

pytestmark = pytest.mark.browser
PAGE = '<!doctype html><html lang="zh-Hans"><title>题</title><main><h1>题</h1>{}</main></html>'


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def test_a_good_page_has_no_fault(page):
    page.set_content(PAGE.format('<button type="button">复制</button>'))
    assert faults(page) == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<button></button>", "button-name"),
        ('<p style="color: #aaa; background: #fff">很淡的一行字</p>', "color-contrast"),
        ('<div id="host"></div>', "image-alt"),
        ("<iframe title='框' srcdoc='<html lang=zh><title>t</title><input>'></iframe>", "label"),
    ],
)
def test_faults_are_found_also_in_shadow_roots_and_frames(page, html, rule):
    page.set_content(PAGE.format(html))
    page.evaluate(
        """() => {
          const host = document.getElementById("host");
          if (host) host.attachShadow({ mode: "open" }).innerHTML = '<img src="data:,">';
        }"""
    )
    page.wait_for_load_state()
    assert any(f" {rule} " in one for one in faults(page))


def test_the_look_can_be_narrowed(page):
    page.set_content(PAGE.format('<p id="good">好</p><button></button>'))
    assert faults(page, "#good") == []
