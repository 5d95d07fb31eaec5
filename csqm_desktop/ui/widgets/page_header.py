"""The head of a page: title, one line of explanation, and the page's own controls at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.layouts import Item, column, row
from csqm_desktop.ui.widgets.text import Label


class PageHeader(QWidget):
    """Title and explanation; ``tools`` are laid out at the right."""

    def __init__(self, *tools: Item) -> None:
        super().__init__()
        self.title = Label(role="title")
        self.subtitle = Label(role="muted", wrap=True)
        texts = column(self.title, self.subtitle, spacing=SPACE.xs)
        layout = row(spacing=SPACE.md)
        layout.addLayout(texts, 1)
        self.tools = row(*tools)
        layout.addLayout(self.tools)
        self.setLayout(layout)

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Set both texts."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
