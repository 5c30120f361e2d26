"""Settings read from the environment, and ``python -m qa`` in the terminal."""

import json
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from test_qa_render import TOP, fits
from test_qa_verbatim import ask, is_verbatim

from qa.__main__ import as_text, main
from qa.settings import Settings, check_environment, read_settings

CUBA = "古巴批准了多少项与恐怖主义有关的国际公约？"


@dataclass(frozen=True, slots=True)
class Sample:
    """One field of every type that a layer's settings use."""

    port: int = 7860
    share: bool = False
    ratio: float = 0.5
    folder: Path = Path("var")
    name: str = ""


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        pytest.param({}, Sample(), id="nothing-given"),
        pytest.param({"DAFU_PORT": "80"}, Sample(port=80), id="int"),
        pytest.param({"DAFU_SHARE": "1"}, Sample(share=True), id="bool-1"),
        pytest.param({"DAFU_SHARE": "TRUE"}, Sample(share=True), id="bool-true"),
        pytest.param({"DAFU_SHARE": "false"}, Sample(share=False), id="bool-false"),
        pytest.param({"DAFU_RATIO": "0.25"}, Sample(ratio=0.25), id="float"),
        pytest.param({"DAFU_FOLDER": "/tmp/x"}, Sample(folder=Path("/tmp/x")), id="path"),
        pytest.param({"DAFU_NAME": "BAAI/bge-m3"}, Sample(name="BAAI/bge-m3"), id="str"),
        pytest.param({"PORT": "80", "dafu_port": "81"}, Sample(), id="other-names-are-not-ours"),
    ],
)
def test_settings_are_read_from_the_environment(environ, expected):
    assert read_settings(Sample, environ) == expected


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        pytest.param({"DAFU_PORT": "http"}, ("DAFU_PORT", "http", "int"), id="int"),
        pytest.param({"DAFU_PORT": ""}, ("DAFU_PORT", "int"), id="int-empty"),
        pytest.param({"DAFU_PORT": "1.5"}, ("DAFU_PORT", "1.5"), id="int-fraction"),
        pytest.param({"DAFU_RATIO": "half"}, ("DAFU_RATIO", "half", "float"), id="float"),
        pytest.param({"DAFU_SHARE": "maybe"}, ("DAFU_SHARE", "maybe", "true"), id="bool"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_with_its_variable(environ, words):
    with pytest.raises(ValueError, match=words[0]) as told:
        read_settings(Sample, environ)
    assert all(word in str(told.value) for word in words)


@pytest.mark.parametrize("name", ["DAFU_EMBEDING", "DAFU_INDEXDIR", "DAFU_", "DAFU_PORT"])
def test_a_misspelt_variable_is_told_with_the_right_ones(name):
    with pytest.raises(ValueError, match="unknown setting") as told:
        check_environment({name: "x"}, Settings)
    assert name in str(told.value)
    assert all(f"DAFU_{one.name.upper()}" in str(told.value) for one in fields(Settings))


def test_variables_of_other_programs_and_of_other_layers_are_left_alone():
    check_environment({"PATH": "/bin", "HOME": "/", "DAFU_INDEX_DIR": "x"}, Settings)
    check_environment({"DAFU_INDEX_DIR": "x", "DAFU_PORT": "1"}, Settings, Sample)


def test_reading_the_settings_makes_no_folder(tmp_path):
    settings = read_settings(Settings, {"DAFU_INDEX_DIR": str(tmp_path / "new")})
    assert settings.index_dir == tmp_path / "new"
    assert not settings.index_dir.exists()


def test_an_empty_folder_is_refused_and_is_not_the_working_directory():
    with pytest.raises(ValueError, match="DAFU_INDEX_DIR is empty; allowed: the path of a folder"):
        read_settings(Settings, {"DAFU_INDEX_DIR": ""})


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        pytest.param([""], "空", id="empty"),
        pytest.param(["？？"], "no words", id="no-words"),
        pytest.param(["问" * 100_000], "100000", id="too-long"),
        pytest.param(["古巴\x07"], "U+0007", id="control-character"),
        pytest.param([CUBA, "-k", "0"], "k=0", id="k-zero"),
        pytest.param([CUBA, "-k", "51"], "k=51", id="k-too-large"),
    ],
)
def test_a_bad_question_exits_with_2_and_says_why(capsys, arguments, word):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert word in err
    assert "Traceback" not in err
    assert len(err) < 500


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no-question"),
        pytest.param([CUBA, "--lang", "fr"], id="lang"),
        pytest.param([CUBA, "-k", "many"], id="k-no-number"),
        pytest.param([CUBA, "--colour"], id="unknown-option"),
    ],
)
def test_bad_arguments_exit_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_folder_that_cannot_hold_the_index_exits_with_2(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("DAFU_INDEX_DIR", str(tmp_path / "file"))
    assert main([CUBA]) == 2
    assert capsys.readouterr().out == ""


def test_a_model_that_could_run_code_exits_with_2(capsys, monkeypatch, tmp_path):
    (tmp_path / "modeling.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("DAFU_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("DAFU_EMBEDDINGS", str(tmp_path))
    assert main([CUBA]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "modeling.py" in err


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("command")


def test_the_command_prints_the_contract_s_json(capsys, monkeypatch, index_dir, chain):
    monkeypatch.setenv("DAFU_INDEX_DIR", str(index_dir))
    assert main([CUBA, "--json", "--lang", "zh-Hant", "-k", "4"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert fits(printed, TOP)
    assert printed["language"] == "zh-Hant"
    assert len(printed["retrieved"]) == 4
    assert all(is_verbatim(one["quote"], one["respondent"]) for one in printed["citations"])
    assert printed["answer"] == ask(chain, CUBA, lang="zh-Hant", k=4).text
    assert any(index_dir.iterdir())


def test_the_command_prints_an_answer_with_its_sources(capsys, monkeypatch, index_dir, chain):
    monkeypatch.setenv("DAFU_INDEX_DIR", str(index_dir))
    assert main(["提到第1540号决议了吗？", "--respondent", "NOR"]) == 0
    out, err = capsys.readouterr()
    expected = ask(chain, "提到第1540号决议了吗？", respondents=("NOR",))
    assert out.rstrip() == as_text(expected)
    assert err


def test_the_text_of_an_answer_lists_every_source_with_its_page(chain):
    answer = ask(chain, "哪些答复方加入了《制止核恐怖主义行为国际公约》？")
    text = as_text(answer)
    assert text.startswith(answer.text)
    for citation in answer.citations:
        source = next(x for x in text.splitlines() if x.startswith(f"[{citation.n}] "))
        assert citation.passage.id in source
        assert citation.passage.respondent in source
        assert all(str(page) in source for page in citation.passage.pages)


def test_the_text_of_a_refusal_offers_the_nearest_passages(chain):
    answer = ask(chain, "挪威关于人工智能说了什么？")
    text = as_text(answer)
    assert text.startswith(answer.text)
    assert answer.retrieved[0].passage.id in text
