"""What an import did: four figures, masked data, rejected rows with their reasons, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.jobs import quarantine
from csqm_desktop.jobs.import_chats import ImportResult
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.preview_table_model import RejectedTableModel
from csqm_desktop.ui.importing.tables import fit_columns, set_visible_rows, table
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, row_error_text, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.stat_tile import StatTile
from csqm_desktop.ui.widgets.status_chip import StatusChip
from csqm_desktop.ui.widgets.text import Label


class SummaryPanel(Translatable, Section):
    """Shown after an import, and for an older batch's rejected rows."""

    score_requested = Signal()
    review_requested = Signal()
    again_requested = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.result: ImportResult | None = None
        self.scoring = False
        self.tiles = {name: StatTile(icon) for name, icon in _TILES.items()}
        self.masked_chip = StatusChip("shield", "good")
        self.tools.addWidget(self.masked_chip)
        self.files = Label(role="muted", wrap=True)
        self.rejected = RejectedTableModel()
        self.rejected_view = table(self.rejected, rows=5)
        self.export_button = Button("", "plain", "export", self.export_requested.emit)
        self._rejected_box = box(column(self.rejected_view, row(None, self.export_button), spacing=SPACE.sm))
        self.score_button = Button("", "primary", "play", self.score_requested.emit)
        self.review_button = Button("", "plain", "review", self.review_requested.emit)
        self.again_button = Button("", "ghost", "import", self.again_requested.emit)
        self.body.addLayout(row(*self.tiles.values(), spacing=SPACE.md))
        self.body.addWidget(self.files)
        self.body.addWidget(self._rejected_box)
        self.body.addLayout(row(self.score_button, self.review_button, self.again_button, None))
        self.retranslate()

    def show_result(self, result: ImportResult, scoring: bool) -> None:
        """Show what an import did; ``scoring`` says that scoring has begun by itself."""
        self.result = result
        self.scoring = scoring
        self.rejected.set_rejected(result.examples)
        self.retranslate()
        set_visible_rows(self.rejected_view, min(6, max(1, len(result.examples))))
        fit_columns(self.rejected_view, 620)

    def retranslate(self) -> None:
        """All texts."""
        self.export_button.setText(self.tr("Export rejected rows…"))
        self.score_button.setText(self.tr("Score now"))
        self.review_button.setText(self.tr("Review"))
        self.again_button.setText(self.tr("Import another file"))
        self.rejected_view.setAccessibleName(self.tr("Rejected rows"))
        self.rejected.retranslate()
        result = self.result
        if result is None:
            return
        note = self.tr("Read in {seconds} s.").format(seconds=f"{result.seconds:.1f}")
        if result.conversations:
            text = self.tr("Conversations: {count}.").format(count=f"{result.conversations:,}")
            note = sentences(text, note)
        if self.scoring:
            note = sentences(note, self.tr("Scoring has begun in the background."))
        self.set_texts(self.tr("{file} is imported").format(file=result.path.name), note)
        self.score_button.setVisible(not self.scoring)
        self.masked_chip.set_text(words.masked_text(result.masked))
        notes = [words.attachments_text(result.attachments)] if result.attachments else []
        if result.left_out:
            text = self.tr(
                "%n message(s) of erased customers were left out; the settings can let them in again.",
                "",
                result.left_out,
            )
            notes.append(text)
        self.files.setText("\n".join(notes))
        self.files.setVisible(bool(notes))
        texts = {
            "added": (self.tr("Added"), result.added, self.tr("new messages")),
            "unchanged": (self.tr("Unchanged"), result.unchanged, self.tr("known already")),
            "updated": (self.tr("Updated"), result.updated, self.tr("changed at the source")),
            "rejected": (self.tr("Rejected"), result.rejected + result.left_out, self._reasons(result)),
        }
        for name, (caption, figure, explanation) in texts.items():
            tone = "bad" if name == "rejected" and result.rejected else ""
            self.tiles[name].set_texts(caption, f"{figure:,}", explanation, tone)
        self._rejected_box.setVisible(bool(result.examples))

    def _reasons(self, result: ImportResult) -> str:
        if result.left_out and not result.rejected:
            return self.tr("of erased customers")
        if not result.rejected:
            return self.tr("every row could be read")
        return self.tr("%n kind(s) of reason, see below", "", len(result.reasons))


_TILES = {"added": "plus", "unchanged": "check", "updated": "refresh", "rejected": "warning"}


def write_rejected(target: Path, rows: Sequence[RejectedRow]) -> None:
    """Write rejected rows as CSV, with reasons in the language in use."""
    quarantine.write_rejected(target, rows, lambda row: row_error_text(row.code, row.values))
