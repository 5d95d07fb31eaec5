"""The review page: one reply at a time, judged with the keyboard alone.

Keys come from the shell's shortcut table. They reach the page itself, which has the keyboard focus and takes no
input method, so that they work while a Chinese input method is on; text boxes keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from csqm_desktop.domain.review import Verdict
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.page import Page, letters_as_keys
from csqm_desktop.ui.review import hints, loading
from csqm_desktop.ui.review.conversation_pane import ConversationPane
from csqm_desktop.ui.review.empty_states import Emptiness, EmptyPane
from csqm_desktop.ui.review.evidence_finder import EvidenceFinder
from csqm_desktop.ui.review.loading import Fetch, PastReview
from csqm_desktop.ui.review.name_card import NameCard
from csqm_desktop.ui.review.page_keys import PageKeys
from csqm_desktop.ui.review.queue_panel import QueuePanel
from csqm_desktop.ui.review.scorecard_pane import ScorecardPane
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.review.side_panel import HISTORY, SidePanel
from csqm_desktop.ui.review.text_boxes import is_text_box
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.translations import error_texts
from csqm_desktop.ui.widgets.layouts import line, row

NARROW = 1250  # below this width the side panel takes the place of the queue


class ReviewPage(Page):
    """Queue, conversation, scorecard."""

    topics = frozenset({"conversations", "scores", "reviews", "versions"})

    def __init__(self, context: AppContext, fetch: Fetch | None = None) -> None:
        super().__init__(context)
        self._fetch = fetch
        self._own_news = False
        self._request: object = None
        self.session: Session | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        letters_as_keys(self)
        self.queue = QueuePanel(context.translations, context.shortcuts)
        self.conversation = ConversationPane(context)
        self.evidence = EvidenceFinder(context, self)
        self.side = SidePanel(context.translations, context.shortcuts)
        self.scorecard = ScorecardPane(context.translations, context.shortcuts)
        self.empty = EmptyPane(context.shortcuts, self._from_empty)
        self.name_card = NameCard(context)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.conversation)
        self._middle.addWidget(self.empty)
        self.empty.setMinimumWidth(200)  # never pushes the scorecard out of the window
        self._right = QStackedWidget()
        self._right.addWidget(self.scorecard)
        self._right.addWidget(self.name_card)
        layout = row(self.queue, line(vertical=True), spacing=0)
        layout.addWidget(self._middle, 1)
        layout.addWidget(line(vertical=True))
        layout.addWidget(self.side)
        layout.addWidget(self._right)
        self.setLayout(layout)
        self._connect()
        self.keys = PageKeys(self)
        self.retranslate()

    def _connect(self) -> None:
        self.queue.list_chosen.connect(lambda kind: self.with_session(lambda s: s.open_list(kind)))
        self.queue.search_asked.connect(lambda text: self.with_session(lambda s: s.open_found(text)))
        self.queue.row_chosen.connect(lambda place: self.with_session(lambda s: s.go(place)))
        self.queue.strategy_chosen.connect(lambda name: self.context.change_settings(strategy=name))
        self._strategy = self.context.settings.strategy
        self.queue.show_strategy(self._strategy)
        self.scorecard.action.connect(self.run)
        self.side.toggled.connect(self._side_toggled)
        self.name_card.named.connect(self._named)
        self.evidence.changed.connect(self._show_evidence)
        self.conversation.evidence.closed.connect(self.evidence.toggle)
        self.context.settings_changed.connect(self._settings_changed)

    # -- what the shell calls

    def retranslate(self) -> None:
        """The page has no text of its own; its parts do."""
        self.setAccessibleName(self.tr("Review"))
        if self.session is not None:
            self._show_item()

    def refresh(self, topics: frozenset[str]) -> None:
        """Begin, or take note of what others wrote; the reply in hand stays as it is."""
        if self._own_news:
            return
        if self.session is None:
            self._begin()
            return
        card = self.session.workspace.scorecards.current()
        if card != self.session.card:
            self.session.use_card(card)
            self._build_form()
            self._show_item()
        self.session.news(topics)

    def reset(self) -> None:
        """The workspace is about to be closed: store everything first."""
        self._end()

    def open(self, request: object) -> None:
        """Show the reply with this number, or start the list named by a verdict."""
        if self.session is None and self.context.workspace is not None:
            self._begin()
        if self._right.currentWidget() is self.name_card:
            self._request = request  # the name comes first
            return
        if isinstance(request, Verdict):
            self.with_session(lambda s: s.open_list(request))
        elif isinstance(request, int):
            self.with_session(lambda s: s.open_reply(request))

    def leave(self) -> bool:
        """Store the draft and wait for it."""
        if self.session is not None:
            self.session.close()
        return True

    def is_busy(self) -> bool:
        """Whether something is being read or written."""
        return self.session is not None and self.session.busy

    # -- session

    def _begin(self) -> None:
        named = self.context.reviewer_named
        self._right.setCurrentWidget(self.scorecard if named else self.name_card)
        self.setFocusProxy(None if named else self.name_card.field)  # type: ignore[arg-type]
        session = Session(self.context, self.context.open_workspace, self.context.reviewer, self._fetch)
        self.session = session
        session.item_changed.connect(self._show_item)
        session.draft_changed.connect(self._show_draft)
        session.hint.connect(self.show_hint)
        session.decided.connect(self._decided)
        session.not_saved.connect(self._not_saved)
        session.overview_changed.connect(self._show_emptiness)
        self.queue.show_session(session)
        self._build_form()
        self._show_item()
        if named:
            session.start()
        else:
            session.recount()

    def _end(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.session = None
            self.queue.show_session(None)

    def _named(self) -> None:
        self._end()
        self._begin()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        request, self._request = self._request, None
        if request is not None:
            self.open(request)

    def _settings_changed(self) -> None:
        session = self.session
        if self._strategy != self.context.settings.strategy:
            self._strategy = self.context.settings.strategy
            self.queue.show_strategy(self._strategy)
            self.with_session(Session.reorder)
        if session is None:
            return
        if session.reviewer != self.context.reviewer:
            self._named()
        else:
            self._show_draft()

    def _build_form(self) -> None:
        assert self.session is not None
        form = self.scorecard.use_card(self.session.card)
        form.level_chosen.connect(self._level_clicked)
        form.row_entered.connect(lambda place: self.with_session(lambda s: s.focus(place)))
        form.cause_toggled.connect(lambda key: self.with_session(lambda s: s.toggle_cause(key)))
        form.text_written.connect(lambda name, text: self.with_session(lambda s: s.write_text(name, text)))
        form.text_left.connect(lambda: self.with_session(Session.leave_text))
        form.leave_asked.connect(self.setFocus)

    def with_session(self, act: Callable[[Session], Any]) -> None:
        """Do something with the session, when there is one."""
        if self.session is not None:
            act(self.session)

    # -- showing

    def _show_item(self) -> None:
        session = self.session
        assert session is not None
        text = self.context.translations.text
        names = {c.key: text(c.name) for c in session.card.criteria}
        if session.item is None and self.side.content:
            self.side.close_panel()
        self._right.setVisible(session.item is not None or self._right.currentWidget() is self.name_card)
        self.conversation.show_item(session.item, names)
        stored = session.item.stored if session.item else None
        self.evidence.look_at(session.item.reply_id if session.item else None, stored.score.version if stored else "")
        self._show_evidence()
        self.scorecard.show_item(session)
        self._middle.setCurrentWidget(self.conversation if session.item else self.empty)
        self._show_emptiness()
        self._show_guideline()
        if self.side.content == HISTORY:
            self._read_history()
        focused = QApplication.focusWidget()
        if focused is not None and is_text_box(focused) and self.scorecard.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_draft(self) -> None:
        if self.session is not None:
            self.scorecard.hide_hint()
            self.scorecard.show_draft(self.session)
            self._show_guideline()
            self._show_evidence()

    def _show_evidence(self) -> None:
        session, finder = self.session, self.evidence
        if session is None or session.item is None:
            return
        focus = min(session.draft.focus, len(session.card.criteria) - 1)
        self.conversation.show_evidence(finder.state, finder.evidence, session.card.criteria[focus].key, finder.error)

    def _show_guideline(self) -> None:
        session = self.session
        assert session is not None
        focus = min(session.draft.focus, len(session.card.criteria) - 1)
        self.side.guideline.show_criterion(session.card.criteria[focus] if session.item is not None else None)

    def _show_emptiness(self) -> None:
        session = self.session
        if session is None or session.item is not None:
            return
        named = self._right.currentWidget() is self.scorecard
        self.empty.show_state(Emptiness.of(session, named))

    def _from_empty(self, target: str) -> None:
        if target in ("import", "training"):
            self.context.navigate(target)
        elif target == "queue":
            self.with_session(lambda s: s.open_list(None))
        else:
            self.with_session(lambda s: s.open_list(Verdict(target)))

    def show_hint(self, code: str, values: Mapping[str, Any]) -> None:
        """Say something short under the scorecard."""
        text, tone = hints.text(code, values, self.context.translations)
        self.scorecard.show_hint(text, tone)

    def _not_saved(self, error: CsqmError) -> None:
        what, remedy = error_texts(error)
        self.context.notices.toast(self.tr("Not saved: {what} {remedy}").format(what=what, remedy=remedy), "bad")

    def _decided(self) -> None:
        self._own_news = True
        try:
            self.context.announce({"reviews"})
        finally:
            self._own_news = False

    # -- side panel

    def _side_toggled(self) -> None:
        self._fit()
        if self.session is None:
            return
        if self.side.content == HISTORY:
            self._read_history()
        self._show_guideline()

    def _read_history(self) -> None:
        session = self.session
        if session is None or session.item is None:
            return
        read = partial(loading.load_history, session.workspace, session.item.reply_id, session.reviewer)
        self.context.runner.query(session.after_writing(read), self._show_history, None, self)

    def _show_history(self, past: list[PastReview]) -> None:
        if self.session is not None:
            self.side.history.show_past(past, self.session.card)

    def _fit(self) -> None:
        wide = self.width() >= tokens().px(NARROW)
        roomy = self.width() >= tokens().px(1150)
        self._right.setFixedWidth(tokens().px(428 if wide else 408 if roomy else 372))
        self.queue.setFixedWidth(tokens().px(264 if wide else 248 if roomy else 224))
        self.side.setFixedWidth(tokens().px(300 if wide else 272))
        self.queue.setVisible(wide or not self.side.content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keys."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _level_clicked(self, criterion: str, position: int | None) -> None:
        self.with_session(lambda s: s.choose_in(criterion, position))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    # -- keys

    def run(self, name: str) -> None:
        """Do what an action of the shortcut table says, as its key would."""
        self.keys.run(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no shortcut has."""
        if not self.keys.press(event):
            super().keyPressEvent(event)
