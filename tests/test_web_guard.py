"""What stands in front of every route: hosts, foreign pages, slow callers, headers."""

import time

import pytest
from web_live import serving

from qa.web.headers import Headers
from qa.web.settings import WebSettings

HEAD = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def live():
    with serving(frame_ancestors="https://portal.example", body_timeout=0.4) as running:
        yield running


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:80", "LOCALHOST"])
def test_loopback_names_are_served(live, host):
    assert live.get("/health", Host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil"])
def test_another_host_name_is_refused_when_listening_on_loopback(live, host):
    reply = live.get("/health", Host=host)
    assert (reply.status, reply.code) == (421, "unknown_host")
    assert "DAFU_ALLOWED_HOSTS" in reply.json["error"]["message"]


def test_named_hosts_are_served():
    with serving(allowed_hosts="portal.example, localhost") as live:
        assert live.get("/health", Host="portal.example").status == 200
        assert live.get("/health", Host="127.0.0.1").status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://name-that-a-proxy-rewrote"},
    ],
)
def test_own_pages_and_programs_may_ask(live, headers):
    sent = {name: value.format(port=live.port) for name, value in headers.items()}
    assert live.send("POST", "/api/v1/ask", {"question": "问"}, sent).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.example"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "OPTIONS", "DELETE"])
def test_pages_of_other_sites_may_not(live, headers, method):
    reply = live.send(method, "/api/v1/ask", {"question": "问"}, headers)
    assert (reply.status, reply.code) == (403, "foreign_origin")
    assert not any(name.startswith("access-control") for name in reply.headers)


def test_an_origin_that_the_operator_names_may_ask():
    with serving(allowed_origins="https://portal.example/") as live:
        headers = {"Origin": "https://portal.example", "Sec-Fetch-Site": "cross-site"}
        assert live.send("POST", "/api/v1/ask", {"question": "问"}, headers).status == 200


def test_a_body_that_trickles_in_gets_408(live):
    answer = live.raw(HEAD + b"Content-Length: 100\r\n\r\n{")
    assert answer.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("start", [b"", b"GET", HEAD, HEAD + b"X-Slow: 1"])
def test_a_head_that_does_not_come_is_hung_up_on(live, start):
    before = time.monotonic()
    assert live.raw(start) == b""
    assert time.monotonic() - before < 3


def test_a_second_request_on_the_connection_has_the_same_deadline(live):
    first = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    before = time.monotonic()
    assert live.raw(first + b"GET /hea").count(b"HTTP/1.1 200") == 1
    assert time.monotonic() - before < 3


def test_a_head_that_does_not_end_is_hung_up_on(live):
    with pytest.raises((ConnectionError, AssertionError)):
        assert live.raw(HEAD + b"X: " + b"x" * 2_000_000) != b""


def test_an_answer_may_take_longer_than_its_request(live):
    assert live.ask("慢").status == 200


@pytest.mark.parametrize("path", ["/", "/chat/", "/embed/", "/health", "/openapi.json", "/none"])
def test_every_answer_carries_the_headers_of_safety(live, path):
    headers = live.get(path).headers
    policy = headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy or "script-src" not in policy
    assert "server" not in headers


def test_only_the_page_for_an_iframe_may_be_framed_by_others(live):
    embed, page = live.get("/embed/").headers, live.get("/chat/").headers
    assert "frame-ancestors https://portal.example" in embed["content-security-policy"]
    assert "x-frame-options" not in embed
    assert "frame-ancestors 'self'" in page["content-security-policy"]
    assert page["x-frame-options"] == "SAMEORIGIN"


def test_refusals_carry_the_headers_too(live):
    assert "content-security-policy" in live.get("/", Host="evil.example").headers


def test_redirects_hold_under_any_path_of_a_proxy(live):
    for path, target in (("/", "chat/"), ("/chat", "chat/"), ("/embed?lang=en", "embed/?lang=en")):
        reply = live.get(path)
        assert (reply.status, reply.headers["location"]) == (307, target)


def test_the_waiting_page_reads_without_javascript_and_comes_back(live):
    reply = live.get("/chat/")
    text = reply.body.decode()
    assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    assert '<meta http-equiv="refresh"' in text
    assert "正在启动" in text
    assert "Starting" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", 70_000),
        ("concurrency", 0),
        ("request_timeout", 0.0),
        ("max_body_bytes", -1),
        ("root_path", "portal"),
        ("root_path", "/portal/"),
        ("frame_ancestors", "'self'; script-src *"),
        ("frame_ancestors", "a\r\nX: b"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(field, value):
    with pytest.raises(ValueError, match=f"DAFU_{field.upper()}"):
        WebSettings(**{field: value})


def test_hosts_are_open_only_beyond_loopback():
    assert WebSettings(host="0.0.0.0").hosts is None
    assert WebSettings(host="::1").hosts == WebSettings().hosts
    assert WebSettings(host="0.0.0.0", allowed_hosts="a.example").hosts == {"a.example"}


def test_headers_are_made_once():
    headers = Headers("'none'")
    assert headers.of("/embed/") is headers.of("/embed/")
