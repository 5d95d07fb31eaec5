"""What is shown when the guard kept an export back: how much of what, where, and the way out with a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from csqm_desktop.exporters.guard import Finding
from csqm_desktop.jobs.export_data import ExportBlockedError
from csqm_desktop.ui.exporting.findings_model import FindingsModel
from csqm_desktop.ui.exporting.words import kind_name
from csqm_desktop.ui.importing.tables import fit_columns, table
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.text import Label


class BlockedPanel(Translatable, QWidget):
    """``wanted`` names the finding whose reply should be shown; ``changed`` says that the reason changed.

    ``mask_wanted``: the texts shall be masked again, which is offered where earlier rules had left this in them.
    """

    wanted = Signal(object)  # Finding
    changed = Signal()
    mask_wanted = Signal()

    def __init__(self, may_mask: Callable[[], bool]) -> None:
        super().__init__()
        self._may_mask = may_mask
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
        self.older = Label(wrap=True)
        self.mask_button = Button("", "plain", "shield", self.mask_wanted.emit)
        again = row(spacing=SPACE.sm)
        again.addWidget(self.older, 1)
        again.addWidget(self.mask_button)
        self.again = Card(box(again), kind="sunken", margins=SPACE.sm)
        self.setLayout(
            column(self.title, self.counts, self.findings, self.again, self.hint, self.reason, spacing=SPACE.sm)
        )
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
        self.counts.setText("  ·  ".join(f"{kind_name(kind)}: {n:,}" for kind, n in sorted(counts.items())))
        self.findings.setAccessibleName(self.tr("What was found"))
        older = self._blocked is not None and self._blocked.older_rules
        self.again.setVisible(older)
        self.mask_button.setVisible(self._may_mask())
        self.mask_button.setText(self.tr("Mask again…"))
        text = self.tr("An earlier release masked these texts; its rules knew less.")
        self.older.setText(
            text if self._may_mask() else text + " " + self.tr("A lead can mask them again in Settings.")
        )
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
