"""Signing in with OpenID Connect: the real server against a provider with real keys."""

import logging
import threading
import time
from hashlib import sha256

import pytest
from oidc_live import (
    EC,
    NEXT,
    RSA,
    SECRET,
    code,
    forged,
    providing,
    query,
    signing_in,
    visiting,
)

KEY = "dafu_of-a-program"
OWN = {"Sec-Fetch-Site": "same-origin"}
JSON = {"Accept": "application/json"}
PUBLIC = ("/health", "/health/ready", "/widget.js", "/sign-out")
CLOSED = ("/chat/config", "/chat/theme.css", "/chat/gradio_api/queue/data?session_hash=1")
CLOSED += ("/chat/gradio_api/heartbeat/1", "/static/chat.css", "/api/v1/respondents", "/v1/models")
CLOSED += ("/openapi.json", "/sign-in/x", "/Sign-in", "/health/none", "/%2e/health")
PAGES = ("/", "/chat/", "/embed/", "/reader/A-72-344", "/explorer/", "/none")


@pytest.fixture(scope="module")
def running():
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.begin()
    return running


@pytest.fixture(scope="module")
def keys_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("keys") / "dafu.keys"
    file.write_text(f"portal: {sha256(KEY.encode()).hexdigest()}\n", "utf-8")
    return str(file)


@pytest.fixture(scope="module")
def live(running):
    with signing_in(running.issuer) as one:
        yield one


@pytest.fixture
def visitor(live, provider):
    with visiting(live) as one:
        yield one


@pytest.fixture
def fresh(provider):
    """A server that knows nothing of the provider yet, and a visitor of it."""
    with signing_in(provider.issuer) as one, visiting(one) as visitor:
        yield visitor


@pytest.fixture
def lines():
    """Lines of the log while a test runs."""
    found, log, shown = [], logging.getLogger("dafu"), logging.Handler()
    shown.emit = lambda record: found.append(record.getMessage())
    level = log.level
    log.addHandler(shown)
    log.setLevel(logging.INFO)
    yield found
    log.removeHandler(shown)
    log.setLevel(level)


def test_a_visitor_is_led_to_the_provider_and_back_to_the_page_asked_for(visitor, provider):
    first = visitor.get("/reader/A-72-344?lang=en&start=1")
    assert first.status_code == 302
    assert first.headers["cache-control"] == "no-store"
    asked = visitor.get(first.headers["location"])
    sent = query(asked.headers["location"])
    assert asked.headers["location"].startswith(f"{provider.issuer}/authorize?")
    assert (sent["scope"], sent["redirect_uri"]) == ("openid", f"{visitor.url}/sign-in/callback")
    back = visitor.get(asked.headers["location"]).headers["location"]
    done = visitor.get(back)
    assert done.status_code == 303
    assert done.headers["location"] == f"{visitor.url}/reader/A-72-344?lang=en&start=1"
    assert visitor.get(done.headers["location"]).status_code == 200
    assert visitor.client.get(f"{visitor.url}/api/v1/respondents").status_code == 200
    assert set(visitor.cookies) == {"dafu-session"}, "the cookie of the sign-in is taken back"


def test_a_question_is_answered_for_who_has_signed_in(visitor):
    question = {"question": "问"}
    refused = visitor.client.post(f"{visitor.url}/api/v1/ask", json=question)
    assert (refused.status_code, code(refused)) == (401, "not_signed_in")
    visitor.sign_in()
    assert visitor.client.post(f"{visitor.url}/api/v1/ask", json=question).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_leads_to_the_sign_in(visitor, path):
    reply = visitor.get(path)
    assert reply.status_code == 302
    assert reply.headers["location"].startswith(f"{visitor.url}/sign-in")
    assert "Sign in" in reply.text


@pytest.mark.parametrize("path", [*PAGES, *CLOSED])
def test_anything_else_is_told_401(visitor, path):
    for headers in ({}, {"Accept": "text/event-stream"}):
        reply = visitor.client.get(visitor.url + path, headers=headers)
        assert (reply.status_code, code(reply)) == (401, "not_signed_in")
        assert reply.headers["www-authenticate"] == 'Cookie realm="Dafu"'


