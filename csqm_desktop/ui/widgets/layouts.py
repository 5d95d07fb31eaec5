"""Rows and columns on the spacing scale, so that page code reads like the page looks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from csqm_desktop.ui.tokens import SPACE

Item = QWidget | QLayout | int | None  # int: fixed space; None: stretch
Margins = int | tuple[int, int] | tuple[int, int, int, int]


def column(*items: Item, spacing: int = SPACE.md, margins: Margins = 0) -> QVBoxLayout:
    """A vertical layout. An ``int`` is a fixed space, ``None`` takes the rest."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def row(*items: Item, spacing: int = SPACE.sm, margins: Margins = 0) -> QHBoxLayout:
    """A horizontal layout. An ``int`` is a fixed space, ``None`` takes the rest."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def box(layout: QLayout, name: str = "") -> QWidget:
    """A widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    if name:
        widget.setObjectName(name)
    return widget


def _fill(layout: QBoxLayout, items: tuple[Item, ...], spacing: int, margins: Margins) -> None:
    if isinstance(margins, int):
        margins = (margins, margins, margins, margins)
    elif len(margins) == 2:
        margins = (margins[0], margins[1], margins[0], margins[1])
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def line(vertical: bool = False) -> QFrame:
    """A hair line between things."""
    frame = QFrame()
    frame.setProperty("line", "v" if vertical else "h")
    return frame


def scrolled(content: QWidget, ground: str = "window") -> QScrollArea:
    """A frameless scroll area that shows ``content`` at full width."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("ground", ground)
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(content)
    return area


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a dynamic property and let the style sheet see it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
