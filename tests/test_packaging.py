"""The wheel: built without a network, installed elsewhere, it finds its own resources. And the setup's own files."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINS = re.compile(r"^([A-Za-z0-9._-]+)==([A-Za-z0-9.]+)$")


def run(command, **options):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the installed wheel and nothing else."""
    pytest.importorskip("hatchling")
    pytest.importorskip("pip")
    place = tmp_path_factory.mktemp("wheel")
    offline = os.environ | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    pip = [sys.executable, "-m", "pip"]
    # from hatchling itself, not through pip, which would leave an egg-info or a build folder in the checkout
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)], cwd=ROOT, env=offline)
    (wheel,) = place.glob("*.whl")
    target = place / "installed"
    run([*pip, "install", "--no-deps", "--quiet", "--target", str(target), str(wheel)], cwd=place, env=offline)
    return target


def in_installed(installed, script):
    """Run a script that sees the installed package and not the checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CSQM_")}
    return run([sys.executable, "-c", script], cwd=installed.parent, env=clean | {"PYTHONPATH": str(installed)})


@pytest.mark.slow
def test_an_installed_wheel_finds_its_resources(installed):
    script = """
from csqm_desktop import paths, rubrics
assert paths.checkout_root() is None, paths.checkout_root()
icon = paths.resource("icons", "app.svg")
assert icon.read_text(encoding="utf-8").lstrip().startswith("<svg"), icon
for folder, pattern in (("icons", "*.svg"), ("qss", "*.qss"), ("rubrics", "*.yaml"), ("i18n", "*.qm"),
                        ("demo", "*.jsonl"), ("starter", "*.jsonl")):
    print(folder, len(list(paths.resource(folder).glob(pattern))))
from csqm_desktop.registry import base_model
print("manifest", len(base_model.load_manifest().files))
"""
    counts = dict(line.split() for line in in_installed(installed, script).splitlines())
    expected = {"icons": "*.svg", "qss": "*.qss", "rubrics": "*.yaml", "i18n": "*.qm"}
    for folder, pattern in (expected | {"demo": "*.jsonl", "starter": "*.jsonl"}).items():
        assert int(counts[folder]) == len(list((ROOT / "resources" / folder).glob(pattern))), folder
    assert int(counts["icons"]) > 10
    assert int(counts["rubrics"]) >= 1
    assert int(counts["manifest"]) == 4


@pytest.mark.slow
@pytest.mark.gui
def test_an_installed_wheel_loads_an_icon_a_catalog_and_a_rubric(installed):
    pytest.importorskip("PySide6")
    script = """
import importlib.util
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from csqm_desktop import paths, rubrics
app = QGuiApplication([])
icon = QIcon(str(paths.resource("icons", "app.svg")))
assert not icon.pixmap(32, 32).isNull()
for catalog in paths.resource("i18n").glob("csqm_*.qm"):
    assert QTranslator().load(str(catalog)), catalog
print(rubrics.load(paths.resource("rubrics", "ecommerce.yaml")).key)
"""
    assert in_installed(installed, script).strip() == "ecommerce"


@pytest.mark.slow
def test_an_installed_wheel_has_both_programs(installed):
    entries = {
        entry.name: entry
        for distribution in metadata.distributions(path=[str(installed)])
        for entry in distribution.entry_points
    }
    assert entries["csqm"].group == "console_scripts"
    assert entries["csqm-desktop"].group == "gui_scripts"
    out = in_installed(
        installed, "import sys; sys.argv = ['csqm', '--help']; import csqm_desktop.__main__ as m; m.main()"
    )
    assert "import" in out


@pytest.mark.slow
def test_a_wheel_carries_its_licence_and_no_model(installed):
    (licence,) = installed.glob("csqm_desktop-*.dist-info/licenses/LICENSE")
    assert "Apache License" in licence.read_text(encoding="utf-8")
    assert not list(installed.rglob("*.safetensors"))
    assert not list(installed.rglob("test_*.py"))


def pins():
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_constraints_are_exact_and_cover_what_the_project_asks_for():
    assert [line for line in pins() if not PINS.match(line)] == []
    pinned = {re.sub(r"[-_.]+", "-", PINS.match(line)[1]).lower() for line in pins()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", line)[0]).lower() for line in asked}
    assert names - pinned == set()


def test_the_bootstrap_and_the_constraints_agree_on_torch():
    text = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    (torch,) = [line for line in pins() if line.startswith("torch==")]
    assert f'TORCH = "{torch}"' in text


def test_the_bootstrap_needs_only_the_standard_library():
    script = (
        "import runpy, sys; sys.argv = ['bootstrap.py', '--help']; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    out = run([sys.executable, "-I", "-S", "-c", script], cwd=ROOT / "packaging")
    assert "CSQM_TORCH_INDEX" in out


def test_continuous_integration_can_be_started():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    run(["bash", "-n", str(script)])


@pytest.fixture
def translations(monkeypatch, tmp_path):
    """The program that keeps the catalogs, with its catalogs in a folder of the test."""
    spec = importlib.util.spec_from_file_location("update_translations", ROOT / "packaging" / "update_translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "CATALOGS", tmp_path / "resources" / "i18n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCES", tmp_path / "csqm_desktop")
    (tmp_path / "csqm_desktop").mkdir()
    module.CATALOGS.mkdir(parents=True)
    return module


SOURCE = '''
"""A widget, and a text marked for translation outside of one."""
def QT_TRANSLATE_NOOP(context, text): return text
REASONS = {"x": (QT_TRANSLATE_NOOP("errors", "No file {path}."), QT_TRANSLATE_NOOP("errors", "Choose one."))}
class Page:
    def show(self):
        self.tr("%n reply(s)", "", 3)
'''


@pytest.mark.slow
def test_catalogs_are_checked_for_stale_missing_and_broken_translations(translations):
    pytest.importorskip("PySide6")
    page = translations.SOURCES / "page.py"
    page.write_text(SOURCE, encoding="utf-8")
    assert "missing" in translations.check()[0]
    translations.update(translations.CATALOGS)
    translations.release(translations.CATALOGS, translations.CATALOGS)
    assert len(translations.check()) == 4  # three texts in Chinese, one plural in English
    chinese, english = (translations.CATALOGS / f"csqm_{name}.ts" for name in ("zh_CN", "en"))
    text = chinese.read_text(encoding="utf-8")
    for source, translated in (("No file {path}.", "没有文件 {path}。"), ("Choose one.", "请选择。")):
        old = f'{source}</source>\n        <translation type="unfinished"></translation>'
        assert old in text
        text = text.replace(old, f"{source}</source>\n        <translation>{translated}</translation>")
    for catalog, forms in ((chinese, ["%n 条回复"]), (english, ["%n reply", "%n replies"])):
        plural = text if catalog == chinese else english.read_text(encoding="utf-8")
        plural = plural.replace('<translation type="unfinished">\n', "<translation>\n")
        for form in forms:
            plural = plural.replace("<numerusform></numerusform>", f"<numerusform>{form}</numerusform>", 1)
        catalog.write_text(plural, encoding="utf-8")
    assert [problem.split(" is ")[1][:5] for problem in translations.check()] == ["stale", "stale"]  # the .qm files
    translations.release(translations.CATALOGS, translations.CATALOGS)
    assert translations.check() == []
    page.write_text(SOURCE.replace("Choose one.", "Choose another."), encoding="utf-8")
    assert any("csqm_zh_CN.ts is stale" in problem for problem in translations.check())
    page.write_text(SOURCE, encoding="utf-8")
    chinese.write_text(chinese.read_text(encoding="utf-8").replace("没有文件 {path}", "没有 {file}"), encoding="utf-8")
    assert any("other placeholders" in problem for problem in translations.check())
