"""One figure: what it is, how much, and what to make of it."""

from __future__ import annotations

from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class StatTile(Card):
    """A card with a caption, a large figure and a line of explanation, whose tone says good or bad."""

    def __init__(self, icon: str = "") -> None:
        super().__init__(spacing=SPACE.xs)
        self.caption = Label(role="muted")
        self.figure = Label(role="display")
        self.note = Label(role="caption", wrap=True)
        head = row(self.caption, None)
        if icon:
            head.addWidget(IconLabel(icon, size=16))
        self.body.addLayout(head)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.note)

    def set_texts(self, caption: str, figure: str, note: str = "", tone: str = "") -> None:
        """Set all three texts; ``tone`` (good, ok, bad, doubt) colours the explanation."""
        self.caption.setText(caption)
        self.figure.setText(figure)
        self.note.setText(note)
        self.note.set_tone(tone)
        self.setAccessibleName(f"{caption}: {figure}")
        self.setAccessibleDescription(note)
