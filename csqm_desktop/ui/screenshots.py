"""Every screen as a picture: 1440×900, light and dark, English and Chinese. Runs in a process of its own.

The settings of the person who asks are neither read nor changed: a scratch folder stands in for their home.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from csqm_desktop import paths
from csqm_desktop.jobs.erase_customer import Subject, preview
from csqm_desktop.settings import Settings
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.assembly import close, make_application, make_context
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.settings.erasure_section import ErasureDialog
from csqm_desktop.ui.settings.settings_page import SettingsPage

SIZE = (1440, 900)
LOOKS = tuple((theme, language) for theme in ("light", "dark") for language in ("en", "zh_CN"))
_WAIT_SECONDS = 20.0
_QUIET_TURNS = 25
_SAMPLE = """conversation_id,message_id,sent_at,role,sender,text
10001,1,2026-09-01 09:12:00,customer,王女士,你好，订单什么时候发货？我的电话是 13812345678
10001,2,2026-09-01 09:12:40,agent,小美,亲，您好！已经为您查到，今天下午发出，明天送达。
10001,3,2026-09-01 09:13:10,customer,王女士,好的，谢谢
10002,1,2026-09-01 10:02:00,customer,J. Lee,The jacket is too small. Can I change the size?
10002,2,2026-09-01 10:02:30,bot,helper-2,Of course! You can exchange it within 30 days. Which size do you need?
10002,3,2026-09-01 10:03:00,customer,J. Lee,One size up. Write to j.lee@example.com please.
10003,1,yesterday,customer,李先生,请问有优惠吗？
10003,2,2026-09-01 11:31:00,agent,小美,亲，现在满 200 减 20 哦。
"""


def render(out_dir: Path, workspace: Path) -> list[Path]:
    """Render all screens of a workspace into ``out_dir``; returns the pictures' paths."""
    out_dir.mkdir(parents=True, exist_ok=True)
    source = workspace.absolute()
    with tempfile.TemporaryDirectory(prefix="csqm-screens-") as scratch:
        home = os.environ.get("CSQM_HOME")
        store = paths.shared_model_store()
        os.environ["CSQM_HOME"] = scratch
        os.environ.setdefault("CSQM_MODEL_STORE", str(store))
        try:
            return list(_Renderer(out_dir, source, Path(scratch)).run())
        finally:
            if home is None:
                del os.environ["CSQM_HOME"]
            else:
                os.environ["CSQM_HOME"] = home


class _Renderer:
    def __init__(self, out_dir: Path, workspace: Path, scratch: Path) -> None:
        self._out = out_dir
        self._sample = scratch / "客服聊天记录_2026-09.csv"
        self._sample.write_text(_SAMPLE, encoding="utf-8")
        self._app = make_application()
        preferences = Settings(language="en", theme="light", reviewer="Ann", score_after_import=False)
        self._context = make_context(self._app, preferences)
        self._context.notices.toast = _ignore  # type: ignore[method-assign]
        self._workspace = workspace
        self._window = MainWindow(self._context)
        QCursor.setPos(QPoint(5000, 5000))  # nothing under the pointer

    def run(self) -> Iterator[Path]:
        window = self._window
        window.resize(*SIZE)
        window.show()
        try:
            yield from self._every_look("welcome", window)
            self._context.use_workspace(Workspace.open(self._workspace))
            for name in ("review", "dashboard", "training", "import", "settings"):
                window.show_page(name)
                yield from self._every_look(name, window)
            yield from self._settings_dialogs()
            yield from self._import_preview()
            window.show_page("review")
            window.show_sheet()
            assert window.sheet is not None
            yield from self._every_look("shortcuts", window.sheet)
            window.sheet.close()
        finally:
            close(self._context)
            window.hide()
            window.deleteLater()

    def _import_preview(self) -> Iterator[Path]:
        page = self._window.page("import")
        assert isinstance(page, ImportPage)
        self._window.show_page("import")
        page.choose(self._sample)
        yield from self._every_look("import-preview", self._window)
        page.start_over()

    def _settings_dialogs(self) -> Iterator[Path]:
        """Masking, erasing and restoring: a part of the settings, and the questions before anything is changed."""
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)
        self._window.show_page("settings")
        self._settle()
        page.open("masking")
        yield from self._every_look("settings-privacy", self._window)
        yield from self._every_question("mask-again", page.masking.mask_again)
        backup = Path("csqm-backup-20260901-180000.zip")
        yield from self._every_question("restore", lambda: page.workspace.restore_over(backup, False, None))
        workspace = self._context.open_workspace
        numbers = workspace.conversations.all_ids()
        first = workspace.conversations.get(numbers[0]) if numbers else None
        if first is None:  # nobody to erase yet: the question cannot come up
            return
        found = preview(workspace, Subject(conversations=(first.source_id,)))
        for path in self._looks("erase"):
            self._picture(ErasureDialog(found, self._window), path)
            yield path

    def _every_question(self, name: str, ask: Callable[[], object]) -> Iterator[Path]:
        """A question as the window asks it; the answer is always no."""
        notices = self._context.notices
        for path in self._looks(name):

            def answer(*words: Any, path: Path = path, **options: Any) -> bool:
                self._picture(notices.question(*words, **options), path)
                return False

            notices.ask = answer  # type: ignore[method-assign]
            try:
                ask()
            finally:
                del notices.ask
            yield path

    def _picture(self, dialog: QDialog, path: Path) -> None:
        dialog.show()
        self._settle()
        dialog.grab().save(str(path))
        dialog.close()
        dialog.deleteLater()

    def _looks(self, name: str) -> Iterator[Path]:
        for theme, language in LOOKS:
            self._context.change_settings(theme=theme, language=language)
            self._settle()
            yield self._out / f"{name}-{theme}-{language.split('_')[0]}.png"

    def _every_look(self, name: str, widget: QWidget) -> Iterator[Path]:
        for path in self._looks(name):
            widget.grab().save(str(path))
            yield path

    def _settle(self) -> None:
        """Let pages read their data and paint."""
        quiet = 0  # turns, not seconds: on a busy computer one turn can take longer than any pause
        deadline = time.monotonic() + _WAIT_SECONDS
        while quiet < _QUIET_TURNS and time.monotonic() < deadline:
            QApplication.processEvents()
            page = self._window.current
            quiet = 0 if self._context.runner.busy or (page is not None and page.is_busy()) else quiet + 1
            time.sleep(0.01)


def _ignore(*_arguments: object, **_options: object) -> None:
    """Toasts would cover the screens."""
