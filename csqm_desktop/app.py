"""The window's composition root: builds the dozen objects the app consists of and shows the window.

Only QtWidgets is imported before the window is there; the workspace is opened and pages are built after it has
been painted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from csqm_desktop import logs, settings
from csqm_desktop.ui.assembly import close, make_application, make_context
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from csqm_desktop.jobs.base import Interruption

_log = logging.getLogger(__name__)
_HOUR_MS = 3_600_000


def main(argv: list[str] | None = None) -> int:
    """Show the window and run until it is closed."""
    arguments = _arguments(sys.argv[1:] if argv is None else argv)
    logs.set_up("csqm")
    app = make_application()
    context = make_context(app, settings.load())
    context.notices.catch_crashes()
    window = MainWindow(context)
    starter = Starter(context, window, arguments.workspace)
    window.show()
    window.activateWindow()  # without a window manager nobody else gives it the keyboard
    QTimer.singleShot(0, starter.begin)
    code = app.exec()
    close(context)
    return code


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="csqm-desktop", description="The window of csqm-desktop.")
    parser.add_argument("--workspace", type=Path, help="the workspace to open; default: the last one")
    return parser.parse_args(argv)


class Starter:
    """What happens once the window is there: the last workspace, and what a crash interrupted."""

    def __init__(self, context: AppContext, window: MainWindow, folder: Path | None = None) -> None:
        self._context = context
        self._window = window
        self._folder = folder
        context.workspace_changed.connect(self._look_for_interruptions)
        context.workspace_changed.connect(self._end_originals)
        self._hourly = QTimer(window)
        self._hourly.setInterval(_HOUR_MS)
        self._hourly.timeout.connect(self._end_originals)
        self._hourly.start()

    def begin(self) -> None:
        """Open the named workspace, or the last one; a missing last one is no error."""
        folder = self._folder or (
            Path(self._context.settings.last_workspace) if self._context.settings.last_workspace else None
        )
        if folder is None:
            return
        on_missing = None if self._folder else self._nothing_to_open
        self._window.workspaces.open(folder, on_missing)

    def _nothing_to_open(self) -> None:
        _log.info("the last workspace is gone")

    def _look_for_interruptions(self) -> None:
        workspace = self._context.workspace
        if workspace is None:
            return

        def find() -> tuple[list[Interruption], int]:
            from csqm_desktop.jobs.base import recover
            from csqm_desktop.jobs.score_replies import waiting

            return recover(workspace), waiting(workspace)

        self._context.runner.query(find, self._go_on, owner=self._window)

    def _end_originals(self) -> None:
        """At the start and every hour: originals whose days are over."""
        workspace = self._context.workspace
        if workspace is None:
            return

        def end() -> int:
            from csqm_desktop.jobs.raw_texts import end_due

            return end_due(workspace)

        def told(ended: int) -> None:
            if ended:
                self._context.announce({"conversations"})

        self._context.runner.query(end, told, owner=self._window)

    def _go_on(self, found: tuple[list[Interruption], int]) -> None:
        interruptions, waiting = found
        self._report_interruptions(interruptions)
        self._offer_masking()
        self._back_up()
        if waiting and self._context.settings.score_after_import:
            self._score()

    def _report_interruptions(self, found: list[Interruption]) -> None:
        workspace = self._context.workspace
        if not found or workspace is None:
            return
        for interruption in found:
            workspace.jobs.acknowledge(interruption.job_id)
        last = found[-1]
        texts = {
            "import": QCoreApplication.translate(
                "Starter", "The import of {file} was interrupted. What was read is kept; import it again for the rest."
            ),
            "score": QCoreApplication.translate("Starter", "Scoring was interrupted. It goes on where it stopped."),
            "train": QCoreApplication.translate(
                "Starter", "Training was interrupted. The active version is untouched; start it again."
            ),
            "mask_again": QCoreApplication.translate(
                "Starter", "Masking the texts again was interrupted. What was masked stays so; start it again."
            ),
        }
        other = QCoreApplication.translate("Starter", "A job was interrupted. What was stored until then is kept.")
        text = texts.get(last.kind, other).format(file=Path(last.subject).name)
        pages = {"import": "import", "train": "training", "mask_again": "settings"}
        page = pages.get(last.kind)
        if page is None:
            self._context.notices.toast(text, "ok")
            return
        requests: dict[str, object] = {"import": Path(last.subject), "mask_again": "masking"}
        request = requests.get(last.kind)
        show = QCoreApplication.translate("Starter", "Go on")
        self._context.notices.toast(text, "ok", show, lambda: self._context.navigate(page, request))

    def _offer_masking(self) -> None:
        """After an upgrade: rules that know more than those which masked the texts."""
        from csqm_desktop.ui.masking import may_mask

        context, workspace = self._context, self._context.workspace
        if workspace is None or not may_mask(context) or not workspace.masked_texts.outdated():
            return
        text = QCoreApplication.translate(
            "Starter", "This release recognises more personal data than the one that masked these texts."
        )
        show = QCoreApplication.translate("Starter", "Show")
        context.notices.toast(text, "ok", show, lambda: context.navigate("settings", "masking"))

    def _back_up(self) -> None:
        from csqm_desktop.jobs.backup import DailyBackup, due

        context, workspace = self._context, self._context.workspace
        if workspace is None or not context.settings.daily_backup:
            return

        def start(is_due: bool) -> None:
            if is_due and context.workspace is workspace:
                context.runner.start(DailyBackup(workspace, context.settings.backups_kept))

        context.runner.query(lambda: due(workspace), start, owner=self._window)

    def _score(self) -> None:
        from csqm_desktop.jobs.score_replies import ScoreReplies

        context = self._context
        if context.workspace is not None:
            context.runner.start(ScoreReplies(context.workspace, context.model_process, device=context.settings.device))


def render_screenshots(arguments: list[str]) -> int:
    """``screenshots-render OUT WORKSPACE``: every screen as a picture, in a process of its own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from csqm_desktop.ui.screenshots import render

    for path in render(Path(arguments[0]), Path(arguments[1])):
        sys.stdout.write(f"{path}\n")
    return 0
