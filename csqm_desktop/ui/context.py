"""What every page receives: settings, the open workspace, the job runner, and how to hear of changes.

``app.py`` builds one; tests build one with an inline runner. There is no global to reach for instead.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from csqm_desktop import settings as settings_file
from csqm_desktop.settings import Settings

if TYPE_CHECKING:
    from csqm_desktop.jobs.model_process import ModelProcess
    from csqm_desktop.store.workspace import Workspace
    from csqm_desktop.ui.folder_watch import FolderWatch
    from csqm_desktop.ui.job_runner import JobHandle, JobRunner
    from csqm_desktop.ui.notices import Notices
    from csqm_desktop.ui.shortcuts import Shortcuts
    from csqm_desktop.ui.theme import Theme
    from csqm_desktop.ui.translations import Translations

TOPICS = frozenset({"conversations", "scores", "reviews", "versions", "jobs"})
#: what a finished job touched, whatever its outcome, by ``Job.kind``
_TOUCHED = {
    "import": ("conversations", "scores"),
    "pull": ("conversations", "scores"),
    "undo_import": ("conversations", "scores"),
    "erase": ("conversations", "scores", "reviews"),
    "mask_again": ("conversations", "scores", "reviews"),
    "label": ("reviews",),
    "score": ("scores", "versions"),
    "train": ("versions", "scores"),
}


class AppContext(QObject):
    """The one object that pages are given. Its parts never change; the workspace and the settings do."""

    changed = Signal(object)  # frozenset of topics
    workspace_changed = Signal()
    settings_changed = Signal()
    navigation_requested = Signal(str, object)  # page name, what it should show

    def __init__(
        self,
        settings: Settings,
        runner: JobRunner,
        theme: Theme,
        translations: Translations,
        shortcuts: Shortcuts,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._workspace: Workspace | None = None
        self.runner = runner
        self.theme = theme
        self.translations = translations
        self.shortcuts = shortcuts
        self.notices = notices
        self._model_process: ModelProcess | None = None
        self._folder_watch: FolderWatch | None = None
        shortcuts.changed.connect(lambda: self.change_settings(shortcuts=shortcuts.custom))
        runner.job_finished.connect(self._job_finished)

    # -- settings

    @property
    def settings(self) -> Settings:
        """The settings in use; change them with ``change_settings``."""
        return self._settings

    def change_settings(self, **values: Any) -> None:
        """Change, check and save settings, and let language, theme and font size take effect at once."""
        before = self._settings
        self._settings = replace(before, **values).validated()
        if self._settings == before:
            return
        settings_file.save(self._settings)
        if (self._settings.theme, self._settings.font_scale) != (before.theme, before.font_scale):
            self.theme.apply(self._settings.theme, self._settings.font_scale)
        if self._settings.language != before.language:
            self.translations.apply(self._settings.language)
        self.settings_changed.emit()

    @property
    def reviewer(self) -> str:
        """Whose reviews these are: who is signed in, else the name in the settings, else the system's user."""
        if self._workspace is not None and self._workspace.actor is not None:
            return self._workspace.actor.name
        return self._settings.reviewer.strip() or _system_user()

    @property
    def reviewer_named(self) -> bool:
        """Whether somebody has said who reviews."""
        signed_in = self._workspace is not None and self._workspace.actor is not None
        return signed_in or bool(self._settings.reviewer.strip())

    def person_changed(self) -> None:
        """Somebody signed in, or another role: let everything that shows a name show the right one."""
        self.settings_changed.emit()

    # -- the workspace

    @property
    def workspace(self) -> Workspace | None:
        """The open workspace; None on the welcome screen."""
        return self._workspace

    @property
    def open_workspace(self) -> Workspace:
        """The open workspace, where a page knows that there is one."""
        assert self._workspace is not None
        return self._workspace

    def use_workspace(self, workspace: Workspace | None) -> None:
        """Switch to another workspace; the previous one is closed."""
        previous, self._workspace = self._workspace, workspace
        if workspace is not None:
            self.change_settings(last_workspace=str(Path(workspace.folder)))
        self.workspace_changed.emit()
        if previous is not None and previous is not workspace:
            previous.close()

    # -- the model

    @property
    def model_process(self) -> ModelProcess:
        """The worker process that jobs of the model are given; it starts with the first request."""
        if self._model_process is None:
            from csqm_desktop.jobs.model_process import ModelProcess

            self._model_process = ModelProcess(self._settings.low_priority)
        self._model_process.precision = self._settings.precision
        return self._model_process

    @property
    def folder_watch(self) -> FolderWatch:
        """What watches the workspace's folders; the window asks for it first and so sets it going."""
        if self._folder_watch is None:
            from csqm_desktop.ui.folder_watch import FolderWatch

            self._folder_watch = FolderWatch(self, self)
        return self._folder_watch

    @property
    def known_engine(self) -> Mapping[str, Any]:
        """What read texts last (``backend``, ``device_name``), without starting anything; empty while unknown."""
        return self._model_process.engine if self._model_process is not None else {}

    def close_model_process(self) -> None:
        """End the worker, if it ever ran; the next request starts a fresh one."""
        if self._model_process is not None:
            self._model_process.close()
            self._model_process = None

    # -- news

    def _job_finished(self, handle: JobHandle) -> None:
        self.announce(("jobs", *_TOUCHED.get(handle.kind, ())))

    def announce(self, topics: Iterable[str]) -> None:
        """Tell the pages what a write touched; each refreshes what it shows of it."""
        known = frozenset(topics) & TOPICS
        if known:
            self.changed.emit(known)

    def navigate(self, page: str, request: object = None) -> None:
        """Show a page, and let it show something in particular: see ``Page.open``."""
        self.navigation_requested.emit(page, request)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
