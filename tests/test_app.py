"""``python app.py``: help that teaches, mistakes told in one line, a start that shows itself."""

import ast
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from qa.environment import close_lines
from qa.settings import Settings, check_environment
from qa.web.settings import WebSettings

ROOT = Path(__file__).parent.parent


def run(*arguments, **environ):
    return subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_teaches():
    done = run("--help")
    assert done.returncode == 0
    for word in ("--host", "--port", "DAFU_FRAME_ANCESTORS", "/api/v1/ask", "curl", "打开"):
        assert word in done.stdout


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"DAFU_PROT": "1"}, "DAFU_PORT"),
        ({"DAFU_PORT": "http"}, "DAFU_PORT"),
        ({"DAFU_PORT": "70000"}, "0 to 65535"),
        ({"DAFU_ROOT_PATH": "x"}, "DAFU_ROOT_PATH"),
        ({"DAFU_SIGN_ON_HEADER": "X-User"}, "DAFU_TRUSTED_PROXIES is missing"),
        ({"DAFU_API_KEYS_FILE": "no-such-file"}, "DAFU_API_KEYS_FILE=no-such-file"),
        ({"DAFU_HOST": "no.such.host.invalid"}, "cannot start"),
    ],
)
def test_a_bad_setting_is_told_in_one_line(environ, word):
    done = run(**environ)
    assert done.returncode == 2
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_in_use_is_told_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_every_setting_has_its_own_name():
    check_environment({"DAFU_PORT": "1", "DAFU_INDEX_DIR": "x", "PATH": ""}, Settings, WebSettings)
    with pytest.raises(ValueError, match="DAFU_PORTS"):
        check_environment({"DAFU_PORTS": "1"}, Settings, WebSettings)


def test_telemetry_and_tracing_are_closed_in_code():
    environ = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "HF_HUB_OFFLINE": "0"}
    close_lines(environ)
    assert environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environ["ANONYMIZED_TELEMETRY"] == "False"
    assert environ["HF_HUB_OFFLINE"] == "0", "the operator may want to fetch a model"
    assert not any("TRACING" in name for name in environ)


def test_app_composes_and_nothing_imports_it():
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    top = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not any(name.split(".")[0] in ("index", "evals", "gradio", "chromadb") for name in top)
    for file in (*ROOT.glob("qa/**/*.py"), *ROOT.glob("corpus/*.py")):
        assert not re.search(r"^(from|import) app\b", file.read_text("utf-8"), re.MULTILINE), file


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_it_answers_while_it_starts_then_becomes_ready_and_stops_when_told(tmp_path):
    environ = {**os.environ, "DAFU_INDEX_DIR": str(tmp_path / "index"), "DAFU_PORT": "0"}
    started = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True
    )
    try:
        first = started.stderr.readline()
        base = re.search(r"http://127\.0\.0\.1:\d+", first)[0]
        end = time.monotonic() + 60
        while time.monotonic() < end and not _answers(base):
            time.sleep(0.05)
        assert get(f"{base}/health")[0] == 200
        status, page = get(f"{base}/chat/")
        assert (status, "正在启动" in page) == (503, True)
        while time.monotonic() < end and '"page":"ready"' not in get(f"{base}/health/ready")[1]:
            time.sleep(0.1)
        assert get(f"{base}/health/ready")[0] == 200
        assert "gradio-app" in get(f"{base}/chat/")[1]
        body = json.dumps({"question": "墨西哥何时加入核供应国集团？"}).encode()
        request = urllib.request.Request(
            f"{base}/api/v1/ask", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            assert "2012" in json.loads(reply.read())["answer"]
    finally:
        started.send_signal(signal.SIGTERM)
        log = first + started.communicate(timeout=20)[1]
    assert len(re.findall(r"\d\.\d\d s", log)) == 2, log
    assert "就绪" in log
    assert "Traceback" not in log
    assert "墨西哥何时" not in log


def _answers(base):
    try:
        return get(f"{base}/health")[0] == 200
    except OSError:
        return False


def test_an_engine_that_cannot_start_ends_the_process(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = run(DAFU_INDEX_DIR=str(blocked / "index"), DAFU_PORT="0")
    assert done.returncode == 1
    assert "cannot start" in done.stderr
    assert "Traceback" not in done.stderr
