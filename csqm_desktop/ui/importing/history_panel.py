"""Earlier imports: what came from which file, with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from csqm_desktop.store.batches import Batch
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.preview_table_model import Index, RowsTableModel
from csqm_desktop.ui.importing.tables import fit_columns, set_visible_rows, table
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import row


class HistoryTableModel(RowsTableModel):
    """Import batches, newest first."""

    COLUMN_OUTCOME = 6

    def __init__(self) -> None:
        super().__init__()
        self.batches: tuple[Batch, ...] = ()

    def set_batches(self, batches: Sequence[Batch]) -> None:
        """Show other batches."""
        self.batches = tuple(batches)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers, times and outcomes in the language in use."""
        headers = (
            self.tr("File"),
            self.tr("When"),
            self.tr("Added"),
            self.tr("Unchanged"),
            self.tr("Updated"),
            self.tr("Rejected"),
            self.tr("Outcome"),
        )
        self._reset(headers, [self._row(batch) for batch in self.batches])

    @staticmethod
    def _row(batch: Batch) -> tuple[str, ...]:
        when = QDateTime.fromMSecsSinceEpoch(batch.started_at)
        return (
            Path(batch.path).name,
            QLocale().toString(when, QLocale.FormatType.ShortFormat),
            f"{batch.added:,}",
            f"{batch.unchanged:,}",
            f"{batch.updated:,}",
            f"{batch.rejected + batch.left_out:,}",
            words.word(words.OUTCOMES, batch.outcome or ""),
        )

    def decoration(self, index: Index, role: int) -> Any:
        """The outcome's colour."""
        if role != Qt.ItemDataRole.ForegroundRole or index.column() != self.COLUMN_OUTCOME:
            return None
        color = tokens().color
        tones = {"succeeded": color.good, "failed": color.bad, "interrupted": color.ok}
        return QBrush(QColor(tones.get(self.batches[index.row()].outcome or "", color.text_muted)))


class HistoryPanel(Translatable, Section):
    """The table, and what can be done with the chosen import."""

    rejected_requested = Signal(object)  # Batch
    undo_requested = Signal(object)  # Batch

    def __init__(self) -> None:
        super().__init__()
        self.model = HistoryTableModel()
        self.view = table(self.model, rows=5)
        self.rejected_button = Button("", "ghost", "warning", lambda: self._emit(self.rejected_requested))
        self.undo_button = Button("", "ghost", "undo", lambda: self._emit(self.undo_requested))
        self.tools.addLayout(row(self.rejected_button, self.undo_button))
        self.body.addWidget(self.view)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.retranslate()
        self._enable()

    def set_batches(self, batches: Sequence[Batch]) -> None:
        """Show other batches."""
        self.model.set_batches(batches)
        self.setVisible(bool(batches))
        set_visible_rows(self.view, min(8, max(2, len(batches))))
        fit_columns(self.view, 320)
        self._enable()

    def chosen(self) -> Batch | None:
        """The chosen import."""
        rows = self.view.selectionModel().selectedRows()
        return self.model.batches[rows[0].row()] if rows else None

    def _enable(self) -> None:
        batch = self.chosen()
        self.rejected_button.setEnabled(batch is not None and batch.rejected > 0)
        self.undo_button.setEnabled(batch is not None and batch.outcome in ("succeeded", "interrupted"))

    def _emit(self, signal: Any) -> None:
        batch = self.chosen()
        if batch is not None:
            signal.emit(batch)

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(self.tr("Earlier imports"))
        self.rejected_button.setText(self.tr("Rejected rows"))
        self.undo_button.setText(self.tr("Take back"))
        self.view.setAccessibleName(self.tr("Earlier imports"))
        self.model.retranslate()
