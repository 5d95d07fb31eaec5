"""The dialog that makes a workspace: where, with which scorecard, in which language."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from csqm_desktop import paths, rubrics
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import labelled_texts
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.passphrase_dialogs import NewPassphrase
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import LANGUAGES, Translatable, listed
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import Label


class NewWorkspaceDialog(Translatable, QDialog):
    """After ``exec()``: ``folder``, ``rubric`` (a name or a file), ``language``, ``passphrase`` are what was chosen."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cards = {name: rubrics.load(name) for name in rubrics.builtin_names()}
        self.title = Label(role="title")
        self.folder_label, self.rubric_label, self.language_label = Label(), Label(), Label()
        self.folder_edit = QLineEdit(str(_free_folder()))
        self.folder_edit.textChanged.connect(self._check)
        self.browse_button = Button("", "plain", "folder", self._browse)
        self.rubric_combo = Combo()
        self.rubric_combo.picked.connect(lambda _value: self._describe())
        self.file_button = Button("", "plain", "file", self._choose_file)
        self.description = Label(role="caption", wrap=True)
        self.language_choice = Segmented(tuple(LANGUAGES), context.translations.language)
        self.encrypt_label, self.encrypt_note = Label(), Label(role="caption", wrap=True)
        self.encrypt_switch = Switch()
        self.encrypt_switch.toggled.connect(self._check)
        self.passphrase_fields = NewPassphrase()
        self.passphrase_fields.changed.connect(self._check)
        self.warning = Label(role="caption", tone="bad", wrap=True)
        self.create_button = Button("", "primary", "", self.accept)
        self.create_button.setDefault(True)
        self.cancel_button = Button("", "plain", "", self.reject)
        self._lay_out()
        self.setMinimumWidth(tokens().px(560))
        self.retranslate()
        self._check()

    def _lay_out(self) -> None:
        where = row()
        where.addWidget(self.folder_edit, 1)
        where.addWidget(self.browse_button)
        which = row()
        which.addWidget(self.rubric_combo, 1)
        which.addWidget(self.file_button)
        layout = column(self.title, spacing=SPACE.lg, margins=SPACE.xl)
        for label, field in ((self.folder_label, where), (self.rubric_label, which)):
            layout.addLayout(column(label, field, spacing=SPACE.xs))
        layout.addWidget(Card(self.description, kind="sunken", margins=SPACE.md))
        layout.addLayout(column(self.language_label, row(self.language_choice, None), spacing=SPACE.xs))
        protect = row(spacing=SPACE.xl)
        protect.addLayout(column(self.encrypt_label, self.encrypt_note, spacing=SPACE.hair), 1)
        protect.addWidget(self.encrypt_switch)
        layout.addLayout(protect)
        layout.addWidget(self.passphrase_fields)
        layout.addWidget(self.warning)
        layout.addLayout(row(None, self.cancel_button, self.create_button))
        self.setLayout(layout)

    # -- what was chosen

    @property
    def folder(self) -> Path:
        """The new workspace's folder."""
        return Path(self.folder_edit.text().strip()).expanduser()

    @property
    def rubric(self) -> str:
        """A built-in rubric's name, or the path of a file."""
        return str(self.rubric_combo.value)

    @property
    def language(self) -> str:
        """``en`` or ``zh``: what the workspace's reports are written in."""
        return self.language_choice.value.split("_")[0]

    @property
    def passphrase(self) -> str:
        """What the workspace is encrypted with; empty when it is not to be."""
        return self.passphrase_fields.value if self.encrypt_switch.isChecked() else ""

    # -- behaviour

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("New workspace"))
        self.title.setText(self.tr("New workspace"))
        self.folder_label.setText(self.tr("Folder"))
        self.folder_edit.setAccessibleName(self.tr("Folder"))
        self.browse_button.setText(self.tr("Choose…"))
        self.rubric_label.setText(self.tr("Scorecard"))
        self.rubric_combo.setAccessibleName(self.tr("Scorecard"))
        self.file_button.setText(self.tr("From a file…"))
        self.language_label.setText(self.tr("Language of the workspace"))
        self.language_choice.set_texts(LANGUAGES, self.tr("Language of the workspace"))
        self.encrypt_label.setText(self.tr("Encrypt"))
        self.encrypt_switch.setAccessibleName(self.tr("Encrypt"))
        self.encrypt_note.setText(self.tr("Nobody can read the chats on the disk without the passphrase."))
        self.passphrase_fields.retranslate()
        self.create_button.setText(self.tr("Create"))
        self.cancel_button.setText(self.tr("Cancel"))
        self._fill_rubrics()

    def _fill_rubrics(self) -> None:
        text = self._context.translations.text
        self.rubric_combo.set_choices((name, text(card.name)) for name, card in self._cards.items())
        self._describe()

    def _describe(self) -> None:
        card = self._cards[self.rubric]
        lines = self._criterion_lines(card)
        if labelled_texts.is_table(self.rubric):
            classes = listed(self._context.translations.text(level.name) for level in card.criteria[0].levels)
            lines = [
                self.tr("From a table of texts: the classes {classes} become the levels.").format(classes=classes),
                self.tr("Each row is read as a reply with its label, so that you can train at once."),
                self._order(card),
            ]
        self.description.setText("\n".join(lines))

    def _order(self, card: Scorecard) -> str:
        levels = [self._context.translations.text(level.name) for level in card.criteria[0].levels]
        if card.ordered:
            return self.tr(
                "From worst to best: {classes}. Is another order right? “csqm init --labels-from FILE --order …” takes"
                " it."
            ).format(classes=", ".join(levels))
        return self.tr(
            "These words have no order that the app knows, so none counts as better: there are no mean scores and no"
            " red and green. If they have one: “csqm init --labels-from FILE --order {classes}”, worst first."
        ).format(classes=",".join(levels))

    def _criterion_lines(self, card: Scorecard) -> list[str]:
        text = self._context.translations.text
        total = sum(criterion.weight for criterion in card.criteria) or 1.0
        lines = []
        for criterion in card.criteria:
            levels = " – ".join(text(level.name) for level in (criterion.levels[0], criterion.levels[-1]))
            critical = "  ·  " + self.tr("critical") if criterion.critical else ""
            lines.append(f"{text(criterion.name)}  {criterion.weight / total:.0%}{critical}  ·  {levels}")
        return lines

    def _check(self) -> None:
        taken = self.folder_edit.text().strip() and (self.folder / "csqm.sqlite3").exists()
        self.warning.setText(self.tr("This folder already holds a workspace. Open it instead.") if taken else "")
        self.warning.setVisible(bool(taken))
        encrypt = self.encrypt_switch.isChecked()
        self.passphrase_fields.setVisible(encrypt)
        ready = bool(self.folder_edit.text().strip()) and not taken
        self.create_button.setEnabled(ready and (not encrypt or bool(self.passphrase)))
        self.adjustSize()

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder"), str(self.folder.parent))
        if folder:
            self.folder_edit.setText(folder)

    def _choose_file(self) -> None:
        kinds = (
            self.tr("Scorecards and tables ({endings})").format(endings="*.yaml *.yml *.csv *.tsv *.txt"),
            self.tr("All files (*)"),
        )
        file, _filter = QFileDialog.getOpenFileName(self, self.tr("Scorecard"), "", ";;".join(kinds))
        if file:
            self.use_file(Path(file))

    def use_file(self, file: Path) -> None:
        """Offer and choose the scorecard of a rubric file, or of a table of texts with a class in each row."""
        if labelled_texts.is_table(file):
            self._context.runner.query(
                partial(labelled_texts.scorecard_for, file),
                partial(self._use_card, file),
                self._context.notices.error,
                owner=self,
            )
            return
        try:
            self._use_card(file, rubrics.load(file))
        except CsqmError as error:
            self._context.notices.error(error)

    def _use_card(self, file: Path, card: Scorecard) -> None:
        self._cards[str(file)] = card
        self._fill_rubrics()
        self.rubric_combo.set_value(str(file))
        self._describe()


def _free_folder() -> Path:
    first = paths.default_workspace()
    if not (first / "csqm.sqlite3").exists():
        return first
    return next(
        folder
        for folder in (first.with_name(f"{first.name}-{number}") for number in range(2, 1000))
        if not folder.exists()
    )
