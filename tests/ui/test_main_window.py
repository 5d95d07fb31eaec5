"""The shell: navigation, the welcome screen, the job strip, quick switches, geometry, closing."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from csqm_desktop import settings
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui import navigation
from csqm_desktop.ui.context import TOPICS, AppContext
from csqm_desktop.ui.job_runner import JobRunner
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.shortcut_sheet import ShortcutSheet
from csqm_desktop.ui.widgets.key_cap import KeyCap


class PlainPage(Page):
    """Stands in for the pages of others."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.refreshed: list[frozenset[str]] = []
        self.requests: list[object] = []

    def refresh(self, topics: frozenset[str]) -> None:
        self.refreshed.append(topics)

    def open(self, request: object) -> None:
        self.requests.append(request)


@pytest.fixture
def window(qtbot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    real = navigation.build

    def build(spec: navigation.PageSpec, where: AppContext) -> Page:
        return real(spec, where) if spec.name in ("settings", "import") else PlainPage(where)

    monkeypatch.setattr("csqm_desktop.ui.main_window.build", build)
    result = MainWindow(context)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    return result


class Held:
    kind = "score"
    lane = "model"

    def __init__(self) -> None:
        self.go = threading.Event()

    def run(self, context: Any) -> str:
        context.progress(25, 100, "scoring")
        while not self.go.is_set():
            context.check_cancelled()
            time.sleep(0.005)
        return "done"


def test_without_a_workspace_it_welcomes(window: MainWindow) -> None:
    assert window.stack.currentWidget() is window.welcome
    assert not window.rail.button("review").isEnabled()
    assert window.rail.button("settings").isEnabled()
    window.show_page("review")
    assert window.current_page == ""


def test_keys_and_clicks_lead_to_pages_that_are_built_when_shown(
    qtbot, window: MainWindow, context: AppContext, workspace: Workspace
) -> None:
    context.use_workspace(workspace)
    assert window.current_page == "review"
    assert set(window._pages) == {"review"}
    for key, name in ((Qt.Key.Key_2, "dashboard"), (Qt.Key.Key_3, "training"), (Qt.Key.Key_1, "review")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == name
        assert window.rail.button(name).isChecked()
    qtbot.mouseClick(window.rail.button("settings"), Qt.MouseButton.LeftButton)
    assert window.current_page == "settings"
    assert "import" not in window._pages


def test_pages_hear_of_changes_when_they_are_shown(
    window: MainWindow, context: AppContext, workspace: Workspace
) -> None:
    context.use_workspace(workspace)
    page = window.page("review")
    assert isinstance(page, PlainPage)
    page.refreshed.clear()
    window.show_page("dashboard")
    context.announce({"reviews", "nonsense"})
    assert page.refreshed == []
    window.show_page("review")
    assert page.refreshed == [frozenset({"reviews"})]


def test_a_page_can_ask_for_another_with_something_to_show(
    window: MainWindow, context: AppContext, workspace: Workspace
) -> None:
    context.use_workspace(workspace)
    context.navigate("dashboard", {"agent": "Ann"})
    page = window.page("dashboard")
    assert isinstance(page, PlainPage)
    assert page.requests == [{"agent": "Ann"}]


def test_the_sheet_opens_with_a_question_mark_and_lists_every_action(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, "?")
    assert isinstance(window.sheet, ShortcutSheet)
    assert window.sheet.isVisible()
    caps = [cap.accessibleName() for cap in window.sheet.findChildren(KeyCap)]
    assert {"1", "5", "0", "/", "Esc"} <= set(caps)
    area = window.sheet.findChild(QScrollArea)
    assert not area.verticalScrollBar().isVisible()  # no row is cut
    qtbot.keyClick(window.sheet, Qt.Key.Key_Escape)


def test_language_and_theme_switch_from_the_header(qtbot, window: MainWindow, context: AppContext) -> None:
    qtbot.mouseClick(window.header.theme_button, Qt.MouseButton.LeftButton)
    assert context.theme.dark
    assert settings.load().theme == "dark"
    qtbot.mouseClick(window.header.language.button("zh_CN"), Qt.MouseButton.LeftButton)
    assert context.translations.language == "zh_CN"
    assert settings.load().language == "zh_CN"


def test_geometry_is_kept(qtbot, window: MainWindow, context: AppContext, qt_mock) -> None:
    restored = qt_mock(MainWindow, "restoreGeometry")
    window.resize(1111, 777)
    saved = bytes(window.saveGeometry().data())
    window.close()
    assert settings.load().window_geometry
    again = MainWindow(context)
    qtbot.addWidget(again)
    assert bytes(restored.call_args.args[1].data()) == saved  # the offscreen screen is too small to apply it


@pytest.fixture
def threaded(context: AppContext, monkeypatch: pytest.MonkeyPatch):
    """A real runner instead of the inline one."""
    runner = JobRunner()
    monkeypatch.setattr(context, "runner", runner)
    yield runner
    runner.shutdown()


def test_the_strip_shows_progress_and_cancels(qtbot, threaded: JobRunner, window: MainWindow) -> None:
    assert not window.strip.isVisible()
    handle = threaded.start(Held())
    qtbot.waitUntil(lambda: window.strip.share.text() == "25%", timeout=3000)
    assert window.strip.isVisible()
    assert window.strip.title.text() == "Scoring"
    assert window.strip.stage.text() == "Scoring replies"
    with qtbot.waitSignal(handle.cancelled, timeout=3000):
        qtbot.mouseClick(window.strip.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.strip.stage.text() == "Cancelled")
    assert not window.strip.cancel_button.isVisible()


def test_a_failed_job_offers_what_to_do(qtbot, threaded: JobRunner, window: MainWindow, qt_mock) -> None:
    class Failing:
        kind = "import"

        def run(self, _context: Any) -> None:
            raise CsqmError("disk_full", path="/x", reason="full")

    shown = qt_mock(window.context.notices, "error")
    handle = threaded.start(Failing())
    with qtbot.waitSignal(handle.finished, timeout=3000):
        pass
    qtbot.waitUntil(window.strip.details_button.isVisible)
    qtbot.mouseClick(window.strip.details_button, Qt.MouseButton.LeftButton)
    assert shown.call_args.args[0].code == "disk_full"


def test_closing_asks_about_a_running_job(qtbot, threaded: JobRunner, window: MainWindow, qt_mock) -> None:
    job = Held()
    handle = threaded.start(job)
    ask = qt_mock(window.context.notices, "ask", return_value=False)
    assert not window.close()
    assert ask.called
    job.go.set()
    qtbot.waitUntil(lambda: handle.is_over, timeout=3000)
    assert window.close()


def test_a_new_workspace_can_be_made_and_opened(
    qtbot, window: MainWindow, context: AppContext, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.workspaces.create(tmp_path / "new", "ecommerce", "zh")
    qtbot.waitUntil(lambda: context.workspace is not None, timeout=5000)
    assert context.open_workspace.fact("language") == "zh"
    assert settings.load().last_workspace == str(tmp_path / "new")
    assert "new" in window.windowTitle()


def test_opening_a_folder_without_a_workspace_says_so(
    qtbot, window: MainWindow, context: AppContext, tmp_path, qt_mock
) -> None:
    shown = qt_mock(context.notices, "error")
    window.workspaces.open(tmp_path / "nothing")
    assert shown.call_args.args[0].code == "workspace_missing"
    assert context.workspace is None


def test_what_other_programs_write_is_shown_by_itself_and_our_own_writes_are_no_news(
    qtbot, window: MainWindow, context: AppContext, workspace: Workspace
) -> None:
    context.use_workspace(workspace)
    window.others.look()
    heard: list[object] = []
    context.changed.connect(heard.append)
    workspace.set_fact("colour", "red")
    window.others.look()
    assert heard == []
    other = Workspace.open(workspace.folder)
    other.set_fact("colour", "blue")
    workspace.set_fact("colour", "green")  # ours right after theirs does not hide it
    other.close()
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    window.others.look()
    assert heard == [TOPICS]
