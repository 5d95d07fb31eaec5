"""Lets the window notice what other programs write: the HTTP intake, a watch, the command line."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from csqm_desktop.store.connect import database_errors
from csqm_desktop.ui.context import TOPICS, AppContext

_log = logging.getLogger(__name__)

LOOK_MS = 500


class OthersNews(QObject):
    """Asks the store twice a second, which takes microseconds, and announces what came from outside.

    While pages still read for the news before, it waits: a busy intake must not keep the window busy.
    """

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.workspace_changed.connect(self._begin)

    def _begin(self) -> None:
        workspace = self._context.workspace
        if workspace is None:
            self._timer.stop()
            return
        self._seen = workspace.database.written_by_others()
        self._timer.start()

    def look(self) -> None:
        """Announce what others have written since the last time."""
        workspace = self._context.workspace
        if workspace is None or self._context.runner.querying:
            return
        try:
            found = workspace.database.written_by_others()
        except database_errors() as error:  # the drive is gone for a moment; jobs report what it means
            _log.info("the workspace does not answer: %s", type(error).__name__)
            return
        if found != self._seen:
            self._seen = found
            self._context.announce(TOPICS)