@pytest.mark.parametrize("path", CLOSED[:5])
def test_what_signing_in_opens_again(visitor, path):
    visitor.sign_in()
    assert visitor.client.get(visitor.url + path).status_code in (200, 404)


@pytest.mark.parametrize("path", PUBLIC)
def test_these_are_open_to_everybody(visitor, path):
    assert visitor.client.get(visitor.url + path).status_code == 200


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "DELETE"])
def test_no_method_goes_round_it(visitor, live, method):
    reply = visitor.client.request(method, f"{visitor.url}/api/v1/ask", headers={"Accept": "*/*"})
    assert reply.status_code == 401
    assert visitor.client.post(f"{visitor.url}/chat/gradio_api/queue/join").status_code == 401


def test_a_frame_and_an_address_of_programs_show_a_link_instead(visitor):
    for path, headers in (("/embed/", {"Sec-Fetch-Dest": "iframe"}), ("/api/v1/respondents", {})):
        reply = visitor.get(path, **headers)
        assert reply.status_code == 401
        assert f"{visitor.url}/sign-in?next=" in reply.text
        assert ('target="_blank"' in reply.text) is (path == "/embed/")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "@evil.example",
        ".evil.example",
        ":1@evil.example",
        "/%0d%0aSet-Cookie:x",
        "/\r\nSet-Cookie: x=1",
        "/\t/evil.example",
        "/sign-in?next=/chat/",
        "/sign-out",
        "",
        "/" + "x" * 600,
    ],
)
def test_no_address_leads_to_another_site(visitor, wanted):
    back = visitor.approved(
        str(
            visitor.client.build_request(
                "GET", f"{visitor.url}/sign-in", params={"next": wanted}
            ).url
        )
    )
    done = visitor.get(back)
    expected = wanted if wanted.startswith("/%0d") else "/"
    assert done.headers["location"] == visitor.url + expected
    assert "x" not in done.cookies


def test_the_provider_does_not_learn_which_page_it_was(visitor):
    visitor.get("/sign-in?next=/reader/A-72-344?q=secret-words")
    reply = visitor.get(visitor.get("/reader/A-72-344?q=secret-words").headers["location"])
    assert "secret" not in reply.headers["location"]


def test_several_tabs_may_sign_in_at_the_same_time(visitor):
    pages = ["/chat/", "/explorer/", "/reader/A-72-344"]
    backs = [visitor.begin(page) for page in pages]
    assert len(visitor.cookies) == 3
    for page, back in reversed(list(zip(pages, backs, strict=True))):
        assert visitor.get(back).headers["location"] == visitor.url + page
    assert set(visitor.cookies) == {"dafu-session"}


def test_sign_ins_that_nobody_ends_do_not_pile_up(visitor):
    for _ in range(45):
        visitor.get("/sign-in")
    assert len(visitor.cookies) <= 21
    assert visitor.sign_in().status_code == 303


def test_a_sign_in_counts_once(visitor):
    back = visitor.begin()
    assert visitor.get(back).status_code == 303
    again = visitor.get(back, **JSON)
    assert (again.status_code, code(again)) == (400, "sign_in_expired")


def test_a_sign_in_of_another_browser_is_refused(visitor, live):
    back = visitor.begin()
    with visiting(live) as other:
        own = query(other.begin())
        reply = other.get(back, **JSON)
        assert (reply.status_code, code(reply)) == (400, "sign_in_expired")
        mixed = f"{other.url}/sign-in/callback?code={query(back)['code']}&state={own['state']}"
        refused = other.get(mixed, **JSON)
        assert (refused.status_code, code(refused)) in [
            (400, "wrong_token"),
            (502, "provider_failed"),
        ]
        assert "dafu-session" not in other.cookies


