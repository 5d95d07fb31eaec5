"""Watches the workspace's folders while the window is open: looks in the background, imports, scores.

The system's events only make it look sooner; what decides is ``jobs/watch_folder.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from csqm_desktop.domain.permissions import IMPORT
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobHandle

if TYPE_CHECKING:
    from csqm_desktop.jobs.watch_folder import FolderScan
    from csqm_desktop.store.watched import WatchedFolder

LOOK_MS = 1000
_Found = list[tuple["WatchedFolder", Path]]


class FolderWatch(QObject):
    """One for each window. ``problems`` says what keeps a folder from being read, by its number."""

    changed = Signal()  # folders or problems

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.folders: tuple[WatchedFolder, ...] = ()
        self.problems: dict[int, CsqmError] = {}
        self._scans: dict[int, FolderScan] = {}
        self._looking = False
        self._running: list[JobHandle] = []
        self._added = 0
        self._events = QFileSystemWatcher(self)
        self._events.directoryChanged.connect(lambda _path: self._look())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        context.workspace_changed.connect(self._other_workspace)
        context.changed.connect(lambda topics: self.reload() if "jobs" in topics else None)

    def reload(self) -> None:
        """Read again which folders are watched."""
        workspace = self._context.workspace
        if workspace is not None:
            self._context.runner.query(workspace.watched.folders, self._use, owner=self)

    def try_again(self, folder_id: int) -> None:
        """Give files that failed before another chance."""
        if folder_id in self._scans:
            self._scans[folder_id].forget()

    def _other_workspace(self) -> None:
        self._timer.stop()
        self._scans.clear()
        self._use(())
        self.reload()

    def _use(self, folders: Sequence[WatchedFolder]) -> None:
        if tuple(folders) != self.folders:
            self.folders = tuple(folders)
            self.changed.emit()
        if self._events.directories():
            self._events.removePaths(self._events.directories())
        active = [str(folder.path) for folder in folders if not folder.paused]
        if active:
            self._events.addPaths([path for path in active if Path(path).is_dir()])
            self._timer.start()
        else:
            self._timer.stop()

    # -- looking

    def _look(self) -> None:
        if self._looking or self._running or self._context.workspace is None:
            return
        self._looking = True
        folders = [folder for folder in self.folders if not folder.paused]
        self._context.runner.query(lambda: self._scan(folders), self._take, self._not_looked, owner=self)

    def _scan(self, folders: Sequence[WatchedFolder]) -> tuple[_Found, dict[int, CsqmError]]:
        """In the background: what is complete and new."""
        from csqm_desktop.jobs.watch_folder import FolderScan

        workspace = self._context.workspace
        if workspace is None or not workspace.people.may(IMPORT):
            return [], {}
        found: _Found = []
        problems: dict[int, CsqmError] = {}
        for folder in folders:
            scan = self._scans.setdefault(folder.id, FolderScan(folder.path))
            try:
                found += [(folder, path) for path in scan.ready()]
            except CsqmError as error:
                problems[folder.id] = error
        return found, problems

    def _not_looked(self, _error: CsqmError) -> None:
        self._looking = False

    def _take(self, result: tuple[_Found, dict[int, CsqmError]]) -> None:
        from csqm_desktop.jobs.watch_folder import ImportWatched

        self._looking = False
        found, problems = result
        if {k: str(v) for k, v in problems.items()} != {k: str(v) for k, v in self.problems.items()}:
            self.problems = problems
            self.changed.emit()
        workspace = self._context.workspace
        if workspace is None:
            return
        known = {folder.id for folder in self.folders}
        for folder, path in found:
            if folder.id in known:
                handle = self._context.runner.start(ImportWatched(workspace, folder, path))
                self._running.append(handle)
                handle.finished.connect(lambda handle=handle: self._done(handle))

    def _done(self, handle: JobHandle) -> None:
        self._running.remove(handle)
        if handle.state == "succeeded":
            self._added += handle.result.added
        elif handle.state == "cancelled":
            self._pause_after_cancel(handle)
        if not self._running and self._added:
            self._added = 0
            self._score()

    def _pause_after_cancel(self, handle: JobHandle) -> None:
        """Somebody stopped an import: taking the file again a second later is not what they want."""
        from csqm_desktop.jobs.watch_folder import ImportWatched

        workspace, job = self._context.workspace, handle.job
        if workspace is None or not isinstance(job, ImportWatched):
            return
        self._scans[job.folder.id].again(job.path)
        workspace.watched.pause(job.folder.id, True)
        self.reload()
        text = self.tr("The watched folder {folder} is paused now.").format(folder=job.folder.path.name)
        self._context.notices.toast(text, "ok")

    def _score(self) -> None:
        from csqm_desktop.jobs.score_replies import ScoreReplies

        context = self._context
        if context.workspace is not None and context.settings.score_after_import:
            context.runner.start(ScoreReplies(context.workspace, context.model_process, device=context.settings.device))
