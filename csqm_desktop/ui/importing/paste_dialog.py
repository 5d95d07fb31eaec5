"""The dialog for a chat that was copied from another window: look at it, mend it, go on to the preview."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

MOST_CHARS = 5_000_000


class PasteDialog(Translatable, QDialog):
    """After ``exec()`` or ``accepted``: ``text``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(role="title")
        self.note = Label(role="muted", wrap=True)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setPlainText(QGuiApplication.clipboard().text()[:MOST_CHARS])
        self.box.textChanged.connect(self._check)
        self.cancel_button = Button("", "plain", "", self.reject)
        self.preview_button = Button("", "primary", "", self.accept)
        self.setLayout(
            column(
                self.title,
                self.note,
                self.box,
                row(None, self.cancel_button, self.preview_button),
                spacing=SPACE.lg,
                margins=SPACE.xl,
            )
        )
        self.resize(tokens().px(640), tokens().px(480))
        self.retranslate()
        self._check()

    @property
    def text(self) -> str:
        """What was pasted."""
        return self.box.toPlainText()[:MOST_CHARS]

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("Paste a chat"))
        self.title.setText(self.tr("Paste a chat"))
        self.note.setText(
            self.tr(
                "Copy the messages in Qianniu, WeChat, WhatsApp or on a web page, with the names. You see what was"
                " understood before anything is stored."
            )
        )
        self.box.setAccessibleName(self.tr("Copied chat"))
        self.box.setPlaceholderText(self.tr("Paste here"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.preview_button.setText(self.tr("Preview"))

    def _check(self) -> None:
        self.preview_button.setEnabled(bool(self.box.toPlainText().strip()))
