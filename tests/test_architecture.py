"""The layers: imports go left only, and importing a package does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "sentence_transformers", "transformers", "gradio", "chromadb", "jieba")


def test_imports_go_left_only():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_app_only_composes():
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    imported = {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    } | {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    ours = imported & {"corpus", "index", "qa", "evals"}
    assert ours <= {"qa", "corpus"}
    assert not imported & {"chromadb", "gradio"}
    assert len(ast.unparse(tree).splitlines()) <= 150


def test_importing_the_engine_loads_nothing_heavy_and_makes_nothing(tmp_path):
    code = (
        "import sys, corpus, index.opening, index.retrievers, qa.chain, qa.render;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        check=True,
    )
    assert run.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []
