"""Sets up a checkout and runs it: one program for Linux, macOS and Windows, with the standard library only.

    python3 packaging/bootstrap.py setup         system packages (where possible), .venv, base model
    python3 packaging/bootstrap.py demo          the same, then a ready demo workspace and its window
    python3 packaging/bootstrap.py window        the window on your own workspace
    python3 packaging/bootstrap.py test          all checks: style, types, contracts, catalogs, tests
    python3 packaging/bootstrap.py lint          all checks but the tests
    python3 packaging/bootstrap.py screenshots   every screen of the demo workspace as pictures
    python3 packaging/bootstrap.py clean         removes what builds and tests leave behind, not the models

pip is used with your own settings. The one package that may need help is torch: on Linux, pip's usual index gives a
build for NVIDIA cards, several GB large. On a computer without such a card set CSQM_TORCH_INDEX to the address of an
index with CPU builds (the torch project's own installation page names it) before the first setup:

    CSQM_TORCH_INDEX=... make setup

A torch that is installed already is kept. Set CSQM_NO_APT=1 to leave the system's packages alone.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "csqm-setup.txt"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
DEMO = ROOT / "demo-workspace"
PICTURES = ROOT / "screenshots"
IS_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if IS_WINDOWS else "bin")

TORCH = "torch==2.13.0"
OLDEST, NEWEST = (3, 11), (3, 13)

# Debian and Ubuntu: what Qt opens at run time, first without a display, then with one; fonts for Chinese
_QT = ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libx11-6")
_DISPLAY = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxcb-render0",
    "libxcb-image0",
    "libxcb-render-util0",
    "libxcb-util1",
    "xvfb",
    "xauth",
)
_FONTS = ("fonts-noto-cjk", "fonts-noto-color-emoji")


class SetupError(Exception):
    """Something that the person at the keyboard has to mend; its text says what and how."""


def say(text: str) -> None:
    """Tell what happens now; flushed, so that it stands before the output of what is started."""
    print(text, flush=True)


def heading(text: str) -> None:
    """A line that is easy to find in a long log."""
    say(f"\n=== {text} " + "=" * max(0, 70 - len(text)))


def tool(name: str) -> str:
    """The path of a program inside the environment."""
    return str(BIN / (f"{name}.exe" if IS_WINDOWS else name))


def run(command: list[str], env: dict[str, str] | None = None, show: bool = True) -> int:
    """Run a program in the checkout without giving it the keyboard; returns its exit code."""
    settings = {**os.environ, "PYTHONUTF8": "1", **(env or {})}  # UTF-8 output also on a Windows console
    out = None if show else subprocess.DEVNULL
    done = subprocess.run(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=out, check=False)
    return done.returncode


def must(command: list[str], failed: str) -> None:
    """Run a program that has to succeed."""
    code = run(command)
    if code:
        raise SetupError(f"{failed} (exit code {code} of: {' '.join(command)})")


# -- setting up


def set_up(with_model: bool = True) -> None:
    """Bring the environment up to date. Does nothing when it is already."""
    wanted = _fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and Path(tool("python")).exists():
        say("The environment in .venv is up to date.")
    else:
        _system_packages()
        _make_venv(_find_python())
        _install()
        STAMP.write_text(wanted, encoding="utf-8")
    if with_model:
        heading("Base model")
        must([tool("csqm"), "models", "add-base"], "the base model could not be installed, see above")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _system_packages() -> None:
    if not shutil.which("dpkg-query") or os.environ.get("CSQM_NO_APT"):
        return
    venv_package = [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"] if _is_system_python() else []
    missing = [name for name in (*_QT, *_DISPLAY, *_FONTS, *venv_package) if not _has_package(name)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    if os.geteuid() != 0:
        say("These system packages seem to be missing; without them no window may open:")
        say(f"  sudo {' '.join([*command, *missing])}")
        return
    heading("System packages")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], quiet, show=False)
    if run([*command, *missing], quiet, show=False):  # another release may call one of them differently
        failed = [name for name in missing if run([*command, name], quiet, show=False)]
        if failed:
            say(f"Could not be installed: {', '.join(failed)}. Going on: what needs them will say so.")


def _is_system_python() -> bool:
    return sys.base_prefix == "/usr"


def _has_package(name: str) -> bool:
    done = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}", name],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.stdout.endswith(" installed")


def _find_python() -> str:
    """A Python of a release that the project supports: this one, or another on the path."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise SetupError(
        f"csqm-desktop needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}; this is "
        f"{platform.python_version()} and no other was found. Install one and run it with this file, "
        "or say make PYTHON=/path/to/python3.12."
    )


