"""The open workspace on the settings page: backups, the check-up, encryption."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from csqm_desktop.domain.permissions import CHANGE_SETTINGS, Actor
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.passphrase_dialogs import AskDialog, NewPassphraseDialog, RecoveryDialog
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, line, row
from csqm_desktop.ui.widgets.text import Label


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
            self._context.open_workspace.require(CHANGE_SETTINGS)
        except CsqmError as error:
            self._context.notices.error(error)
            return
        title = self.tr("Restore this backup?")
        text = self.tr("{file} takes the place of the workspace. What is there now is kept in a folder beside it.")
        if self._context.notices.ask(title, text.format(file=file.name), self.tr("Restore")):
            self._without_workspace(partial(_restore, file), lambda _result: self.tr("The backup is in place."))

    # -- check-up

    def _check(self) -> None:
        folder = self._context.open_workspace.folder
        self.check_button.setEnabled(False)
        self._context.runner.query(partial(_examine, folder), self._checked, self._check_failed, owner=self)

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

        self._without_workspace(_mend, told)

    # -- encryption

    def _encrypt(self) -> None:
        if self._context.open_workspace.encrypted:
            self._ask(
                self.tr("Take the encryption away"),
                self.tr("Everybody who can read the files of this computer can read the chats then."),
                self.tr("Decrypt"),
                lambda secret: partial(_decrypt, secret=secret, actor=self._context.open_workspace.actor),
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
                RecoveryDialog(result.recovery_code, self).exec()
            return self.tr("The workspace is encrypted.")

        actor = self._context.open_workspace.actor
        self._without_workspace(partial(_encrypt, passphrase=passphrase, actor=actor), told)

    def _change_passphrase(self) -> None:
        title = self.tr("Change the passphrase")
        new = NewPassphraseDialog(title, self.tr("The data itself is not touched."), self.tr("Go on"), self)
        if not new.exec():
            return
        folder, value = self._context.open_workspace.folder, new.value
        note = self.tr("Type the present passphrase or the recovery code.")
        dialog = AskDialog(title, note, self.tr("Change"), self)

        def attempt(secret: str) -> None:
            work = partial(_change, folder, secret, value)
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
            check = partial(_check_secret, folder, text)
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

        context.runner.query(partial(_do_and_open, folder, work, actor), done, context.notices.error, owner=context)


def _do_and_open(folder: Path, work: Callable[[Path], Any], actor: Actor | None) -> tuple[Any, Any]:
    """Do it and open the workspace again, whatever came of it."""
    from csqm_desktop.store.workspace import Workspace

    try:
        result: Any = work(folder)
    except CsqmError as error:
        result = error
    workspace = Workspace.open(folder)
    workspace.people.resume(actor)
    return workspace, result


def _examine(folder: Path) -> list[tuple[str, str, str]]:
    from csqm_desktop.jobs import doctor

    return [(f.area, f.text, f.remedy) for f in doctor.examine(folder, with_model=False) if f.level == "problem"]


def _mend(folder: Path) -> Any:
    from csqm_desktop.jobs import mend

    return mend.mend(folder)


def _restore(file: Path, folder: Path) -> Any:
    from csqm_desktop.jobs import backup
    from csqm_desktop.vault import ring, unlock
    from csqm_desktop.vault.key_file import KeyFile

    def open_it(draft: Path) -> None:
        key = ring.key_for(folder)
        if key is not None and KeyFile.read(draft).id == KeyFile.read(folder).id:
            ring.register(draft, key)
        elif unlock.without_asking(draft) is None:
            raise CsqmError("workspace_locked", path=file)

    return backup.restore(file, folder, None, open_it)


def _encrypt(folder: Path, passphrase: str, actor: Actor | None) -> Any:
    from csqm_desktop.jobs import encryption

    return encryption.encrypt(folder, passphrase, sign_in=lambda space: space.people.resume(actor))


def _decrypt(folder: Path, secret: str, actor: Actor | None) -> Any:
    from csqm_desktop.jobs import encryption

    return encryption.decrypt(folder, secret, sign_in=lambda space: space.people.resume(actor))


def _change(folder: Path, old: str, new: str) -> None:
    from csqm_desktop.vault import unlock

    unlock.change_passphrase(folder, old, new)


def _check_secret(folder: Path, secret: str) -> None:
    from csqm_desktop.vault import unlock

    unlock.with_secret(folder, secret)