@pytest.mark.parametrize("state", ["", "x", "a.b.c.d.e", "é" * 9, "{}", "x" * 5_000])
def test_a_state_that_is_not_ours_is_refused(visitor, state):
    given = {"code": "c", **({"state": state} if state else {})}
    reply = visitor.client.get(f"{visitor.url}/sign-in/callback", params=given)
    assert (reply.status_code, code(reply)) == (400, "sign_in_expired")


def test_a_state_of_the_session_s_key_opens_no_session(visitor):
    state = query(visitor.begin())["state"]
    visitor.client.cookies.clear()
    reply = visitor.client.get(
        f"{visitor.url}/api/v1/respondents", headers={"Cookie": f"dafu-session={state}"}
    )
    assert reply.status_code == 401


def test_who_answers_for_another_provider_is_refused(visitor):
    reply = visitor.get(
        visitor.begin().replace("iss=", "iss=https%3A%2F%2Fevil.example&was="), **JSON
    )
    assert (reply.status_code, code(reply)) == (400, "sign_in_failed")


LONG_AGO = 1_000_000_000


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 1},
        {"nonce": ["another"]},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another"]},
        {"aud": []},
        {"aud": ["dafu", "another"]},
        {"aud": ["dafu", "another"], "azp": "another"},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": None},
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": float("nan")},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"nbf": 4_000_000_000},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_lets_nobody_in(visitor, provider, claims):
    provider.claims = claims
    reply = visitor.get(visitor.begin(), **JSON)
    assert (reply.status_code, code(reply)) == (400, "wrong_token")
    assert visitor.cookies == {}
    assert visitor.client.get(f"{visitor.url}/chat/config").status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["dafu", "account"], "azp": "dafu"},
        {"aud": ["dafu"]},
        {"azp": "dafu"},
        {"exp": int(time.time()) + 3_600, "iat": int(time.time()) + 30},
    ],
    ids=str,
)
def test_a_token_that_is_right_in_other_ways_lets_in(visitor, provider, claims):
    provider.claims = claims
    assert visitor.sign_in().status_code == 303


@pytest.mark.parametrize(
    ("signer", "alg"), [(RSA, "RS256"), (RSA, "PS256"), (RSA, "RS512"), (EC, "ES256")]
)
def test_the_algorithms_of_key_pairs_are_understood(visitor, provider, signer, alg):
    provider.signer, provider.alg = signer, alg
    assert visitor.sign_in().status_code == 303


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_a_token_that_anybody_could_have_made_is_refused(visitor, provider, alg):
    back = visitor.begin()
    nonce = next(iter(provider.codes.values()))["nonce"]
    provider.token = forged(provider.sign(nonce), alg)
    reply = visitor.get(back, **JSON)
    assert (reply.status_code, code(reply)) == (400, "wrong_token")


@pytest.mark.parametrize("change", [lambda t: t[:-6] + "AAAAAA", lambda t: "x", lambda t: t + ".e"])
def test_a_token_that_was_changed_is_refused(visitor, provider, change):
    back = visitor.begin()
    provider.token = change(provider.sign(next(iter(provider.codes.values()))["nonce"]))
    assert code(visitor.get(back, **JSON)) == "wrong_token"


def test_a_key_of_another_is_refused_though_it_has_the_right_name(visitor, provider):
    provider.signer = type(NEXT).import_key({**NEXT.as_dict(private=True), "kid": "rsa"})
    assert code(visitor.get(visitor.begin(), **JSON)) == "wrong_token"


def test_keys_are_fetched_once_and_again_for_a_new_one_but_not_for_each(fresh, provider):
    for _ in range(3):
        assert fresh.sign_in().status_code == 303
        fresh.client.cookies.clear()
    assert (provider.asked.count("configuration"), provider.asked.count("jwks")) == (1, 1)
    provider.keys, provider.signer = [NEXT], NEXT
    assert fresh.sign_in().status_code == 303
    assert provider.asked.count("jwks") == 2
    fresh.client.cookies.clear()
    provider.signer = type(RSA).import_key({**RSA.as_dict(private=True), "kid": "unknown"})
    for _ in range(3):
        assert code(fresh.get(fresh.begin(), **JSON)) == "wrong_token"
    assert provider.asked.count("jwks") == 2, "not sooner than half a minute later"


