"""The first rows as they would be imported, what is masked in them, and what would be rejected."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.preview_table_model import PreviewTableModel, RejectedTableModel, SampleTableModel
from csqm_desktop.ui.importing.reading import SafePreview
from csqm_desktop.ui.importing.role_delegate import RoleDelegate
from csqm_desktop.ui.importing.tables import fit_columns, set_visible_rows, table
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column
from csqm_desktop.ui.widgets.status_chip import StatusChip
from csqm_desktop.ui.widgets.text import Label


class PreviewPanel(Translatable, Section):
    """Messages when the columns are known, raw rows while they are not."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: SafePreview | None = None
        self.messages = PreviewTableModel()
        self.sample = SampleTableModel()
        self.rejected = RejectedTableModel()
        self.view: QTableView = table(self.messages, rows=9)
        self._role_delegate = RoleDelegate(self.view)
        self.masked_chip = StatusChip("shield", "good")
        self.rejected_chip = StatusChip("warning", "ok")
        self.tools.addWidget(self.masked_chip)
        self.tools.addWidget(self.rejected_chip)
        self.rejected_title = Label(role="strong")
        self.rejected_view = table(self.rejected, rows=3)
        self.body.addLayout(column(self.view, self.rejected_title, self.rejected_view, spacing=SPACE.sm))
        self.retranslate()

    def show_preview(self, preview: SafePreview) -> None:
        """Show a file's first rows."""
        self._preview = preview
        self.messages.set_messages(preview.messages)
        self.rejected.set_rejected(preview.preview.rejected)
        self.sample.set_sample(preview.recognition.headers, preview.recognition.sample_rows)
        model = self.sample if preview.recognition.missing else self.messages
        if self.view.model() is not model:
            self.view.setModel(model)
        drawn = self._role_delegate if model is self.messages else self.view.itemDelegate()
        self.view.setItemDelegateForColumn(PreviewTableModel.COLUMN_ROLE, drawn)
        self.retranslate()
        set_visible_rows(self.view, min(10, max(3, self.view.model().rowCount())))
        set_visible_rows(self.rejected_view, min(5, max(1, self.rejected.rowCount())))
        fit_columns(self.view)
        fit_columns(self.rejected_view, 620)

    def retranslate(self) -> None:
        """All texts."""
        self.view.setAccessibleName(self.tr("Preview"))
        self.rejected_title.setText(self.tr("Rows that would be rejected"))
        self.rejected_view.setAccessibleName(self.rejected_title.text())
        self.messages.retranslate()
        self.rejected.retranslate()
        preview = self._preview
        if preview is None:
            self.set_texts(self.tr("Preview"))
            return
        raw = bool(preview.recognition.missing)
        if raw:
            note = self.tr("The file's first rows as they are. Nothing has been stored.")
        elif preview.preview.complete:
            note = self.tr("All %n row(s) of the file as they would be stored.", "", len(preview.preview.items))
        else:
            note = self.tr("The first %n row(s) as they would be stored.", "", len(preview.preview.items))
        self.set_texts(self.tr("Preview"), note)
        left_out = len(preview.preview.rejected)
        self.rejected_title.setVisible(left_out > 0)
        self.rejected_view.setVisible(left_out > 0)
        self.rejected_chip.setVisible(left_out > 0)
        self.rejected_chip.set_text(self.tr("%n row(s) rejected", "", left_out))
        self.masked_chip.setVisible(not raw)
        self.masked_chip.set_text(words.masked_text(preview.masked))
