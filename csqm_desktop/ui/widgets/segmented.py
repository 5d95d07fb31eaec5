"""One of a few: a segmented control, and chips of which any number can be on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.layouts import row


class Segmented(QWidget):
    """Choose one of a few values. Left and right move the choice; Tab leaves the control."""

    chosen = Signal(str)  # by a person, not by ``set_value``

    def __init__(self, values: Sequence[str], value: str = "", name: str = "") -> None:
        super().__init__()
        self.setObjectName("segmented")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = row(spacing=0)
        for text in values:
            button = _segment(text, "segment")
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons[text] = button
            layout.addWidget(button)
            button.clicked.connect(lambda _=False, v=text: self._choose(v))
        self.setLayout(layout)
        self.setAccessibleName(name)
        self.set_value(value or values[0])

    @property
    def value(self) -> str:
        """The chosen value."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Choose a value without a signal."""
        self._buttons[value].setChecked(True)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)

    def set_texts(self, texts: Mapping[str, str], name: str = "") -> None:
        """Set what the values are called, and what the choice is about for a screen reader."""
        if name:
            self.setAccessibleName(name)
        for value, text in texts.items():
            self._buttons[value].setText(text)
            self._buttons[value].setAccessibleName(
                f"{self.accessibleName()}: {text}" if self.accessibleName() else text
            )

    def button(self, value: str) -> QPushButton:
        """The button of a value."""
        return self._buttons[value]

    def _choose(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the choice with the arrow keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                values = list(self._buttons)
                target = values[(values.index(self.value) + step) % len(values)]
                self._choose(target)
                self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


class FilterChips(QWidget):
    """Any number of choices, each a chip that is on or off."""

    changed = Signal(object)  # frozenset of the values that are on

    def __init__(self, values: Iterable[str] = ()) -> None:
        super().__init__()
        self._chips: dict[str, QPushButton] = {}
        self._layout = row(spacing=SPACE.xs)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for value in values:
            self.add(value, value)

    def add(self, value: str, text: str) -> None:
        """Add a chip."""
        chip = _segment(text, "chip")
        chip.toggled.connect(lambda _on: self.changed.emit(self.value))
        self._chips[value] = chip
        self._layout.addWidget(chip)

    @property
    def value(self) -> frozenset[str]:
        """The values that are on."""
        return frozenset(value for value, chip in self._chips.items() if chip.isChecked())

    def set_value(self, values: Iterable[str]) -> None:
        """Turn chips on and off without a signal."""
        wanted = set(values)
        for value, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(value in wanted)
            chip.blockSignals(False)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Set what the chips say."""
        for value, text in texts.items():
            self._chips[value].setText(text)


class _Segment(QPushButton):
    """Leaves room for its text in bold, so that nothing moves when it is chosen."""

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        chip = self.property("variant") == "chip"
        bold = QFontMetrics(theme.font("caption" if chip else "body", bold=True))
        size.setWidth(max(size.width(), bold.horizontalAdvance(self.text()) + 28))
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _segment(text: str, variant: str) -> QPushButton:
    button = _Segment(text)
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setProperty("variant", variant)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return button
