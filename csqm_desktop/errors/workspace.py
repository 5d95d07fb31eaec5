"""Errors about the workspace, its database and its backups: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "workspace_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no workspace in {path}."),
        QT_TRANSLATE_NOOP("errors", "Create one with “csqm init --workspace {path}”, or open another folder."),
    ),
    "workspace_exists": (
        QT_TRANSLATE_NOOP("errors", "{path} already holds a workspace."),
        QT_TRANSLATE_NOOP("errors", "Open it as it is, or choose an empty folder for a new one."),
    ),
    "folder_not_empty": (
        QT_TRANSLATE_NOOP(
            "errors", "{path} is not empty: it holds “{first}” ({count} in all). A workspace needs a folder of its own."
        ),
        QT_TRANSLATE_NOOP("errors", "Choose a new or an empty folder, such as one inside it. Nothing was changed."),
    ),
    "workspace_is_file": (
        QT_TRANSLATE_NOOP("errors", "{path} is a file; a workspace is a folder."),
        QT_TRANSLATE_NOOP("errors", "Choose a new or an empty folder. The file was not touched."),
    ),
    "workspace_not_writable": (
        QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be written to ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors", "Check the folder's permissions and the free disk space, or choose another folder."
        ),
    ),
    "database_newer": (
        QT_TRANSLATE_NOOP(
            "errors", "{path} was written by a newer release of csqm-desktop (unknown schema step {step})."
        ),
        QT_TRANSLATE_NOOP("errors", "Update csqm-desktop, then open the workspace again. Nothing was changed."),
    ),
    "database_damaged": (
        QT_TRANSLATE_NOOP("errors", "The database {path} is damaged or is not a csqm workspace ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Restore a copy from the workspace's backups folder with “csqm restore”."),
    ),
    "database_busy": (
        QT_TRANSLATE_NOOP("errors", "Another program kept the database {path} busy for more than {seconds} seconds."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Wait for the other job to end or close the other window, then try again. Nothing was lost.",
        ),
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
    "package_missing": (
        QT_TRANSLATE_NOOP("errors", "This needs the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install {package}”, or choose another format."),
    ),
    "backup_locked": (
        QT_TRANSLATE_NOOP("errors", "The backup {file} is encrypted, and what was given does not open it."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Give the passphrase or recovery code that the workspace had when the backup was made (for scripts:"
            " CSQM_PASSPHRASE). Nothing was changed.",
        ),
    ),
    "backup_broken": (
        QT_TRANSLATE_NOOP("errors", "{file} is not a complete backup of a workspace ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another backup file. The workspace was not touched."),
    ),
    "screenshots_failed": (
        QT_TRANSLATE_NOOP("errors", "The screens could not be rendered (exit code {exit})."),
        QT_TRANSLATE_NOOP(
            "errors", "The lines above say what failed; “csqm doctor” says what the window lacks on this machine."
        ),
    ),
}
