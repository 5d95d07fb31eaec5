"""Why a reply scored low: root causes as chips, the digits reach them, one for the reviewer's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from csqm_desktop.domain.scorecard import RootCause
from csqm_desktop.ui import icons
from csqm_desktop.ui.review.draft import OTHER, Draft
from csqm_desktop.ui.review.flow_layout import FlowLayout
from csqm_desktop.ui.review.text_boxes import LineBox
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.key_cap import key_size, paint_key
from csqm_desktop.ui.widgets.layouts import row, set_property
from csqm_desktop.ui.widgets.text import IconLabel, Label


class CausePicker(Translatable, Card):
    """Multi-select of causes. While ``focused``, digits toggle them: 1 to 9, and 0 for the own words."""

    toggled = Signal(str, bool)  # key, on; by a click
    words_changed = Signal(str)

    def __init__(self, causes: Sequence[RootCause], translations: Translations) -> None:
        super().__init__(kind="sunken", margins=SPACE.md, spacing=SPACE.sm)
        self._causes = [c for c in causes if c.key != OTHER]
        self._other = next((c for c in causes if c.key == OTHER), None)
        self._translations = translations
        self._required = False
        self._focused = False
        self.heading = Label(role="strong")
        self.note = Label(role="caption")
        self.icon = IconLabel("tag", "bad", 16)
        self.body.addLayout(row(self.icon, self.heading, None, self.note, spacing=SPACE.xs))
        self.chips: dict[str, CauseChip] = {}
        flow = FlowLayout(SPACE.xs)
        for number, key in enumerate([*(c.key for c in self._causes), OTHER], start=1):
            digit = "0" if key == OTHER else str(number) if number <= 9 else ""
            chip = CauseChip(digit)
            chip.clicked.connect(lambda on=False, k=key: self.toggled.emit(k, on))
            self.chips[key] = chip
            flow.addWidget(chip)
        self.body.addLayout(flow)
        self.words = LineBox()
        self.words.textEdited.connect(self.words_changed)
        self.body.addWidget(self.words)
        self.retranslate()

    def retranslate(self) -> None:
        """Names in the language in use."""
        self.heading.setText(self.tr("What went wrong?"))
        self.setAccessibleName(self.heading.text())
        self.note.setText(self.tr("needed") if self._required else self.tr("optional"))
        self.note.set_tone("bad" if self._required else "")
        for cause in self._causes:
            self.chips[cause.key].set_text(self._translations.text(cause.name))
        other = self._translations.text(self._other.name) if self._other else self.tr("Other")
        self.chips[OTHER].set_text(other)
        self.words.setPlaceholderText(self.tr("In your own words"))
        self.words.setAccessibleName(self.tr("Other cause, in your own words"))

    def show_draft(self, draft: Draft, required: bool) -> None:
        """Show which causes are ticked."""
        for key, chip in self.chips.items():
            chip.setChecked(key in draft.causes)
        if self.words.text() != draft.other:
            self.words.setText(draft.other)
        self.words.setVisible(OTHER in draft.causes)
        if required != self._required:
            self._required = required
            self.retranslate()

    def set_focused(self, focused: bool) -> None:
        """Show whether digits go to the causes."""
        if focused == self._focused:
            return
        self._focused = focused
        set_property(self, "card", "accent" if focused else "sunken")
        for chip in self.chips.values():
            chip.set_key_shown(focused)

    def by_digit(self, digit: int) -> str | None:
        """The cause that a digit stands for."""
        if digit == 0:
            return OTHER
        return self._causes[digit - 1].key if digit <= len(self._causes) else None


class CauseChip(QAbstractButton):
    """A cause that is ticked or not."""

    def __init__(self, digit: str) -> None:
        super().__init__()
        self._digit = digit
        self._key_shown = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """What the cause is called."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_key_shown(self, shown: bool) -> None:
        """Show the digit strongly while it works."""
        self._key_shown = shown
        self.update()

    def sizeHint(self) -> QSize:
        """Digit, text, padding."""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) + key_size(self._digit or "0").width() + 3 * SPACE.sm
        return QSize(wide, metrics.height() + tokens().px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip; a tick says that it is on."""
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        edge = color.focus if self.hasFocus() else color.accent if on else color.border_strong
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(color.accent_soft if on else color.surface))
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        cap = key_size(self._digit or "0")
        at = QRect(SPACE.sm, self.rect().center().y() - cap.height() // 2 + 1, cap.width(), cap.height())
        if on:
            size = tokens().px(14)
            tick = icons.pixmap("check", "accent_text", size, self.devicePixelRatioF())
            painter.drawPixmap(at.center().x() - size // 2, at.center().y() - size // 2 + 1, tick)
        elif self._digit:
            paint_key(painter, at, self._digit, color.accent_text if self._key_shown else color.text_disabled)
        painter.setPen(QColor(color.accent_text if on else color.text))
        painter.setFont(self.font())
        where = self.rect().adjusted(SPACE.sm + cap.width() + SPACE.xs, 0, 0, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
