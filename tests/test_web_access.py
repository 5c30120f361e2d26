"""Sign-on by a trusted proxy's header, and keys of programs: who is let in, who is not."""

import http.client
import logging
import re
from hashlib import sha256

import pytest
from web_live import serving

from qa.web.access import is_own_page, make_access
from qa.web.errors import WebError
from qa.web.keys import main, read_keys
from qa.web.proxies import parse_proxies, trusting
from qa.web.settings import WebSettings

USER = {"X-Forwarded-User": "wu.min@example.org"}
OWN = {"Sec-Fetch-Site": "same-origin"}
KEY = "dafu_of-a-program"
BEARER = {"Authorization": f"Bearer {KEY}"}
QUESTION = {"question": "问"}
PAGES = ("/", "/chat/", "/embed/", "/reader/A-72-344", "/explorer/", "/static/chat.css")
PROGRAMS = ("/api/v1/respondents", "/v1/models", "/openapi.json")


def digest(key):
    return sha256(key.encode()).hexdigest()


@pytest.fixture(scope="module")
def keys_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("keys") / "dafu.keys"
    lines = f"# programs\n\nother: {'0' * 64}\nportal: {digest(KEY).upper()}\n"
    file.write_text(lines, "utf-8")
    return str(file)


@pytest.fixture(scope="module")
def signed():
    """Sign-on, the tests being the proxy."""
    with serving(sign_on_header="X-Forwarded-User", trusted_proxies="10.0.0.0/8, 127.0.0.1") as one:
        yield one


@pytest.fixture(scope="module")
def elsewhere():
    """Sign-on, the tests being anybody."""
    with serving(sign_on_header="X-Forwarded-User", trusted_proxies="192.0.2.1") as one:
        yield one


@pytest.fixture(scope="module")
def both(keys_file):
    """Sign-on and keys."""
    given = {"sign_on_header": "X-Forwarded-User", "trusted_proxies": "127.0.0.1"}
    with serving(api_keys_file=keys_file, **given) as one:
        yield one


@pytest.fixture(scope="module")
def keyed(keys_file):
    """Keys without sign-on."""
    with serving(api_keys_file=keys_file) as one:
        yield one


def refusal(reply):
    return reply.status, reply.code


@pytest.mark.parametrize("path", [*PAGES, *PROGRAMS, "/none", "/health/none", "/%2e/health"])
def test_every_path_needs_a_user(signed, path):
    assert refusal(signed.get(path)) == (403, "not_signed_in")
    assert signed.send("GET", path, headers=USER).status in (200, 307, 404, 503)


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_health_does_not(signed, elsewhere, keyed, path):
    for live in (signed, elsewhere, keyed):
        assert live.get(path).status == 200


def test_a_browser_may_ask_beforehand_what_a_named_origin_s_page_may_send(keys_file):
    portal = {"Origin": "https://portal.example", "Sec-Fetch-Site": "cross-site"}
    asks = {**portal, "Access-Control-Request-Method": "POST"}
    given = {"sign_on_header": "X-Forwarded-User", "trusted_proxies": "192.0.2.1"}
    named = {"allowed_origins": "https://portal.example", "api_keys_file": keys_file}
    with serving(**given, **named) as live:
        assert live.send("OPTIONS", "/api/v1/ask", headers=asks).status == 204
        assert live.send("OPTIONS", "/chat/", headers=asks).status == 403
        assert live.send("POST", "/api/v1/ask", QUESTION, portal).code == "key_required"
        assert live.send("POST", "/api/v1/ask", QUESTION, {**portal, **BEARER}).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_no_method_goes_round_it(signed, method):
    assert signed.send(method, "/api/v1/ask").status == 403
    assert signed.dafu.asked == []


@pytest.mark.parametrize("path", [*PAGES, *PROGRAMS])
def test_the_header_counts_only_from_a_named_proxy(elsewhere, path):
    assert refusal(elsewhere.send("GET", path, headers=USER)) == (403, "not_through_proxy")


@pytest.mark.parametrize("value", ["", " ", "-", "(null)"])
def test_a_proxy_that_knows_no_user_lets_nobody_in(signed, value):
    reply = signed.send("GET", "/chat/", headers={"X-Forwarded-User": value})
    assert refusal(reply) == (403, "not_signed_in")


def test_two_users_are_refused(signed):
    connection = http.client.HTTPConnection("127.0.0.1", signed.port, timeout=15)
    connection.putrequest("GET", "/chat/")
    connection.putheader("X-Forwarded-User", "wu")
    connection.putheader("x-forwarded-user", "wu")
    connection.endheaders()
    response = connection.getresponse()
    assert (response.status, b"two_users" in response.read()) == (403, True)
    connection.close()


