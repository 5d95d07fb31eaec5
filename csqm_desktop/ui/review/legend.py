"""One quiet line above the criteria: what the percentages beside their names mean."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class Legend(Translatable, QWidget):
    """The same icons as in the rows below, each with its word; only of what those rows show."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.share = Label(role="caption")
        self.people, self.people_icon = Label(role="caption"), IconLabel("users", "text_muted", 14)
        self.model, self.model_icon = Label(role="caption"), IconLabel("spark", "doubt", 14)
        layout = row(self.share, None, spacing=SPACE.xs)
        for widget in (self.people_icon, self.people):
            layout.addWidget(widget)
        layout.addSpacing(SPACE.sm)
        for widget in (self.model_icon, self.model):
            layout.addWidget(widget)
        layout.setContentsMargins(SPACE.sm, 0, SPACE.sm, 0)
        self.setLayout(layout)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.share.setText(self.tr("share of score"))
        self.people.setText(self.tr("people may differ"))
        self.people.setToolTip(self.tr("How likely two reviewers would choose different levels"))
        self.model.setText(self.tr("model is sure"))
        self.model.setToolTip(self.tr("How sure the model is of its suggestion"))

    def show_parts(self, people: bool, model: bool) -> None:
        """Explain only what some row shows."""
        for widget in (self.people, self.people_icon):
            widget.setVisible(people)
        for widget in (self.model, self.model_icon):
            widget.setVisible(model)