def test_keys_that_are_not_understood_are_passed_over(fresh, provider):
    class Other:
        def as_dict(self, private):
            return {"kty": "EC", "crv": "P-1000", "x": "AA", "y": "AA", "kid": "other"}

    provider.keys = [Other(), RSA]
    assert fresh.sign_in().status_code == 303


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ("access_denied", 403, "access_denied"),
        ("login_required", 400, "sign_in_failed"),
        ("server_error", 502, "provider_failed"),
    ],
)
def test_what_the_provider_says_instead_of_a_code_is_told(
    visitor, provider, said, status, expected
):
    provider.refuses = said
    reply = visitor.get(visitor.begin(), **JSON)
    assert (reply.status_code, code(reply)) == (status, expected)
    assert visitor.cookies == {}


def test_a_failure_is_a_page_in_two_languages_with_the_way_to_try_again(visitor, provider):
    provider.refuses = "access_denied"
    reply = visitor.get(visitor.begin("/explorer/"))
    assert reply.status_code == 403
    assert "登录被取消或拒绝" in reply.text
    assert "The sign-in was cancelled or refused" in reply.text
    assert f'href="{visitor.url}/sign-in?next=%2Fexplorer%2F"' in reply.text
    assert reply.headers["cache-control"] == "no-store"
    provider.refuses = ""
    assert visitor.get(visitor.approved("/sign-in?next=%2Fexplorer%2F")).status_code == 303


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
    ids=str,
)
def test_a_provider_that_is_another_or_not_encrypted_is_not_used(fresh, provider, about):
    provider.about = about
    reply = fresh.get("/sign-in", **JSON)
    assert (reply.status_code, code(reply)) == (502, "provider_failed")
    provider.about = {}
    assert fresh.sign_in().status_code == 303, "and it is asked again"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_provider_in_trouble_is_told(fresh, provider, status):
    provider.status = status
    assert code(fresh.get("/sign-in", **JSON)) == "provider_failed"
    provider.status = 200
    back = fresh.begin()
    provider.status = status
    reply = fresh.get(back, **JSON)
    assert (reply.status_code, code(reply)) == (502, "provider_failed")


def test_without_a_provider_nobody_comes_in_and_what_is_open_stays_open(provider, lines):
    with signing_in("http://127.0.0.1:9") as live, visiting(live) as visitor:
        reply = visitor.get("/sign-in")
        assert reply.status_code == 502
        assert "登录服务暂时不可用" in reply.text
        assert "Traceback" not in reply.text
        assert visitor.get("/health").status_code == 200
    assert any("ConnectError" in line for line in lines)


def test_a_slow_provider_holds_up_nobody_else(fresh, provider):
    provider.open.clear()
    replies = []
    waiting = threading.Thread(target=lambda: replies.append(fresh.get("/sign-in")))
    waiting.start()
    try:
        began = time.monotonic()
        with visiting_again(fresh) as client:
            for _ in range(20):
                assert client.get(f"{fresh.url}/health").status_code == 200
        assert time.monotonic() - began < 2
        assert waiting.is_alive()
    finally:
        provider.open.set()
        waiting.join(10)
    assert replies[0].status_code == 303


def visiting_again(visitor):
    return type(visitor.client)(timeout=5)


def test_a_client_that_is_not_known_is_the_operator_s_fault(provider, lines):
    with signing_in(provider.issuer, oidc_client_secret="wrong") as live, visiting(live) as visitor:
        reply = visitor.get(visitor.begin(), **JSON)
    assert (reply.status_code, code(reply)) == (502, "provider_failed")
    assert any("invalid_client" in line for line in lines)


def test_a_secret_is_sent_in_the_body_where_the_provider_wants_it_there(fresh, provider):
    provider.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert fresh.sign_in().status_code == 303


