"""How a request is refused in front of every route: JSON for programs, a page for people."""

from collections.abc import Sequence
from html import escape
from string import Template

from starlette.types import Scope, Send

from qa.web.errors import WebError, to_body

PAGE = Template("""\
<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>答复 Dafu</title>
</head>
<body>
<main>
<h1>答复 <span lang="en">Dafu</span></h1>
<p>$chinese</p>
<p lang="en">$english</p>
$again</main>
</body>
</html>
""")
"""Without a style sheet, which the same refusal would meet."""


AGAIN = Template("""\
<p><a href="$address"$target>登录 <span lang="en">Sign in</span></a></p>
""")
FRAMES = (b"iframe", b"frame", b"embed", b"object")


async def refuse(error: WebError, scope: Scope, send: Send, cookies: Sequence[str] = ()) -> None:
    """Send a refusal in the form that the caller accepts."""
    given = dict(scope["headers"])
    browser = b"text/html" in given.get(b"accept", b"")
    framed = given.get(b"sec-fetch-dest") in FRAMES
    body = page(error.message, error.again, framed) if browser else to_body(error)
    headers = [
        (b"content-type", b"text/html; charset=utf-8" if browser else b"application/json"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        *((name.lower().encode(), value.encode()) for name, value in error.headers.items()),
        *((b"set-cookie", cookie.encode()) for cookie in cookies),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def page(message: str, again: str = "", framed: bool = False) -> bytes:
    """Return a page that says one thing, and where to sign in: outside of a frame, since no
    provider lets its pages be framed.
    """
    chinese, _, english = message.partition(" / ")
    first = english[:1].upper() + english[1:]
    target = ' target="_blank"' if framed else ""
    link = AGAIN.substitute(address=escape(again), target=target) if again else ""
    return PAGE.substitute(chinese=escape(chinese), english=escape(first), again=link).encode()
