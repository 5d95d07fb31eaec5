"""Which column holds which field, and what unknown role words mean; kept as named profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QInputDialog, QWidget

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.mapping import FIELDS, REQUIRED, ColumnMapping
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.reading import SafePreview, unknown_roles
from csqm_desktop.ui.importing.role_rules import RoleRulesDialog
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, listed
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, clear, column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import IconLabel, Label

_COLUMNS = 5
_MOST_ROLES = 8


class MappingPanel(Translatable, Section):
    """One combo box for each field. ``chosen`` carries the whole mapping after every change."""

    chosen = Signal(object)  # ColumnMapping
    profile_saved = Signal(str, object)  # name, ColumnMapping

    def __init__(self) -> None:
        super().__init__()
        self._preview: SafePreview | None = None
        self._profiles: dict[str, ColumnMapping] = {}
        self.profile = Combo()
        self.profile.picked.connect(self._use_profile)
        self.save_button = Button("", "ghost", "plus", self._ask_name)
        self.tools.addWidget(self.profile)
        self.rules_button = Button("", "ghost", "user", self._edit_rules)
        self.tools.addWidget(self.rules_button)
        self.tools.addWidget(self.save_button)
        self.combos = {name: Combo() for name in FIELDS}
        self._labels = {name: Label(role="muted") for name in FIELDS}
        self.missing = Label(tone="bad", wrap=True)
        warning = row(IconLabel("warning", "bad", 18))
        warning.addWidget(self.missing, 1)
        self._warning = box(warning)
        self.body.addWidget(self._warning)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.lg)
        self._grid.setVerticalSpacing(SPACE.md)
        self._cells = {name: self._cell(name) for name in FIELDS}
        self.more_button = Button("", "link", "", self._toggle_more)
        self._more = False
        self.body.addWidget(box(self._grid))
        self.body.addWidget(self.more_button)
        self._roles_title = Label(role="muted", wrap=True)
        self._roles = column(spacing=SPACE.xs)
        self._roles_box = box(column(self._roles_title, self._roles, spacing=SPACE.sm))
        self.body.addWidget(self._roles_box)
        self._warning.hide()
        self._roles_box.hide()
        self.retranslate()

    def _cell(self, name: str) -> QWidget:
        combo = self.combos[name]
        combo.setMinimumContentsLength(8)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.picked.connect(lambda _value: self._emit())
        return box(column(self._labels[name], combo, spacing=SPACE.xs))

    def _arrange(self) -> None:
        """Show needed and used fields, and the others when asked for."""
        used = self._preview.recognition.mapping.fields if self._preview else {}
        shown = [name for name in FIELDS if self._more or name in REQUIRED or used.get(name)]
        for name, cell in self._cells.items():
            self._grid.removeWidget(cell)
            cell.setVisible(name in shown)
        for place, name in enumerate(shown):
            self._grid.addWidget(self._cells[name], place // _COLUMNS, place % _COLUMNS)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        hidden = len(FIELDS) - len(shown)
        self.more_button.setText(self.tr("Fewer fields") if self._more else self.tr("%n more field(s)", "", hidden))
        self.more_button.setVisible(self._more or hidden > 0)

    def _toggle_more(self) -> None:
        self._more = not self._more
        self._arrange()

    # -- what is shown

    def show_preview(self, preview: SafePreview) -> None:
        """Show a file's columns and how they are used."""
        self._preview = preview
        self.retranslate()

    def set_profiles(self, profiles: Mapping[str, ColumnMapping]) -> None:
        """Offer kept mappings."""
        self._profiles = dict(profiles)
        self._fill_profiles()

    def retranslate(self) -> None:
        """All texts and choices."""
        self.set_texts(self.tr("Columns"), self.tr("Which column of the file holds what. Fields with * are needed."))
        self.save_button.setText(self.tr("Keep as profile…"))
        rules = len(self.mapping().rules)
        self.rules_button.setText(self.tr("Who is who ({n})…").format(n=rules) if rules else self.tr("Who is who…"))
        self.profile.setAccessibleName(self.tr("Mapping profile"))
        self._fill_profiles()
        for name in FIELDS:
            text = words.word(words.FIELDS, name)
            self._labels[name].setText(f"{text} *" if name in REQUIRED else text)
            self.combos[name].setAccessibleName(text)
        if self._preview is not None:
            self._show(self._preview)

    def _fill_profiles(self) -> None:
        self.profile.setVisible(bool(self._profiles))
        self.profile.set_choices([("", self.tr("Use a profile…")), *((name, name) for name in self._profiles)])

    def _show(self, preview: SafePreview) -> None:
        found = preview.recognition
        none = self.tr("— none —")
        for name, combo in self.combos.items():
            combo.set_choices([("", none), *((header, header) for header in found.headers)])
            combo.set_value(found.mapping.fields.get(name, ""))
        self._warning.setVisible(bool(found.missing))
        missing = listed(words.word(words.FIELDS, name) for name in found.missing)
        self.missing.setText(self.tr("Say which column holds: {fields}").format(fields=missing))
        self._arrange()
        self._show_roles(preview)

    def _show_roles(self, preview: SafePreview) -> None:
        clear(self._roles)
        given = preview.choices.mapping.roles if preview.choices.mapping else {}
        values = [*given, *(value for value in unknown_roles(preview) if value not in given)][:_MOST_ROLES]
        self._roles_box.setVisible(bool(values))
        self._roles_title.setText(self.tr("Words in the role column that are new. Who are they?"))
        for value in values:
            combo = Combo(value)
            unknown = [("", self.tr("Unknown: leave these rows out"))]
            combo.set_choices([*unknown, *((role.value, words.word(words.ROLES, role.value)) for role in Role)])
            combo.set_value(given[value].value if value in given else "")
            combo.picked.connect(partial(self._choose_role, value))
            self._roles.addLayout(row(Label(f"“{value}”"), combo, None))

    # -- what a person does

    def mapping(self) -> ColumnMapping:
        """What is chosen now; a field without a column is chosen to have none."""
        before = self._preview.choices.mapping if self._preview else None
        fields = {name: str(combo.value or "") for name, combo in self.combos.items()}
        return replace(before or ColumnMapping(), fields=fields)

    def _emit(self) -> None:
        self.chosen.emit(self.mapping())

    def _choose_role(self, value: str, role: object) -> None:
        mapping = self.mapping()
        roles = {word: known for word, known in mapping.roles.items() if word != value}
        if role:
            roles[value] = Role(str(role))
        self.chosen.emit(replace(mapping, roles=roles))

    def _edit_rules(self) -> None:
        dialog = RoleRulesDialog(self.mapping(), stored=False, parent=self)
        dialog.accepted.connect(lambda: self.chosen.emit(dialog.mapping))
        dialog.open()

    def _use_profile(self, name: object) -> None:
        if self._preview is None or name not in self._profiles:
            return
        mapping = self._profiles[str(name)]
        headers = self._preview.recognition.headers
        known = {key: column for key, column in mapping.fields.items() if not column or column in headers}
        self.chosen.emit(replace(mapping, fields=known))

    def _ask_name(self) -> None:
        name, accepted = QInputDialog.getText(self, self.tr("Keep as profile"), self.tr("Name of the profile"))
        if accepted and name.strip():
            self.profile_saved.emit(name.strip(), self.mapping())
