"""All versions with the gate's verdicts, the card of the chosen one, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from csqm_desktop.registry.versions import Card as VersionCard
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.training.card_section import CardSection
from csqm_desktop.ui.training.reading import TrainingState, tensorboard_folder
from csqm_desktop.ui.training.version_table_model import ID, VersionTableModel
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import line
from csqm_desktop.ui.widgets.text import Label

_SHOWN = 6  # rows of the table before it scrolls


class VersionsSection(Translatable, Section):
    """``activate`` gives a version that a person wants to be active; ``roll_back`` wants the one before."""

    activate = Signal(str)
    roll_back = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._state: TrainingState | None = None
        self.model = VersionTableModel(self)
        self.table = _table(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_card())
        self.activate_button = Button("", "plain", "check", self._activate)
        self.back_button = Button("", "plain", "rollback", self.roll_back.emit)
        self.board_button = Button("", "ghost", "folder", self._open_board)
        for button in (self.board_button, self.back_button, self.activate_button):
            self.tools.addWidget(button)
        self.nothing = Label(role="muted", wrap=True)
        self.card = CardSection(context)
        for widget in (self.nothing, self.table, line(), self.card):
            self.body.addWidget(widget)
        self.retranslate()

    def show_state(self, state: TrainingState) -> None:
        """Show other versions; the chosen one stays chosen."""
        chosen = self.chosen.id if self.chosen else state.active
        self._state = state
        self.model.show_state(state)
        rows = min(_SHOWN, max(1, len(state.cards)))
        self.table.setFixedHeight(rows * self.table.verticalHeader().defaultSectionSize() + tokens().px(36))
        self.choose(chosen)
        self.retranslate()

    def choose(self, version: str | None) -> None:
        """Show the card of a version, or of the newest."""
        if self.model.rowCount():
            self.table.selectRow(max(0, self.model.row_of(version)))

    @property
    def chosen(self) -> VersionCard | None:
        """The card of the chosen version."""
        return self.model.card(self.table.currentIndex().row())

    def _show_card(self) -> None:
        self.card.show_card(self.chosen, self._state)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        self.set_texts(
            self.tr("Versions"), self.tr("Figures are of the holdout: labels kept back until a version is measured.")
        )
        self.nothing.setText(self._no_version_yet())
        self.activate_button.setText(self.tr("Make active"))
        self.back_button.setText(self.tr("Roll back"))
        self.board_button.setText(self.tr("Training log"))
        self.model.retranslate()
        card, state = self.chosen, self._state
        has_cards = bool(state and state.cards)
        self.nothing.setVisible(not has_cards)
        self.table.setVisible(has_cards)
        self.card.setVisible(card is not None)
        self.table.setAccessibleName(self.tr("Versions"))
        self.activate_button.setEnabled(card is not None and state is not None and card.id != state.active)
        self.back_button.setEnabled(state is not None and state.can_roll_back)
        if state is not None and state.can_roll_back:
            self.back_button.setToolTip(self.tr("Back to {version}").format(version=state.history[-2].version))
        board = self.board
        self.board_button.setVisible(board is not None)
        self.board_button.setToolTip(
            self.tr("The folder with how training went, for the program TensorBoard: {path}").format(path=board or "")
        )

    def _no_version_yet(self) -> str:
        if self._state is not None and not self._state.has_starter:
            return self.tr(
                "There is no version yet, and this scorecard has no starter version: train one from your verdicts."
            )
        return self.tr(
            "There is no version yet. The starter version is set up when replies are scored for the first time."
        )

    @property
    def board(self) -> Path | None:
        """The folder of the chosen version's TensorBoard files, if it has any."""
        if self.chosen is None or self._state is None:
            return None
        folder = tensorboard_folder(self.chosen, self._state.versions_folder)
        return folder if folder.is_dir() else None

    def _activate(self) -> None:
        if self.chosen is not None:
            self.activate.emit(self.chosen.id)

    def _open_board(self) -> None:
        if self.board is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.board)))
            self._context.notices.toast(str(self.board))


def _table(model: VersionTableModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(tokens().px(34))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(ID, QHeaderView.ResizeMode.Stretch)
    letters_as_keys(table)
    return table
