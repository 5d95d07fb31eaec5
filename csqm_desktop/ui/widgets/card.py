"""Cards: rounded grounds that group what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.layouts import Item, column, row, set_property
from csqm_desktop.ui.widgets.text import Label


class Card(QFrame):
    """A rounded ground. ``kind``: plain, sunken, raised, accent, good, ok, bad, doubt."""

    def __init__(
        self,
        *items: Item,
        kind: str = "plain",
        margins: int = SPACE.lg,
        spacing: int = SPACE.md,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", kind)
        self.body: QVBoxLayout = column(*items, spacing=spacing, margins=margins)
        self.setLayout(self.body)

    def set_kind(self, kind: str) -> None:
        """Change the ground."""
        set_property(self, "card", kind)


class Section(Card):
    """A card with a heading, an optional explanation, and room for controls at the right of the heading."""

    def __init__(self, *items: Item, kind: str = "plain", spacing: int = SPACE.md) -> None:
        super().__init__(kind=kind, spacing=spacing)
        self.heading = Label(role="subtitle")
        self.note = Label(role="muted", wrap=True)
        self.note.hide()
        self.tools = row()
        self.body.addLayout(row(self.heading, None, self.tools))
        self.body.addWidget(self.note)
        self.body.addLayout(column(*items, spacing=spacing))

    def set_texts(self, heading: str, note: str = "") -> None:
        """Set the heading and the explanation below it."""
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
