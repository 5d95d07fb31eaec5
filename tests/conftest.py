"""Every test has its own home folder, speaks English, needs no display, and leaves no thread behind.

``pytest --headed`` shows the windows. Nothing here imports Qt unless a test asks for one of the window's
fixtures, so that everything else also runs where Qt is not installed.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

# threads that belong to the process, not to a test
_LASTING_THREADS = ("worker-events", "pytest_timeout", "tqdm_monitor", "Dummy-", "execnet")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows of the tests that drive any")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--headed"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # figures are compared closely; on processors with 16-bit products they would differ by rounding alone
    os.environ.setdefault("CSQM_BF16", "0")
    if config.pluginmanager.hasplugin("pytest-qt"):
        # offscreen says this whenever a window is shown; it means nothing
        config.addinivalue_line("qt_log_ignore", "does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def csqm_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: settings, logs, the default workspace."""
    home = tmp_path / "home"
    monkeypatch.setenv("CSQM_HOME", str(home))
    monkeypatch.delenv("CSQM_WORKSPACE", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return home


@pytest.fixture(autouse=True)
def no_key_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test inherits the data key of another one; passphrases are hashed at the least cost."""
    from csqm_desktop.store import people
    from csqm_desktop.vault import key_file, ring, slow_hash

    for module in (key_file, people):
        monkeypatch.setattr(module, "COST", slow_hash.Cost(64, 1, 1))
    for name in ("CSQM_PASSPHRASE", "CSQM_KEY_FILE", "CSQM_NEW_PASSPHRASE", "CSQM_PERSON", "CSQM_PERSON_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    yield
    ring.clear()


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while leaked := [t for t in threading.enumerate() if t not in before and not _lasting(t)]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left behind: {[t.name for t in leaked]}")
        time.sleep(0.02)


def _lasting(thread: threading.Thread) -> bool:
    return thread.name.startswith(_LASTING_THREADS)


@pytest.fixture
def qt_mock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Mock]:
    """``qt_mock(owner, "method", return_value=…)`` replaces a method of a Qt class and returns the mock.

    PySide6 6.10 and later can crash when a bare ``Mock`` sits where a method is looked up; a plain function
    around it is safe.
    """

    def replace(owner: Any, name: str, **options: Any) -> Mock:
        mock = Mock(**options)

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return mock(*args, **kwargs)

        monkeypatch.setattr(owner, name, stand_in)
        return mock

    return replace
