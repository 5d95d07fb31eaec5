"""Asks for the reviewer's name, once, in the place where the scorecard will be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review.text_boxes import LineBox
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class NameCard(Translatable, QWidget):
    """A field, proposed from the system's user name, and a button."""

    named = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = Label(role="subtitle", wrap=True)
        self.text = Label(role="muted", wrap=True)
        self.field = LineBox()
        self.field.setMaxLength(80)
        self.button = Button("", "primary", "arrow-right", self._done)
        self.field.done.connect(self._done)
        self.field.entered.connect(self.field.selectAll)
        self.field.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        card = Card(
            row(IconLabel("user", "accent_text", 20), self.title, spacing=SPACE.sm),
            self.text,
            self.field,
            row(None, self.button),
            kind="plain",
        )
        self.setLayout(column(card, None, margins=SPACE.lg))
        self.field.setText(context.reviewer)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language in use."""
        self.title.setText(self.tr("Who is reviewing?"))
        self.text.setText(
            self.tr("Your name stands beside your reviews, so that several people's verdicts can be told apart.")
        )
        self.field.setAccessibleName(self.tr("Your name"))
        self.field.setPlaceholderText(self.tr("Your name"))
        self.button.setText(self.tr("Start reviewing"))

    def _done(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self._context.change_settings(reviewer=name)
            self.named.emit()
