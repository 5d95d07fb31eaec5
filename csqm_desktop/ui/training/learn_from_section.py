"""What training also learns from, beside people's verdicts: two switches with a line each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import weak_labels
from csqm_desktop.jobs.weak_labels import LearnFrom
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import Label


class LearnFromSection(Translatable, Section):
    """``changed`` says that the workspace is set otherwise now."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self._now = LearnFrom()
        self.rules, self.scores = Switch(), Switch()
        self.choose = Button("", "plain", "folder", self._choose)
        self._names = (Label(role="strong"), Label(role="strong"))
        self.rules_text, self.scores_text = Label(role="caption", wrap=True), Label(role="caption", wrap=True)
        for switch, name, text, last in (
            (self.rules, self._names[0], self.rules_text, self.choose),
            (self.scores, self._names[1], self.scores_text, None),
        ):
            line = row(switch, spacing=SPACE.md)
            line.addLayout(column(name, text, spacing=0), 1)
            if last is not None:
                line.addWidget(last, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)
        self.rules.clicked.connect(self._switch_rules)
        self.scores.clicked.connect(lambda on: self._change(partial(_switch_scores, on)))
        self.retranslate()

    def show_set(self, now: LearnFrom, running: bool) -> None:
        """Show what the workspace is set to."""
        self._now = now
        for control in (self.rules, self.scores, self.choose):
            control.setEnabled(not running)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        now = self._now
        self.set_texts(self.tr("Also learn from"))
        names = (self.tr("Rules"), self.tr("Confident scores"))
        texts = (
            self.tr("What your rules say of replies that nobody reviewed, with little weight. File: {name}").format(
                name=now.rules_name or self.tr("none yet")
            ),
            self.tr("What the active version is very sure of, with little weight. It may repeat its own habits."),
        )
        controls, notes = (self.rules, self.scores), (self.rules_text, self.scores_text)
        for control, label, note, name, text in zip(controls, self._names, notes, names, texts, strict=True):
            label.setText(name)
            note.setText(text)
            control.setAccessibleName(name)
            control.setAccessibleDescription(text)
        self.choose.setText(self.tr("Choose file…"))
        self.rules.setChecked(now.rules)
        self.scores.setChecked(now.scores)

    def _switch_rules(self, on: bool) -> None:
        if on and not self._now.rules_text:
            self.rules.setChecked(False)
            self._choose()
            return
        self._change(partial(_switch_rules, on))

    def _choose(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(self, self.tr("Rules"), "", "*.yaml *.yml")
        if file:
            self.use_file(Path(file))

    def use_file(self, file: Path) -> None:
        """Keep the rules of a file and learn from them."""
        self._change(partial(_use_rules, file))

    def _change(self, change: Callable[[Workspace], LearnFrom]) -> None:
        workspace = self._context.open_workspace
        self._context.runner.query(lambda: change(workspace), self._changed, self._failed, owner=self)

    def _changed(self, now: LearnFrom) -> None:
        self._now = now
        self.retranslate()
        self.changed.emit()

    def _failed(self, error: CsqmError) -> None:
        self.retranslate()
        self._context.notices.error(error)


def _switch_rules(on: bool, workspace: Workspace) -> LearnFrom:
    return weak_labels.switch(workspace, rules=on)


def _switch_scores(on: bool, workspace: Workspace) -> LearnFrom:
    return weak_labels.switch(workspace, scores=on)


def _use_rules(file: Path, workspace: Workspace) -> LearnFrom:
    return weak_labels.use_rules(workspace, file)
