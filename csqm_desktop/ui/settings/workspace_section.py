"""The open workspace on the settings page: backups, the check-up, encryption."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from csqm_desktop.domain.permissions import RESTORE
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.passphrase_dialogs import AskDialog, NewPassphraseDialog, RecoveryDialog
from csqm_desktop.ui.settings import closed_work
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, line, row
from csqm_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from csqm_desktop.vault.keys import DataKey


class WorkspaceSection(Translatable, Section):
    """Hidden while no workspace is open."""

    def __init__(self, context: AppContext) -> None:
        self.backup_title, self.backup_note = Label(), Label(role="caption", wrap=True)
        self.check_title, self.check_note = Label(), Label(role="caption", wrap=True)
        self.lock_title, self.lock_note = Label(), Label(role="caption", wrap=True)
        self.backup_button = Button("", "plain", "database", self._back_up)
        self.restore_button = Button("", "plain", "rollback", self._restore)
        self.check_button = Button("", "plain", "shield", self._check)
        self.mend_button = Button("", "plain", "", self._mend)
        self.encrypt_button = Button("", "plain", "lock", self._encrypt)
        self.change_button = Button("", "plain", "", self._change_passphrase)
        self.findings = Label(role="caption", wrap=True)
        self.findings.hide()
        self.mend_button.hide()
        super().__init__(
            self._line(self.backup_title, self.backup_note, self.restore_button, self.backup_button),
            line(),
            self._line(self.check_title, self.check_note, self.mend_button, self.check_button),
            self.findings,
            line(),
            self._line(self.lock_title, self.lock_note, self.change_button, self.encrypt_button),
        )
        self._context = context
        context.workspace_changed.connect(self._show)
        self.retranslate()

    @staticmethod
    def _line(title: Label, note: Label, *buttons: Button) -> Any:
        layout = row(spacing=SPACE.sm)
        layout.addLayout(column(title, note, spacing=SPACE.hair), 1)
        for button in buttons:
            layout.addWidget(button)
        return layout

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(self.tr("This workspace"))
        self.backup_title.setText(self.tr("Backup"))
        self.backup_note.setText(self.tr("Everything in one file, also while you work."))
        self.backup_button.setText(self.tr("Back up now"))
        self.restore_button.setText(self.tr("Restore…"))
        self.check_title.setText(self.tr("Check-up"))
        self.check_note.setText(self.tr("Looks for damage, lost rows, wrong sums and leftovers."))
        self.check_button.setText(self.tr("Check"))
        self.mend_button.setText(self.tr("Mend"))
        self.lock_title.setText(self.tr("Encryption"))
        self.change_button.setText(self.tr("Change passphrase…"))
        self._show()

    def _show(self) -> None:
        workspace = self._context.workspace
        self.setVisible(workspace is not None)
        encrypted = workspace is not None and workspace.encrypted
        self.encrypt_button.setText(self.tr("Decrypt…") if encrypted else self.tr("Encrypt…"))
        self.change_button.setVisible(encrypted)
        self.lock_note.setText(
            self.tr("Chats, scores, backups and caches can be read with the passphrase only.")
            if encrypted
            else self.tr("Off: who can read the files of this computer can read the chats.")
        )

    # -- backups

    def _back_up(self) -> None:
        from csqm_desktop.jobs.backup import BackUp

        handle = self._context.runner.start(BackUp(self._context.open_workspace))
        self.backup_button.setEnabled(False)
        handle.finished.connect(lambda: self.backup_button.setEnabled(True))
        handle.failed.connect(self._context.notices.error)
        handle.succeeded.connect(
            lambda result: self._context.notices.toast(self.tr("Backed up: {file}").format(file=result.path), "good")
        )

    def _restore(self) -> None:
        workspace = self._context.open_workspace
        name, _filter = QFileDialog.getOpenFileName(self, self.tr("Restore"), str(workspace.backups), "*.zip")
        if name:
            self.restore(Path(name))

    def restore(self, file: Path) -> None:
        """Put a backup in the place of the open workspace, which is kept beside it."""
        try:
            self._context.open_workspace.require(RESTORE)
        except CsqmError as error:
            self._context.notices.error(error)
            return
        folder = self._context.open_workspace.folder
        self._context.runner.query(
            partial(closed_work.key_of_backup, file, folder),
            lambda found: self.restore_over(file, *found),
            self._context.notices.error,
            owner=self,
        )

    def restore_over(self, file: Path, locked: bool, key: DataKey | None) -> None:
        """Ask, then restore; first for the passphrase, where this workspace's key does not open the backup."""
        if locked:
            self._ask_for_key(file)
            return
        title = self.tr("Restore this backup?")
        text = self.tr("{file} takes the place of the workspace. What is there now is kept in a folder beside it.")
        if self._context.notices.ask(title, text.format(file=file.name), self.tr("Restore")):
            work = partial(closed_work.restore, file, actor=self._context.open_workspace.actor, key=key)
            self._without_workspace(work, lambda result: self._restored(result, file))

    def _restored(self, result: Any, file: Path) -> str:
        done = self.tr("The backup is in place.")
        if result.erased is None:
            more = self.tr(
                "The workspace that was there could not be read, so customers whom it had erased since the backup may"
                " be back. Erase them again."
            )
        elif result.erased:
            more = self.tr(
                "%n conversation(s) of customers erased since the backup were erased again. {file} still holds them:"
                " delete it when you no longer need it.",
                "",
                result.erased,
            ).format(file=file.name)
        else:
            return done
        return f"{done} {more}"

    def _ask_for_key(self, file: Path) -> None:
        """The backup was made under another key: its passphrase of then opens it, this workspace's does not."""
        note = self.tr("{file} has a passphrase of its own. Type it, or its recovery code.").format(file=file.name)
        dialog = AskDialog(self.tr("Unlock the backup"), note, self.tr("Unlock"), self)

        def opened(key: DataKey) -> None:
            dialog.accept()
            self.restore_over(file, False, key)

        def attempt(secret: str) -> None:
            self._context.runner.query(
                partial(closed_work.try_backup, file, secret), opened, dialog.refuse, owner=dialog
            )

        dialog.submitted.connect(attempt)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.backup_dialog = dialog
        dialog.open()

    # -- check-up

    def _check(self) -> None:
        folder = self._context.open_workspace.folder
        self.check_button.setEnabled(False)
        self._context.runner.query(partial(closed_work.examine, folder), self._checked, self._check_failed, owner=self)

    def _check_failed(self, error: CsqmError) -> None:
        self.check_button.setEnabled(True)
        self._context.notices.error(error)

    def _checked(self, found: list[tuple[str, str, str]]) -> None:
        self.check_button.setEnabled(True)
        self.mend_button.setVisible(bool(found))
        self.findings.show()
        if found:
            self.findings.setText("\n".join(f"• {area}: {text}. {remedy}" for area, text, remedy in found))
            self.findings.set_tone("bad")
        else:
            self.findings.setText(self.tr("Nothing is wrong."))
            self.findings.set_tone("good")

    def _mend(self) -> None:
        def told(result: Any) -> str:
            self.findings.setText("\n".join(f"• {area}: {text}" for area, text in result.done))
            self.findings.set_tone("")
            self.mend_button.hide()
            return self.tr("Mended what could be mended.")

        self._without_workspace(partial(closed_work.mend, actor=self._context.open_workspace.actor), told)

    # -- encryption

    def _encrypt(self) -> None:
        if self._context.open_workspace.encrypted:
            self._ask(
                self.tr("Take the encryption away"),
                self.tr("Everybody who can read the files of this computer can read the chats then."),
                self.tr("Decrypt"),
                lambda secret: partial(closed_work.decrypt, secret=secret, actor=self._context.open_workspace.actor),
                lambda _result: self.tr("The workspace is not encrypted any more."),
            )
            return
        note = self.tr("Database, backups and caches are encrypted. The model reads every text once more afterwards.")
        dialog = NewPassphraseDialog(self.tr("Encrypt the workspace"), note, self.tr("Encrypt"), self)
        if dialog.exec():
            self.encrypt(dialog.value)

    def encrypt(self, passphrase: str) -> None:
        """Encrypt the open workspace, then show the recovery code."""

        def told(result: Any) -> str:
            if result.recovery_code:
                RecoveryDialog(result.recovery_code, self.window()).open()
            return self.tr("The workspace is encrypted.")

        actor = self._context.open_workspace.actor
        self._without_workspace(partial(closed_work.encrypt, passphrase=passphrase, actor=actor), told)

    def _change_passphrase(self) -> None:
        title = self.tr("Change the passphrase")
        new = NewPassphraseDialog(title, self.tr("The data itself is not touched."), self.tr("Go on"), self)
        if not new.exec():
            return
        workspace = self._context.open_workspace
        folder, actor, value = workspace.folder, workspace.actor, new.value
        note = self.tr("Type the present passphrase or the recovery code.")
        dialog = AskDialog(title, note, self.tr("Change"), self)

        def attempt(secret: str) -> None:
            work = partial(closed_work.change_passphrase, folder, secret, value, actor)
            self._context.runner.query(work, lambda _none: dialog.accept(), dialog.refuse, owner=dialog)

        dialog.submitted.connect(attempt)
        if dialog.exec():
            self._context.notices.toast(self.tr("The passphrase is changed."), "good")

    def _ask(
        self,
        title: str,
        note: str,
        confirm: str,
        work: Callable[[str], Callable[[Path], Any]],
        told: Callable[[Any], str],
    ) -> None:
        dialog = AskDialog(title, note, confirm, self)
        secret: list[str] = []
        folder = self._context.open_workspace.folder

        def attempt(text: str) -> None:
            secret[:] = [text]
            check = partial(closed_work.check_secret, folder, text)
            self._context.runner.query(check, lambda _none: dialog.accept(), dialog.refuse, owner=dialog)

        dialog.submitted.connect(attempt)
        if dialog.exec():
            self._without_workspace(work(secret[0]), told)

    # -- work for which the workspace must be closed

    def _without_workspace(self, work: Callable[[Path], Any], told: Callable[[Any], str]) -> None:
        context = self._context
        if context.runner.running():
            context.notices.toast(self.tr("Wait for the running job, or cancel it first."), "ok")
            return
        folder, actor = context.open_workspace.folder, context.open_workspace.actor
        context.close_model_process()
        context.use_workspace(None)

        def done(answer: tuple[Any, Any]) -> None:
            workspace, result = answer
            if workspace.people.guarded() and workspace.people.current() is None:
                workspace.close()  # a backup that does not know this person: sign in to it
            else:
                context.use_workspace(workspace)
                context.navigate("settings")
            if isinstance(result, CsqmError):
                context.notices.error(result)
            else:
                context.notices.toast(told(result), "good")

        context.runner.query(
            partial(closed_work.do_and_open, folder, work, actor), done, context.notices.error, owner=context
        )
