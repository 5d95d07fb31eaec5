"""The window: rail, header, pages, job strip. It knows no feature; pages do.

A page is imported and built the first time it is shown, so the window is there before anything heavy.
"""

from __future__ import annotations

import base64
import binascii
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from csqm_desktop import paths
from csqm_desktop.domain.permissions import SEE_FIGURES
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.header import Header
from csqm_desktop.ui.job_strip import JobStrip
from csqm_desktop.ui.lock import Lock
from csqm_desktop.ui.navigation import PAGES, Rail, build
from csqm_desktop.ui.others_news import OthersNews
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.shortcut_sheet import ShortcutSheet
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.welcome_page import WelcomePage
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.workspaces import Workspaces

_SPECS = {spec.name: spec for spec in PAGES}

_NEEDS = {"dashboard": SEE_FIGURES}


class MainWindow(Translatable, QMainWindow):
    """The one window."""

    closing = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.workspaces = Workspaces(context, self)
        self._pages: dict[str, Page] = {}
        self.sheet: ShortcutSheet | None = None
        self._current = ""
        self._wanted = "review"
        self.others = OthersNews(context, self)
        self.folder_watch = context.folder_watch
        self.lock = Lock(context, self)
        self.rail = Rail(context)
        self.header = Header(context)
        self.stack = QStackedWidget()
        self.strip = JobStrip(context)
        self.welcome = WelcomePage(context)
        self.stack.addWidget(self.welcome)
        right = column(self.header, self.stack, self.strip, spacing=0)
        right.setStretch(1, 1)
        whole = row(self.rail, spacing=0)
        whole.addLayout(right, 1)
        self.setCentralWidget(box(whole))
        self.setWindowIcon(QIcon(str(paths.resource("icons", "app.svg"))))
        self.resize(1280, 832)
        self.setMinimumSize(960, 640)
        context.notices.attach(self)
        self._connect()
        self._restore_geometry()
        self._workspace_changed()
        self.retranslate()

    def _connect(self) -> None:
        context = self.context
        self.rail.chosen.connect(self.show_page)
        context.navigation_requested.connect(self.show_page)
        context.workspace_changed.connect(self._workspace_changed)
        for source in (self.header, self.welcome):
            source.open_requested.connect(self.workspaces.choose_and_open)
            source.new_requested.connect(self.workspaces.choose_and_create)
            source.demo_requested.connect(self.workspaces.open_demo)
        self.header.lock_requested.connect(self.lock.lock)
        self.header.sign_out_requested.connect(self.lock.sign_out)
        self.header.close_requested.connect(lambda: context.use_workspace(None))
        self.header.sheet_requested.connect(self.show_sheet)
        for name in _SPECS:
            context.shortcuts.bind(self, f"app.{name}", partial(self.show_page, name))
        context.shortcuts.bind(self, "app.open", self.workspaces.choose_and_open)
        context.shortcuts.bind(self, "app.theme", self.header.toggle_theme)
        context.shortcuts.bind(self, "app.language", self.header.toggle_language)
        context.shortcuts.bind(self, "app.sheet", self.show_sheet)

    def retranslate(self) -> None:
        """The title."""
        workspace = self.context.workspace
        self.setWindowTitle(f"{workspace.folder.name} — csqm" if workspace else "csqm")

    # -- pages

    @property
    def current_page(self) -> str:
        """The name of the page that is shown; empty for the welcome screen."""
        return self._current

    @property
    def current(self) -> Page | None:
        """The page that is shown; None for the welcome screen."""
        return self._pages.get(self._current)

    def page(self, name: str) -> Page:
        """A page, built when it is asked for the first time."""
        if name not in self._pages:
            page = build(_SPECS[name], self.context)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def show_page(self, name: str, request: object = None) -> None:
        """Go to a page; without a workspace only the settings can be shown."""
        if name not in _SPECS or (_SPECS[name].needs_workspace and self.context.workspace is None):
            return
        if not self._may_show(name):
            self.rail.set_current(self._current)
            return
        if self._current and self._current != name and not self._pages[self._current].leave():
            self.rail.set_current(self._current)
            return
        page = self.page(name)
        self._current = name
        self._wanted = name
        self.rail.set_current(name)
        self.stack.setCurrentWidget(page)
        if request is not None:
            page.open(request)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _may_show(self, name: str) -> bool:
        workspace = self.context.workspace
        if name not in _NEEDS or workspace is None:
            return True
        if workspace.people.may(_NEEDS[name]):
            return True
        # off this thread, since a refusal is written down
        refuse = partial(workspace.require, _NEEDS[name])
        self.context.runner.query(refuse, lambda _none: None, self.context.notices.error, owner=self)
        return False

    def _workspace_changed(self) -> None:
        has_workspace = self.context.workspace is not None
        self.rail.set_enabled_pages(has_workspace)
        if has_workspace:
            needed = _NEEDS.get(self._wanted)
            may = needed is None or self.context.open_workspace.people.may(needed)
            self.show_page(self._wanted if may else "review")
        else:
            self._current = ""
            self.stack.setCurrentWidget(self.welcome)
            self.welcome.demo.setFocus()
        self.retranslate()

    def show_sheet(self) -> None:
        """Show all shortcuts."""
        self.sheet = ShortcutSheet(self.context, self)
        self.sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet.open()

    # -- geometry and closing

    def _restore_geometry(self) -> None:
        try:
            state = base64.b64decode(self.context.settings.window_geometry, validate=True)
        except (binascii.Error, ValueError):
            return
        if state:
            self.restoreGeometry(QByteArray(state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep toasts where they belong."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.context.notices.arrange)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let pages save, ask about running jobs, remember the geometry."""
        if self._current and not self._pages[self._current].leave():
            event.ignore()
            return
        if self.context.runner.running() and not self._confirm_cancel():
            event.ignore()
            return
        self.context.change_settings(window_geometry=bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        event.accept()

    def _confirm_cancel(self) -> bool:
        return self.context.notices.ask(
            self.tr("Something is still running"),
            self.tr("It is stopped at its next safe point. Everything stored until then stays."),
            self.tr("Stop and close"),
            self.tr("Keep it running"),
        )
