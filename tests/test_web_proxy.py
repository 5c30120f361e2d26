"""Behind a real nginx, run from the example: sub-path, TLS, another port, sign-on, streams."""

import http.client
import json
from urllib.parse import urljoin

import pytest
from nginx_live import MISSING, PREFIX, signed_on
from web_live import wait_until

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {MISSING}")
WU = {"Cookie": "session=wu"}
PAGE = {**WU, "Sec-Fetch-Site": "same-origin"}
QUESTION = {"question": "问"}
KEY = "dafu_of-a-program"


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """Dafu with sign-on and keys, behind nginx with TLS on another port."""
    with signed_on(tmp_path_factory.mktemp("nginx"), KEY) as proxy:
        yield proxy


def direct(proxy, path, source="127.0.0.2", **headers):
    """Ask Dafu itself, from an address that is not the proxy's."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", proxy.live.port, timeout=15, source_address=(source, 0)
    )
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=names)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/chat/", "gradio-app"),
        ("/embed/", "gradio-app"),
        ("/reader/A-72-344", "阿根廷"),
        ("/explorer/", "墨西哥"),
        ("/api/v1/respondents", "MEX"),
        ("/openapi.json", PREFIX),
        ("/health/ready", "ready"),
    ],
)
def test_every_surface_is_there_under_the_sub_path(behind, path, word):
    reply = behind.send("GET", path, headers=PAGE)
    assert reply.status == 200
    assert word in reply.body.decode()


@pytest.mark.parametrize("path", ["", "/", "/chat", "/embed?lang=en", "/reader", "/explorer"])
def test_redirects_stay_under_the_sub_path_and_on_https(behind, path):
    address = f"{behind.url}{PREFIX}{path}"
    for _ in range(4):
        reply = behind.send("GET", address.removeprefix(behind.url + PREFIX), headers=PAGE)
        if reply.status == 200:
            break
        assert 300 < reply.status < 400
        address = urljoin(address, reply.headers["location"])
        assert address.startswith(f"{behind.url}{PREFIX}/")
    assert reply.status == 200


def test_the_chat_page_names_the_address_that_visitors_use(behind):
    config = behind.send("GET", "/chat/config", headers=PAGE).json
    assert config["root"] == f"{behind.url}{PREFIX}/chat"


def test_the_prefix_is_taken_off_by_nginx_and_not_understood_twice(behind):
    assert behind.send("GET", f"{PREFIX}/chat/", headers=PAGE).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "{url}", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "{url}"},
    ],
)
def test_our_own_page_may_ask_though_tls_ends_at_the_proxy(behind, headers):
    sent = {name: value.format(url=behind.url) for name, value in headers.items()}
    assert behind.send("POST", "/api/v1/ask", QUESTION, {**WU, **sent}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://localhost"},
        {"Origin": "https://localhost:1"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/api/v1/ask", (401, "key_required")),
        ("/chat/gradio_api/queue/join", (403, "foreign_origin")),
    ],
)
def test_a_page_of_another_origin_may_not_use_a_visitor_s_session(behind, headers, path, refused):
    reply = behind.send("POST", path, QUESTION, {**WU, **headers})
    assert (reply.status, reply.code) == refused


def test_a_visitor_without_session_is_led_to_the_sign_in_and_back(behind):
    reply = behind.get("/chat/?lang=en", Accept="text/html,*/*")
    assert reply.status == 302
    assert reply.headers["location"] == f"/oauth2/start?rd={PREFIX}/chat/?lang=en"
    assert behind.get("/chat/").status == 401


def test_the_user_whom_the_proxy_names_gets_in(behind):
    assert behind.send("GET", "/chat/", headers=WU).status == 200


@pytest.mark.parametrize("path", ["/chat/", "/reader/A-72-344", "/static/chat.css", "/none"])
def test_a_forged_header_is_refused_by_dafu_itself(behind, path):
    status, body = direct(behind, path, X_Forwarded_User="admin")
    assert (status, body["error"]["code"]) == (403, "not_through_proxy")


def test_a_forged_header_is_overwritten_by_nginx(behind):
    forged = {"X-Forwarded-User": "admin", "x_forwarded_user": "admin"}
    assert behind.send("GET", "/chat/", headers=forged).status == 401
    assert behind.send("GET", "/chat/", headers={**forged, **WU}).status == 200
    unnamed = behind.send("GET", "/chat/", headers={**forged, "Cookie": "session=unnamed"})
    assert (unnamed.status, unnamed.code) == (403, "not_signed_in")


def test_health_needs_nobody(behind):
    for path in ("/health", "/health/ready"):
        assert direct(behind, path)[0] == 200


def test_a_program_comes_through_nginx_with_its_key_alone(behind):
    right = {"Authorization": f"Bearer {KEY}"}
    assert behind.send("POST", "/api/v1/ask", QUESTION, right).status == 200
    assert behind.send("GET", "/v1/models", headers=right).status == 200
    wrong = {"Authorization": "Bearer dafu_wrong", "X-Forwarded-User": "admin"}
    refused = behind.send("POST", "/api/v1/ask", QUESTION, wrong)
    assert (refused.status, refused.code) == (401, "wrong_key")
    assert refused.headers["www-authenticate"].startswith('Bearer realm="Dafu"')
    long = behind.send("POST", "/api/v1/ask", b"x" * 1_000_000, wrong)
    assert (long.status, long.code) == (401, "wrong_key"), "said before the body is read"
    page = behind.send("GET", "/chat/", headers=wrong)
    assert (page.status, page.code) == (403, "not_signed_in")


def test_events_arrive_while_they_are_written(behind):
    gate = behind.live.dafu.gate
    gate.clear()
    connection = behind.connect()
    try:
        body = json.dumps({"question": "流"}).encode()
        headers = {**PAGE, "Content-Type": "application/json", "Accept": "text/event-stream"}
        connection.request("POST", f"{PREFIX}/api/v1/ask", body, headers)
        response = connection.getresponse()
        event, data = (response.readline().decode() for _ in range(2))
        assert event == "event: provisional\n"
        assert "草稿" in data, "a draft, before the answer is written"
        gate.set()
        assert "event: answer" in response.read().decode()
    finally:
        gate.set()
        connection.close()


def test_a_body_too_long_is_refused_in_the_shape_of_every_error(behind):
    reply = behind.send("POST", "/api/v1/ask", b"x" * 1_048_577, PAGE)
    assert (reply.status, reply.code) == (413, "body_too_large")
    longest = behind.send("POST", "/api/v1/ask", b"x" * 1_048_576, PAGE)
    assert (longest.status, longest.code) == (400, "bad_json")


def test_no_question_stands_in_the_log_of_the_proxy(behind):
    behind.send("GET", "/api/v1/search?q=secret-words", headers=PAGE)
    log = behind.folder / "access.log"
    wait_until(lambda: "/portal/dafu/api/v1/search 200" in log.read_text("utf-8"))
    assert "secret-words" not in log.read_text("utf-8")


def test_tls_is_asked_for_again(behind):
    headers = behind.send("GET", "/chat/", headers=WU).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "script-src 'self'" in headers["content-security-policy"]
