"""What is shown when the guard kept an export back: how much of what, where, and the way out with a reason."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from csqm_desktop.exporters.guard import Finding
from csqm_desktop.jobs.export_data import ExportBlockedError
from csqm_desktop.ui.exporting.findings_model import FindingsModel
from csqm_desktop.ui.importing.tables import fit_columns, table
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import column
from csqm_desktop.ui.widgets.text import Label


class BlockedPanel(Translatable, QWidget):
    """``wanted`` names the finding whose reply should be shown; ``changed`` says that the reason changed."""

    wanted = Signal(object)  # Finding
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._blocked: ExportBlockedError | None = None
        self.title = Label(role="subtitle", tone="bad", wrap=True)
        self.counts = Label(wrap=True)
        self.model = FindingsModel()
        self.findings = table(self.model, rows=5)
        self.findings.activated.connect(self._activated)
        self.hint = Label(role="caption", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.textChanged.connect(lambda _text: self.changed.emit())
        self.setLayout(column(self.title, self.counts, self.findings, self.hint, self.reason, spacing=SPACE.sm))
        self.retranslate()

    @property
    def text(self) -> str:
        """The reason."""
        return self.reason.text().strip()

    def show_blocked(self, blocked: ExportBlockedError | None) -> None:
        """Show what was found, or nothing."""
        self._blocked = blocked
        self.reason.clear()
        self.model.show(blocked.findings if blocked else ())
        fit_columns(self.findings)
        self.setVisible(blocked is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.title.setText(self.tr("The export was stopped: personal data is left in it"))
        counts = self._blocked.counts if self._blocked else {}
        self.counts.setText("  ·  ".join(f"{kind}: {n}" for kind, n in sorted(counts.items())))
        self.findings.setAccessibleName(self.tr("What was found"))
        self.hint.setText(
            self.tr(
                "Double-click a row to read the reply. To export all the same, give a reason: it is kept in the log."
            )
        )
        self.reason.setPlaceholderText(self.tr("Why may this leave all the same?"))
        self.reason.setAccessibleName(self.tr("Reason"))

    def _activated(self, index: QModelIndex) -> None:
        finding: Finding = self.model.findings[index.row()]
        self.wanted.emit(finding)
