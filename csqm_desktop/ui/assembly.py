"""Builds the objects that the window consists of: the application, the context, and their orderly end.

``app.py`` uses it for the window, ``screenshots.py`` for pictures.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from csqm_desktop import settings
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import InlineJobRunner, JobRunner
from csqm_desktop.ui.notices import Notices
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.theme import Theme
from csqm_desktop.ui.translations import Translations

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

_log = logging.getLogger(__name__)


def make_application() -> QApplication:
    """The Qt application, named, with Qt's harmless noise filtered."""
    qInstallMessageHandler(_qt_message)
    QCoreApplication.setApplicationName("csqm-desktop")
    QCoreApplication.setOrganizationName("csqm-desktop")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName("csqm")
    app.setDesktopFileName("csqm-desktop")
    return app


def make_context(app: QApplication, preferences: settings.Settings, inline: bool = False) -> AppContext:
    """Everything pages are given, with language and theme applied."""
    theme = Theme(app)
    translations = Translations(app)
    translations.apply(preferences.language)
    theme.apply(preferences.theme, preferences.font_scale)
    runner = InlineJobRunner() if inline else JobRunner()
    shortcuts = Shortcuts(preferences.shortcuts)
    return AppContext(preferences, runner, theme, translations, shortcuts, Notices())


def close(context: AppContext) -> None:
    """Wait for running work to reach a safe point, end the worker, close the workspace."""
    context.runner.shutdown()
    context.close_model_process()
    if context.workspace is not None:
        context.workspace.close()


def _qt_message(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    if "propagateSizeHints" in text:  # offscreen says this for every window; it means nothing
        return
    level = logging.WARNING if kind != QtMsgType.QtDebugMsg else logging.DEBUG
    _log.log(level, "Qt: %s", text)
