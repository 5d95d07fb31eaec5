"""Who is who: the rules that give messages their roles, for a file to come or for what is stored."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers import mapping as mappings
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.roles import RULE_FIELDS, RoleRule, rules_from_json
from csqm_desktop.jobs.apply_roles import RolesResult
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.layouts import box, clear, column, row, scrolled
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import Label

_WAYS = ("is", "prefix", "regex")


class RuleRow(Translatable, QWidget):
    """One rule: whose messages, by which field, compared how, with what."""

    changed = Signal()
    removed = Signal()

    def __init__(self, rule: RoleRule | None = None) -> None:
        super().__init__()
        self.role, self.field, self.way = Combo(), Combo(), Combo()
        self.words = QLineEdit()
        self.remove_button = IconButton("trash", "", self.removed.emit)
        layout = row(self.role, self.field, self.way, self.words, self.remove_button)
        layout.setStretchFactor(self.words, 1)
        self.setLayout(layout)
        self.retranslate()
        if rule is not None:
            self._show(rule)
        for combo in (self.role, self.field, self.way):
            combo.picked.connect(lambda _value: self.changed.emit())
        self.words.textChanged.connect(self.changed)

    def retranslate(self) -> None:
        """All texts and choices."""
        self.role.set_choices((role.value, words.word(words.ROLES, role.value)) for role in Role)
        self.field.set_choices((name, words.word(words.FIELDS, name)) for name in RULE_FIELDS)
        ways = (self.tr("is one of"), self.tr("begins with"), self.tr("matches the pattern"))
        self.way.set_choices(zip(_WAYS, ways, strict=True))
        self.role.setAccessibleName(self.tr("Role"))
        self.field.setAccessibleName(self.tr("Field"))
        self.way.setAccessibleName(self.tr("Comparison"))
        self.words.setAccessibleName(self.tr("Words"))
        self.words.setPlaceholderText(self.tr("Names or words, separated by commas"))
        self.remove_button.set_name(self.tr("Remove this rule"))

    def _show(self, rule: RoleRule) -> None:
        self.role.set_value(rule.role.value)
        self.field.set_value(rule.field)
        self.way.set_value("regex" if rule.pattern else "prefix" if rule.prefixes else "is")
        self.words.setText(rule.pattern or ", ".join(rule.prefixes or rule.values))

    def plain(self) -> dict[str, object] | None:
        """The rule as in a mapping file; None while it says nothing."""
        text = self.words.text().strip()
        if not text:
            return None
        way = str(self.way.value)
        given = (
            text if way == "regex" else [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
        )
        return {"role": self.role.value, "field": self.field.value, way: given} if given else None


class RoleRulesEditor(Translatable, QWidget):
    """A list of rules, the first that fits decides; and what to do with lines that nobody wrote."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RuleRow] = []
        self._list = column(spacing=SPACE.sm)
        self.add_button = Button("", "ghost", "plus", self.add)
        self.notices = Switch()
        self.notices.toggled.connect(lambda _on: self.changed.emit())
        self.notices_label = Label(wrap=True)
        self.problem = Label(role="caption", tone="bad", wrap=True)
        about = row(self.notices)
        about.addWidget(self.notices_label, 1)
        self.setLayout(column(box(self._list), row(self.add_button, None), about, self.problem, None, spacing=SPACE.md))
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.add_button.setText(self.tr("Add a rule"))
        text = self.tr("Transfers, recalls, automatic replies and the like are system lines, not replies")
        self.notices_label.setText(text)
        self.notices.setAccessibleName(text)

    def show_mapping(self, mapping: ColumnMapping) -> None:
        """Show a mapping's rules."""
        clear(self._list)
        self.rows = []
        for rule in mapping.rules:
            self.add(rule)
        if not self.rows:
            self.add()
        self.notices.setChecked(bool(mapping.notices))
        self._check()

    def add(self, rule: RoleRule | None = None) -> None:
        """One rule more."""
        line = RuleRow(rule)
        line.changed.connect(self._check)
        line.removed.connect(lambda: self._remove(line))
        self.rows.append(line)
        self._list.addWidget(line)
        self._check()

    def _remove(self, line: RuleRow) -> None:
        self.rows.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._check()

    def _check(self) -> None:
        rules = self.rules()
        self.problem.setVisible(rules is None)
        self.changed.emit()

    def rules(self) -> tuple[RoleRule, ...] | None:
        """What is entered; None when it cannot be used, and the editor says why."""
        try:
            rules = rules_from_json([plain for line in self.rows if (plain := line.plain()) is not None])
        except ValueError as error:
            self.problem.setText(self.tr("This cannot be used: {reason}").format(reason=error))
            return None
        return rules

    def apply_to(self, mapping: ColumnMapping) -> ColumnMapping | None:
        """The mapping with what is entered; None when it cannot be used."""
        rules = self.rules()
        return None if rules is None else replace(mapping, rules=rules, notices=self.notices.isChecked() or None)


