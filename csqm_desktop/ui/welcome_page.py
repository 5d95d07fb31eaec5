"""The first screen: make a workspace, open one, or look around in the demo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from csqm_desktop.ui import icons
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import LANGUAGES
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import box, column, row, scrolled, set_property
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.status_chip import StatusChip
from csqm_desktop.ui.widgets.text import IconLabel, Label


class WelcomePage(Page):
    """Shown while no workspace is open."""

    new_requested = Signal()
    open_requested = Signal()
    demo_requested = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.logo = QLabel()
        self.title = Label(role="display")
        self.subtitle = Label(role="muted", wrap=True)
        for label in (self.title, self.subtitle):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.demo = ChoiceCard("spark", self.demo_requested)
        self.new = ChoiceCard("folder-plus", self.new_requested)
        self.open_card = ChoiceCard("folder", self.open_requested)
        self.language = Segmented(tuple(LANGUAGES))
        self.language.chosen.connect(lambda value: context.change_settings(language=value))
        self.offline = StatusChip("shield", "good")
        cards = row(None, self.demo, self.new, self.open_card, None, spacing=SPACE.lg)
        content = column(
            None,
            row(None, self.logo, None),
            SPACE.sm,
            self.title,
            row(None, self.subtitle, None),
            SPACE.xl,
            cards,
            SPACE.xl,
            row(None, self.language, self.offline, None, spacing=SPACE.md),
            None,
            spacing=SPACE.sm,
            margins=SPACE.xl,
        )
        self.setLayout(column(scrolled(box(content))))
        context.theme.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts, and what grows with them."""
        self.logo.setFixedSize(tokens().px(72), tokens().px(72))
        self.subtitle.setFixedWidth(tokens().px(520))
        self.logo.setPixmap(_logo(self.logo.width(), self.devicePixelRatioF()))
        self.title.setText(self.tr("Know how good every reply is"))
        self.subtitle.setText(
            self.tr(
                "Import customer-service chats, let a model score every reply, check the doubtful ones yourself,"
                " and watch quality over time."
            )
        )
        self.demo.set_texts(
            self.tr("Look around in the demo"),
            self.tr("A ready workspace with sample chats, scores and some reviews. The first time takes a minute."),
        )
        self.new.set_texts(
            self.tr("New workspace"), self.tr("Choose a folder and a scorecard, then import your chats.")
        )
        self.open_card.set_texts(
            self.tr("Open a workspace"), self.tr("Go on with a folder that you or a colleague made.")
        )
        self.language.set_texts(LANGUAGES, self.tr("Language"))
        self.language.set_value(self.context.translations.language)
        self.offline.set_text(self.tr("Offline: nothing leaves this computer"))


class ChoiceCard(Card):
    """A card that is a button."""

    def __init__(self, icon: str, pressed: SignalInstance) -> None:
        super().__init__(spacing=SPACE.sm, margins=SPACE.xl)
        self._pressed = pressed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.title = Label(role="subtitle", wrap=True)
        self.text = Label(role="muted", wrap=True)
        self.body.addWidget(IconLabel(icon, "accent_text", 28))
        self.body.addSpacing(SPACE.xs)
        self.body.addWidget(self.title)
        self.body.addWidget(self.text)
        self.body.addStretch(1)

    def set_texts(self, title: str, text: str) -> None:
        """Set what it says."""
        self.setFixedWidth(tokens().px(264))
        self.setMinimumHeight(tokens().px(176))
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def press(self) -> None:
        """What a click and Enter do."""
        self._pressed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.press()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lift under the pointer."""
        super().enterEvent(event)
        set_property(self, "hot", True)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to rest."""
        super().leaveEvent(event)
        set_property(self, "hot", False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        set_property(self, "focused", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        set_property(self, "focused", False)


def _logo(side: int, ratio: float) -> QPixmap:
    return icons.tinted("app", "#ffffff", side, ratio)
