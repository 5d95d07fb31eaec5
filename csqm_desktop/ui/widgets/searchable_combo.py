"""A combo box in which typing finds: for long lists such as agents, shops and columns."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy


class Combo(QComboBox):
    """A combo box of values with texts; the wheel does not change it by accident."""

    picked = Signal(object)  # the value, when a person chose it

    def __init__(self, name: str = "", searchable: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if searchable:
            self._make_searchable()
        self.activated.connect(lambda _index: self.picked.emit(self.currentData()))

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        edit = self.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        if self.findText(self.currentText()) < 0:
            self.setEditText(self.itemText(self.currentIndex()))

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer values with their texts; keeps the chosen value where it is still offered. No signal."""
        kept = self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.set_value(kept)
        self.blockSignals(False)

    @property
    def value(self) -> object:
        """The chosen value."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value; nothing happens where it is not offered."""
        index = self.findData(value)
        if index >= 0:
            self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list is open."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Recompute the width for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()


class SearchableCombo(Combo):
    """A ``Combo`` in which typing filters the list."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name, searchable=True)
