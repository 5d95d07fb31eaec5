"""Errors about encrypted workspaces: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "workspace_locked": (
        QT_TRANSLATE_NOOP("errors", "The workspace {path} is encrypted and its passphrase was not given."),
        QT_TRANSLATE_NOOP(
            "errors", "Type the passphrase or the recovery code (for scripts: CSQM_PASSPHRASE or CSQM_KEY_FILE)."
        ),
    ),
    "new_passphrase_needed": (
        QT_TRANSLATE_NOOP("errors", "No passphrase was given for {path}. Nothing was encrypted."),
        QT_TRANSLATE_NOOP("errors", "Run the command where you can type one (for scripts: set CSQM_PASSPHRASE)."),
    ),
    "new_passphrase_missing": (
        QT_TRANSLATE_NOOP("errors", "The new passphrase of {whom} was not given. Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Run the command where you can type it (for scripts: set CSQM_NEW_PASSPHRASE)."),
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
}