def test_a_browser_gets_a_page_that_says_so_in_two_languages(signed):
    reply = signed.get("/chat/", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    text = reply.body.decode()
    assert (reply.status, reply.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert '<p>请先登录门户</p>\n<p lang="en">Please sign in to the portal first</p>' in text
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"


def test_what_a_page_of_refusal_repeats_is_escaped():
    with serving(sign_on_header="X-User", trusted_proxies="127.0.0.1") as live:
        reply = live.get("/", Host="<script>", Accept="text/html")
    assert reply.status == 421
    assert "&lt;script&gt;" in reply.body.decode()
    assert "<script" not in reply.body.decode()


def test_neither_user_nor_key_goes_past_the_guard(keys_file):
    given = {"sign_on_header": "X-Forwarded-User", "trusted_proxies": "127.0.0.1"}
    access = make_access(WebSettings(api_keys_file=keys_file, **given))
    for name in (b"x-forwarded-user", b"authorization"):
        headers = [(b"x-forwarded-user", b"wu"), (b"authorization", f"Bearer {KEY}".encode())]
        scope = {"headers": [*headers, (b"accept", b"*/*")], "client": ("127.0.0.1", 1)}
        access.admit(scope, "/chat/" if name == b"x-forwarded-user" else "/v1/models")
        assert scope["headers"] == [(b"accept", b"*/*")]


def test_a_peer_without_an_address_is_no_proxy():
    settings = WebSettings(sign_on_header="X-Forwarded-User", trusted_proxies="127.0.0.1")
    for peer in (None, ("", 0)):  # a Unix socket's
        scope = {"headers": [(b"x-forwarded-user", b"wu")], "client": peer}
        with pytest.raises(WebError, match="DAFU_TRUSTED_PROXIES"):
            make_access(settings).admit(scope, "/chat/")


def test_a_line_of_the_log_holds_no_user_and_no_question():
    lines, shown = [], logging.Handler()
    shown.emit = lambda record: lines.append(record.getMessage())
    given = {"sign_on_header": "X-Forwarded-User", "trusted_proxies": "127.0.0.1"}
    with serving(access_log=True, **given) as live:
        logging.getLogger("uvicorn.access").addHandler(shown)
        assert live.send("GET", "/api/v1/search?q=secret-words", headers=USER).status == 200
    logging.getLogger("uvicorn.access").removeHandler(shown)
    assert any('"GET /api/v1/search HTTP/1.1" 200' in line for line in lines)
    assert not any("secret-words" in line or "wu.min" in line for line in lines)


@pytest.mark.parametrize("path", PROGRAMS)
@pytest.mark.parametrize("headers", [{}, {"Authorization": f"Basic {KEY}"}, OWN])
def test_a_program_without_a_key_is_challenged(keyed, both, path, headers):
    for live in (keyed, both):
        reply = live.send("GET", path, headers=headers)
        assert refusal(reply) == (401, "key_required")
        assert reply.headers["www-authenticate"] == 'Bearer realm="Dafu"'


@pytest.mark.parametrize("key", [KEY[:-1], KEY + "x", KEY.upper(), digest(KEY), "0" * 64, ""])
def test_a_wrong_key_is_refused(both, key):
    reply = both.send("GET", "/v1/models", headers={"Authorization": f"Bearer {key}"})
    assert refusal(reply) == (401, "wrong_key")
    assert 'error="invalid_token"' in reply.headers["www-authenticate"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_key_opens_every_address_of_programs(keyed, both, scheme):
    headers = {"Authorization": f"{scheme} {KEY}"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    for live in (keyed, both):
        for path in PROGRAMS:
            assert live.send("GET", path, headers=headers).status == 200
        assert live.send("POST", "/api/v1/ask", QUESTION, headers).status == 200
        assert live.send("POST", "/mcp", call, {**headers, **accept}).status == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_key_opens_no_page(both, keyed, path):
    assert refusal(both.send("GET", path, headers=BEARER)) == (403, "not_signed_in")
    assert refusal(keyed.send("GET", path, headers={**BEARER, **OWN})) == (403, "programs_only")


def test_a_signed_in_user_s_own_page_needs_no_key_and_a_program_with_a_user_does(both):
    assert both.send("POST", "/api/v1/ask", QUESTION, {**USER, **OWN}).status == 200
    assert both.send("GET", "/chat/", headers=USER).status == 503, "the page that waits"
    reply = both.send("POST", "/api/v1/ask", QUESTION, USER)
    assert refusal(reply) == (401, "key_required")


def test_a_proxy_s_own_token_beside_the_user_does_no_harm(both):
    headers = {**USER, **OWN, "Authorization": "Bearer of-the-identity-provider"}
    assert both.send("POST", "/api/v1/ask", QUESTION, headers).status == 200


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({b"sec-fetch-site": b"same-origin"}, True),
        ({b"host": b"dafu:7860", b"origin": b"http://dafu:7860"}, True),
        ({b"host": b"dafu:7860", b"referer": b"http://DAFU:7860/reader/?q=1"}, True),
        ({b"sec-fetch-site": b"none"}, False),
        ({b"sec-fetch-site": b"same-site", b"host": b"a", b"origin": b"http://a"}, False),
        ({b"host": b"dafu", b"origin": b"http://dafu:7860"}, False),
        ({b"host": b"dafu", b"referer": b"http://evil/?http://dafu/"}, False),
        ({b"host": b"", b"origin": b"null"}, False),
        ({}, False),
    ],
)
def test_what_counts_as_a_page_of_our_own(headers, own):
    assert is_own_page(headers) is own


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("192.0.2.7", True),
        ("fd00::9", True),
        ("11.0.0.1", False),
        ("192.0.2.8", False),
        ("::1", False),
        ("10.1.2.3.evil", False),
        ("", False),
    ],
)
def test_addresses_and_networks_are_told_apart(peer, trusted):
    assert trusting(parse_proxies("10.0.0.0/8, 192.0.2.7,fd00::/16"))(peer) is trusted


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"sign_on_header": "X-User"}, "DAFU_TRUSTED_PROXIES is missing"),
        ({"trusted_proxies": "10.0.0.1"}, "DAFU_SIGN_ON_HEADER is missing"),
        ({"sign_on_header": "X User", "trusted_proxies": "10.0.0.1"}, "digits and hyphens"),
        ({"sign_on_header": "Authorization", "trusted_proxies": "10.0.0.1"}, "nothing else"),
        ({"sign_on_header": "X-User", "trusted_proxies": "proxy.example"}, "proxy.example"),
        ({"sign_on_header": "X-User", "trusted_proxies": "10.0.0.1/8"}, "host bits"),
        ({"sign_on_header": "X-User", "trusted_proxies": "0.0.0.0/0"}, "every address"),
        ({"sign_on_header": "X-User", "trusted_proxies": "::/0"}, "every address"),
        ({"sign_on_header": "X-User", "trusted_proxies": ","}, "names no address"),
    ],
)
def test_a_sign_on_that_lets_nobody_in_or_anybody_does_not_start(settings, word):
    with pytest.raises(ValueError, match=word):
        WebSettings(**settings)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "holds no key"),
        ("# none\n", "holds no key"),
        (f"a: {'0' * 64}\nportal\n", "line 2"),
        ("portal: dafu_the-key-itself", "line 1"),
        (f"portal: {'0' * 63}", "line 1"),
        (f"a b: {'0' * 64}", "line 1"),
        (f"a: {'0' * 64}\na: {'1' * 64}", "line 2: a is there twice"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used_is_told_by_line_without_its_content(
    tmp_path, text, word
):
    file = tmp_path / "keys"
    file.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(ValueError, match=word) as told:
        make_access(WebSettings(api_keys_file=str(file)))
    assert "DAFU_API_KEYS_FILE" in str(told.value)
    assert "the-key-itself" not in str(told.value)


def test_a_missing_file_of_keys_is_told(tmp_path):
    with pytest.raises(ValueError, match="No such file"):
        make_access(WebSettings(api_keys_file=str(tmp_path / "none")))


def test_a_new_key_opens_and_its_line_does_not_hold_it(tmp_path, capsys):
    assert main(["portal"]) == 0
    made = capsys.readouterr()
    key = re.search(r"dafu_[\w-]{43}", made.err)[0]
    assert key not in made.out
    (tmp_path / "keys").write_text(made.out, "utf-8")
    keys = read_keys(str(tmp_path / "keys"))
    assert (keys.holder(key.encode()), keys.holder(b"dafu_")) == ("portal", None)
    assert main(["portal"]) == 0
    assert capsys.readouterr().out != made.out


def test_a_key_needs_a_plain_name(capsys):
    with pytest.raises(SystemExit):
        main(["a: b"])
    assert "letters" in capsys.readouterr().err


def test_openapi_declares_the_key_where_one_is_needed(keyed, signed):
    document = keyed.send("GET", "/openapi.json", headers=BEARER).json
    scheme = {"type": "http", "scheme": "bearer"}
    assert document["components"]["securitySchemes"] == {"key": scheme}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            needed = path.startswith(("/api/v1/", "/v1/", "/mcp"))
            assert operation.get("security") == ([{"key": []}] if needed else None), path
            assert ("401" in operation["responses"]) is needed
    assert (
        "securitySchemes"
        not in signed.send("GET", "/openapi.json", headers=USER).json["components"]
    )


def test_without_either_everybody_is_let_in():
    assert make_access(WebSettings()) is None
