"""The shape of the code: who may import whom, where torch and Qt may be named, and that every module says why."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from csqm_desktop.errors import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "csqm_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
TORCH = {"torch", "transformers", "peft", "accelerate"}
QT = {"PySide6", "shiboken6", "pyqtgraph"}
TORCH_PLACES = ("scoring", "training", "worker.py")
QT_PLACES = ("ui", "app.py")
PICKLES = {"pickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(tree: ast.AST) -> set[str]:
    """The top-level names of all modules that a module imports anywhere, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def offenders(forbidden: set[str], places: tuple[str, ...]) -> list[str]:
    outside = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in places]
    return [shown(path) for path in outside if imported(parsed(path)) & forbidden]


def test_the_import_contracts_hold():
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert f"{len(contracts['contracts'])} kept, 0 broken" in done.stdout


def test_torch_is_imported_only_in_the_worker_process():
    assert offenders(TORCH, TORCH_PLACES) == []


def test_qt_is_imported_only_by_the_window():
    assert offenders(QT, QT_PLACES) == []


def test_nothing_is_unpickled():
    # marshal: what this program's own child writes into a pipe between the two; nothing of it comes from a file
    assert offenders(PICKLES - {"marshal"}, ()) == []
    assert offenders({"marshal"}, ()) == ["jobs/reading_process.py"]
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                is_torch_load = node.func.attr == "load" and isinstance(owner, ast.Name) and owner.id == "torch"
                assert not is_torch_load, f"{shown(path)}:{node.lineno} reads a pickle with torch.load"
                pickles = [k.value for k in node.keywords if k.arg == "allow_pickle"]
                allowed = [v for v in pickles if not (isinstance(v, ast.Constant) and v.value is False)]
                assert not allowed, f"{shown(path)}:{node.lineno} lets numpy read pickles"


def test_no_code_of_a_model_is_trusted():
    assert [shown(path) for path in MODULES if "trust_remote_code=True" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_every_module_says_what_it_is_for(path):
    tree = parsed(path)
    if path.name == "__init__.py" and not tree.body:
        return
    assert ast.get_docstring(tree), f"{shown(path)} has no docstring"


def test_every_error_that_is_raised_has_its_two_sentences():
    unknown = []
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CsqmError"):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and first.value not in MESSAGES:
                unknown.append(f"{shown(path)}:{node.lineno} {first.value}")
    assert unknown == []


def test_an_error_s_code_stands_once():
    codes = []
    for path in sorted((PACKAGE / "errors").glob("*.py")):
        tables = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Dict) and len(node.keys) > 5]
        codes += [key.value for table in tables for key in table.keys if isinstance(key, ast.Constant)]
    assert len(codes) == len(MESSAGES) > 200
    assert sorted(codes) == sorted(MESSAGES)


@pytest.mark.parametrize("module", ["csqm_desktop.app", "csqm_desktop.cli"])
def test_the_window_and_the_command_line_start_without_torch(module):
    script = f"import sys, {module}; print(sorted(set({sorted(TORCH)!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
