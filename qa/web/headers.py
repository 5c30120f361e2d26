"""Response headers that every answer carries, and who may put a page into a frame."""

from typing import Final

Header = tuple[bytes, bytes]
PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:; "
    "base-uri 'self'; form-action 'none'; frame-ancestors {ancestors}"
)
"""Gradio styles its components inline, so styles may be inline; scripts may not."""
OWN_PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Reader and explorer are made here: nothing in them is inline."""
DATA: Final = "default-src 'none'; frame-ancestors 'none'"
COMMON: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
OURS_ALONE: Final = (
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
FOR_PORTALS: Final = ((b"cross-origin-resource-policy", b"cross-origin"),)
"""What a page of any origin may load: the component, which holds nothing but itself."""


class Headers:
    """Security headers by path, made once."""

    def __init__(self, frame_ancestors: str) -> None:
        self._data = _with(DATA, COMMON + OURS_ALONE)
        self._page = _with(PAGE.format(ancestors="'self'"), COMMON + OURS_ALONE)
        self._own_page = _with(OWN_PAGE, COMMON + OURS_ALONE)
        self._widget = _with(DATA, COMMON + FOR_PORTALS)
        self._embed = _with(PAGE.format(ancestors=frame_ancestors), COMMON)

    def of(self, path: str) -> list[Header]:
        """Return the headers for a path."""
        if path.startswith(("/api/", "/health", "/v1/", "/mcp")):
            return self._data
        if path.startswith(("/reader", "/explorer")):
            return self._own_page
        if path == "/widget.js":
            return self._widget
        return self._embed if path.startswith("/embed") else self._page


def _with(policy: str, headers: tuple[Header, ...]) -> list[Header]:
    return [(b"content-security-policy", policy.encode("ascii")), *headers]
