"""The middle column: what the conversation is about, why it was chosen, and the conversation itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from csqm_desktop.analytics.signals import read_signals
from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.evidence import Evidence, Mark
from csqm_desktop.domain.signals import NAMES, VALUES, Course, Signals
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.attachments import Attached
from csqm_desktop.ui.attachments.shelf import Shelf
from csqm_desktop.ui.attachments.viewer import FileViewer
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.conversation_view import ConversationView
from csqm_desktop.ui.review.evidence_bar import EvidenceBar
from csqm_desktop.ui.review.loading import ReviewItem
from csqm_desktop.ui.review.originals import Originals
from csqm_desktop.ui.review.plain_text import one_line
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import IconButton
from csqm_desktop.ui.widgets.layouts import box, column, line, row
from csqm_desktop.ui.widgets.text import ElidedLabel, IconLabel, Label

_STARS = 5


class ConversationPane(Translatable, QWidget):
    """Facts, reason, buttons to jump between replies, bubbles."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._item: ReviewItem | None = None
        self._signals: Signals | None = None
        self._names: Mapping[str, str] = {}
        self.facts = ElidedLabel(role="strong")
        self.more_facts = Label(role="caption", wrap=True)
        self.reason = Label(role="caption", wrap=True)
        self.reason_icon = IconLabel("question", "accent_text", 14)
        self.shelf = Shelf(context, self)
        self.view = ConversationView(self.shelf)
        self.view.file_chosen.connect(self.open_file)
        self.files = IconButton("file", "", self.open_files, size=28)
        self.previous = IconButton("arrow-up", "", lambda: self.view.jump(-1), size=28)
        self.target = IconButton("target", "", lambda: self.view.jump(0), size=28)
        self.next = IconButton("arrow-down", "", lambda: self.view.jump(1), size=28)
        for button in (self.files, self.previous, self.target, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        first = row(spacing=SPACE.xs)
        first.addWidget(self.facts, 1)
        self.originals = Originals(context, self)
        for button in (self.originals.button, self.files, self.previous, self.target, self.next):
            first.addWidget(button)
        reason = row(spacing=SPACE.xs)
        reason.addWidget(self.reason_icon, 0, Qt.AlignmentFlag.AlignTop)
        reason.addWidget(self.reason, 1)
        head = column(first, self.more_facts, reason, spacing=SPACE.hair)
        head.setContentsMargins(SPACE.lg, SPACE.xs, SPACE.md, SPACE.sm)
        self.head = box(head)
        self.head.setProperty("ground", "surface")
        self.head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.evidence = EvidenceBar(context.shortcuts)
        layout = column(self.head, line(), self.evidence, self.originals.bar, self.view, spacing=0)
        layout.setStretch(4, 1)
        self.setLayout(layout)
        self.view.looked_at.connect(self._enable)
        self.retranslate()

    def show_item(self, item: ReviewItem | None, criterion_names: Mapping[str, str]) -> None:
        """Show a reply in its conversation."""
        self._item, self._names, self._signals = item, criterion_names, None
        self.head.setVisible(item is not None)
        self.originals.look_at(item)
        if item is None:
            self.view.clear()
            return
        self.view.show_reply(item.conversation, item.reply_id, item.files)
        self._read_signals(item)
        self._show_facts()
        self._enable()

    def _read_signals(self, item: ReviewItem) -> None:
        """Off the window's thread: a long conversation has many words."""

        def show(found: Signals) -> None:
            if self._item is item:
                self._signals = found
                self._show_facts()

        self._context.runner.query(partial(read_signals, item.conversation.messages), show, owner=self)

    def open_files(self) -> bool:
        """Show the attached file that is in view, else the first; False when there is none."""
        file = self.view.nearest_file()
        if file is not None:
            self.open_file(file)
        return file is not None

    def open_file(self, file: Attached) -> None:
        """Show an attached file in large."""
        files = self.view.files
        at = next(place for place, other in enumerate(files) if other.number == file.number)
        FileViewer(self._context, files, at, self).open()

    def show_evidence(self, state: str, found: Evidence | None, criterion: str, error: CsqmError | None) -> None:
        """Underline what moved the score of ``criterion`` (a key, or empty), or say why nothing is shown."""
        marks: dict[int, list[Mark]] = {}
        if found is not None and self._item is not None and criterion:
            of_reply, of_customer = found.marks(criterion)
            marks = {self._item.reply_id: of_reply}
            asked = self._asked(found.customer_text)
            if asked is not None:
                marks[asked] = of_customer
        self.view.show_marks(marks)
        facts = found.facts_of(criterion) if found is not None else ()
        self.evidence.show_state(state, self._names.get(criterion, ""), any(marks.values()), facts, error)

    def _asked(self, text: str) -> int | None:
        """The customer's message with this text that is nearest before the reply."""
        assert self._item is not None
        messages = self._item.conversation.messages
        place = next((i for i, m in enumerate(messages) if m.id == self._item.reply_id), 0)
        near = (m.id for m in reversed(messages[:place]) if m.role is Role.CUSTOMER and m.text == text)
        return next(near, None)

    def retranslate(self) -> None:
        """Names in the language in use."""
        self.previous.set_name(self.tr("Previous reply in this conversation"), "Alt+↑")
        self.next.set_name(self.tr("Next reply in this conversation"), "Alt+↓")
        self.target.set_name(self.tr("Back to the reply to review"), "Home")
        self.files.set_name(self.tr("Attached files"), self._context.shortcuts.shown("review.files"))
        self.reason_icon.setToolTip(self.tr("Why this reply is shown"))
        self.originals.retranslate()
        self._show_facts()

    def _enable(self) -> None:
        self.files.setVisible(bool(self.view.files))
        self.previous.setEnabled(self.view.can_jump(-1))
        self.next.setEnabled(self.view.can_jump(1))

    def _show_facts(self) -> None:
        item = self._item
        if item is None:
            return
        talk = item.conversation
        first = [one_line(p, 32) for p in (talk.shop, talk.product) if p]
        self.facts.setText(" · ".join(first) or self.tr("Conversation {id}").format(id=one_line(talk.source_id, 40)))
        more = [one_line(talk.channel, 20), words.short_day(item.target.sent_at)]
        if talk.order_id:
            more.append(self.tr("Order {id}").format(id=one_line(talk.order_id, 40)))
        if talk.rating is not None:
            more.append(self.tr("Customer's rating {stars}").format(stars=_stars(talk.rating)))
        more += _out_of_the_ordinary(self._signals)
        self.more_facts.setText(" · ".join(part for part in more if part))
        shown = item.shown
        if shown is not None:
            self.reason.setText(words.reason(shown, self._names))
        elif item.mine is not None and item.mine.review.submitted_at is not None:
            when = words.day_and_time(item.mine.review.submitted_at.astimezone())
            verdict = words.verdict_name(item.mine.review.verdict)
            self.reason.setText(self.tr("{verdict}, by you on {when}").format(verdict=verdict, when=when))
        else:
            self.reason.setText("")
        self.reason_icon.setVisible(bool(self.reason.text()))


def _out_of_the_ordinary(found: Signals | None) -> list[str]:
    """What is known about the conversation besides its scores, as far as it is worth a word."""
    if found is None:
        return []
    names = [name for name in ("transferred", "repeated_question", "unresolved") if getattr(found, name)]
    words = [QCoreApplication.translate("signals", NAMES[name]) for name in names]
    if found.course is not Course.STEADY:
        mood, course = NAMES["mood_course"], VALUES[found.course]
        words.append(f"{QCoreApplication.translate('signals', mood)} {QCoreApplication.translate('signals', course)}")
    return words


def _stars(rating: float) -> str:
    """A rating of up to five as stars, any other as it is."""
    if 0 <= rating <= _STARS and rating == int(rating):
        return "★" * int(rating) + "☆" * (_STARS - int(rating))
    return f"{rating:g}"
