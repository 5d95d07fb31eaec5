"""Showing a masked message as it came in: asked for with a reason, for a minute, to look at and not to take away.

The text goes into one label and nowhere else: it cannot be selected, and it is gone with the next reply, after its
time, when the page is left, and when the window is locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from csqm_desktop.domain.conversation import Message
from csqm_desktop.domain.permissions import REVEAL
from csqm_desktop.jobs import raw_texts
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.loading import ReviewItem
from csqm_desktop.ui.review.plain_text import one_line, visible
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.layouts import box, column, row, scrolled
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import IconLabel, Label

SHOWN_SECONDS = 60
_TALLEST = 170  # pixels at 100 %: a longer text scrolls
_EXCERPT = 60


class OriginalBar(Translatable, QWidget):
    """One original, and the time that it stays."""

    def __init__(self) -> None:
        super().__init__()
        self._message: Message | None = None
        self._left = 0
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.countdown = Label(role="strong", wrap=True), Label(role="caption")
        self.text = Label(role="reading", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.hide_button = Button("", "plain", "eye-off", self.forget)
        head = row(IconLabel("eye", "ok", 18), spacing=SPACE.sm)
        head.addWidget(self.title, 1)
        head.addWidget(self.countdown)
        head.addWidget(self.hide_button)
        self._room = scrolled(box(column(self.text, margins=SPACE.sm)), "sunken")
        self.setLayout(column(head, self._room, spacing=SPACE.sm, margins=(SPACE.lg, SPACE.sm, SPACE.md, SPACE.sm)))
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self.hide()
        self.retranslate()

    @property
    def shows(self) -> int | None:
        """The number of the message whose original is shown."""
        return self._message.id if self._message is not None else None

    def show_text(self, message: Message, text: str) -> None:
        """Show an original from now on for its time."""
        self._message, self._left = message, SHOWN_SECONDS
        self.text.setText(visible(text))
        self.retranslate()
        self.show()
        wanted = self.text.heightForWidth(max(200, self.width() - 4 * SPACE.lg)) + 2 * SPACE.sm + 2
        self._room.setFixedHeight(min(tokens().px(_TALLEST), wanted))
        self._timer.start()

    def forget(self) -> None:
        """Let go of the text."""
        self._timer.stop()
        self._message = None
        self.text.setText("")
        self.hide()

    def tick(self) -> None:
        """A second has gone."""
        self._left -= 1
        if self._left <= 0:
            self.forget()
        self._show_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides it, the page, the lock, a minimised window: it does not come back."""
        super().hideEvent(event)
        if self._message is not None:
            self.forget()

    def retranslate(self) -> None:
        """All texts but the original."""
        self.hide_button.setText(self.tr("Hide now"))
        self._show_time()
        if self._message is not None:
            who = _who(self._message)
            self.title.setText(self.tr("As it came in: {who}").format(who=who))

    def _show_time(self) -> None:
        self.countdown.setText(self.tr("hidden again in {n} s").format(n=self._left))


