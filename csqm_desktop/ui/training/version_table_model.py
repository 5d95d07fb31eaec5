"""The versions of a workspace as a Qt table, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from csqm_desktop.registry.versions import Card
from csqm_desktop.ui import icons, theme
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.reading import TrainingState, mean_figure

Index = QModelIndex | QPersistentModelIndex
ID, WHEN, METHOD, LABELS, F1, ACCURACY, GATE = range(7)
COLUMNS = 7
_ICON_ROLES = {"good": "good", "ok": "ok", "bad": "bad"}


class VersionTableModel(QAbstractTableModel):
    """Rows are cards."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: TrainingState | None = None

    def show_state(self, state: TrainingState | None) -> None:
        """Show other versions."""
        self.beginResetModel()
        self._state = state
        self.endResetModel()

    def card(self, row: int) -> Card | None:
        """The card in a row."""
        if self._state is None or not 0 <= row < len(self._state.cards):
            return None
        return self._state.cards[row]

    def row_of(self, version: str | None) -> int:
        """The row of a version, -1 when it is not there."""
        cards = self._state.cards if self._state else ()
        return next((i for i, card in enumerate(cards) if card.id == version), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many versions there are."""
        return 0 if parent.isValid() or self._state is None else len(self._state.cards)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Version, when, method, labels, two figures, gate."""
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        card = self.card(index.row()) if index.isValid() else None
        if card is None or self._state is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(card, column)
        if role == Qt.ItemDataRole.DecorationRole and column == GATE and not card.is_starter and card.gate:
            tone = words.verdict_tone(str(card.gate.get("verdict", "")))
            name = {"good": "check-circle", "ok": "warning", "bad": "x-circle"}[tone]
            return icons.icon(name, _ICON_ROLES[tone])
        if role == Qt.ItemDataRole.FontRole and card.id == self._state.active:
            return theme.font("body", bold=True)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (LABELS, F1, ACCURACY):
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        return None

    def _shown(self, card: Card, column: int) -> str:
        assert self._state is not None
        if column == ID:
            marks = [self.tr("active")] if card.id == self._state.active else []
            marks += [words.say("starter")] if card.is_starter else []
            return f"{card.id}  ({', '.join(marks)})" if marks else card.id
        if column == WHEN:
            return words.moment(card.created_at)
        if column == METHOD:
            return words.method_name(card.method)
        if column == LABELS:
            return str(card.label_count)
        if column == F1:
            return figure(mean_figure(card, "macro_f1"))
        if column == ACCURACY:
            return figure(mean_figure(card, "accuracy"))
        return words.card_verdict(card)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section in (LABELS, F1, ACCURACY) else Qt.AlignmentFlag.AlignLeft
            return int(Qt.AlignmentFlag.AlignVCenter | right)
        if role == Qt.ItemDataRole.ToolTipRole and section in (F1, ACCURACY):
            return self.tr("On the holdout, kept from the version until measured; in brackets the 95% interval")
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Version"),
                self.tr("Trained"),
                self.tr("Method"),
                self.tr("Labels"),
                self.tr("Macro F1"),
                self.tr("Accuracy"),
                self.tr("Gate"),
            )[section]
        return None

    def retranslate(self) -> None:
        """Write everything in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, COLUMNS - 1))


def figure(value: tuple[float, float | None, float | None] | None) -> str:
    """A figure of the holdout with its interval."""
    if value is None:
        return "–"
    mean, low, high = value
    return f"{mean:.2f}" if low is None or high is None else f"{mean:.2f} ({low:.2f}–{high:.2f})"