def _make_venv(python: str) -> None:
    if Path(tool("python")).exists() and run([tool("python"), "-c", "import pip"]) == 0:
        return
    heading("Environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)  # half made by an interrupted run, or of a Python that is gone
    must([python, "-m", "venv", str(VENV)], "the environment could not be made; on Debian: apt install python3-venv")


def _install() -> None:
    heading("Packages (the first time this takes some minutes)")
    pip = [tool("python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    failed = "packages could not be installed. Check the network and pip's settings, then run this again"
    if run([tool("python"), "-c", _TORCH_IS_THERE]) != 0:
        index = os.environ.get("CSQM_TORCH_INDEX")
        extra = ["--extra-index-url", index] if index else []
        if sys.platform.startswith("linux") and not index and not shutil.which("nvidia-smi"):
            say("Hint: if a build of torch for NVIDIA cards is fetched now, see CSQM_TORCH_INDEX in this file's head.")
        must([*pip, *extra, TORCH], failed)
    # the build tool first and without isolation, so that its release is pinned too and tests can build offline
    must([*pip, "-c", str(CONSTRAINTS), "hatchling", "editables"], failed)
    must(
        [*pip, "-c", str(CONSTRAINTS), "--no-build-isolation", "-e", ".[dev,parquet,encryption,serve,connectors]"],
        failed,
    )


_TORCH_IS_THERE = (
    "import importlib.metadata as m, sys; "
    f"sys.exit(m.version('torch').split('+')[0] != {TORCH.split('==')[1]!r})"
    " if any(d.name == 'torch' for d in m.distributions()) else sys.exit(1)"
)


# -- running


def has_display() -> bool:
    """Whether a window can be seen here."""
    if os.environ.get("CI"):
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo() -> int:
    """A demo workspace, then its window."""
    set_up()
    heading("Demo workspace")
    must([tool("csqm"), "demo", str(DEMO)], "the demo could not be made, see above")
    if not has_display():
        say("No display here. Where there is one: make window WORKSPACE=demo-workspace")
        return 0
    return window(DEMO)


def window(workspace: Path | None = None) -> int:
    """The window, on the demo workspace when asked to, else on the last one used."""
    set_up()
    arguments = ["--workspace", str(workspace)] if workspace else []
    return run([tool("python"), "-m", "csqm_desktop", "window", *arguments])


def screenshots() -> int:
    """Pictures of every screen, from the demo workspace."""
    set_up()
    must([tool("csqm"), "demo", str(DEMO)], "the demo could not be made, see above")
    must([tool("csqm"), "screenshots", str(PICTURES), "--workspace", str(DEMO)], "the pictures failed, see above")
    say(f"The pictures are in {PICTURES}.")
    return 0


def lint() -> int:
    """All checks but the tests."""
    set_up(with_model=False)
    return _report(_style_checks())


def test() -> int:
    """All checks. Each runs even when one before it failed."""
    set_up()
    checks = _style_checks()
    workers = min(2, os.cpu_count() or 1)
    spread = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    checks["pytest"] = [tool("python"), "-m", "pytest", "-q", *spread]
    return _report(checks)


def _style_checks() -> dict[str, list[str]]:
    return {
        "ruff check": [tool("ruff"), "check", "."],
        "ruff format": [tool("ruff"), "format", "--check", "."],
        "mypy": [tool("mypy")],
        "import contracts": [tool("lint-imports")],
        "translations": [tool("python"), str(ROOT / "packaging" / "update_translations.py"), "--check"],
    }


def _report(checks: dict[str, list[str]]) -> int:
    failed = []
    for name, command in checks.items():
        heading(name)
        if run(command):
            failed.append(name)
    heading("Summary")
    for name in checks:
        say(f"{'FAILED' if name in failed else 'passed'}  {name}")
    return 1 if failed else 0


def clean() -> int:
    """Remove what builds and tests leave behind. The environment, the models and workspaces stay."""
    for name in ("build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for top in ("csqm_desktop", "tests", "packaging"):
        for cache in (ROOT / top).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    return 0


def main() -> int:
    """Read the sub-command and run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["setup", "demo", "test", "lint", "window", "screenshots", "clean"])
    parser.add_argument("--workspace", type=Path, help="for window: the folder to open")
    arguments = parser.parse_args()
    try:
        if arguments.what == "setup":
            set_up()
            say("\nReady. Next: make demo, make test, or make window.")
            return 0
        if arguments.what == "window":
            return window(arguments.workspace)
        actions = {"demo": demo, "test": test, "lint": lint, "screenshots": screenshots, "clean": clean}
        return actions[arguments.what]()
    except SetupError as error:
        print(f"\nbootstrap: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
