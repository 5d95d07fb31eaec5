"""Encrypts a workspace that exists, or takes the encryption away: database, backups, attached files, embedding cache,
scratch.

The database is changed first and in one step (``store/conversion.py``). What follows is repeated by the next
call when a kill cut it off: "encrypt" seals what is still plain, "decrypt" opens what is still sealed.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from csqm_desktop.domain.permissions import ENCRYPT
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import authority, media, raw_texts
from csqm_desktop.jobs.authority import SignIn
from csqm_desktop.jobs.base import SCRATCH, JobContext, SilentContext
from csqm_desktop.store import conversion
from csqm_desktop.store.connect import is_plain
from csqm_desktop.store.workspace import DATABASE, Workspace
from csqm_desktop.vault import key_file, key_store, ring, unlock, wiping
from csqm_desktop.vault.key_file import KeyFile
from csqm_desktop.vault.keys import DataKey


@dataclass(frozen=True, slots=True)
class EncryptionResult:
    """What was done. ``recovery_code`` is shown once and kept nowhere."""

    path: Path
    encrypted: bool
    backups: int  # converted with it
    recovery_code: str = ""


def encrypt(
    folder: Path, passphrase: str, context: JobContext | None = None, sign_in: SignIn | None = None
) -> EncryptionResult:
    """Encrypt a workspace that nobody has open.

    Raises ``encrypted_already`` when there is nothing left to do, ``passphrase_short``, ``database_busy``.
    """
    context = context or SilentContext()
    _check_there(folder)
    path = folder / DATABASE
    if is_encrypted(folder):
        key = unlock.with_secret(folder, passphrase)
        authority.ask(folder, ENCRYPT, sign_in)
        backups = _finish_encrypting(folder, key, context)
        if not backups:
            raise CsqmError("encrypted_already", path=folder)
        return EncryptionResult(folder, True, backups)
    actor = authority.ask(folder, ENCRYPT, sign_in)
    keys, key, code = unlock.new_keys(passphrase)
    with conversion.locked(folder):
        keys.write(folder)  # without effect as long as the database is plain
        conversion.convert(path, None, key, _progress(context))
        ring.register(folder, key)
        backups = _finish_encrypting(folder, key, context)
    authority.note(folder, actor, "encrypt", folder.name)
    return EncryptionResult(folder, True, backups, code)


def decrypt(
    folder: Path, secret: str, context: JobContext | None = None, sign_in: SignIn | None = None
) -> EncryptionResult:
    """Take the encryption away again; ``secret`` is the passphrase or the recovery code."""
    context = context or SilentContext()
    _check_there(folder)
    if not key_file.exists(folder):
        raise CsqmError("encrypted_not", path=folder)
    encrypted = is_encrypted(folder)
    key = unlock.with_secret(folder, secret)
    actor = authority.ask(folder, ENCRYPT, sign_in, then=raw_texts.drop_all)
    with conversion.locked(folder):
        if encrypted:
            conversion.convert(folder / DATABASE, key, None, _progress(context))
        backups = _convert_backups(folder, key, None, context)
        _drop_working_files(folder)
        media.reseal(folder, key, None)
        key_store.remove(KeyFile.read(folder).id)
        (folder / key_file.NAME).unlink()
        ring.forget(folder)
    authority.note(folder, actor, "decrypt", folder.name)
    return EncryptionResult(folder, False, backups)


def change_passphrase(folder: Path, old: str, new: str, sign_in: SignIn | None = None) -> None:
    """Another passphrase for the same data; ``old`` may be the recovery code. The data is not touched."""
    key_file.check_passphrase(new)
    unlock.with_secret(folder, old)
    actor = authority.ask(folder, ENCRYPT, sign_in)
    unlock.change_passphrase(folder, old, new)
    authority.note(folder, actor, "disk_passphrase_changed", folder.name)


def new_recovery_code(folder: Path, secret: str, sign_in: SignIn | None = None) -> str:
    """Another recovery code; the old one opens nothing any more."""
    unlock.with_secret(folder, secret)
    actor = authority.ask(folder, ENCRYPT, sign_in)
    code = unlock.new_recovery_code(folder, secret)
    authority.note(folder, actor, "recovery_code_changed", folder.name)
    return code


def is_encrypted(folder: Path) -> bool:
    """Whether the database itself is encrypted, whatever lies beside it."""
    return key_file.exists(folder) and not is_plain(folder / DATABASE)


def plain_backups(folder: Path) -> list[Path]:
    """Backups of an encrypted workspace that are still plain: a kill came between."""
    return [path for path in _backups(folder) if not _backup_is_encrypted(path)]


def seal_backups(folder: Path, key: DataKey, context: JobContext) -> int:
    """Encrypt what ``plain_backups`` finds; returns how many."""
    return _convert_backups(folder, None, key, context)


def _check_there(folder: Path) -> None:
    if not Workspace.exists(folder):
        raise CsqmError("workspace_missing", path=folder)


def _finish_encrypting(folder: Path, key: DataKey, context: JobContext) -> int:
    _drop_working_files(folder)
    media.reseal(folder, None, key)
    return _convert_backups(folder, None, key, context)


def _drop_working_files(folder: Path) -> None:
    """Caches and scratch are in the other form, or hold text: they are made again when needed."""
    for name in ("cache", SCRATCH):
        shutil.rmtree(folder / "model_store" / name, ignore_errors=True)


def _progress(context: JobContext) -> conversion.Progress:
    return lambda done, total: context.progress(done, total, "verifying")


# -- backups


def _backups(folder: Path) -> list[Path]:
    found = (folder / "backups").glob("*")
    return sorted(path for path in found if path.suffix in (".sqlite3", ".zip") and path.is_file())


def _backup_is_encrypted(path: Path) -> bool:
    if path.suffix == ".zip":
        try:
            with zipfile.ZipFile(path) as archive:
                return key_file.NAME in archive.namelist()
        except (zipfile.BadZipFile, OSError):
            return True  # not one of ours: left alone
    return not is_plain(path)


def _convert_backups(folder: Path, source: DataKey | None, target: DataKey | None, context: JobContext) -> int:
    count = 0
    for path in _backups(folder):
        context.progress(0, 0, "copying")
        if _backup_is_encrypted(path) == (target is not None):
            continue
        if path.suffix == ".zip":
            count += _convert_zip(folder, path, source, target)
        else:
            conversion.convert(path, source, target, lambda _done, _total: None)
            count += 1
    return count


def _convert_zip(folder: Path, path: Path, source: DataKey | None, target: DataKey | None) -> bool:
    draft = path.with_suffix(".partial")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".convert-") as place:
        database = Path(place) / DATABASE
        with zipfile.ZipFile(path) as old:
            if target is None and _own_key_file(old) != (folder / key_file.NAME).read_bytes():
                return False  # of an earlier passphrase or workspace: it opens with its own key file
            with old.open(DATABASE) as stored, database.open("wb") as out:
                shutil.copyfileobj(stored, out)
            conversion.convert(database, source, target, lambda _done, _total: None)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as new:
                new.write(database, DATABASE)
                if target is not None:
                    new.write(folder / key_file.NAME, key_file.NAME)
                for name in old.namelist():
                    if name not in (DATABASE, key_file.NAME):
                        new.writestr(name, media.converted(name, old.read(name), Path(place), source, target))
        wiping.replace(path, draft, wipe=target is not None)
    return True


def _own_key_file(archive: zipfile.ZipFile) -> bytes:
    """The key file inside a backup, empty when there is none."""
    return archive.read(key_file.NAME) if key_file.NAME in archive.namelist() else b""