class RevealDialog(QDialog):
    """Which message, and why."""

    def __init__(self, messages: Sequence[Message], chosen: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        title = self.tr("Show a message as it came in")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.message = Combo()
        self.message.set_choices([(m.id, f"{_who(m)}: {one_line(m.text, _EXCERPT)}") for m in messages])
        self.message.set_value(chosen)
        self.message.setAccessibleName(self.tr("Message"))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("Why do you need to see it? E.g. the customer asked to be called back."))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(tokens().px(84))
        self.confirm = Button(self.tr("Show for a minute"), "primary", "eye", self.accept)
        self.confirm.setEnabled(False)
        self.reason.textChanged.connect(self._enable)
        note = self.tr("Your name, the message and this reason are kept in the log of changes; the text is not.")
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        self.setLayout(
            column(
                Label(title, "subtitle", wrap=True),
                column(Label(self.tr("Message")), self.message, spacing=SPACE.xs),
                column(Label(self.tr("Reason")), self.reason, spacing=SPACE.xs),
                Label(note, "muted", wrap=True),
                row(None, cancel, self.confirm),
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(520))
        self.reason.setFocus()

    @property
    def text(self) -> str:
        """The reason."""
        return self.reason.toPlainText().strip()

    def _enable(self) -> None:
        self.confirm.setEnabled(len(self.text) >= raw_texts.LEAST_REASON)


class Originals(QObject):
    """The button in the conversation's head, the dialog and the bar, for the reply in hand.

    The button is there only when this person may see an original of this conversation.
    """

    def __init__(self, context: AppContext, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self._item: ReviewItem | None = None
        self.offered: frozenset[int] = frozenset()
        self.dialog: RevealDialog | None = None
        self.bar = OriginalBar()
        self.button = IconButton("eye", "", self.ask, size=28)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.hide()
        context.workspace_changed.connect(partial(self.look_at, None))
        self.retranslate()

    def retranslate(self) -> None:
        """The button's name."""
        self.button.set_name(
            self.tr("Show a masked message as it came in"), self._context.shortcuts.shown("review.original")
        )

    def look_at(self, item: ReviewItem | None) -> None:
        """Another reply: what was shown is gone."""
        if item is not None and self._item is not None and item.reply_id == self._item.reply_id:
            self._item = item
            return
        self._item = item
        self.bar.forget()
        if self.dialog is not None:
            self.dialog.reject()
        self._offer(frozenset())
        workspace = self._context.workspace
        if item is None or workspace is None:
            return
        ids = [message.id for message in item.conversation.messages]

        def found(offered: frozenset[int]) -> None:
            if self._item is not None and self._item.reply_id == item.reply_id:
                self._offer(offered)

        self._context.runner.query(partial(raw_texts.revealable, workspace, ids), found, owner=self)

    def _offer(self, offered: frozenset[int]) -> None:
        self.offered = offered
        self.button.setVisible(bool(offered))

    def ask(self) -> None:
        """Ask which message and why; say why not when there is nothing to show."""
        item = self._item
        if item is None:
            return
        if not self.offered:
            self._say_why_not()
            return
        messages = [message for message in item.conversation.messages if message.id in self.offered]
        self.dialog = RevealDialog(messages, _nearest(messages, item), self._pane.window())
        self.dialog.accepted.connect(partial(self._confirmed, self.dialog))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _say_why_not(self) -> None:
        def may(_none: None) -> None:
            text = self.tr("No message of this conversation was kept as it came in.")
            self._context.notices.toast(text)

        require = partial(self._context.open_workspace.require, REVEAL)
        self._context.runner.query(require, may, self._context.notices.error, owner=self)

    def _closed(self, _result: int) -> None:
        self.dialog = None

    def _confirmed(self, dialog: RevealDialog) -> None:
        item = self._item
        number = dialog.message.value
        message = next((m for m in item.conversation.messages if m.id == number), None) if item is not None else None
        if item is None or message is None:
            return

        def show(text: str) -> None:
            if self._item is not None and self._item.reply_id == item.reply_id and self._pane.isVisible():
                self.bar.show_text(message, text)

        work = partial(raw_texts.reveal, self._context.open_workspace, message.id, dialog.text, self._context.reviewer)
        self._context.runner.query(work, show, self._context.notices.error, owner=self)


def _nearest(messages: Sequence[Message], item: ReviewItem) -> int:
    """The reply itself, else the last message before it, else the first."""
    places = {message.id: place for place, message in enumerate(item.conversation.messages)}
    before = [message.id for message in messages if places[message.id] <= places[item.reply_id]]
    return before[-1] if before else messages[0].id


def _who(message: Message) -> str:
    name = one_line(message.sender, 40) or words.role_name(message.role)
    return f"{name} · {words.clock_time(message.sent_at)}"
