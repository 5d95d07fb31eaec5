"""One criterion of the scorecard: its name, the model's opinion, its levels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.domain.scorecard import NOT_APPLICABLE, Criterion
from csqm_desktop.ui.review.level_button import LevelButton
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.confidence_badge import ConfidenceBadge
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

SPLIT = 0.4  # chance of two people disagreeing from which it is pointed out; a coin's toss is one half
LEVEL_KEYS = 5  # levels that a digit key can reach


class CriterionRow(Translatable, QWidget):
    """Levels as buttons; the digits go to the row that is ``focused``."""

    chosen = Signal(object)  # position, or None when the chosen level was clicked again
    wants_focus = Signal()

    def __init__(self, criterion: Criterion, share: float, shortcuts: Shortcuts, translations: Translations) -> None:
        super().__init__()
        self.criterion = criterion
        self._share = share
        self._shortcuts = shortcuts
        self._translations = translations
        self._focused = False
        self._position: int | None = None
        self._probabilities: tuple[float, ...] = ()
        self._disagreement: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = Label(role="strong")
        self.facts = Label(role="caption")
        self.critical = IconLabel("shield", "bad", 14)
        self.confidence = ConfidenceBadge(compact=True)
        self.spark = IconLabel("spark", "doubt", 14)
        self.people, self.people_icon = Label(role="caption"), IconLabel("users", "text_muted", 14)
        count = len(criterion.levels)
        self.buttons = [LevelButton(i, count, criterion.ordered) for i in range(count)]
        if criterion.not_applicable:
            self.buttons.append(LevelButton(NOT_APPLICABLE, count))
        head = row(spacing=SPACE.xs)
        head.addWidget(self.name, 0)
        head.addWidget(self.critical)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.people_icon)
        head.addWidget(self.people)
        head.addSpacing(SPACE.xs)
        head.addWidget(self.spark)
        head.addWidget(self.confidence)
        if not criterion.critical:
            self.critical.hide()
        levels = row(*self.buttons, spacing=SPACE.xs)
        self.setLayout(column(head, levels, spacing=3, margins=(SPACE.sm, 5)))
        for button in self.buttons:
            button.clicked.connect(lambda _=False, b=button: self._clicked(b))
        shortcuts.changed.connect(self._show_keys)
        self.retranslate()

    def retranslate(self) -> None:
        """Names and help in the language in use."""
        text = self._translations.text
        name = text(self.criterion.name)
        self.name.setText(name)
        self.name.setToolTip(text(self.criterion.help))
        facts = f"{self._share:.0%}" if self._share else self.tr("not in the score")
        self.facts.setText(facts)
        self.facts.setToolTip(self.tr("Share of the reply's score"))
        self.critical.setToolTip(self.tr("Critical: below the middle level the whole reply scores 0"))
        self.critical.setAccessibleName(self.tr("Critical"))
        self.spark.setToolTip(self.tr("How sure the model is of its suggestion"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(text(self.criterion.help))
        for button in self.buttons:
            button.setText(self._level_name(button.position))
            button.updateGeometry()
        self._show_people()
        self._describe()
        self._show_keys()

    def _level_name(self, position: int) -> str:
        if position < 0:
            return self.tr("N/A")
        return self._translations.text(self.criterion.levels[position].name)

    def _show_keys(self) -> None:
        for button in self.buttons:
            if button.position < 0:
                button.set_key(self._shortcuts.shown("review.not_applicable"))
            elif button.position < LEVEL_KEYS:
                button.set_key(self._shortcuts.shown(f"review.level_{button.position + 1}"))

    # -- state

    def set_opinion(self, distribution: Sequence[float] | None, disagreement: float | None = None) -> None:
        """Show the model's distribution over the levels, or that there is none; and how likely people disagree."""
        self._probabilities = tuple(distribution or ())
        self._disagreement = disagreement
        best = max(range(len(self._probabilities)), key=lambda i: self._probabilities[i], default=-1)
        for button in self.buttons:
            known = 0 <= button.position < len(self._probabilities)
            probability = self._probabilities[button.position] if known else None
            button.set_opinion(known and button.position == best, probability)
        sure = max(self._probabilities, default=None)
        self.confidence.set_confidence(sure)
        self.confidence.setVisible(sure is not None)
        self.spark.setVisible(sure is not None)
        self._show_people()
        self._describe()

    @property
    def shows(self) -> tuple[bool, bool]:
        """Whether it shows how people may differ, and how sure the model is."""
        return self._disagreement is not None, bool(self._probabilities)

    def _show_people(self) -> None:
        """That people disagree is something else than that the model is unsure: both are shown."""
        chance = self._disagreement
        for widget in (self.people, self.people_icon):
            widget.setVisible(chance is not None)
        if chance is None:
            return
        split = chance >= SPLIT
        self.people.setText(f"{chance:.0%}")
        self.people.set_tone("ok" if split else "")
        self.people_icon.set_icon("users", "ok" if split else "text_muted")
        told = self.tr("People would disagree here") if split else self.tr("People would mostly agree")
        odds = self.tr("two reviewers would choose different levels with a chance of {chance}")
        told = self.tr("{told}: {odds}").format(told=told, odds=odds.format(chance=f"{chance:.0%}"))
        for widget in (self.people, self.people_icon):
            widget.setToolTip(told)
            widget.setAccessibleName(told)

    def set_position(self, position: int | None) -> None:
        """Show the reviewer's answer."""
        self._position = position
        for button in self.buttons:
            button.setChecked(position is not None and button.position == position)

    @property
    def position(self) -> int | None:
        """The answer shown."""
        return self._position

    @property
    def suggestion(self) -> int | None:
        """The level the model suggests."""
        return next((b.position for b in self.buttons if b.is_suggested), None)

    def set_focused(self, focused: bool) -> None:
        """Show whether the digits go to this row."""
        if focused == self._focused:
            return
        self._focused = focused
        for button in self.buttons:
            button.set_row_focused(focused)
        self.update()

    @property
    def focused(self) -> bool:
        """Whether the digits go to this row."""
        return self._focused

    def _describe(self) -> None:
        name = self.name.text()
        for button in self.buttons:
            level = self._level_name(button.position)
            button.setAccessibleName(f"{name}: {level}")
            said = ""
            if 0 <= button.position < len(self._probabilities):
                share = f"{self._probabilities[button.position]:.0%}"
                text = self.tr("The model's suggestion, {share}") if button.is_suggested else self.tr("Model: {share}")
                said = text.format(share=share)
            help_text = ""
            if button.position >= 0:
                help_text = self._translations.text(self.criterion.levels[button.position].help)
            button.setAccessibleDescription(said)
            button.setToolTip("\n".join(part for part in (level, help_text, said) if part))

    def _clicked(self, button: LevelButton) -> None:
        again = self._position == button.position
        button.setChecked(not again)
        self.wants_focus.emit()
        self.chosen.emit(None if again else button.position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row focuses it."""
        self.wants_focus.emit()
        event.ignore()  # the page takes the keyboard focus

    def changeEvent(self, event: QEvent) -> None:
        """Heights follow the font size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            for button in self.buttons:
                button.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the focused row and its bar."""
        if not self._focused:
            return
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(color.accent), 1))
        painter.setBrush(QColor(color.accent_soft))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS.md, RADIUS.md)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color.accent))
        painter.drawRoundedRect(QRectF(1, SPACE.sm, 4, self.height() - 2 * SPACE.sm), 2, 2)
