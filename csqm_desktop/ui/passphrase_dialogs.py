"""Dialogs around passphrases: asking for one, choosing a new one, showing the recovery code once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import error_texts, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import Label
from csqm_desktop.vault.key_file import LEAST_PASSPHRASE


def secret_edit(name: str) -> QLineEdit:
    """A field whose text is not shown."""
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setAccessibleName(name)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return edit


class AskDialog(QDialog):
    """Asks for a passphrase. ``submitted`` carries it; the caller tries it and calls ``refuse`` or ``accept``."""

    submitted = Signal(str)

    def __init__(self, title: str, note: str, confirm: str, parent: QWidget | None, remember: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.edit = secret_edit(self.tr("Passphrase"))
        self.problem = Label(role="caption", tone="bad", wrap=True)
        self.problem.hide()
        self.remember = Switch()
        self.remember.setAccessibleName(self.tr("Remember on this computer"))
        self.confirm = Button(confirm, "primary", "", self._submit)
        self.confirm.setDefault(True)
        self.confirm.setEnabled(False)
        self.edit.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text)))
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        layout = column(Label(title, "subtitle", wrap=True), Label(note, "muted", wrap=True), margins=SPACE.xl)
        layout.addLayout(column(Label(self.tr("Passphrase")), self.edit, self.problem, spacing=SPACE.xs))
        if remember:
            layout.addLayout(row(Label(self.tr("Remember on this computer")), None, self.remember))
        layout.addLayout(row(None, cancel, self.confirm))
        self.setLayout(layout)
        self.setMinimumWidth(tokens().px(460))
        self.edit.setFocus()

    def _submit(self) -> None:
        self.confirm.setEnabled(False)
        self.problem.hide()
        self.submitted.emit(self.edit.text())

    def refuse(self, error: CsqmError) -> None:
        """Say why it did not work and let the person try again."""
        self.problem.setText(sentences(*error_texts(error)))
        self.problem.show()
        self.confirm.setEnabled(True)
        self.edit.selectAll()
        self.edit.setFocus()


class NewPassphrase(QWidget):
    """Two fields for a new passphrase; ``value`` is empty until both hold the same, long enough text."""

    changed = Signal()

    def __init__(self, ready: str = "") -> None:
        """``ready``: what to say once it is acceptable, instead of a word about the recovery code."""
        super().__init__()
        self._ready = ready
        self.first, self.again = secret_edit(self.tr("New passphrase")), secret_edit(self.tr("Once more"))
        self.first_label, self.again_label = Label(), Label()
        self.hint = Label(role="caption", wrap=True)
        for edit in (self.first, self.again):
            edit.textChanged.connect(self._check)
        left = column(self.first_label, self.first, spacing=SPACE.xs)
        right = column(self.again_label, self.again, spacing=SPACE.xs)
        fields = row(spacing=SPACE.md)
        fields.addLayout(left, 1)
        fields.addLayout(right, 1)
        self.setLayout(column(fields, self.hint, spacing=SPACE.xs))
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.first_label.setText(self.tr("New passphrase"))
        self.again_label.setText(self.tr("Once more"))
        self._check()

    @property
    def value(self) -> str:
        """The passphrase, empty while it is not acceptable."""
        text = self.first.text()
        return text if text == self.again.text() and len(text.strip()) >= LEAST_PASSPHRASE else ""

    def _check(self) -> None:
        first, again = self.first.text(), self.again.text()
        if len(first.strip()) < LEAST_PASSPHRASE:
            hint = self.tr("At least {count} characters, best of all several words.").format(count=LEAST_PASSPHRASE)
        elif first != again:
            hint = self.tr("Type it a second time.") if not again else self.tr("These two differ.")
        else:
            with_code = self.tr("A recovery code is shown once afterwards. Without either nobody can read the data.")
            hint = self._ready or with_code
        self.hint.setText(hint)
        self.changed.emit()


class NewPassphraseDialog(QDialog):
    """Asks for a new passphrase; after ``exec()`` it is in ``value``."""

    def __init__(self, title: str, note: str, confirm: str, parent: QWidget | None, ready: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fields = NewPassphrase(ready)
        self.confirm = Button(confirm, "primary", "", self.accept)
        self.confirm.setDefault(True)
        self.confirm.setEnabled(False)
        self.fields.changed.connect(lambda: self.confirm.setEnabled(bool(self.value)))
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        self.setLayout(
            column(
                Label(title, "subtitle", wrap=True),
                Label(note, "muted", wrap=True),
                self.fields,
                row(None, cancel, self.confirm),
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(520))

    @property
    def value(self) -> str:
        """The passphrase, empty while it is not acceptable."""
        return self.fields.value


class RecoveryDialog(QDialog):
    """Shows the recovery code, once; it closes only when the person says that it was written down.

    Show it with ``open``: a locked window puts it away and shows it again, which a dialog that waits does not survive.
    """

    kept_when_locked = True

    def __init__(self, code: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = Label(code, "subtitle")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        copy = Button(self.tr("Copy"), "plain", "copy", lambda: QGuiApplication.clipboard().setText(code))
        self.done_button = Button(self.tr("I have written it down"), "primary", "", self.accept)
        note = self.tr(
            "It opens the workspace when the passphrase is forgotten. Keep it apart from this computer."
            " It is not stored anywhere and will not be shown again."
        )
        self.setLayout(
            column(
                Label(self.tr("Write down the recovery code"), "subtitle", wrap=True),
                Label(note, "muted", wrap=True),
                Card(row(None, shown, None), kind="sunken", margins=SPACE.md),
                row(None, copy, self.done_button),
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(560))

    def reject(self) -> None:
        """Escape is not an answer here."""
