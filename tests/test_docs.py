"""Documents cannot drift: the tree, the settings and the results that they name are real."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from evals.__main__ import build_parser
from evals.baseline import load_baseline
from evals.published import readmes_with
from qa.settings import PREFIX, Settings
from qa.web.settings import WebSettings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_tree_names_real_folders():
    tree = re.search(r"```\ncorpus/ .*?```", README, re.DOTALL)
    assert tree is not None
    names = re.findall(r"^([a-z.]+/?) ", tree[0], re.MULTILINE)
    assert len(names) == 9
    assert all((ROOT / name).exists() for name in names)


def test_every_setting_is_described():
    names = [
        PREFIX + field.name.upper() for cls in (Settings, WebSettings) for field in fields(cls)
    ]
    assert [name for name in names if f"`{name}`" not in README] == []
    known = set(re.findall(r"`(DAFU_[A-Z_]+)`", README))
    assert known == set(names)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh-CN.md",
        "NOTICE.md",
        "docs/annotate.md",
        "docs/api.md",
        "docs/deployment.md",
        "docs/evaluation.md",
        "docs/models.md",
        "evals/README.md",
        "evals/LOG.md",
    ],
)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in target:
            assert (ROOT / name).parent.joinpath(target).exists(), target


def test_the_results_are_the_committed_ones():
    assert readmes_with(load_baseline(), ROOT) == {ROOT / "README.md": README}


@pytest.mark.parametrize("name", ["README.md", "docs/evaluation.md", "evals/README.md"])
def test_the_commands_of_the_evaluation_are_real(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^(?:    )?python -m evals (\S.*?)(?:  .*)?$", text, re.MULTILINE)
    assert lines
    for line in lines:
        assert build_parser().parse_args(shlex.split(line)).run_action, line


def test_every_idea_in_the_log_has_a_date_and_a_decision():
    log = (ROOT / "evals" / "LOG.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in log.splitlines() if line.startswith("| 20")]
    assert len(rows) > 10
    assert all(len(row) == 5 and row[-1].strip() for row in rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_the_example_answer_is_what_the_engine_says(chain):
    from qa.types import Question

    answer = chain.invoke(Question("古巴批准了多少项与恐怖主义有关的国际公约？"))
    shown = re.search(r"公约？\"\n(.*?)\n\n", README, re.DOTALL)
    assert shown is not None
    assert "".join(shown[1].split()) == "".join(answer.text.split())
