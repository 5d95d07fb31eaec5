"""Signing in: the form, the dialog when a workspace is opened, the screen that covers the window while it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.passphrase_dialogs import secret_edit
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable, error_texts, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from csqm_desktop.domain.permissions import Actor


def role_text(role: str) -> str:
    """A role in the language in use."""
    texts = {
        "reviewer": QCoreApplication.translate("Roles", "Reviewer"),
        "supervisor": QCoreApplication.translate("Roles", "Supervisor"),
        "lead": QCoreApplication.translate("Roles", "Lead"),
    }
    return texts.get(role, role)


class SignInForm(Translatable, QWidget):
    """Name and passphrase. ``submitted`` carries both; the owner tries them and calls ``refuse``, or goes on."""

    submitted = Signal(str, str)

    def __init__(self, names: Sequence[str], proposed: str, confirm: Button) -> None:
        super().__init__()
        self.name = Combo()
        self.name.set_choices([(name, name) for name in names])
        self.name.set_value(proposed)
        self.edit = secret_edit("")
        self.name_label, self.edit_label = Label(), Label()
        self.problem = Label(role="caption", tone="bad", wrap=True)
        self.problem.hide()
        self.confirm = confirm
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self.submit)
        self.edit.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text)))
        self.edit.returnPressed.connect(self.submit)
        self.setLayout(
            column(
                column(self.name_label, self.name, spacing=SPACE.xs),
                column(self.edit_label, self.edit, self.problem, spacing=SPACE.xs),
            )
        )
        self.setFocusProxy(self.edit)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.name_label.setText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.edit_label.setText(self.tr("Passphrase"))
        self.edit.setAccessibleName(self.tr("Passphrase"))

    def submit(self) -> None:
        """Ask the owner to try what was typed, once."""
        if not self.confirm.isEnabled():
            return
        self.confirm.setEnabled(False)
        self.problem.hide()
        self.submitted.emit(str(self.name.value or ""), self.edit.text())

    def tell(self, text: str) -> None:
        """Say something below the fields."""
        self.problem.setText(text)
        self.problem.show()
        if isinstance(self.window(), QDialog):  # it does not grow by itself for text that wraps
            self.window().adjustSize()

    def refuse(self, error: CsqmError) -> None:
        """Say why it did not work and let the person try again."""
        self.tell(sentences(*error_texts(error)))
        self.confirm.setEnabled(bool(self.edit.text()))
        self.edit.selectAll()
        self.edit.setFocus()


class SignInDialog(QDialog):
    """Asks who opens a workspace."""

    def __init__(self, workspace_name: str, names: Sequence[str], proposed: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        title = self.tr("Sign in to {name}").format(name=workspace_name)
        self.setWindowTitle(title)
        confirm = Button(self.tr("Sign in"), "primary")
        self.form = SignInForm(names, proposed, confirm)
        note = self.tr("What you do is recorded under your name.")
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        self.setLayout(
            column(
                Label(title, "subtitle", wrap=True),
                Label(note, "muted", wrap=True),
                self.form,
                row(None, cancel, confirm),
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(440))
        self.form.edit.setFocus()


class LockScreen(Translatable, QWidget):
    """Lies over the whole window, so that nothing of it can be read, until the same person types the passphrase."""

    sign_out_requested = Signal()

    def __init__(self, actor: Actor, window: QWidget) -> None:
        super().__init__(window)
        self._actor, self._window = actor, window
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.title, self.note = Label(role="subtitle", wrap=True), Label(role="muted", wrap=True)
        self.confirm = Button("", "primary")
        self.form = SignInForm([actor.name], actor.name, self.confirm)
        self.form.name.setEnabled(False)
        self.sign_out_button = Button("", "plain", "", self.sign_out_requested.emit)
        card = Card(self.title, self.note, self.form, row(self.sign_out_button, None, self.confirm), margins=SPACE.xl)
        card.setFixedWidth(tokens().px(440))
        self.setLayout(column(None, row(None, card, None), None))
        self.retranslate()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.form.edit.setFocus()

    def retranslate(self) -> None:
        """All texts."""
        self.title.setText(self.tr("Locked"))
        self.note.setText(self.tr("{name} is signed in. Work that was started goes on.").format(name=self._actor.name))
        self.confirm.setText(self.tr("Unlock"))
        self.sign_out_button.setText(self.tr("Sign out"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the window."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return False
