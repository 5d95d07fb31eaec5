"""New passphrases, typed twice or given by scripts, and the recovery code that is shown once."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import typer

from csqm_desktop.cli.terminal import ask_secret, note, say
from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import unlock
from csqm_desktop.vault.key_file import check_passphrase


def typed_twice(whom: object) -> str:
    """A new passphrase for ``whom``, typed twice; scripts are told how to give it."""
    if not sys.stdin.isatty():
        raise CsqmError("new_passphrase_missing", whom=whom)
    first = getpass.getpass(f"New passphrase of {whom}: ", stream=sys.stderr)
    if getpass.getpass("Once more: ", stream=sys.stderr) != first:
        raise typer.BadParameter("the two differ")
    return first


def new_secret(folder: Path) -> str:
    """A new passphrase: from the environment, or typed twice."""
    secret = unlock.from_environment()
    if secret is not None:
        return secret
    if not sys.stdin.isatty():
        raise CsqmError("new_passphrase_needed", path=folder)
    while True:
        first = ask_secret("New passphrase", folder)
        check_passphrase(first)
        if ask_secret("Once more", folder) == first:
            return first
        note("These two differ; please type it again.")


def show_recovery_code(code: str) -> None:
    """The one time that a recovery code is shown."""
    if code:
        say(f"Recovery code: {code}")
        say("Write it down and keep it apart from this computer: it opens the workspace when the passphrase is lost.")
        say("It is not stored anywhere and will not be shown again.")
