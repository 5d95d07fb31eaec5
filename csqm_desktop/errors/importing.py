"""Errors about files that are read, and their rows: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "import_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no file {file}."),
        QT_TRANSLATE_NOOP("errors", "Check the name and the folder."),
    ),
    "import_is_folder": (
        QT_TRANSLATE_NOOP("errors", "{file} is a folder."),
        QT_TRANSLATE_NOOP("errors", "Choose the files inside it."),
    ),
    "import_no_permission": (
        QT_TRANSLATE_NOOP("errors", "{file} may not be read by you."),
        QT_TRANSLATE_NOOP("errors", "Close the program that holds it or change its permissions, then try again."),
    ),
    "import_unreadable": (
        QT_TRANSLATE_NOOP("errors", "{file} could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the disk or copy the file to another place, then try again."),
    ),
    "import_empty": (
        QT_TRANSLATE_NOOP("errors", "{file} is empty."),
        QT_TRANSLATE_NOOP("errors", "Export it again; nothing was imported."),
    ),
    "import_header_only": (
        QT_TRANSLATE_NOOP("errors", "{file} has a header ({found}) but no rows."),
        QT_TRANSLATE_NOOP("errors", "Check the period and the filter of the export, then export it again."),
    ),
    "import_no_table": (
        QT_TRANSLATE_NOOP("errors", "{file} holds no row that could be read as a table."),
        QT_TRANSLATE_NOOP("errors", "Save it as CSV with a header row, or choose another format."),
    ),
    "import_binary": (
        QT_TRANSLATE_NOOP("errors", "{file} is not a text file (it looks like this kind of file: {kind})."),
        QT_TRANSLATE_NOOP("errors", "Export it again as CSV, JSON or XLSX; renaming a file does not convert it."),
    ),
    "import_is_html": (
        QT_TRANSLATE_NOOP("errors", "{file} is a web page or XML file with another ending."),
        QT_TRANSLATE_NOOP("errors", "Open it in a spreadsheet program and save it as XLSX or CSV."),
    ),
    "import_is_yaml": (
        QT_TRANSLATE_NOOP("errors", "{file} is a settings or training file (YAML), not an export of chats."),
        QT_TRANSLATE_NOOP("errors", "Export the conversations themselves; for Rasa that is its tracker store."),
    ),
    "import_format_unknown": (
        QT_TRANSLATE_NOOP("errors", "The format of {file} was not recognised."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose the format (on the import page, or with --format), or save the chats as CSV with a header. "
            "Formats are: {known}.",
        ),
    ),
    "import_format_name": (
        QT_TRANSLATE_NOOP("errors", "There is no import format called {name}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of these: {known}."),
    ),
    "import_conversation_missing": (
        QT_TRANSLATE_NOOP(
            "errors",
            "{file} has no column that says which conversation a message belongs to. Its columns are: {found}.",
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "Name that column on the import page, or with --mapping FILE and in it, for example, "
            '{{"fields": {{"conversation_id": "Case"}}}}. If the file is one single conversation: '
            '{{"one_conversation": true}}. docs/formats.md tells more.',
        ),
    ),
    "import_columns_missing": (
        QT_TRANSLATE_NOOP("errors", "{file} has no column for: {missing}. Its columns are: {found}."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Rename the columns, or say which is which: on the import page, or with --mapping FILE and in it, for "
            'example, {{"fields": {{"text": "Message", "sent_at": "Time"}}}}. docs/formats.md tells more.',
        ),
    ),
    "import_roles_missing": (
        QT_TRANSLATE_NOOP("errors", "{file} names who wrote each message but does not say who works for the shop."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Name the shop's people with --agent NAME, again for each; the others are then customers. Or make rules on "
            'the import page, or with --mapping FILE and in it, for example, {{"rules": [{{"role": "agent", "field": '
            '"sender", "is": ["Anna"]}}], "others": "customer"}}. docs/formats.md tells more.',
        ),
    ),
    "import_is_labels": (
        QT_TRANSLATE_NOOP("errors", "{file} is an export of labels: it says how people scored replies, not the chats."),
        QT_TRANSLATE_NOOP("errors", "Read it with “csqm label {file}” after the chats it is about."),
    ),
    "import_encoding_name": (
        QT_TRANSLATE_NOOP("errors", "{encoding} is not an encoding that can be read."),
        QT_TRANSLATE_NOOP("errors", "Choose one of {known}."),
    ),
    "import_encoding_wrong": (
        QT_TRANSLATE_NOOP("errors", "{file} is not written in {encoding}: row {row} cannot be decoded."),
        QT_TRANSLATE_NOOP("errors", "Choose another encoding for it, or save it again as UTF-8."),
    ),
    "import_encoding_unsure": (
        QT_TRANSLATE_NOOP("errors", "The encoding of {file} could not be told for certain; {guess} is the best guess."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose the encoding on the import page, or with --encoding {guess} or another; --dry-run shows how "
            "it reads. Or save the file again as UTF-8.",
        ),
    ),
    "import_timezone_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no time zone {timezone}."),
        QT_TRANSLATE_NOOP("errors", "Write it as Asia/Shanghai or +08:00."),
    ),
    "import_row_too_long": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} is longer than {limit} MB."),
        QT_TRANSLATE_NOOP("errors", "Correct or remove this row; a missing quote or bracket makes rows run together."),
    ),
    "import_json_broken": (
        QT_TRANSLATE_NOOP("errors", "{file} is not valid JSON near record {row} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Export it again, or correct this place. Nothing of it was imported."),
    ),
    "import_json_truncated": (
        QT_TRANSLATE_NOOP("errors", "{file} ends in the middle, after record {row} began."),
        QT_TRANSLATE_NOOP("errors", "Export or copy it again until it is complete. Nothing of it was imported."),
    ),
    "import_json_deep": (
        QT_TRANSLATE_NOOP("errors", "Record {row} of {file} is nested too deeply."),
        QT_TRANSLATE_NOOP("errors", "Remove this record; it does not come from a chat export."),
    ),
    "import_json_no_records": (
        QT_TRANSLATE_NOOP("errors", "{file} holds no list of messages."),
        QT_TRANSLATE_NOOP("errors", "Export it as an array of objects, or as one object on each line."),
    ),
    "import_workbook_broken": (
        QT_TRANSLATE_NOOP("errors", "{file} is not a readable XLSX workbook ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Open it in a spreadsheet program and save it as XLSX again."),
    ),
    "import_workbook_locked": (
        QT_TRANSLATE_NOOP("errors", "{file} is protected by a password."),
        QT_TRANSLATE_NOOP("errors", "Open it with the password, save a copy without one, and import the copy."),
    ),
    "import_workbook_old": (
        QT_TRANSLATE_NOOP("errors", "{file} is in the format of Excel 97-2003."),
        QT_TRANSLATE_NOOP("errors", "Open it in a spreadsheet program and save it as XLSX."),
    ),
    "import_archive_several": (
        QT_TRANSLATE_NOOP("errors", "{file} holds several files that may be chats, not all in one format: {names}."),
        QT_TRANSLATE_NOOP("errors", "Unpack it and import the ones that you need."),
    ),
    "import_archive_locked": (
        QT_TRANSLATE_NOOP("errors", "{file} is protected by a password."),
        QT_TRANSLATE_NOOP("errors", "Unpack it with its password and import the chat in it."),
    ),
    "import_archive_too_big": (
        QT_TRANSLATE_NOOP("errors", "{file} unpacks to more than 4 GB."),
        QT_TRANSLATE_NOOP("errors", "Unpack it yourself if you trust it, and import the chat in it."),
    ),
    "import_archive_broken": (
        QT_TRANSLATE_NOOP("errors", "{file} is damaged and cannot be unpacked ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Copy or download it again. Nothing of it was imported."),
    ),
    "import_workbook_too_big": (
        QT_TRANSLATE_NOOP("errors", "{file} unpacks to more than a workbook of chats can hold."),
        QT_TRANSLATE_NOOP("errors", "Save the sheet as CSV, which is read row by row."),
    ),
    "import_sheet_missing": (
        QT_TRANSLATE_NOOP("errors", "{file} has no sheet {sheet}. Its sheets are: {sheets}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of these sheets."),
    ),
    "import_mapping_file": (
        QT_TRANSLATE_NOOP("errors", "The mapping {file} cannot be used ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Correct the file, or make the mapping again in the import page. A mapping is, for example, "
            '{{"fields": {{"text": "Message"}}}}; docs/formats.md tells more.',
        ),
    ),
    "import_mapping_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no mapping file {file}."),
        QT_TRANSLATE_NOOP(
            "errors",
            'Check the name and the folder. Such a file holds, for example, {{"fields": {{"text": "Message"}}}}; '
            "docs/formats.md tells more.",
        ),
    ),
    "import_mapping_column": (
        QT_TRANSLATE_NOOP(
            "errors",
            "The mapping names a column {column} that the file does not have. Its columns are: {found}.",
        ),
        QT_TRANSLATE_NOOP("errors", "Choose one of these columns, or use another mapping."),
    ),
    "import_mapping_not_saved": (
        QT_TRANSLATE_NOOP("errors", "The mapping could not be written to {file} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder."),
    ),
    "import_rule_slow": (
        QT_TRANSLATE_NOOP("errors", "Role rule {number} takes too long on these texts: {pattern}"),
        QT_TRANSLATE_NOOP("errors", "Write a simpler pattern, or use a list of names or a prefix instead."),
    ),
    "import_no_messages": (
        QT_TRANSLATE_NOOP("errors", "{file} looks like this format but holds no messages: {format}."),
        QT_TRANSLATE_NOOP("errors", "Check the period and the filter of the export, or choose another format."),
    ),
    "import_no_speakers": (
        QT_TRANSLATE_NOOP("errors", "{file} has the words of a recording but names no speakers."),
        QT_TRANSLATE_NOOP("errors", "Export the transcript with speaker names, for example “Agent: …” on each line."),
    ),
    "import_voices": (
        QT_TRANSLATE_NOOP("errors", "{file} tells its speakers apart but does not say who they are: {names}."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Say who works for the shop, for example with --agent “{first}”; the others are then customers. "
            'Or with --mapping FILE and in it {{"roles": {{"{first}": "agent"}}}}; docs/formats.md tells more.',
        ),
    ),
    "import_encrypted": (
        QT_TRANSLATE_NOOP("errors", "The messages in {file} are encrypted."),
        QT_TRANSLATE_NOOP("errors", "Decrypt them with the archive's private key first, then import the result."),
    ),
    "import_batch_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no import number {number} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "The newest imports have the numbers: {known}."),
    ),
    "import_undone": (
        QT_TRANSLATE_NOOP("errors", "Import number {number} was taken back before."),
        QT_TRANSLATE_NOOP("errors", "There is nothing to do; “csqm imports” lists all imports with how they ended."),
    ),
    "import_left_nothing": (
        QT_TRANSLATE_NOOP("errors", "Import number {number} was cancelled or failed and left nothing behind."),
        QT_TRANSLATE_NOOP("errors", "There is nothing to do; “csqm imports” lists all imports with how they ended."),
    ),
    "import_running": (
        QT_TRANSLATE_NOOP("errors", "Import number {number} is still running."),
        QT_TRANSLATE_NOOP("errors", "Wait until it has ended or cancel it, then take it back."),
    ),
    "import_reader_died": (
        QT_TRANSLATE_NOOP("errors", "The process that reads the file ended unexpectedly (exit code {exit})."),
        QT_TRANSLATE_NOOP("errors", "Import the file again: nothing is doubled. If it happens again, see {log}."),
    ),
    "import_tracker_broken": (
        QT_TRANSLATE_NOOP("errors", "The tracker store {file} cannot be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Copy it again while the bot is stopped, or export the events as JSON."),
    ),
    "profile_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no mapping profile “{name}” in this workspace."),
        QT_TRANSLATE_NOOP("errors", "Choose one of these, or save one on the import page: {known}."),
    ),
    "row_before_first": (
        QT_TRANSLATE_NOOP("errors", "Line {row} of {file} comes before the first message with a time."),
        QT_TRANSLATE_NOOP("errors", "Copy the chat from the beginning of a message, with its name and time."),
    ),
    "row_bytes": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} holds bytes that are not {encoding}."),
        QT_TRANSLATE_NOOP("errors", "Correct the row in the source, or choose another encoding for the whole file."),
    ),
    "row_quotes": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Row {row} of {file} has a quotation mark that is never closed or stands in the wrong place.",
        ),
        QT_TRANSLATE_NOOP("errors", "Double the quotation marks inside texts, or export as JSON or XLSX."),
    ),
    "row_cells": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has {cells} cells but the header has {columns}."),
        QT_TRANSLATE_NOOP("errors", "Put the text with the extra separator in quotation marks."),
    ),
    "row_too_long": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} is longer than {limit} MB."),
        QT_TRANSLATE_NOOP("errors", "Correct or remove this row; a missing quote or bracket makes rows run together."),
    ),
    "row_json": (
        QT_TRANSLATE_NOOP("errors", "Line {row} of {file} is not valid JSON ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Correct this line; each line must be one whole object."),
    ),
    "row_file_left_out": (
        QT_TRANSLATE_NOOP("errors", "The file {name} in {file} cannot be read as {format} and was left out."),
        QT_TRANSLATE_NOOP("errors", "Unpack it and import this file on its own."),
    ),
    "row_json_deep": (
        QT_TRANSLATE_NOOP("errors", "Line {row} of {file} is nested too deeply."),
        QT_TRANSLATE_NOOP("errors", "Remove this line; it does not come from a chat export."),
    ),
    "row_not_object": (
        QT_TRANSLATE_NOOP("errors", "Record {row} of {file} is not an object with named fields."),
        QT_TRANSLATE_NOOP("errors", "Write each message as an object with names such as conversation_id and text."),
    ),
    "row_value_missing": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has no value for {field}."),
        QT_TRANSLATE_NOOP("errors", "Fill it in at the source, or leave the row out."),
    ),
    "row_role_unknown": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has the unknown role “{value}”."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Say whether “{value}” is customer, agent, bot or system: on the import page, or with --mapping FILE and "
            'in it, for example, {{"roles": {{"{value}": "agent"}}}}.',
        ),
    ),
    "row_time_unreadable": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has a time that cannot be read: “{value}”."),
        QT_TRANSLATE_NOOP("errors", "Write times like 2026-09-01 08:05:03."),
    ),
    "row_time_impossible": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has a date or time that does not exist: “{value}”."),
        QT_TRANSLATE_NOOP("errors", "Correct it at the source."),
    ),
    "row_time_absurd": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has a time outside 1990 to 2100: “{value}”."),
        QT_TRANSLATE_NOOP("errors", "Correct it at the source, or check which column holds the time."),
    ),
    "row_time_ambiguous": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Row {row} of {file} has a date that can be read with either number as the day: “{value}”.",
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            'Say which is the day (on the import page, or with --mapping FILE: {{"day_first": true}} or false), '
            "or write dates like 2026-09-01.",
        ),
    ),
    "row_rating": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has a rating that is not a number: “{value}”."),
        QT_TRANSLATE_NOOP("errors", "Write a number, or leave the rating empty."),
    ),
    "row_private": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Row {row} of {file} does not say clearly whether it is an internal note: “{value}”.",
        ),
        QT_TRANSLATE_NOOP("errors", "Write true or false."),
    ),
    "row_id_rounded": (
        QT_TRANSLATE_NOOP("errors", "Row {row} of {file} has an id that a spreadsheet program has rounded: {value}."),
        QT_TRANSLATE_NOOP("errors", "Import the original file, or format the column as text before it is filled."),
    ),
    "row_id_repeated": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Row {row} of {file} repeats the message id {message_id} of row {first_row} with other content.",
        ),
        QT_TRANSLATE_NOOP("errors", "Give each message of a conversation its own id."),
    ),
}
