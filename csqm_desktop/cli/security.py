"""Commands around encryption: what protects a workspace on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csqm_desktop.cli.passphrases import new_secret, show_recovery_code, typed_twice
from csqm_desktop.cli.terminal import (
    JsonOption,
    TerminalContext,
    WorkspaceOption,
    ask_secret,
    print_json,
    say,
    sign_in,
    workspace_folder,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import key_file, unlock

app = typer.Typer()

_NEW = "CSQM_NEW_PASSPHRASE"


@app.command()
def encrypt(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Encrypt a workspace with a passphrase: database, backups, caches."""
    from csqm_desktop.jobs import encryption

    folder = workspace_folder(workspace)
    context = TerminalContext()
    secret = _secret(folder) if encryption.is_encrypted(folder) else new_secret(folder)
    result = encryption.encrypt(folder, secret, context, sign_in)
    context.end_line()
    if as_json:
        print_json(result)
        return
    say(f"{result.path} is encrypted now" + (f", with {result.backups} backups." if result.backups else "."))
    show_recovery_code(result.recovery_code)


@app.command()
def decrypt(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Take the encryption of a workspace away again."""
    from csqm_desktop.jobs import encryption

    folder = workspace_folder(workspace)
    if not key_file.exists(folder):
        raise CsqmError("encrypted_not", path=folder)
    context = TerminalContext()
    result = encryption.decrypt(folder, _secret(folder), context, sign_in)
    context.end_line()
    if as_json:
        print_json(result)
    else:
        say(
            f"{result.path} is not encrypted any more"
            + (f", nor its {result.backups} backups." if result.backups else ".")
        )


@app.command()
def passphrase(
    workspace: WorkspaceOption = None,
    recovery_code: Annotated[bool, typer.Option("--recovery-code", help="Make a new recovery code instead.")] = False,
    remember: Annotated[
        bool | None,
        typer.Option("--remember/--ask", help="Let the system's key store open the workspace, or ask every time."),
    ] = None,
    new: Annotated[
        str, typer.Option("--new", envvar=_NEW, hidden=True, help="For scripts, by the environment only.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Change the passphrase of an encrypted workspace, its recovery code, or whether this computer remembers it.

    Scripts give the present one in CSQM_PASSPHRASE and the new one in CSQM_NEW_PASSPHRASE.
    """
    from csqm_desktop.jobs import encryption

    folder = workspace_folder(workspace)
    if not key_file.exists(folder):
        raise CsqmError("encrypted_not", path=folder)
    secret = _secret(folder)
    code = ""
    if recovery_code:
        code = encryption.new_recovery_code(folder, secret, sign_in)
    elif remember is not None:
        key = unlock.with_secret(folder, secret)
        if remember:
            unlock.remember(folder, key)
        else:
            unlock.stop_remembering(folder)
    else:
        encryption.change_passphrase(folder, secret, new or typed_twice(folder), sign_in)
    if as_json:
        print_json({"workspace": folder, **({"recovery_code": code} if code else {})})
    else:
        say("Done; the data itself was not touched.")
        show_recovery_code(code)


def _secret(folder: Path) -> str:
    return unlock.from_environment() or ask_secret("Passphrase or recovery code", folder)
