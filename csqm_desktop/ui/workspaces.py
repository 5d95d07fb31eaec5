"""Opening, creating and switching workspaces, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobContext

if TYPE_CHECKING:
    from csqm_desktop.store.workspace import Workspace

_DEMO_COMPLETE = "demo-complete"  # an interrupted demo is gone on with, not opened half made


class Workspaces(QObject):
    """What the workspace menu and the welcome screen do."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    # -- asked for by a person

    def choose_and_open(self) -> None:
        """Ask for a folder and open it."""
        start = self._context.settings.last_workspace or str(Path.home())
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open a workspace"), start)
        if folder:
            self.open(Path(folder))

    def choose_and_create(self) -> None:
        """Ask for a folder and a scorecard and make a workspace."""
        from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog

        dialog = NewWorkspaceDialog(self._context, self._window)
        if dialog.exec():
            self.create(dialog.folder, dialog.rubric, dialog.language)

    def open_demo(self) -> None:
        """Open the demo workspace; it is made the first time."""
        folder = paths.user_data_dir() / "demo"
        if (folder / _DEMO_COMPLETE).is_file():
            self.open(folder)
            return
        if self._context.runner.running():
            self._context.notices.toast(self.tr("Wait for the running job, or cancel it first."), "ok")
            return
        handle = self._context.runner.start(_MakeDemo(self._context, folder))
        handle.finished.connect(lambda: self._demo_made(folder) if handle.state == "succeeded" else None)
        handle.failed.connect(self._context.notices.error)

    def _demo_made(self, folder: Path) -> None:
        (folder / _DEMO_COMPLETE).touch()
        self._context.runner.query(partial(_open, folder), self._opened, self._context.notices.error, owner=self)

    # -- the work

    def open(self, folder: Path, on_missing: Callable[[], None] | None = None) -> None:
        """Open a folder and switch to it; the old workspace stays when that fails."""
        self._in_background(partial(_open, folder), on_missing)

    def create(self, folder: Path, rubric: str, language: str) -> None:
        """Make a workspace and switch to it."""
        self._in_background(partial(_create, folder, rubric, language), None)

    def _in_background(self, work: Callable[[], Workspace], on_missing: Callable[[], None] | None) -> None:
        if self._context.runner.running():
            self._context.notices.toast(self.tr("Wait for the running job, or cancel it first."), "ok")
            return

        def failed(error: CsqmError) -> None:
            if on_missing is not None and error.code == "workspace_missing":
                on_missing()
            else:
                self._context.notices.error(error)

        self._context.runner.query(work, self._opened, failed, owner=self)

    def _opened(self, workspace: Workspace) -> None:
        self._context.use_workspace(workspace)


class _MakeDemo:
    """The demo as something the runner can run; it has no workspace yet in which to record itself."""

    kind = "demo"
    lane = "model"

    def __init__(self, context: AppContext, folder: Path) -> None:
        self._folder = folder
        self._process = context.model_process
        self._language = "zh" if context.translations.chinese else "en"

    def run(self, job: JobContext) -> object:
        from csqm_desktop.jobs.demo import make_demo

        return make_demo(self._folder, self._language, self._process, job)


def _open(folder: Path) -> Workspace:
    from csqm_desktop.store.workspace import Workspace

    return Workspace.open(folder)


def _create(folder: Path, rubric: str, language: str) -> Workspace:
    from csqm_desktop import rubrics
    from csqm_desktop.store.workspace import Workspace

    return Workspace.create(folder, rubrics.load(rubric), language)
