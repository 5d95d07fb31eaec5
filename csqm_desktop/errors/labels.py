"""Errors about labels read from files: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "no_labels": (
        QT_TRANSLATE_NOOP("errors", "There are no labels to learn from yet."),
        QT_TRANSLATE_NOOP("errors", "Review some replies, or import labels with “csqm label”, then train again."),
    ),
    "labels_are_scores": (
        QT_TRANSLATE_NOOP("errors", "{file} holds a model's scores, not people's labels; nothing was read from it."),
        QT_TRANSLATE_NOOP(
            "errors", "Export the labels instead. Scores come from a version: let the version score the replies here."
        ),
    ),
    "labels_columns_missing": (
        QT_TRANSLATE_NOOP("errors", "The label file {file} lacks the columns {missing}; it has: {found}."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Give it the header conversation_id,message_id,criterion,level,reviewer,reviewed_at; or, in place of"
            " criterion and level, a column for each criterion, named like it.",
        ),
    ),
    "labels_broken": (
        QT_TRANSLATE_NOOP("errors", "The label file {file} cannot be read as a table ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Save it again as CSV (UTF-8) or JSON lines. Nothing was stored."),
    ),
    "labelled_columns": (
        QT_TRANSLATE_NOOP("errors", "{file} has no column for the text or none for its class (it has: {found})."),
        QT_TRANSLATE_NOOP("errors", "Name the columns “text” and “label” in the first row, and choose the file again."),
    ),
    "labelled_classes": (
        QT_TRANSLATE_NOOP("errors", "{file} has {count} classes ({found}); a scorecard's criterion has two to five."),
        QT_TRANSLATE_NOOP("errors", "Join rare classes, or check that the class column is the right one."),
    ),
    "labelled_order": (
        QT_TRANSLATE_NOOP("errors", "The order “{order}” does not name each class of {file} once."),
        QT_TRANSLATE_NOOP("errors", "Name these, worst first, with commas between: {classes}."),
    ),
    "labelled_other_scorecard": (
        QT_TRANSLATE_NOOP("errors", "The classes of {file} ({classes}) are not in this workspace's scorecard."),
        QT_TRANSLATE_NOOP("errors", "Make a new workspace and choose this file there as its scorecard."),
    ),
    "labels_empty": (
        QT_TRANSLATE_NOOP(
            "errors", "There are no labels in {file}: no row after the headings, or no item that a person has judged."
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "Check that it is the right file and that it was saved whole. A model’s scores are not read as labels.",
        ),
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
    "label_not_a_person": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: “{source}” is not a person's opinion."),
        QT_TRANSLATE_NOOP(
            "errors", "Import the labels of single reviewers; a consensus and a model's labels are derived."
        ),
    ),
    "label_verdict": (
        QT_TRANSLATE_NOOP("errors", "{file}, row {row}: there is no verdict “{verdict}”."),
        QT_TRANSLATE_NOOP("errors", "Use one of: {known}."),
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
}
