"""The HTML documents around the chat: the page, the page for an iframe, and the wait for both.

Gradio's own document carries inline scripts and links to other hosts; ours starts the same
bundle without them, so that ``script-src 'self'`` holds.
"""

import hashlib
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

STATIC = Path(__file__).parent / "static"
PARTS = Path(__file__).parent / "parts.html"
"""What our own scripts fill: dialogs, and what is said when the connection is lost."""
STYLES = (
    "tokens.css",
    "chat.css",
    "answer.css",
    "buttons.css",
    "evidence.css",
    "dialogs.css",
    "narrow.css",
)
SCRIPTS = ("clipboard.js", "dafu.js", "history.js", "actions.js")
SESSION = "session.js"
"""Signs out; loaded where users sign in here."""
PORTAL = "portal.js"
"""Speaks with the page around a frame; nowhere else is it loaded."""
SCRIPT = re.compile(r'<script type="module" crossorigin src="\./(assets/[\w-]+\.js)">')
STYLE = re.compile(r'<link rel="stylesheet" crossorigin href="\./(assets/[\w-]+\.css)">')

PAGE = Template("""\
<!doctype html>
<html lang="zh-Hans" class="$kind">
<head>
<meta charset="utf-8">
<base href="../chat/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
$portals<title>答复 Dafu · $symbol</title>
<link rel="icon" href="$icon">
<link rel="stylesheet" href="$bundle_style">
$styles
<script src="$boot"></script>
$scripts
<script type="module" src="$bundle_script"></script>
</head>
<body>
<gradio-app control_page_title="false" embed="false" eager="true"></gradio-app>
$parts
<noscript><p class="wait">本页需要 JavaScript；不用浏览器时可用 <code>POST /api/v1/ask</code>。<br>
This page needs JavaScript; programs can use <code>POST /api/v1/ask</code>.</p></noscript>
</body>
</html>
""")

WAIT = Template("""\
<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1">
<title>答复 Dafu · 正在启动</title>
<link rel="icon" href="$icon">
$styles
</head>
<body class="waiting">
<main class="wait" role="status">
<p class="wait-name">答复 <span lang="en">Dafu</span></p>
<p class="wait-bar" aria-hidden="true"><i></i></p>
<p>正在启动，本页会自动打开。</p>
<p lang="en">Starting; this page opens by itself.</p>
<p class="wait-stage">$stage · $seconds s</p>
</main>
</body>
</html>
""")


def asset(name: str) -> str:
    """Return a static file's address, with its content's hash so that it can be cached forever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"../static/{name}?v={digest}"


def bundle(document: str) -> tuple[str, str]:
    """Return Gradio's script and style sheet from its own document."""
    script, style = SCRIPT.search(document), STYLE.search(document)
    if script is None or style is None:
        raise ValueError("gradio's index.html has changed: its script or style was not found")
    return script[1], style[1]


def page(symbol: str, document: str, *, signed_in: bool = False) -> bytes:
    """Return the document that starts the chat; ``signed_in`` users can sign out."""
    return _chat("full", symbol, document, "", SCRIPTS, signed_in)


def embed(symbol: str, document: str, portals: str, *, signed_in: bool = False) -> bytes:
    """Return the document for an iframe; ``portals`` may frame it and are spoken with."""
    meta = f'<meta name="dafu-portals" content="{escape(portals)}">\n'
    return _chat("embed", symbol, document, meta, (*SCRIPTS, PORTAL), signed_in)


def _chat(
    kind: str,
    symbol: str,
    document: str,
    portals: str,
    scripts: tuple[str, ...],
    signed_in: bool,
) -> bytes:
    if signed_in:
        kind, scripts = f"{kind} signed-in", (SESSION, *scripts)
    script, style = bundle(document)
    values = {
        "kind": kind,
        "portals": portals,
        "scripts": _scripts(scripts),
        "symbol": escape(symbol),
        "bundle_script": script,
        "bundle_style": style,
        "parts": PARTS.read_text("utf-8"),
    }
    return PAGE.substitute(values, **_assets()).encode()


def wait(stage: str, seconds: float) -> bytes:
    """Return the document shown until the chat can be."""
    return WAIT.substitute(_assets(), stage=escape(stage), seconds=f"{seconds:.0f}").encode()


def _assets() -> Mapping[str, str]:
    styles = "\n".join(f'<link rel="stylesheet" href="{asset(name)}">' for name in STYLES)
    return {
        "styles": styles,
        "icon": asset("icon.svg"),
        "boot": asset("boot.js"),
    }


def _scripts(names: tuple[str, ...]) -> str:
    return "\n".join(f'<script src="{asset(name)}" defer></script>' for name in names)
