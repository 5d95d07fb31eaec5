"""Errors about files that are written: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "export_kind": (
        QT_TRANSLATE_NOOP("errors", "“{kind}” cannot be exported."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_format": (
        QT_TRANSLATE_NOOP("errors", "There is no export format “{format}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_format_kind": (
        QT_TRANSLATE_NOOP("errors", "The format “{format}” has no room for {kind}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_opinions": (
        QT_TRANSLATE_NOOP("errors", "Labels cannot be exported as “{opinions}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "export_blocked": (
        QT_TRANSLATE_NOOP(
            "errors",
            "{file} was not written: it would hold personal data ({found}; allowed: {limit} of each kind)."
            " The first is in row {row}, {column}: “{excerpt}”.",
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "Remove it there and export again. Or export all the same with a reason, which is logged:"
            " --override “REASON” on the command line; in the window, write it under what was found and press “Export"
            " all the same”. How much of a kind may be left without a reason: --allow N, or Settings, Exports.",
        ),
    ),
    "export_blocked_older_rules": (
        QT_TRANSLATE_NOOP(
            "errors",
            "{file} was not written: it would hold personal data ({found}; allowed: {limit} of each kind)."
            " The first is in row {row}, {column}: “{excerpt}”.",
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "The texts were masked by the rules of an earlier release, which knew less. Mask them again (“csqm"
            " mask-again”, or Settings, Masked texts), then export again. What is left after that is in names of shops,"
            " products or ids: remove it there, or export all the same with a reason (--override “REASON”).",
        ),
    ),
    "export_folder_there": (
        QT_TRANSLATE_NOOP("errors", "{path} is there already, and this format writes a whole folder."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose another name, or move the old folder away first. On the command line --overwrite replaces an"
            " earlier export.",
        ),
    ),
    "export_folder_foreign": (
        QT_TRANSLATE_NOOP(
            "errors",
            "{path} holds files that are not an earlier export’s (“{first}”, {count} in all). It was left alone.",
        ),
        QT_TRANSLATE_NOOP("errors", "Choose another name, or move these files away first."),
    ),
    "export_workbook_full": (
        QT_TRANSLATE_NOOP("errors", "{file} would have more than the {limit} rows that a worksheet can hold."),
        QT_TRANSLATE_NOOP("errors", "Choose a shorter period, or the format csv or parquet."),
    ),
    "export_cell_long": (
        QT_TRANSLATE_NOOP(
            "errors", "{file}, row {row}: the text in {column} is longer than the {limit} characters of an Excel cell."
        ),
        QT_TRANSLATE_NOOP("errors", "Choose the format csv, jsonl or parquet, which have no such limit."),
    ),
    "output_there": (
        QT_TRANSLATE_NOOP("errors", "{path} is there already and would be lost. Nothing was written."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose another name. On the command line --overwrite replaces it; in the window, choose the file with"
            " “Choose…” and confirm.",
        ),
    ),
    "output_kind": (
        QT_TRANSLATE_NOOP("errors", "{path} is no name for what would be in it. Nothing was written."),
        QT_TRANSLATE_NOOP("errors", "It is a table: end the name with {known}. Pictures are made in the window."),
    ),
    "export_failed": (
        QT_TRANSLATE_NOOP("errors", "The file {file} could not be written ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Close it in other programs, check the folder and the free space, then try again."),
    ),
    "attachment_missing": (
        QT_TRANSLATE_NOOP("errors", "No copy of the attached file {name} is kept in this workspace."),
        QT_TRANSLATE_NOOP("errors", "Import the export again with its files in a folder beside it, or ask the source."),
    ),
    "attachment_broken": (
        QT_TRANSLATE_NOOP("errors", "The kept copy of the attached file {name} is damaged."),
        QT_TRANSLATE_NOOP(
            "errors", "Bring the workspace back from a backup, or import the export with its files again."
        ),
    ),
}
