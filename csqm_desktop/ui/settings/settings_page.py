"""The settings page, built from ``fields.GROUPS``; every change takes effect and is saved at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.settings.engine_row import EngineRow
from csqm_desktop.ui.settings.erasure_section import ErasureSection
from csqm_desktop.ui.settings.fields import GROUPS, Field
from csqm_desktop.ui.settings.masking_section import MaskingSection
from csqm_desktop.ui.settings.originals_section import OriginalsSection
from csqm_desktop.ui.settings.people_section import PeopleSection
from csqm_desktop.ui.settings.section_index import SectionIndex
from csqm_desktop.ui.settings.shortcut_editor import ShortcutEditor
from csqm_desktop.ui.settings.workspace_section import WorkspaceSection
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import core_text
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, column, line, row, scrolled
from csqm_desktop.ui.widgets.page_header import PageHeader
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import Label

_WIDTH = 820
_ORDER = (
    "Appearance", "Reviewing", "workspace", "Backups", "Privacy and safety", "masking", "originals", "erasure",
    "people", "Model and speed", "Charts", "Exports", "shortcuts",
)  # fmt: skip


def _word(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


class SettingsPage(Page):
    """One card for each group, and at the left where to find them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.controls: dict[str, QWidget] = {}
        self._texts: dict[str, tuple[Label, Label]] = {}
        self._fields = {field.name: field for group in GROUPS for field in group.fields}
        self.header = PageHeader()
        self.erasure = ErasureSection(context)
        self.shortcuts = ShortcutEditor(context)
        self.workspace = WorkspaceSection(context)
        self.people = PeopleSection(context)
        self.engine = EngineRow(context)
        self._sections = {group.title: Section(self._rows(group.fields)) for group in GROUPS}
        self._sections["Model and speed"].body.addWidget(line())
        self._sections["Model and speed"].body.addWidget(self.engine)
        self.masking = MaskingSection(context)
        self.originals = OriginalsSection(context)
        own: dict[str, Section] = {
            "workspace": self.workspace, "masking": self.masking, "originals": self.originals, "erasure": self.erasure,
            "people": self.people, "shortcuts": self.shortcuts,
        }  # fmt: skip
        self.order = [own.get(name) or self._sections[name] for name in _ORDER]
        self._inner = box(column(self.header, *self.order, None, spacing=SPACE.lg))
        self.index = SectionIndex(self.order)
        content = row(None, self._inner, None, margins=SPACE.xl)
        content.setStretch(1, 100)
        self._area = scrolled(box(content))
        self.index.chosen.connect(self._go_to)
        layout = row(self.index, spacing=0)
        layout.addWidget(self._area, 1)
        self.setLayout(layout)
        context.workspace_changed.connect(self.index.refresh)
        context.settings_changed.connect(self._show)
        # the sections hear of another language after their page, so their names are read again when all have
        context.translations.changed.connect(self.index.refresh)
        self.retranslate()

    def _rows(self, fields: tuple[Field, ...]) -> QVBoxLayout:
        rows = column(spacing=SPACE.md)
        for number, field in enumerate(fields):
            if number:
                rows.addWidget(line())
            rows.addLayout(self._row(field))
        return rows

    def _row(self, field: Field) -> Any:
        title, note = Label(), Label(role="caption", wrap=True)
        self._texts[field.name] = (title, note)
        control = self._control(field)
        self.controls[field.name] = control
        layout = row(spacing=SPACE.xl)
        layout.addLayout(column(title, note, spacing=SPACE.hair), 1)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        return layout

    def _control(self, field: Field) -> QWidget:
        change = self.context.change_settings
        name = field.name
        if field.kind == "choice":
            segmented = Segmented(tuple(value for value, _text in field.choices))
            segmented.chosen.connect(lambda value: change(**{name: value}))
            return segmented
        if field.kind == "menu":
            return self._menu(field)
        if field.kind == "number":
            spin = QSpinBox()
            spin.setRange(field.bounds[0], field.bounds[1])
            spin.setSingleStep(field.bounds[2])
            spin.setKeyboardTracking(False)
            spin.lineEdit().setTextMargins(SPACE.sm, 0, 0, 0)
            spin.setMinimumWidth(tokens().px(104))
            spin.valueChanged.connect(lambda value: change(**{name: value}))
            return spin
        if field.kind == "switch":
            switch = Switch()
            switch.toggled.connect(lambda on: change(**{name: on}))
            return switch
        edit = QLineEdit()
        edit.setMinimumWidth(tokens().px(240))
        edit.setMaxLength(80)
        edit.editingFinished.connect(lambda: change(**{name: edit.text().strip()}))
        return edit

    def _menu(self, field: Field) -> QComboBox:
        combo = QComboBox()
        for value, _text in field.choices:
            combo.addItem("", value)
        combo.setMinimumWidth(tokens().px(240))
        combo.activated.connect(lambda at: self.context.change_settings(**{field.name: combo.itemData(at)}))
        return combo

    def _go_to(self, section: Section) -> None:
        at = section.mapTo(self._inner, section.rect().topLeft()).y() + self._inner.y()
        self._area.verticalScrollBar().setValue(at - SPACE.lg)

    def open(self, request: object) -> None:
        """Show one of the sections, named as in ``_ORDER``."""
        if request in _ORDER:
            self._go_to(self.order[_ORDER.index(str(request))])

    def showEvent(self, event: QShowEvent) -> None:
        """Sections appear with a workspace and with people."""
        super().showEvent(event)
        self.index.refresh()

    # -- what is shown

    def retranslate(self) -> None:
        """All texts."""
        self.header.set_texts(self.tr("Settings"), self.tr("Every change takes effect at once and is kept."))
        self._inner.setMaximumWidth(tokens().px(_WIDTH))
        for group in GROUPS:
            self._sections[group.title].set_texts(_word(group.title))
        for name, field in self._fields.items():
            title, note = self._texts[name]
            title.setText(_word(field.title))
            note.setText(_word(field.note))
            control = self.controls[name]
            control.setAccessibleName(title.text())
            control.setAccessibleDescription(note.text())
            if isinstance(control, Segmented):
                control.set_texts({value: _word(text) for value, text in field.choices}, title.text())
            elif isinstance(control, QSpinBox):
                control.setSuffix(_word(field.suffix) if field.suffix else "")
            elif isinstance(control, QComboBox):
                for at, (_value, text) in enumerate(field.choices):
                    control.setItemText(at, core_text(field.texts, text))
        self.index.refresh()
        self._show()

    def _show(self) -> None:
        for name, control in self.controls.items():
            value = getattr(self.context.settings, name)
            control.blockSignals(True)
            if isinstance(control, Segmented):
                control.set_value(value)
            elif isinstance(control, QComboBox):
                control.setCurrentIndex(max(0, control.findData(value)))
            elif isinstance(control, QSpinBox):
                control.setValue(value)
            elif isinstance(control, QCheckBox):
                control.setChecked(value)
            elif isinstance(control, QLineEdit) and not control.hasFocus():
                control.setText(value)
            control.blockSignals(False)
        edit = self.controls["reviewer"]
        if isinstance(edit, QLineEdit):
            edit.setPlaceholderText(self.context.reviewer)

    def leave(self) -> bool:
        """Keep a name that is being typed."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        return True
