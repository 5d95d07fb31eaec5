"""Making a version active that the gate did not let in: possible, with a reason that is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label


class OverrideDialog(QDialog):
    """Asks for the reason; cannot be confirmed without one."""

    def __init__(self, version: str, reasons: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(version)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("Why should it be active all the same?"))
        self.reason.setFixedHeight(tokens().px(84))
        self.confirm = Button(self.tr("Make active all the same"), "danger", "", self.accept)
        self.confirm.setEnabled(False)
        self.reason.textChanged.connect(lambda: self.confirm.setEnabled(bool(self.text)))
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        self.setLayout(
            column(
                Label(self.tr("The gate did not let {version} in").format(version=version), "subtitle", wrap=True),
                *(Label(f"• {reason}", "muted", wrap=True) for reason in reasons),
                Label(self.tr("Your reason is kept in the log of changes, with your name."), "muted", wrap=True),
                self.reason,
                row(None, cancel, self.confirm),
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(480))

    @property
    def text(self) -> str:
        """The reason."""
        return self.reason.toPlainText().strip()
