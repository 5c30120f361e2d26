"""Pages of other origins: who may read the interface's answers, and who loads the component."""

import pytest
from web_live import serving

from qa.web.settings import WebSettings

PORTAL = "https://portal.example"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.fixture(scope="module")
def live():
    with serving(allowed_origins=f"{PORTAL}:443, http://intra:8080/") as running:
        yield running


def permissions(reply):
    return {name for name in reply.headers if name.startswith("access-control-")}


@pytest.mark.parametrize("path", ["/api/v1/ask", "/v1/chat/completions"])
@pytest.mark.parametrize("origin", [PORTAL, "http://intra:8080"])
def test_a_browser_that_asks_beforehand_is_told_what_a_named_page_may_send(live, path, origin):
    reply = live.send("OPTIONS", path, None, {"Origin": origin, **ASKS})
    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["access-control-allow-origin"] == origin
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in reply.headers
    assert "Origin" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("body", "status"), [({"question": "问"}, 200), ({"question": ""}, 422), (b"{", 400)]
)
def test_answers_and_errors_can_be_read_by_a_named_page(live, body, status):
    sent = {"Origin": PORTAL, "Content-Type": "application/json"}
    reply = live.send("POST", "/api/v1/ask", body, sent)
    assert reply.status == status
    assert reply.headers["access-control-allow-origin"] == PORTAL


def test_a_body_that_is_refused_unread_can_be_read_about(live):
    sent = {"Origin": PORTAL, "Content-Length": "9999999"}
    reply = live.send("POST", "/api/v1/ask", b"{}", sent)
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (413, PORTAL)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://portal.example",
        "https://portal.example:444",
        "https://portal.example.evil.example",
        "https://a.portal.example",
    ],
)
def test_no_other_page_is_given_anything(live, origin):
    asked = live.send("OPTIONS", "/api/v1/ask", None, {"Origin": origin, **ASKS})
    read = live.get("/api/v1/respondents", Origin=origin)
    assert (asked.status, asked.code) == (403, "foreign_origin")
    assert read.status == 200
    for reply in (asked, read):
        assert permissions(reply) == set()
        assert "Origin" in reply.headers["vary"]


@pytest.mark.parametrize("path", ["/chat/", "/health", "/mcp", "/widget.js", "/reader/"])
def test_nothing_but_the_interface_is_shared(live, path):
    assert permissions(live.get(path, Origin=PORTAL)) == set()


def test_without_a_named_origin_nobody_is_permitted():
    with serving() as live:
        assert permissions(live.get("/api/v1/respondents", Origin=PORTAL)) == set()


def test_the_component_may_be_loaded_by_any_page_and_is_known_again(live):
    reply = live.get("/widget.js")
    headers = reply.headers
    assert reply.status == 200
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["cache-control"] == "public, max-age=600"
    assert live.get("/widget.js", If_None_Match=headers["etag"]).status == 304
    packed = live.get("/widget.js", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < 5_000


def test_the_component_names_no_host_and_writes_no_markup(live):
    text = live.get("/widget.js").body.decode()
    assert "http://" not in text
    assert "https://" not in text
    assert not any(word in text for word in ("innerHTML", "eval(", ".style", "<style"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("allowed_origins", "*", r"'\*' is no origin"),
        ("allowed_origins", "https://portal.example/page", "without a path"),
        ("allowed_origins", "portal.example", "scheme://host"),
        ("allowed_origins", "null", "scheme://host"),
        ("allowed_origins", "https://ok.example https://no.example", "separated by commas"),
        ("frame_ancestors", "*", r"'\*' names no portal"),
        ("frame_ancestors", "https://a.example, https://b.example", "separated by spaces"),
        ("frame_ancestors", "https://a.example/page", "without a path"),
        ("frame_ancestors", "'none' https://a.example", "'none' alone"),
        ("frame_ancestors", "'unsafe-inline'", "names no portal"),
        ("frame_ancestors", "  ", "allowed"),
    ],
)
def test_a_setting_that_names_no_origin_is_refused_with_what_is_allowed(field, value, said):
    with pytest.raises(ValueError, match=said) as error:
        WebSettings(**{field: value})
    assert f"DAFU_{field.upper()}" in str(error.value)


@pytest.mark.parametrize(
    "value", ["'none'", "'self'", "'self' https://*.example.org http://localhost:* https://a:8443"]
)
def test_usual_frame_ancestors_are_taken(value):
    assert WebSettings(frame_ancestors=value).frame_ancestors == value
