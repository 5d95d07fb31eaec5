"""What the settings page does with the open workspace off the window's thread, most of it while it is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault.key_file import KeyFile

if TYPE_CHECKING:
    from csqm_desktop.domain.permissions import Actor
    from csqm_desktop.vault.keys import DataKey


def do_and_open(folder: Path, work: Callable[[Path], Any], actor: Actor | None) -> tuple[Any, Any]:
    """Do it and open the workspace again, whatever came of it."""
    from csqm_desktop.store.workspace import Workspace

    try:
        result: Any = work(folder)
    except CsqmError as error:
        result = error
    workspace = Workspace.open(folder)
    workspace.people.resume(actor)
    return workspace, result


def examine(folder: Path) -> list[tuple[str, str, str]]:
    """Problems as area, text, remedy."""
    from csqm_desktop.jobs import doctor

    return [(f.area, f.text, f.remedy) for f in doctor.examine(folder, with_model=False) if f.level == "problem"]


def mend(folder: Path, actor: Actor | None) -> Any:
    """Mend what can be mended."""
    from csqm_desktop.jobs import mend

    return mend.mend(folder, sign_in=lambda space: space.people.resume(actor))


def restore(file: Path, folder: Path, actor: Actor | None, key: DataKey | None) -> Any:
    """Put a backup in the place of the workspace; ``key`` opens an encrypted one."""
    from csqm_desktop.jobs import backup
    from csqm_desktop.vault import ring, unlock

    def open_it(draft: Path) -> None:
        if key is not None:
            ring.register(draft, key)
        else:
            unlock.without_asking(draft)

    return backup.restore(file, folder, None, open_it, lambda space: space.people.resume(actor))


def key_of_backup(file: Path, folder: Path) -> tuple[bool, DataKey | None]:
    """Whether somebody must be asked for the passphrase of a backup; the key where this workspace's is its key."""
    from csqm_desktop.jobs import backup
    from csqm_desktop.vault import key_file, ring

    keys = backup.keys_in(file)
    if keys is None:
        return False, None
    known = ring.key_for(folder)
    if known is not None and key_file.exists(folder) and KeyFile.read(folder).id == keys.id:
        return False, known
    return True, None


def try_backup(file: Path, secret: str) -> DataKey:
    """The key of an encrypted backup; raises ``passphrase_wrong``."""
    from csqm_desktop.jobs import backup
    from csqm_desktop.vault import unlock

    keys = backup.keys_in(file)
    assert keys is not None
    return unlock.key_of(keys, secret, file)


def encrypt(folder: Path, passphrase: str, actor: Actor | None) -> Any:
    """Encrypt it."""
    from csqm_desktop.jobs import encryption

    return encryption.encrypt(folder, passphrase, sign_in=lambda space: space.people.resume(actor))


def decrypt(folder: Path, secret: str, actor: Actor | None) -> Any:
    """Take the encryption away."""
    from csqm_desktop.jobs import encryption

    return encryption.decrypt(folder, secret, sign_in=lambda space: space.people.resume(actor))


def change_passphrase(folder: Path, old: str, new: str, actor: Actor | None) -> None:
    """Another passphrase for the same data."""
    from csqm_desktop.jobs import encryption

    encryption.change_passphrase(folder, old, new, lambda space: space.people.resume(actor))


def check_secret(folder: Path, secret: str) -> None:
    """Raise ``passphrase_wrong`` unless the secret opens the workspace."""
    from csqm_desktop.vault import unlock

    unlock.with_secret(folder, secret)
