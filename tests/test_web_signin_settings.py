"""Settings of signing in: what cannot work does not start, and no secret is repeated."""

import pytest

from qa.web.access import make_access
from qa.web.settings import WebSettings
from qa.web.signin.sealed import Cookies, Seal
from qa.web.site import Site

RIGHT = {
    "public_url": "https://portal.example/portal/dafu",
    "root_path": "/portal/dafu",
    "oidc_issuer": "https://login.example/realms/house",
    "oidc_client_id": "dafu",
}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"oidc_issuer": "http://login.example"}, "DAFU_OIDC_ISSUER='http://login.example'"),
        ({"oidc_issuer": "login.example"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_issuer": "https://"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example:port"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_issuer": "https://a:b@login.example"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example?a=b"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example/#a"}, "DAFU_OIDC_ISSUER"),
        ({"oidc_client_id": ""}, "DAFU_OIDC_CLIENT_ID"),
        ({"public_url": ""}, "needs DAFU_PUBLIC_URL"),
        ({"public_url": "http://portal.example/portal/dafu"}, "DAFU_PUBLIC_URL"),
        ({"public_url": "https://portal.example/portal/dafu/"}, "DAFU_ROOT_PATH='/portal/dafu'"),
        ({"public_url": "https://portal.example"}, "DAFU_ROOT_PATH='/portal/dafu'"),
        ({"root_path": ""}, "DAFU_ROOT_PATH=''"),
        ({"oidc_scopes": "profile"}, "DAFU_OIDC_SCOPES='profile'"),
        ({"oidc_allowed": "groups"}, "DAFU_OIDC_ALLOWED='groups'"),
        ({"oidc_allowed": "groups=,"}, "DAFU_OIDC_ALLOWED"),
        ({"oidc_allowed": "=dafu"}, "DAFU_OIDC_ALLOWED"),
        ({"session_hours": 0}, "DAFU_SESSION_HOURS=0"),
        ({"session_hours": float("nan")}, "DAFU_SESSION_HOURS"),
        ({"session_key": "too short"}, "DAFU_SESSION_KEY has 9 characters"),
        ({"oidc_client_secret": "a-secret", "oidc_client_secret_file": "x"}, "not both"),
        ({"sign_on_header": "X-User", "trusted_proxies": "127.0.0.1"}, "two ways to sign in"),
        ({"oidc_issuer": ""}, "DAFU_OIDC_CLIENT_ID is set; DAFU_OIDC_ISSUER is missing"),
    ],
    ids=str,
)
def test_settings_that_cannot_work_are_told_by_name(changed, word):
    assert WebSettings(**RIGHT).oidc is not None
    with pytest.raises(ValueError) as told:  # noqa: PT011
        WebSettings(**{**RIGHT, **changed})
    assert word in str(told.value)
    assert "a-secret" not in str(told.value)
    assert "too short" not in str(told.value)


@pytest.mark.parametrize("text", [None, "", " \n", b"\xff"])
def test_a_file_without_a_secret_is_told(tmp_path, text):
    file = tmp_path / "secret"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ValueError, match="DAFU_OIDC_CLIENT_SECRET_FILE"):
        Site(WebSettings(**RIGHT, oidc_client_secret_file=str(file)))


def test_a_provider_on_this_machine_needs_no_encryption():
    local = {"oidc_issuer": "http://127.0.0.1:8080/realms/house", "public_url": "http://[::1]:7860"}
    assert WebSettings(**{**RIGHT, **local, "root_path": ""}).oidc is not None


def test_secrets_do_not_stand_in_what_settings_print():
    given = {"oidc_client_secret": "a-secret", "session_key": "of-the-session" * 3}
    settings = WebSettings(**RIGHT, **given)
    shown = f"{settings!r} {settings.oidc!r}"
    assert "a-secret" not in shown
    assert "of-the-session" not in shown


def test_nobody_is_let_in_where_nothing_could_tell_who_has_signed_in():
    with pytest.raises(ValueError, match="who has signed in"):
        make_access(WebSettings(**RIGHT))


@pytest.mark.parametrize(
    ("public_url", "cookie"),
    [
        (
            "https://dafu.example",
            "__Host-dafu-a=b; Max-Age=9; Path=/; HttpOnly; SameSite=Lax; Secure",
        ),
        (
            "https://portal.example/portal/dafu",
            "__Secure-dafu-a=b; Max-Age=9; Path=/portal/dafu; HttpOnly; SameSite=Lax; Secure",
        ),
        ("http://127.0.0.1:7860", "dafu-a=b; Max-Age=9; Path=/; HttpOnly; SameSite=Lax"),
    ],
)
def test_a_cookie_is_bound_as_tightly_as_the_address_allows(public_url, cookie):
    cookies = Cookies(public_url)
    assert cookies.give("a", "b", 9.5) == cookie
    sent = [(b"cookie", f"x=y; {cookie.partition(';')[0]}".encode()), (b"cookie", b"dafu-a")]
    assert "b" in cookies.found(sent, "a")


def test_what_was_sealed_for_one_purpose_opens_for_no_other():
    sealed = Seal("k" * 32, "session").close(60, a="b")
    assert Seal("k" * 32, "session").open(sealed)["a"] == "b"
    for other in (Seal("k" * 32, "state"), Seal("l" * 32, "session"), Seal("k" * 32)):
        assert other.open(sealed) is None
    assert Seal("k" * 32, "session").open(Seal("k" * 32, "session").close(-1)) is None