def test_the_secret_may_come_from_a_file(provider, tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n", "utf-8")
    given = {"oidc_client_secret": "", "oidc_client_secret_file": str(file)}
    with signing_in(provider.issuer, **given) as live, visiting(live) as visitor:
        assert visitor.sign_in().status_code == 303


@pytest.mark.parametrize(
    ("allowed", "claims", "admitted"),
    [
        ("groups=dafu,editors", {"groups": ["staff", "editors"]}, True),
        ("groups=dafu", {"groups": "dafu"}, True),
        ("groups=dafu", {"groups": ["dafu2"]}, False),
        ("groups=dafu", {}, False),
        ("groups=dafu", {"groups": {"dafu": 1}}, False),
        ("email=wu@example.org", {"email": "wu@example.org", "email_verified": True}, True),
        ("email=wu@example.org", {"email": "wu@example.org"}, False),
        ("email=wu@example.org", {"email": "wu@example.org", "email_verified": "true"}, False),
    ],
)
def test_who_may_come_in_can_be_narrowed_by_a_claim(provider, allowed, claims, admitted):
    provider.claims = claims
    with signing_in(provider.issuer, oidc_allowed=allowed) as live, visiting(live) as visitor:
        reply = visitor.get(visitor.begin(), **JSON)
    assert reply.status_code == (303 if admitted else 403)
    assert ("dafu-session" in visitor.cookies) is admitted


def test_a_cookie_that_was_changed_or_copied_from_another_server_opens_nothing(
    visitor, provider, live
):
    visitor.sign_in()
    sealed = visitor.cookies["dafu-session"]
    address = f"{visitor.url}/chat/config"
    visitor.client.cookies.clear()
    ask = lambda value: visitor.client.get(address, headers={"Cookie": value}).status_code  # noqa: E731
    assert ask(f"dafu-session={sealed}") != 401
    assert ask(f"dafu-session=x; a=b; dafu-session={sealed}") != 401
    odd = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY3JpdCI6MX0" + sealed[sealed.index(".") :]
    wrong = [
        odd,
        "",
        "x",
        sealed[:-1],
        sealed + "x",
        sealed.swapcase(),
        "....",
        "é",
        sealed[5:],
        "null",
    ]
    for value in wrong:
        assert ask(f"dafu-session={value}".encode()) == 401, value
    for changed in ({"session_key": "j" * 32}, {"session_key": ""}, {"oidc_allowed": "sub=wu.min"}):
        with signing_in(provider.issuer, **changed) as other:
            reply = other.get("/chat/config", Cookie=f"dafu-session={sealed}")
            assert (reply.status, reply.code) == (401, "not_signed_in")


def test_a_session_outlives_the_server_only_with_a_key(provider, lines):
    for key, status in (("k" * 40, 404), ("", 401)):
        given = {"session_key": key}
        with signing_in(provider.issuer, **given) as live, visiting(live) as visitor:
            visitor.sign_in()
            cookie = f"dafu-session={visitor.cookies['dafu-session']}"
        with signing_in(provider.issuer, **given) as live:
            assert live.get("/chat/config", Cookie=cookie).status == status
    assert any("DAFU_SESSION_KEY is not set" in line for line in lines)


def test_a_session_ends(provider):
    with (
        signing_in(provider.issuer, session_hours=1.2 / 3_600) as live,
        visiting(live) as visitor,
    ):
        assert "Max-Age=1;" in visitor.sign_in().headers["set-cookie"]
        cookie = {"Cookie": f"dafu-session={visitor.cookies['dafu-session']}"}
        assert live.get("/chat/config", **cookie).status != 401
        time.sleep(1.3)
        assert live.get("/chat/config", **cookie).status == 401, "though the cookie is still sent"


def test_a_cookie_is_for_the_server_alone_and_says_nothing(visitor):
    cookie = visitor.sign_in().headers["set-cookie"]
    assert "Path=/; HttpOnly; SameSite=Lax" in cookie
    assert "wu" not in cookie
    assert len(visitor.cookies["dafu-session"]) < 200


def test_signing_out_ends_the_session_here_and_at_the_provider(visitor, provider):
    visitor.sign_in()
    reply = visitor.client.post(f"{visitor.url}/sign-out", headers=OWN)
    there = reply.json()["location"]
    assert there.startswith(f"{provider.issuer}/end?client_id=dafu&post_logout_redirect_uri=")
    back = visitor.get(there).headers["location"]
    assert back == f"{visitor.url}/sign-out"
    assert "You are signed out" in visitor.get(back).text
    assert visitor.cookies == {}
    assert visitor.client.get(f"{visitor.url}/chat/config").status_code == 401


def test_signing_out_without_the_provider_s_part_ends_it_here(fresh, provider):
    provider.about = {"end_session_endpoint": "http://evil.example/"}
    fresh.sign_in()
    reply = fresh.client.post(f"{fresh.url}/sign-out", headers=OWN)
    assert reply.json() == {"location": f"{fresh.url}/sign-out"}
    assert fresh.cookies == {}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}],
)
def test_only_a_page_of_ours_signs_out(visitor, headers):
    visitor.sign_in()
    reply = visitor.client.post(f"{visitor.url}/sign-out", headers=headers)
    assert reply.status_code == 403
    assert visitor.client.get(f"{visitor.url}/chat/config").status_code != 401


