"""Originals of masked messages on the settings page: for how many days they are kept, and their end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QSpinBox

from csqm_desktop.domain.permissions import CHANGE_SETTINGS
from csqm_desktop.jobs import raw_texts
from csqm_desktop.store.raw_texts import MOST_DAYS, RawState
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label


class OriginalsSection(Translatable, Section):
    """Off unless a lead of an encrypted workspace says for how long."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self._state = RawState(0, 0, None)
        self.title, self.state_note = Label(), Label(role="caption", wrap=True)
        self.days = QSpinBox()
        self.days.setRange(0, MOST_DAYS)
        self.days.setKeyboardTracking(False)
        self.days.lineEdit().setTextMargins(SPACE.sm, 0, 0, 0)
        self.days.setMinimumWidth(tokens().px(120))
        self.save_button = Button("", "plain", "", self._ask_and_save)
        self.purge_button = Button("", "ghost", "trash", self._ask_and_purge)
        self.days.valueChanged.connect(lambda _days: self._enable())
        layout = row(spacing=SPACE.sm)
        layout.addLayout(column(self.title, self.state_note, spacing=SPACE.hair), 1)
        for widget in (self.purge_button, self.days, self.save_button):
            layout.addWidget(widget)
        self.body.addLayout(layout)
        context.workspace_changed.connect(self.reload)
        context.settings_changed.connect(self.reload)
        context.changed.connect(lambda topics: self.reload() if "conversations" in topics else None)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("Originals"),
            self.tr(
                "Masking cannot be taken back, unless the originals are kept for some days. They are sealed, are in"
                " no backup or export, and a lead can look at one with a reason that is written down."
            ),
        )
        self.title.setText(self.tr("Keep originals of what is imported"))
        self.days.setAccessibleName(self.tr("Days that originals are kept"))
        self.days.setSpecialValueText(self.tr("never"))
        self.days.setSuffix(self.tr(" days"))
        self.save_button.setText(self.tr("Save"))
        self.purge_button.setText(self.tr("Delete all now…"))
        self.reload()

    def reload(self) -> None:
        """Show what is true now; three small questions, so in place."""
        workspace = self._context.workspace
        self.setVisible(workspace is not None)
        if workspace is None:
            return
        self._state = workspace.raw_texts.state()
        allowed = workspace.encrypted and workspace.people.may(CHANGE_SETTINGS)
        self.days.blockSignals(True)
        self.days.setValue(self._state.days)
        self.days.blockSignals(False)
        self.days.setEnabled(allowed)
        self.purge_button.setVisible(allowed and self._state.kept > 0)
        self.state_note.setText(self._note(workspace.encrypted))
        self._enable()

    def _note(self, encrypted: bool) -> str:
        if not encrypted:
            return self.tr("Only in an encrypted workspace: encrypt it first, above.")
        if not self._state.days:
            return self.tr("Off: what was masked is gone at once.")
        if self._state.oldest is None:
            return self.tr("None yet.")
        day = QDateTime.fromMSecsSinceEpoch(self._state.oldest).date()
        text = self.tr("{n} kept now, the oldest of {day}.")
        return text.format(n=f"{self._state.kept:,}", day=QLocale().toString(day, QLocale.FormatType.ShortFormat))

    def _enable(self) -> None:
        self.save_button.setEnabled(self.days.isEnabled() and self.days.value() != self._state.days)

    # -- changes

    def _ask_and_save(self) -> None:
        days = self.days.value()
        fewer = days < self._state.days and self._state.kept > 0
        title = self.tr("Delete originals that are older?")
        text = self.tr("Those beyond the new number of days are deleted at once and cannot be brought back.")
        if fewer and not self._context.notices.ask(title, text, self.tr("Save and delete"), danger=True):
            self.reload()
            return
        self.save(days)

    def save(self, days: int) -> None:
        """Keep originals for so many days from now on."""
        context = self._context
        self._change(partial(raw_texts.keep_for, context.open_workspace, days, context.reviewer))

    def _ask_and_purge(self) -> None:
        title = self.tr("Delete all originals now?")
        text = self.tr("{n} are deleted for good. The masked messages stay as they are.")
        text = text.format(n=f"{self._state.kept:,}")
        if self._context.notices.ask(title, text, self.tr("Delete"), danger=True):
            self.purge()

    def purge(self) -> None:
        """End all originals."""
        handle = self._context.runner.start(
            raw_texts.PurgeRawTexts(self._context.open_workspace, everything=True, actor=self._context.reviewer)
        )
        handle.failed.connect(self._context.notices.error)
        handle.finished.connect(self.reload)

    def _change(self, work: Callable[[], object]) -> None:
        def failed(error: object) -> None:
            self._context.notices.error(error)  # type: ignore[arg-type]
            self.reload()

        self._context.runner.query(work, lambda _ended: self.reload(), failed, owner=self)
