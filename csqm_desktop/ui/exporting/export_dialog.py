"""Taking data out: what, which replies, in which format, where to; what the guard says about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters import base
from csqm_desktop.exporters.guard import Finding
from csqm_desktop.jobs.export_data import ExportBlockedError, ExportData, ExportResult
from csqm_desktop.store.export_rows import View, ViewCounts
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.exporting.blocked_panel import BlockedPanel
from csqm_desktop.ui.exporting.words import format_name
from csqm_desktop.ui.masking import ask_and_mask, may_mask
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.text import Label

_TYPING_MS = 250  # after the last key: counting reads the store
_REVIEWED = {"all": None, "reviewed": True, "not_reviewed": False}


class ExportDialog(Translatable, QDialog):
    """Opened with the filters of the page that it was opened from."""

    def __init__(self, context: AppContext, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._counts: tuple[ViewCounts, ViewCounts] | None = None
        self._asked = 0
        self._confirmed = ""  # the file that a person has agreed to replace
        self.title = Label(role="title")
        self.what_label, self.which_label, self.opinions_label = Label(), Label(), Label()
        self.format_label, self.file_label = Label(), Label()
        self.what = Segmented(base.KINDS)
        self.scope = Segmented(("filtered", "everything"))
        self.reviewed = Segmented(tuple(_REVIEWED))
        self.words = QLineEdit(view.search)
        self.words.setClearButtonEnabled(True)
        self.opinions = Segmented(base.OPINIONS)
        self.counted = Label(role="caption", wrap=True)
        self.format = Combo()
        self.file = QLineEdit()
        self.browse = Button("", "plain", "folder", self._browse)
        self.blocked = BlockedPanel(partial(may_mask, context))
        self.export_button = Button("", "primary", "export", self.export)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._count)
        self.override_button = Button("", "danger", "", lambda: self.export(self.blocked.text))
        self.cancel_button = Button("", "plain", "", self.reject)
        self._lay_out()
        self._connect()
        self.blocked.show_blocked(None)
        self.setMinimumWidth(tokens().px(640))
        self.retranslate()
        self._kind_changed()

    def _lay_out(self) -> None:
        place = row()
        place.addWidget(self.file, 1)
        place.addWidget(self.browse)
        layout = column(self.title, spacing=SPACE.md, margins=SPACE.xl)
        layout.addLayout(column(self.what_label, row(self.what, None), spacing=SPACE.xs))
        which = row(self.scope, self.reviewed, None, spacing=SPACE.md)
        layout.addLayout(
            column(self.which_label, which, self.words, Card(self.counted, kind="sunken", margins=SPACE.sm))
        )
        layout.addLayout(column(self.opinions_label, row(self.opinions, None), spacing=SPACE.xs))
        layout.addLayout(column(self.format_label, row(self.format, None), spacing=SPACE.xs))
        layout.addLayout(column(self.file_label, place, spacing=SPACE.xs))
        layout.addWidget(self.blocked)
        layout.addLayout(row(None, self.cancel_button, self.override_button, self.export_button))
        self.setLayout(layout)

    def _connect(self) -> None:
        self.what.chosen.connect(lambda _kind: self._kind_changed())
        for choice in (self.scope, self.reviewed):
            choice.chosen.connect(lambda _value: self._count())
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.format.picked.connect(lambda _value: self._suggest())
        self.file.textChanged.connect(lambda _text: self._settle())
        self.blocked.changed.connect(self._settle)
        self.blocked.wanted.connect(self._show_reply)
        self.blocked.mask_wanted.connect(self._mask_again)

    # -- what was chosen

    @property
    def view(self) -> View:
        """The replies that are meant."""
        chosen = self._view if self.scope.value == "filtered" else View()
        return replace(chosen, reviewed=_REVIEWED[self.reviewed.value], search=self.words.text().strip())

    def _kind_changed(self) -> None:
        kind = self.what.value
        fitting = [exporter for exporter in base.registry() if kind in exporter.kinds]
        self.format.set_choices((exporter.name, format_name(exporter.name)) for exporter in fitting)
        for widget in (self.opinions_label, self.opinions):
            widget.setVisible(kind == base.LABELS)
        self._suggest()
        self._count()

    def _suggest(self) -> None:
        exporter = next(e for e in base.registry() if e.name == self.format.value)
        folder = Path(self.file.text()).parent if self.file.text() else self._context.open_workspace.exports
        name = self.what.value + (exporter.ending or f"-{exporter.name}")
        self.file.setText(str(_free(folder / name)))
        self.blocked.show_blocked(None)
        self._settle()

    def _count(self) -> None:
        self._asked += 1
        asked, workspace, view = self._asked, self._context.open_workspace, self.view
        self._context.runner.query(
            lambda: (workspace.export_rows.counts(view, None), workspace.export_rows.counts(View(), None)),
            lambda counts: self._show_counts(asked, counts),
            owner=self,
        )

    def _show_counts(self, asked: int, counts: tuple[ViewCounts, ViewCounts]) -> None:
        if asked == self._asked:
            self._counts = counts
            self._say_counts()

    def _say_counts(self) -> None:
        if self._counts is None:
            return
        chosen, everything = self._counts
        text = self.tr("{replies} replies in {conversations} conversations, {reviewed} reviewed. Left out: {out}.")
        self.counted.setText(
            text.format(
                replies=chosen.replies,
                conversations=chosen.conversations,
                reviewed=chosen.reviewed,
                out=everything.replies - chosen.replies,
            )
        )

    # -- exporting

    def export(self, override: str = "") -> None:
        """Start the export; the dialog closes when it has succeeded."""
        settings = self._context.settings
        try:
            job = ExportData(
                self._context.open_workspace,
                self.what.value,
                Path(self.file.text().strip()).expanduser(),
                str(self.format.value),
                self.view,
                self.opinions.value,
                settings.export_limit,
                override,
                self._context.reviewer,
                overwrite=bool(self._confirmed) and self.file.text() == self._confirmed,
            )
        except CsqmError as error:
            self._context.notices.error(error)
            return
        self.blocked.show_blocked(None)
        self._settle(busy=True)
        handle = self._context.runner.start(job)
        handle.succeeded.connect(self._done)
        handle.failed.connect(self._failed)
        handle.finished.connect(self._settle)

    def _done(self, result: ExportResult) -> None:
        text = self.tr("{count} records exported to {path}, with a data card beside it.")
        self._context.notices.toast(text.format(count=result.rows, path=result.path), "good")
        self.accept()

    def _failed(self, error: CsqmError) -> None:
        if isinstance(error, ExportBlockedError):
            self.blocked.show_blocked(error)
            self.adjustSize()
        else:
            self._context.notices.error(error)

    def _mask_again(self) -> None:
        """Mask the stored texts by present rules, then export once more."""
        handle = ask_and_mask(self._context, lambda _result: self.export())
        if handle is not None:
            self._settle(busy=True)
            handle.finished.connect(lambda: self._settle(busy=bool(self._context.runner.running("export"))))

    def _settle(self, busy: bool = False) -> None:
        held = not self.blocked.isHidden()
        self.blocked.mask_button.setEnabled(not busy)
        self.export_button.setEnabled(not busy and bool(self.file.text().strip()))
        self.override_button.setVisible(held)
        self.override_button.setEnabled(held and bool(self.blocked.text) and not busy)

    def _show_reply(self, finding: Finding) -> None:
        ids = (finding.conversation_id, finding.message_id)
        found = self._context.open_workspace.conversations.find([ids]).get(ids)
        if found is not None:
            self.reject()
            self._context.navigate("review", found)

    def _browse(self) -> None:
        file, _filter = QFileDialog.getSaveFileName(self, self.file_label.text(), self.file.text())
        if file:
            self._confirmed = file  # the system's dialog asks before it gives out a name that is taken
            self.file.setText(file)

    # -- texts

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("Export"))
        self.title.setText(self.tr("Export"))
        self.what_label.setText(self.tr("What"))
        self.what.set_texts(
            {
                base.LABELS: self.tr("Labels"),
                base.SCORES: self.tr("Model's scores"),
                base.CONVERSATIONS: self.tr("Conversations"),
            },
            self.tr("What"),
        )
        self.which_label.setText(self.tr("Which replies"))
        self.scope.set_texts(
            {"filtered": self.tr("As filtered"), "everything": self.tr("Whole workspace")}, self.tr("Which replies")
        )
        self.words.setPlaceholderText(self.tr("Only replies with these words"))
        self.words.setAccessibleName(self.tr("Only replies with these words"))
        self.reviewed.set_texts(
            {
                "all": self.tr("All"),
                "reviewed": self.tr("Reviewed"),
                "not_reviewed": self.tr("Not reviewed"),
            },
            self.tr("Reviewed"),
        )
        self.opinions_label.setText(self.tr("Opinions"))
        self.opinions.set_texts(
            {
                base.REVIEWERS: self.tr("Each reviewer's"),
                base.CONSENSUS: self.tr("The majority (ties are stated)"),
            },
            self.tr("Opinions"),
        )
        self.format_label.setText(self.tr("Format"))
        self.format.setAccessibleName(self.tr("Format"))
        self.file_label.setText(self.tr("File"))
        self.file.setAccessibleName(self.tr("File"))
        self.browse.setText(self.tr("Choose…"))
        self.export_button.setText(self.tr("Export"))
        self.override_button.setText(self.tr("Export all the same"))
        self.cancel_button.setText(self.tr("Cancel"))
        for place in range(self.format.count()):
            self.format.setItemText(place, format_name(str(self.format.itemData(place))))
        self._say_counts()


def _free(path: Path) -> Path:
    """The path, with a number where something is there: a second export does not replace the first one unasked."""
    ending = "".join(path.suffixes)
    stem = path.name.removesuffix(ending)
    numbered = (path.with_name(f"{stem}-{number}{ending}") for number in range(2, 10_000))
    return path if not path.exists() else next(name for name in numbered if not name.exists())