def test_under_a_path_of_a_proxy_everything_stays_below_it(provider):
    path = "/portal/dafu"
    with signing_in(provider.issuer, path) as live, visiting(live, path) as visitor:
        asked = visitor.get("/explorer/?by=topic")
        assert asked.headers["location"].startswith(f"{visitor.url}/sign-in?next=%2Fexplorer%2F")
        done = visitor.get(visitor.approved(asked.headers["location"]))
        assert done.headers["location"] == f"{visitor.url}/explorer/?by=topic"
        assert f"Path={path};" in done.headers["set-cookie"]
        assert visitor.get("/chat/config").status_code != 401
        reply = visitor.client.post(f"{visitor.url}/sign-out", headers=OWN)
        assert (
            query(reply.json()["location"])["post_logout_redirect_uri"] == f"{visitor.url}/sign-out"
        )


def test_a_host_that_a_visitor_names_goes_into_no_address(provider):
    with signing_in(provider.issuer, allowed_hosts="evil.example,127.0.0.1") as live:
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        page = live.get("/chat/", **headers, Accept="text/html")
        there = live.get("/sign-in", **headers)
    assert page.headers["location"] == f"http://127.0.0.1:{live.port}/sign-in?next=%2Fchat%2F"
    assert "evil" not in there.headers["location"]


def test_keys_of_programs_count_beside_it(provider, keys_file):
    with (
        signing_in(provider.issuer, api_keys_file=keys_file) as live,
        visiting(live) as visitor,
    ):
        bearer = {"Authorization": f"Bearer {KEY}"}
        address = f"{visitor.url}/api/v1/respondents"
        assert visitor.client.get(address, headers=bearer).status_code == 200
        assert code(visitor.client.get(address)) == "key_required"
        assert code(visitor.client.get(address, headers=OWN)) == "not_signed_in"
        assert (
            code(visitor.client.get(f"{visitor.url}/chat/config", headers=bearer))
            == "not_signed_in"
        )
        visitor.sign_in()
        assert visitor.client.get(address, headers=OWN).status_code == 200
        assert code(visitor.client.get(address)) == "key_required"
        wrong = {**OWN, "Authorization": "Bearer x"}
        assert visitor.client.get(address, headers=wrong).status_code == 200


def test_no_token_no_code_and_no_name_stands_in_the_log(visitor, provider, lines):
    for claims in ({}, {"nonce": "another"}, {"sub": None}, {"aud": ["wu.min"]}):
        provider.claims = claims
        visitor.get(visitor.approved("/sign-in"))
    said = "\n".join(lines)
    assert "ID token refused" in said
    for secret in ("wu.min", "eyJ", "code-", SECRET):
        assert secret not in said
