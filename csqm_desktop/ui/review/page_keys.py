"""What the keys of the review page do: those of the shell's shortcut table, and the few that it does not have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE
from csqm_desktop.ui.review.scorecard_pane import FILED
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.review.side_panel import GUIDELINE, HISTORY
from csqm_desktop.ui.review.text_boxes import is_text_box

if TYPE_CHECKING:
    from csqm_desktop.ui.review.review_page import ReviewPage

_MOVES = {"review.previous": -1, "review.next": 1}


class PageKeys:
    """Binds the actions of a page, and does them."""

    def __init__(self, page: ReviewPage) -> None:
        self._page = page
        self._actions: dict[str, Callable[[], object]] = {
            "review.not_applicable": partial(self._digit, 0),
            "review.criterion_up": partial(self._move_focus, -1),
            "review.criterion_down": partial(self._move_focus, 1),
            "review.accept": lambda: self._page.with_session(Session.accept),
            "review.submit": lambda: self._page.with_session(Session.submit),
            "review.undo": lambda: self._page.with_session(Session.undo),
            "review.redo": lambda: self._page.with_session(Session.redo),
            "review.save_draft": self._save_draft,
            "review.comment": self._write_comment,
            "review.guideline": partial(self._page.side.toggle, GUIDELINE),
            "review.history": partial(self._page.side.toggle, HISTORY),
            "review.evidence": self._page.evidence.toggle,
            "review.original": self._page.conversation.originals.ask,
            "review.files": self._open_files,
            "review.search": lambda: self._page.queue.filter.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "review.leave": self._leave_box,
        }
        for number in range(1, 6):
            self._actions[f"review.level_{number}"] = partial(self._digit, number)
        for name, verdict in FILED.items():
            self._actions[name] = partial(self._file, verdict)
        for name, by in _MOVES.items():
            self._actions[name] = partial(self._step, by)
        for name in self._actions:
            self._page.context.shortcuts.bind(self._page, name, partial(self._from_key, name))

    def run(self, name: str) -> None:
        """Do what an action of the shortcut table says, as its key would."""
        self._actions[name]()

    def _from_key(self, name: str) -> None:
        focused = QApplication.focusWidget()
        if is_text_box(focused) and name not in ("review.submit", "review.leave", "review.save_draft"):
            return
        if name in ("review.skip", "review.submit") and _is_button(focused, self._page):
            focused.click()  # type: ignore[union-attr]  # Space and Enter press what Tab has reached
            return
        self.run(name)

    def _digit(self, number: int) -> None:
        session = self._page.session
        if session is None or session.item is None:
            return
        if session.at_causes:
            self._toggle_cause(number)
        else:
            session.choose(number - 1 if number else NOT_APPLICABLE)

    def _toggle_cause(self, number: int) -> None:
        assert self._page.session is not None
        assert self._page.scorecard.form is not None
        picker = self._page.scorecard.form.causes
        key = picker.by_digit(number)
        if key is not None:
            self._page.session.toggle_cause(key)
            if number == 0 and key in self._page.session.draft.causes:
                picker.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _move_focus(self, by: int) -> None:
        self._page.with_session(lambda s: s.focus(s.draft.focus + by))

    def _step(self, by: int) -> None:
        self._page.with_session(lambda s: s.step(by))

    def _file(self, verdict: Verdict) -> None:
        self._page.with_session(lambda s: s.file(verdict))

    def _save_draft(self) -> None:
        self._page.with_session(Session.save_draft)
        self._page.show_hint("draft_saved", {})

    def _write_comment(self) -> None:
        form = self._page.scorecard.form
        if form is not None and self._page.session is not None and self._page.session.item is not None:
            form.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._page.scorecard.area.ensureWidgetVisible(form.comment)

    def _open_files(self) -> None:
        if (
            self._page.session is not None
            and self._page.session.item is not None
            and not self._page.conversation.open_files()
        ):
            self._page.show_hint("no_files", {})

    def _leave_box(self) -> None:
        focused = QApplication.focusWidget()
        if focused is self._page.queue.filter:
            self._page.queue.filter.clear()
        if focused is not self._page:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._page.side.content:
            self._page.side.close_panel()
        else:
            self._page.scorecard.hide_hint()

    def press(self, event: QKeyEvent) -> bool:
        """Keys that no shortcut has: scrolling, causes 6 to 9, copying. Backspace does nothing. False: not ours."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        view = self._page.conversation.view
        session = self._page.session
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            view.scroll_pages(0.85 if event.key() == Qt.Key.Key_PageDown else -0.85)
        elif event.key() == Qt.Key.Key_Home and plain:
            view.jump(0)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            view.jump(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            view.copy()
        elif plain and Qt.Key.Key_6 <= event.key() <= Qt.Key.Key_9 and session is not None and session.at_causes:
            self._toggle_cause(event.key() - Qt.Key.Key_0)
        elif event.key() == Qt.Key.Key_Backspace:
            pass
        else:
            return False
        return True


def _is_button(widget: QWidget | None, page: QWidget) -> bool:
    """Whether Tab has put the focus on one of the page's buttons."""
    return isinstance(widget, QAbstractButton) and page.isAncestorOf(widget)