class RoleRulesDialog(Translatable, QDialog):
    """Edits the rules of a mapping; for stored messages it first says what would change (``check_asked``)."""

    check_asked = Signal(object)  # ColumnMapping: say what it would change
    apply_asked = Signal(object)  # ColumnMapping: change it

    def __init__(self, mapping: ColumnMapping, stored: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping = mapping
        self._stored = stored
        self._checked: ColumnMapping | None = None
        self.title = Label(role="title")
        self.note = Label(role="muted", wrap=True)
        self.editor = RoleRulesEditor()
        self.outcome = Label(wrap=True)
        self.cancel_button = Button("", "plain", "", self.reject)
        self.check_button = Button("", "plain", "", self._ask_check)
        self.use_button = Button("", "primary", "", self._use)
        self.check_button.setVisible(stored)
        buttons = row(None, self.cancel_button, self.check_button, self.use_button)
        self.setLayout(
            column(
                self.title, self.note, scrolled(self.editor), self.outcome, buttons,
                spacing=SPACE.lg, margins=SPACE.xl,
            )
        )  # fmt: skip
        self.resize(tokens().px(760), tokens().px(420))
        self.retranslate()
        self.editor.show_mapping(mapping)
        self.editor.changed.connect(self._changed)
        self._changed()

    @property
    def mapping(self) -> ColumnMapping:
        """The mapping with the rules as they were last valid."""
        return self.editor.apply_to(self._mapping) or self._mapping

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("Who is who"))
        self.title.setText(self.tr("Who is who"))
        stored = self.tr(
            "Decides again for all stored messages. What no rule speaks of stays. Reviews stay with their messages;"
            " messages that are no replies any more lose their scores."
        )
        coming = self.tr("The first rule that fits a message decides, before the role column does.")
        self.note.setText(stored if self._stored else coming)
        self.cancel_button.setText(self.tr("Cancel"))
        self.check_button.setText(self.tr("What would change?"))
        self.use_button.setText(self.tr("Change roles") if self._stored else self.tr("Use these rules"))

    def show_result(self, mapping: ColumnMapping, result: RolesResult) -> None:
        """Say what the rules would change."""
        if mapping != self.mapping:
            return  # the rules were edited meanwhile
        self._checked = mapping if result.changed else None
        if not result.changed:
            self.outcome.setText(self.tr("Nothing would change."))
        else:
            lines = [self.tr("%n message(s) would change:", "", result.changed)]
            lines += [f"{_change_text(change)}: {count:,}" for change, count in result.changes.items()]
            if result.replies_lost:
                lines.append(
                    self.tr("%n reply(s) would be none any more and lose their scores.", "", result.replies_lost)
                )
            if result.reviews_kept:
                lines.append(self.tr("%n review(s) of them stay with the messages.", "", result.reviews_kept))
            self.outcome.setText("\n".join(lines))
        self.use_button.setEnabled(self._checked is not None)

    def _changed(self) -> None:
        usable = self.editor.rules() is not None
        self._checked = None
        self.outcome.setText("")
        self.check_button.setEnabled(usable)
        self.use_button.setEnabled(usable and not self._stored)

    def _ask_check(self) -> None:
        self.check_asked.emit(self.mapping)

    def _use(self) -> None:
        if self._stored:
            self.apply_asked.emit(self.mapping)
        self.accept()


def _change_text(change: str) -> str:
    """ "agent → bot" in the language in use."""
    return " → ".join(words.word(words.ROLES, role) for role in change.split(" → "))


def mapping_from_fact(text: str) -> ColumnMapping:
    """The rules that were used last in a workspace; none when there were none."""
    import json

    try:
        return mappings.from_json(json.loads(text)) if text else ColumnMapping()
    except ValueError:
        return ColumnMapping()
