"""Table models of the watched folders and of what became of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QBrush, QColor

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.watched import WatchedFile, WatchedFolder
from csqm_desktop.ui.importing.preview_table_model import Index, RowsTableModel
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.translations import error_texts, row_error_text


def when_text(at: int) -> str:
    """A time in ms, as the language writes it."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at), QLocale.FormatType.ShortFormat)


class FoldersTableModel(RowsTableModel):
    """Watched folders with how they are read and how they are."""

    COLUMN_STATE = 3

    def __init__(self) -> None:
        super().__init__()
        self.folders: tuple[WatchedFolder, ...] = ()
        self._problems: dict[int, CsqmError] = {}

    def set_folders(self, folders: Sequence[WatchedFolder], problems: Mapping[int, CsqmError]) -> None:
        """Show other folders."""
        self.folders, self._problems = tuple(folders), dict(problems)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers and states in the language in use."""
        headers = (self.tr("Folder"), self.tr("Columns"), self.tr("Afterwards"), self.tr("State"))
        self._reset(headers, [self._row(folder) for folder in self.folders])

    def _row(self, folder: WatchedFolder) -> tuple[str, ...]:
        after = self.tr("Files are moved") if folder.moves else self.tr("Files stay")
        return (str(folder.path), folder.profile or self.tr("Recognised"), after, self._state(folder))

    def _state(self, folder: WatchedFolder) -> str:
        if folder.paused:
            return self.tr("Paused")
        problem = self._problems.get(folder.id)
        return error_texts(problem)[0] if problem else self.tr("Watching")

    def decoration(self, index: Index, role: int) -> Any:
        """The state's colour."""
        if role != Qt.ItemDataRole.ForegroundRole or index.column() != self.COLUMN_STATE:
            return None
        folder, color = self.folders[index.row()], tokens().color
        if folder.paused:
            return QBrush(QColor(color.ok))
        return QBrush(QColor(color.bad if folder.id in self._problems else color.good))


class FilesTableModel(RowsTableModel):
    """What became of files, newest first."""

    COLUMN_OUTCOME = 3

    def __init__(self) -> None:
        super().__init__()
        self.files: tuple[WatchedFile, ...] = ()

    def set_files(self, files: Sequence[WatchedFile]) -> None:
        """Show another log."""
        self.files = tuple(files)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers, times and reasons in the language in use."""
        headers = (self.tr("File"), self.tr("When"), self.tr("Added"), self.tr("Outcome"))
        self._reset(headers, [self._row(file) for file in self.files])

    def _row(self, file: WatchedFile) -> tuple[str, ...]:
        return (file.name, when_text(file.at), f"{file.added:,}", self._outcome(file))

    def _outcome(self, file: WatchedFile) -> str:
        if file.outcome == "imported":
            return self.tr("Imported")
        if file.outcome == "failed":
            return row_error_text(file.code, file.values)
        return self.tr("Being imported")

    def decoration(self, index: Index, role: int) -> Any:
        """The outcome's colour."""
        if role != Qt.ItemDataRole.ForegroundRole or index.column() != self.COLUMN_OUTCOME:
            return None
        color = tokens().color
        tones = {"imported": color.good, "failed": color.bad}
        return QBrush(QColor(tones.get(self.files[index.row()].outcome or "", color.text_muted)))
