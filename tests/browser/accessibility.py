"""axe-core in the page under test, its frames included."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, Page

GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}


def faults(page: Page, within: str | None = None) -> list[str]:
    """Return what axe-core calls serious or critical, one line an element; best is none at all.

    ``within`` is a CSS selector that narrows the look to a part of the page. Each frame is looked
    at by itself, whatever its origin; shadow roots are looked into.
    """
    return [
        f"{frame.url} {one['id']} ({one['impact']}): {node['target']} {node['html'][:200]}"
        for frame in page.frames
        if not frame.url.startswith("chrome-error:")  # the browser's own page, for one refused
        for one in _violations(frame, within)
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def _violations(frame: Frame, within: str | None) -> list[dict[str, Any]]:
    frame.evaluate(AXE_SCRIPT)
    found = frame.evaluate(
        "([within, options]) => axe.run(within ?? document, options)", [within, OPTIONS]
    )
    return found["violations"]
