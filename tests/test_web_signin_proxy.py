"""Signing in at Dafu itself, behind a real nginx with TLS and a sub-path, which knows nobody."""

import httpx
import pytest
from nginx_live import MISSING, PREFIX, free_port, proxying
from oidc_live import PAGE, providing, query, signing_in

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {MISSING}")
WITHOUT = ("auth_request", "X-Forwarded-User", "error_page 401")
"""What docs/deployment.md says to leave out of the example."""


def test_signing_in_and_out_behind_nginx_with_cookies_of_its_own_path(tmp_path):
    port = free_port()
    url = f"https://localhost:{port}{PREFIX}"
    given = {"public_url": url, "allowed_hosts": "localhost"}
    with (
        providing() as provider,
        signing_in(provider.issuer, PREFIX, page=True, **given) as live,
        proxying(live, tmp_path, port, WITHOUT) as proxy,
        httpx.Client(verify=proxy.trust, timeout=15) as visitor,
    ):
        first = visitor.get(f"{url}/reader/A-72-344?lang=en", headers=PAGE)
        assert first.headers["location"].startswith(f"{url}/sign-in?next=")
        assert visitor.get(f"{url}/chat/config").status_code == 401
        there = visitor.get(first.headers["location"], headers=PAGE).headers["location"]
        assert query(there)["redirect_uri"] == f"{url}/sign-in/callback"
        back = visitor.get(there).headers["location"]
        done = visitor.get(back, headers=PAGE)
        assert done.headers["location"] == f"{url}/reader/A-72-344?lang=en"
        cookie = done.headers.get_list("set-cookie")[-1]
        assert cookie.startswith("__Secure-dafu-session=")
        assert cookie.endswith(f"; Path={PREFIX}; HttpOnly; SameSite=Lax; Secure")
        assert visitor.get(done.headers["location"], headers=PAGE).status_code == 200
        assert visitor.get(f"{url}/chat/config").json()["root"] == f"{url}/chat"
        page = {"Origin": f"https://localhost:{port}"}
        question = {"question": "问"}
        assert visitor.post(f"{url}/api/v1/ask", json=question, headers=page).status_code == 200
        out = visitor.post(f"{url}/sign-out", headers=page)
        assert query(out.json()["location"])["post_logout_redirect_uri"] == f"{url}/sign-out"
        assert visitor.get(f"{url}/chat/config").status_code == 401
        log = (tmp_path / "access.log").read_text("utf-8")
        assert "code-" not in log
