"""How a request is refused in front of every route: JSON for programs, a page for people."""

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
</main>
</body>
</html>
""")
"""Without a style sheet, which the same refusal would meet."""


async def refuse(error: WebError, scope: Scope, send: Send) -> None:
    """Send a refusal in the form that the caller accepts."""
    browser = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
    body = _page(error.message) if browser else to_body(error)
    headers = [
        (b"content-type", b"text/html; charset=utf-8" if browser else b"application/json"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        *((name.lower().encode(), value.encode()) for name, value in error.headers.items()),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _page(message: str) -> bytes:
    chinese, _, english = message.partition(" / ")
    first = english[:1].upper() + english[1:]
    return PAGE.substitute(chinese=escape(chinese), english=escape(first)).encode()
