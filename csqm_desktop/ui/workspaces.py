"""Opening, creating and switching workspaces, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobContext

if TYPE_CHECKING:
    from csqm_desktop.jobs.labelled_texts import LabelledResult
    from csqm_desktop.store.workspace import Workspace

_T = TypeVar("_T")
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
            self.create(dialog.folder, dialog.rubric, dialog.language, dialog.passphrase)

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
        """Open a folder and switch to it; the old workspace stays when that fails. Asks for a passphrase if needed."""
        self._in_background(partial(_open, folder), self._opened, on_missing)

    def create(self, folder: Path, rubric: str, language: str, passphrase: str = "") -> None:
        """Make a workspace, encrypted when a passphrase is given, and switch to it.

        A table of texts and classes, chosen as the scorecard, is also read into it.
        """
        from csqm_desktop.jobs import labelled_texts

        table = Path(rubric) if labelled_texts.is_table(rubric) else None

        def created(made: tuple[Workspace, str]) -> None:
            self._created(made)
            if table is not None:
                self._read_table(table, made[0])

        self._in_background(partial(_create, folder, rubric, language, passphrase), created)

    def _read_table(self, table: Path, workspace: Workspace) -> None:
        from csqm_desktop.jobs.labelled_texts import ImportLabelledTexts

        handle = self._context.runner.start(ImportLabelledTexts(workspace, table))
        handle.failed.connect(self._context.notices.error)
        handle.succeeded.connect(self._table_read)

    def _table_read(self, result: LabelledResult) -> None:
        text = self.tr("{n} texts with their classes are in. Train a version on the training page.")
        self._context.notices.toast(text.format(n=result.messages.added), "good")
        self._context.navigate("training")

    def _in_background(
        self, work: Callable[[], _T], then: Callable[[_T], None], on_missing: Callable[[], None] | None = None
    ) -> None:
        if self._context.runner.running():
            self._context.notices.toast(self.tr("Wait for the running job, or cancel it first."), "ok")
            return

        def failed(error: CsqmError) -> None:
            if on_missing is not None and error.code == "workspace_missing":
                on_missing()
            elif error.code == "workspace_locked":
                self._unlock(Path(error.values["path"]))
            else:
                self._context.notices.error(error)

        self._context.runner.query(work, then, failed, owner=self)

    def _opened(self, workspace: Workspace) -> None:
        if workspace.people.guarded() and workspace.people.current() is None:
            self._sign_in(workspace)
        else:
            self._context.use_workspace(workspace)

    def _sign_in(self, workspace: Workspace) -> None:
        """Ask who it is before anything of the workspace is shown; the one that is open stays until then."""
        from csqm_desktop.ui.signing_in import SignInDialog

        names = [person.name for person in workspace.people.list() if person.signs_in]
        dialog = SignInDialog(workspace.folder.name, names, self._context.settings.reviewer.strip(), self._window)

        def signed_in(_actor: object) -> None:
            dialog.accept()
            self._context.use_workspace(workspace)

        def attempt(name: str, secret: str) -> None:
            work = partial(workspace.people.sign_in, name, secret)
            self._context.runner.query(work, signed_in, dialog.form.refuse, owner=dialog)

        dialog.form.submitted.connect(attempt)
        dialog.rejected.connect(workspace.close)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sign_in_dialog = dialog
        dialog.open()

    def _created(self, made: tuple[Workspace, str]) -> None:
        workspace, code = made
        self._context.use_workspace(workspace)
        if code:
            self.show_recovery_code(code)

    def show_recovery_code(self, code: str) -> None:
        """The one time that it is shown."""
        from csqm_desktop.ui.passphrase_dialogs import RecoveryDialog

        self.recovery_dialog = RecoveryDialog(code, self._window)
        self.recovery_dialog.open()

    # -- encrypted ones

    def _unlock(self, folder: Path) -> None:
        from csqm_desktop.ui.passphrase_dialogs import AskDialog

        note = self.tr("{folder} is encrypted. Type its passphrase or recovery code.").format(folder=folder)
        dialog = AskDialog(self.tr("Unlock the workspace"), note, self.tr("Unlock"), self._window, remember=True)

        def opened(workspace: Workspace) -> None:
            dialog.accept()
            self._opened(workspace)

        def attempt(secret: str) -> None:
            work = partial(_unlock_and_open, folder, secret, dialog.remember.isChecked())
            self._context.runner.query(work, opened, dialog.refuse, owner=dialog)

        dialog.submitted.connect(attempt)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.unlock_dialog = dialog
        dialog.open()


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
    from csqm_desktop.vault import unlock

    try:
        return Workspace.open(folder)
    except CsqmError as error:
        if error.code != "workspace_locked" or unlock.without_asking(folder) is None:
            raise
    return Workspace.open(folder)


def _unlock_and_open(folder: Path, secret: str, remember: bool) -> Workspace:
    from csqm_desktop.store.workspace import Workspace
    from csqm_desktop.vault import unlock

    key = unlock.with_secret(folder, secret)
    if remember:
        unlock.remember(folder, key)
    return Workspace.open(folder)


def _create(folder: Path, rubric: str, language: str, passphrase: str) -> tuple[Workspace, str]:
    from csqm_desktop.jobs.labelled_texts import scorecard_for
    from csqm_desktop.store.workspace import Workspace
    from csqm_desktop.vault import unlock

    if not passphrase:
        return Workspace.create(folder, scorecard_for(rubric), language), ""
    keys, key, code = unlock.new_keys(passphrase)
    return Workspace.create(folder, scorecard_for(rubric), language, (keys, key)), code
