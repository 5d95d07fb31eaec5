"""What a page is: the base class of everything that the navigation rail can show.

A page is built the first time it is shown, as ``SomePage(context)``. It reads its data in ``refresh`` and does
not mind how often that is called: news that arrive while it is hidden are kept until it is shown again.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from csqm_desktop.ui.context import TOPICS, AppContext
from csqm_desktop.ui.translations import Translatable


class Page(Translatable, QWidget):
    """Base of all pages. Override ``retranslate``, ``refresh``, and what else you need."""

    #: the topics of ``AppContext.changed`` that make ``refresh`` necessary
    topics: frozenset[str] = TOPICS

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._stale: frozenset[str] = self.topics
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        context.changed.connect(self._news)
        context.workspace_changed.connect(self._other_workspace)

    # -- to override

    def refresh(self, topics: frozenset[str]) -> None:
        """Read again what ``topics`` touched. Called when shown for the first time, too, with all topics."""

    def reset(self) -> None:
        """Forget everything about the previous workspace; ``refresh`` follows."""

    def open(self, request: object) -> None:
        """Show something in particular, asked for by another page through ``context.navigate``."""

    def leave(self) -> bool:
        """The page is about to be hidden or the window closed: save. False keeps it there."""
        return True

    def is_busy(self) -> bool:
        """Whether the page waits for something of its own; screenshots wait until it does not."""
        return False

    # -- for the shell

    def _news(self, topics: frozenset[str]) -> None:
        self._stale |= topics & self.topics
        if self.isVisible():
            self._catch_up()

    def _other_workspace(self) -> None:
        self.reset()
        self._stale = self.topics
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        topics, self._stale = self._stale, frozenset()
        if topics and self.context.workspace is not None:
            self.refresh(topics)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self._catch_up()


def letters_as_keys(widget: QWidget) -> None:
    """Let single-letter keys work in an item view or pane while a Chinese input method is on.

    An input method would swallow the letters and send composition events; so this widget takes none. Text
    boxes keep theirs.
    """
    widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    if isinstance(widget, QAbstractItemView):
        widget.viewport().setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
