"""Which chat model the settings open, what stops it with a clear message, and the command."""

import json
import sys

import pytest
from chat_server import serving
from chat_stub import ChatStub
from langchain_core.language_models import FakeListChatModel

from qa.__main__ import main
from qa.chain import Dafu, open_chain
from qa.environment import close_lines, is_loopback
from qa.generate import Composer
from qa.models import OLLAMA, ChatModel, open_chat_model
from qa.settings import Settings, read_settings
from qa.types import Question

CUBA = "古巴批准了多少项与恐怖主义有关的国际公约？"
CUBA_SAYS = "古巴批准了 18 项与恐怖主义有关的国际公约。[1]"
LOCAL = "http://127.0.0.1:9/v1"


def opened(environ=None, **settings):
    return open_chat_model(Settings(**settings), environ or {})


def test_a_plain_name_is_asked_for_at_the_url():
    model = opened(chat_model="qwen3:8b", chat_url=LOCAL, chat_timeout=3, chat_retries=2)
    assert (model.name, model.seconds, model.retries) == ("qwen3:8b", 3, 2)
    assert (model.chat.model_name, model.chat.openai_api_base) == ("qwen3:8b", LOCAL)
    assert model.chat.openai_api_key.get_secret_value() == "unused"
    assert model.says_when_done


def test_ollama_is_where_it_usually_is_unless_a_url_says_otherwise():
    model = opened(chat_model="ollama:qwen3:8b")
    assert (model.chat.model_name, model.chat.openai_api_base) == ("qwen3:8b", OLLAMA)
    assert opened(chat_model="ollama:x", chat_url=LOCAL).chat.openai_api_base == LOCAL


def test_a_key_is_read_from_the_variable_that_is_named():
    model = opened({"MY_KEY": "s3cret"}, chat_model="x", chat_url=LOCAL, chat_key_variable="MY_KEY")
    assert model.chat.openai_api_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(model)
    model = opened({"OPENAI_API_KEY": "k"}, chat_model="openai:gpt-4o")
    assert model.chat.openai_api_key.get_secret_value() == "k"


@pytest.mark.parametrize(
    ("settings", "environ", "words"),
    [
        pytest.param({"chat_url": LOCAL}, {}, ["DAFU_CHAT_MODEL"], id="url-alone"),
        pytest.param({"chat_model": "qwen3"}, {}, ["openai:NAME", "DAFU_CHAT_URL"], id="bare-name"),
        pytest.param({"chat_model": "openai:x"}, {}, ["OPENAI_API_KEY"], id="no-key"),
        pytest.param(
            {"chat_model": "x", "chat_url": LOCAL, "chat_key_variable": "KEY"},
            {},
            ["KEY", "empty"],
            id="empty-key",
        ),
        pytest.param(
            {"chat_model": "x", "chat_url": "127.0.0.1:8000"}, {}, ["DAFU_CHAT_URL"], id="no-url"
        ),
        pytest.param(
            {"chat_model": "x", "chat_url": LOCAL},
            {"LANGSMITH_TRACING": "true"},
            ["LANGSMITH_TRACING", "sent away"],
            id="tracing",
        ),
        pytest.param({"chat_model": "nobody:x"}, {}, ["nobody"], id="unknown-provider"),
        pytest.param({"chat_model": "mistralai:x"}, {}, ["pip install"], id="missing-provider"),
    ],
)
def test_what_cannot_work_is_told(settings, environ, words):
    with pytest.raises(ValueError, match=words[0]) as told:
        opened(environ, **settings)
    assert all(word in str(told.value) for word in words)


def test_a_missing_package_is_told_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    with pytest.raises(ValueError, match="pip install 'langchain-openai"):
        opened(chat_model="x", chat_url=LOCAL)


@pytest.mark.parametrize(
    "name", ["DAFU_CHAT_TIMEOUT", "DAFU_CHAT_CONCURRENCY", "DAFU_CHAT_RETRIES"]
)
def test_bounds_are_checked_where_settings_are_read(name):
    with pytest.raises(ValueError, match=name):
        read_settings(Settings, {name: "-1"})


def test_a_wrong_chat_model_stops_the_start_before_anything_is_loaded():
    heard = []
    with pytest.raises(ValueError, match="DAFU_CHAT_MODEL"):
        open_chain(Settings(chat_url=LOCAL), heard.append)
    assert heard == []


def test_any_chat_model_of_langchain_will_do(chain):
    model = ChatModel("fake", FakeListChatModel(responses=[CUBA_SAYS]))
    dafu = Dafu(chain.knowledge, chain.fingerprint, Composer(model, chain.knowledge))
    answer = dafu.invoke(Question(CUBA))
    assert (answer.text, answer.engine, answer.model) == (CUBA_SAYS, "generate", "fake")


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_loopback_is_kept_from_proxies_beside_what_the_operator_names(name):
    environ = {name: "portal.example, localhost"}
    close_lines(environ)
    hosts = environ["no_proxy"].split(",")
    assert environ["NO_PROXY"] == environ["no_proxy"]
    assert hosts == ["portal.example", "localhost", "127.0.0.1", "::1"]


def test_a_proxy_that_is_off_altogether_stays_off():
    environ = {"NO_PROXY": "*"}
    close_lines(environ)
    assert environ["no_proxy"] == "*"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)],
)
def test_loopback(host, is_ours):
    assert is_loopback(host) is is_ours


@pytest.fixture
def command(monkeypatch, tmp_path_factory):
    """Return the stub that ``python -m qa`` is set up to ask."""
    stub = ChatStub()
    for name in ("DAFU_INDEX_DIR",):
        monkeypatch.setenv(name, str(tmp_path_factory.getbasetemp() / "command-index"))
    with serving(stub.answer) as port:
        monkeypatch.setenv("DAFU_CHAT_MODEL", "stub")
        monkeypatch.setenv("DAFU_CHAT_URL", f"http://127.0.0.1:{port}/v1")
        monkeypatch.setenv("DAFU_CHAT_RETRIES", "0")
        yield stub


def test_the_command_answers_with_the_model(command, capsys):
    command.say = lambda _: CUBA_SAYS
    assert main([CUBA, "--mode", "generate"]) == 0
    assert capsys.readouterr().out.startswith(f"{CUBA_SAYS}\n\n[1] A-72-344/CUB/2")
    assert len(command.requests) == 1, "the first question, asked to warm up, is not sent"


def test_the_command_shows_why_the_report_is_quoted_instead(command, capsys):
    command.always = "500"
    assert main([CUBA]) == 0
    assert "※ 语言模型无法使用，回答改为直接引自报告。" in capsys.readouterr().out
    assert main([CUBA, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in told["notices"]] == ["model-unavailable"]
    assert (told["engine"], told["model"]) == ("extract", None)


def test_the_command_without_a_model_cannot_generate(capsys, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("DAFU_INDEX_DIR", str(tmp_path_factory.getbasetemp() / "command-index"))
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    assert main([CUBA, "--mode", "generate"]) == 2
    assert "generate" in capsys.readouterr().err
