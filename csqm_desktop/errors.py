"""Every error a user can meet: a code, the values that fill its sentence, and what to do next.

The sentences are English source texts of the Qt Linguist context ``errors``; the window shows their
translation, the command line the text below. Anything that is not a ``CsqmError`` is a bug of ours.
"""

from __future__ import annotations

from typing import Any


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark ``text`` for the catalogs without importing Qt here."""
    return text



# code: (what happened, what to do)
MESSAGES: dict[str, tuple[str, str]] = {
    # -- workspace and store
    "workspace_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no workspace in {path}."),
        QT_TRANSLATE_NOOP("errors", "Create one with “csqm init --workspace {path}”, or open another folder."),
    ),
    "workspace_exists": (
        QT_TRANSLATE_NOOP("errors", "{path} already holds a workspace."),
        QT_TRANSLATE_NOOP("errors", "Open it as it is, or choose an empty folder for a new one."),
    ),
    "workspace_not_writable": (
        QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be written to ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the folder's permissions and the free disk space, or choose another folder."),
    ),
    "database_newer": (
        QT_TRANSLATE_NOOP("errors", "{path} was written by a newer release of csqm-desktop (unknown schema step {step})."),
        QT_TRANSLATE_NOOP("errors", "Update csqm-desktop, then open the workspace again. Nothing was changed."),
    ),
    "database_damaged": (
        QT_TRANSLATE_NOOP("errors", "The database {path} is damaged or is not a csqm workspace ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Restore a copy from the workspace's backups folder with “csqm restore”."),
    ),
    "database_busy": (
        QT_TRANSLATE_NOOP("errors", "Another program kept the database {path} busy for more than {seconds} seconds."),
        QT_TRANSLATE_NOOP("errors", "Wait for the other job to end or close the other window, then try again. Nothing was lost."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("errors", "The disk that holds {path} is full or failed while writing ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Free some space and start again. Everything confirmed before is safe."),
    ),
    "job_running": (
        QT_TRANSLATE_NOOP("errors", "Another {kind} is already running on this workspace."),
        QT_TRANSLATE_NOOP("errors", "Wait until it ends or cancel it there, then try again."),
    ),
    "unexpected": (
        QT_TRANSLATE_NOOP("errors", "Something went wrong that csqm-desktop did not expect ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Please report it with the log file {log}. Everything confirmed before is safe."),
    ),
}


class CsqmError(Exception):
    """An error with a sentence for the user: what happened, to which file or row, and what to do.

    ``code`` is a key of ``MESSAGES``; ``values`` fill its two sentences.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    @property
    def what(self) -> str:
        """The sentence that says what happened."""
        return MESSAGES[self.code][0].format_map(self.values)

    @property
    def remedy(self) -> str:
        """The sentence that says what to do."""
        return MESSAGES[self.code][1].format_map(self.values)

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


class Cancelled(Exception):  # noqa: N818 -- an outcome the user asked for, not an error
    """The user cancelled the job; whatever it had committed stays valid."""
