"""Watched folders on the import page: add, pause, look at the log, try failures again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from csqm_desktop.store.watched import WatchedFile, WatchedFolder
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.folder_watch import FolderWatch
from csqm_desktop.ui.importing.tables import fit_columns, set_visible_rows, table
from csqm_desktop.ui.importing.watch_models import FilesTableModel, FoldersTableModel
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import ElidedLabel, Label

_LOG = 50


class WatchPanel(Translatable, Section):
    """Folders and log; ``watch`` does the work."""

    def __init__(self, context: AppContext, watch: FolderWatch) -> None:
        super().__init__()
        self._context = context
        self._watch = watch
        self.folders, self.files = FoldersTableModel(), FilesTableModel()
        self.view, self.log = table(self.folders, rows=2), table(self.files, rows=3)
        self.add_button = Button("", "plain", "folder-plus", self.add)
        self.pause_button = Button("", "ghost", "pause", self.pause)
        self.retry_button = Button("", "ghost", "refresh", self.retry)
        self.remove_button = Button("", "ghost", "trash", self.remove)
        self.tools.addLayout(row(self.pause_button, self.retry_button, self.remove_button, self.add_button))
        self.log_heading = Label(role="strong")
        self.body.addLayout(column(self.view, self.log_heading, self.log, spacing=SPACE.sm))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        watch.changed.connect(self._show_folders)
        self.retranslate()
        self._show_folders()
        self.set_files(())

    def refresh(self) -> None:
        """Read folders and log again."""
        workspace = self._context.open_workspace
        self._watch.reload()
        self._context.runner.query(partial(workspace.watched.log, _LOG), self.set_files, owner=self)

    def set_files(self, files: list[WatchedFile] | tuple[WatchedFile, ...]) -> None:
        """Show another log."""
        self.files.set_files(files)
        set_visible_rows(self.log, min(6, max(1, len(files))))
        fit_columns(self.log, 320)
        self.log.setVisible(bool(files))
        self.log_heading.setVisible(bool(files))
        self._enable()

    def chosen(self) -> WatchedFolder | None:
        """The chosen folder; the only one when there is one."""
        if len(self.folders.folders) == 1:
            return self.folders.folders[0]
        rows = self.view.selectionModel().selectedRows()
        return self.folders.folders[rows[0].row()] if rows else None

    # -- what can be done

    def add(self) -> None:
        """Ask for a folder and how it is read."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder to watch"), str(Path.home()))
        if not folder:
            return
        profiles = tuple(self._context.open_workspace.batches.profiles())
        dialog = WatchDialog(Path(folder), profiles, self)
        if dialog.exec():
            self.start(Path(folder), dialog.profile, dialog.moves)

    def start(self, folder: Path, profile: str = "", moves: bool = False) -> None:
        """Watch a folder from now on."""
        self._write(lambda workspace: workspace.watched.add(folder.resolve(), "auto", profile, "", moves))

    def pause(self) -> None:
        """Pause the chosen folder, or go on."""
        folder = self.chosen()
        if folder is not None:
            self._write(lambda workspace: workspace.watched.pause(folder.id, not folder.paused))

    def retry(self) -> None:
        """Try the chosen folder's failures again."""
        folder = self.chosen()
        if folder is not None:
            self._write(lambda workspace: workspace.watched.retry_failed(folder.id))
            self._watch.try_again(folder.id)

    def remove(self) -> None:
        """Watch the chosen folder no more."""
        folder = self.chosen()
        if folder is None or not self._context.notices.ask(
            self.tr("Stop watching {folder}?").format(folder=folder.path.name),
            self.tr("Its log is forgotten. The files and the imported messages stay."),
            self.tr("Stop watching"),
        ):
            return
        self._write(lambda workspace: workspace.watched.remove(folder.id))

    def _write(self, change: Callable[[Workspace], object]) -> None:
        workspace = self._context.open_workspace
        query = self._context.runner.query
        query(lambda: change(workspace), lambda _done: self.refresh(), self._context.notices.error, owner=self)

    # -- what is shown

    def _show_folders(self) -> None:
        kept = self.chosen()
        folders = self._watch.folders
        self.folders.set_folders(folders, self._watch.problems)
        set_visible_rows(self.view, min(4, max(1, len(folders))))
        fit_columns(self.view, 420)
        self.view.setVisible(bool(folders))
        ids = [folder.id for folder in folders]
        if kept is not None and kept.id in ids:
            self.view.selectRow(ids.index(kept.id))
        self._enable()

    def _enable(self) -> None:
        folder = self.chosen()
        failed = any(file.outcome == "failed" for file in self.files.files)
        for button in (self.pause_button, self.remove_button, self.retry_button):
            button.setVisible(bool(self.folders.folders))
            button.setEnabled(folder is not None)
        self.retry_button.setVisible(bool(self.folders.folders) and failed)
        paused = folder is not None and folder.paused
        self.pause_button.setText(self.tr("Go on") if paused else self.tr("Pause"))

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("Watched folders"),
            self.tr("Exports that are dropped into these folders are imported and scored while this window is open."),
        )
        self.add_button.setText(self.tr("Watch a folder…"))
        self.retry_button.setText(self.tr("Try failures again"))
        self.remove_button.setText(self.tr("Remove"))
        self.view.setAccessibleName(self.tr("Watched folders"))
        self.log_heading.setText(self.tr("Log"))
        self.log.setAccessibleName(self.tr("Log of the watched folders"))
        self.folders.retranslate()
        self.files.retranslate()
        self._enable()


class WatchDialog(Translatable, QDialog):
    """How the files of a folder are read, and what happens to them afterwards."""

    def __init__(self, folder: Path, profiles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self.title = Label(role="title")
        self.folder_label = ElidedLabel(str(folder), "muted", middle=True)
        self.profile_label, self.move_label = Label(), Label(wrap=True)
        self.profile_combo = Combo()
        self.move_switch = Switch()
        self.ok_button = Button("", "primary", "", self.accept)
        self.ok_button.setDefault(True)
        self.cancel_button = Button("", "plain", "", self.reject)
        layout = column(self.title, self.folder_label, spacing=SPACE.lg, margins=SPACE.xl)
        layout.addLayout(column(self.profile_label, self.profile_combo, spacing=SPACE.xs))
        switch = row(self.move_switch)
        switch.addWidget(self.move_label, 1)
        layout.addLayout(switch)
        layout.addLayout(row(None, self.cancel_button, self.ok_button))
        self.setLayout(layout)
        self.setMinimumWidth(tokens().px(480))
        self.retranslate()

    @property
    def profile(self) -> str:
        """The chosen mapping profile, empty for none."""
        return str(self.profile_combo.value or "")

    @property
    def moves(self) -> bool:
        """Whether files are moved away."""
        return self.move_switch.isChecked()

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("Watch a folder"))
        self.title.setText(self.tr("Watch a folder"))
        self.profile_label.setText(self.tr("Mapping profile"))
        self.profile_combo.setAccessibleName(self.tr("Mapping profile"))
        self.profile_combo.set_choices(
            [("", self.tr("None: recognise the columns")), *((n, n) for n in self._profiles)]
        )
        text = self.tr("Move files into “imported” or “failed” when they are done")
        self.move_label.setText(text)
        self.move_switch.setAccessibleName(text)
        self.ok_button.setText(self.tr("Watch"))
        self.cancel_button.setText(self.tr("Cancel"))
