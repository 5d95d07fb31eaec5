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
    # -- jobs
    "worker_died": (
        QT_TRANSLATE_NOOP("errors", "The model process ended unexpectedly (exit code {exit})."),
        QT_TRANSLATE_NOOP(
            "errors", "Start the job again: it goes on where it stopped. If it happens again, see the log file {log}."
        ),
    ),
    "no_version": (
        QT_TRANSLATE_NOOP("errors", "There is no model version for the scorecard “{scorecard}” yet."),
        QT_TRANSLATE_NOOP(
            "errors", "Review some replies (or import labels with “csqm label”), then train with “csqm train”."
        ),
    ),
    "base_missing": (
        QT_TRANSLATE_NOOP("errors", "The base model that version {version} was trained on is not installed."),
        QT_TRANSLATE_NOOP("errors", "Add it with “csqm models add-base”, or activate another version."),
    ),
    "base_not_provisioned": (
        QT_TRANSLATE_NOOP("errors", "The base model is not installed yet: {path} is empty."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Run “csqm models add-base” once with a network connection, or give it a folder that holds a model.",
        ),
    ),
    "no_labels": (
        QT_TRANSLATE_NOOP("errors", "There are no labels to learn from yet."),
        QT_TRANSLATE_NOOP("errors", "Review some replies, or import labels with “csqm label”, then train again."),
    ),
    "unknown_method": (
        QT_TRANSLATE_NOOP("errors", "There is no training method “{method}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "strategy_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no queue strategy “{strategy}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "version_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no model version “{version}”."),
        QT_TRANSLATE_NOOP("errors", "See the versions with “csqm models list”."),
    ),
    "criterion_unknown": (
        QT_TRANSLATE_NOOP("errors", "The scorecard has no criterion “{criterion}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "field_unknown": (
        QT_TRANSLATE_NOOP("errors", "Replies have no field “{field}” to group by."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "labels_columns_missing": (
        QT_TRANSLATE_NOOP("errors", "The label file {file} lacks the columns {missing}; it has: {found}."),
        QT_TRANSLATE_NOOP(
            "errors", "Give it the header conversation_id,message_id,criterion,level,reviewer,reviewed_at."
        ),
    ),
    "labels_broken": (
        QT_TRANSLATE_NOOP("errors", "The label file {file} cannot be read as a table ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Save it again as CSV (UTF-8) or JSON lines. Nothing was stored."),
    ),
    "labels_none_usable": (
        QT_TRANSLATE_NOOP("errors", "None of the {count} rows of {file} could be used. The first problem: {reason}"),
        QT_TRANSLATE_NOOP(
            "errors", "Check that the conversations were imported into this workspace and that the scorecard fits."
        ),
    ),
    "label_reply_unknown": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: message {message} of conversation {conversation} is not here."),
        QT_TRANSLATE_NOOP("errors", "Import the conversation first, or correct the two ids."),
    ),
    "label_not_a_reply": (
        QT_TRANSLATE_NOOP(
            "errors", "{file}, row {row}: message {message} of conversation {conversation} is not by an agent or a bot."
        ),
        QT_TRANSLATE_NOOP("errors", "Only replies of the shop can be labelled: correct the message id."),
    ),
    "label_criterion_unknown": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: the scorecard has no criterion “{criterion}”."),
        QT_TRANSLATE_NOOP("errors", "Use one of: {known}."),
    ),
    "label_level_unknown": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: criterion {criterion} has no level “{level}”."),
        QT_TRANSLATE_NOOP("errors", "Use one of: {known}."),
    ),
    "label_value_missing": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: the column {field} is empty."),
        QT_TRANSLATE_NOOP("errors", "Fill it in and read the file again; known rows are not doubled."),
    ),
    "label_time": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: “{value}” is not a date and time."),
        QT_TRANSLATE_NOOP("errors", "Write it like 2026-09-01T08:05:00+08:00, or leave it empty."),
    ),
    "label_row_json": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: this line is not a JSON object ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Correct the line and read the file again; known rows are not doubled."),
    ),
    "label_row_encoding": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: some bytes are not text in this file's encoding."),
        QT_TRANSLATE_NOOP("errors", "Save the file as UTF-8 and read it again."),
    ),
    "export_kind": (
        QT_TRANSLATE_NOOP("errors", "“{kind}” cannot be exported."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_format": (
        QT_TRANSLATE_NOOP("errors", "There is no export format “{format}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_failed": (
        QT_TRANSLATE_NOOP("errors", "The file {file} could not be written ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Close it in other programs, check the folder and the free space, then try again."),
    ),
    "package_missing": (
        QT_TRANSLATE_NOOP("errors", "This needs the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install {package}”, or choose another format."),
    ),
    "backup_broken": (
        QT_TRANSLATE_NOOP("errors", "{file} is not a complete backup of a workspace ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another backup file. The workspace was not touched."),
    ),
    "evaluate_overlap": (
        QT_TRANSLATE_NOOP("errors", "All labelled replies of {file} are in the workspace's own labels."),
        QT_TRANSLATE_NOOP("errors", "Give a file of labels that were not imported for training."),
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
