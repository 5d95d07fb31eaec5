"""Starting and ending: a quick, light start; the last workspace; what a crash interrupted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csqm_desktop.app import Starter
from csqm_desktop.jobs.score_replies import ScoreReplies
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.notices import Notices
from tests import builders

_PROBE = """
import sys, time
begin = time.perf_counter()
from csqm_desktop import settings
from csqm_desktop.ui.assembly import close, make_application, make_context
from csqm_desktop.ui.main_window import MainWindow
app = make_application()
context = make_context(app, settings.load())
window = MainWindow(context)
window.show()
app.processEvents()
seconds = time.process_time()
heavy = sorted({"torch", "transformers", "numpy", "pandas", "pyqtgraph", "sklearn", "sqlite_utils"} & set(sys.modules))
close(context)
print(f"{seconds:.2f}", *heavy)
"""


def test_the_window_is_there_at_once_and_nothing_heavy_was_imported(csqm_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    seconds, *heavy = done.stdout.split()
    assert heavy == []
    assert float(seconds) < 1.0  # processor time of the whole process, so that a busy machine does not count


@pytest.fixture
def window(qtbot, context: AppContext) -> MainWindow:
    result = MainWindow(context)
    qtbot.addWidget(result)
    return result


def test_the_last_workspace_is_opened(qtbot, context: AppContext, window: MainWindow, workspace: Workspace) -> None:
    context.change_settings(last_workspace=str(workspace.folder))
    Starter(context, window).begin()
    assert context.open_workspace.folder == workspace.folder


def test_a_last_workspace_that_is_gone_is_no_error(context: AppContext, window: MainWindow, tmp_path: Path) -> None:
    context.change_settings(last_workspace=str(tmp_path / "gone"))
    Starter(context, window).begin()
    assert context.workspace is None
    assert context.notices.history == []


def test_an_interrupted_import_is_reported_once_and_can_be_gone_on_with(
    qtbot, context: AppContext, window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, object]] = []
    monkeypatch.setattr(Notices, "toast", lambda _self, text, *rest: said.append((text, rest[-1])))
    job = workspace.jobs.start("import", {"path": "/data/september.csv"})
    with workspace.database.transaction() as connection:  # as if another process had died
        connection.execute("UPDATE jobs SET pid = 999999 WHERE id = ?", (job,))
    starter = Starter(context, window)
    context.use_workspace(workspace)
    assert len(said) == 1
    assert "september.csv" in said[0][0]
    asked: list[tuple[str, object]] = []
    context.navigation_requested.connect(lambda page, request: asked.append((page, request)))
    context.navigation_requested.disconnect(window.show_page)
    said[0][1]()  # type: ignore[operator]
    assert asked == [("import", Path("/data/september.csv"))]
    said.clear()
    context.workspace_changed.emit()
    assert said == []
    assert starter is not None


@pytest.mark.parametrize(("wanted", "scored", "started"), [(True, False, 1), (True, True, 0), (False, False, 0)])
def test_scoring_goes_on_where_it_stopped(
    context: AppContext,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: bool,
    scored: bool,
    started: int,
) -> None:
    left = builders.workspace(tmp_path / "left", *builders.dialogues())
    builders.fake_version(left, "v1")
    left.scores.register_version("v1", left.scorecards.current_id())
    if scored:
        builders.random_scores(left, "v1")
    context.change_settings(score_after_import=wanted, daily_backup=False)
    jobs: list[ScoreReplies] = []
    monkeypatch.setattr(type(context.runner), "start", lambda _self, job: jobs.append(job))
    starter = Starter(context, window)
    context.use_workspace(left)
    assert [type(job) for job in jobs] == [ScoreReplies] * started
    assert starter is not None


def test_the_first_opening_of_a_day_backs_up(context: AppContext, window: MainWindow, tmp_path: Path, qtbot) -> None:
    starter = Starter(context, window)
    for _ in range(2):
        there = Workspace.exists(tmp_path / "w")
        opened = Workspace.open(tmp_path / "w") if there else builders.workspace(tmp_path / "w", *builders.dialogues())
        context.use_workspace(opened)
        qtbot.waitUntil(lambda: not context.runner.busy)
    assert len(list((tmp_path / "w" / "backups").glob("csqm-daily-*.zip"))) == 1
    context.change_settings(daily_backup=False)
    context.use_workspace(builders.workspace(tmp_path / "off", *builders.dialogues()))
    qtbot.waitUntil(lambda: not context.runner.busy)
    assert list((tmp_path / "off" / "backups").iterdir()) == []
    assert starter is not None


def test_rules_that_know_more_are_offered_after_an_upgrade(
    qtbot, context: AppContext, window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Notices, "toast", lambda _self, text, *_rest: said.append(text))
    starter = Starter(context, window)
    context.use_workspace(workspace)
    starter._offer_masking()
    assert said == []
    workspace.set_fact("masked_by", "0")
    starter._offer_masking()
    assert ["more personal data" in text for text in said] == [True]
