"""Opens the database file with the right library: SQLite for a plain file, SQLCipher for an encrypted one.

Both speak the same interface; SQLCipher's classes are its own, so errors are caught by ``database_errors``.

The system keeps file locks by process and drops them when *any* descriptor of the file is closed. So a file that
this process has open is neither read beside SQLite nor opened by the other library: ``claim`` and ``release``
keep account of what is open, and the first bytes are looked at only when nothing is.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any, cast

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import key_file, ring
from csqm_desktop.vault.keys import DataKey

BUSY_SECONDS = 60.0
_PURPOSE = "database"
_HEADER = b"SQLite format 3\0"

_open: dict[Path, tuple[int, DataKey | None]] = {}  # files open in this process: how often, and with which key
_guard = threading.Lock()


def database_errors() -> tuple[type[Exception], ...]:
    """What to catch for errors of the database, whichever library is in use."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.DatabaseError,) if cipher is None else (sqlite3.DatabaseError, cipher.DatabaseError)


def claim(path: Path, key: DataKey | None = None) -> DataKey | None:
    """Say that this process opens ``path``; returns the key to do it with. Pair it with ``release``.

    None for a plain file, and for a new one where no key is known. Raises ``workspace_locked`` for an encrypted
    file whose key this process does not have.
    """
    place = path.resolve()
    with _guard:
        if place in _open:
            count, used = _open[place]
        else:
            count, used = 0, _key_of(place, key or ring.key_for(place))
        _open[place] = (count + 1, used)
        return used


def release(path: Path) -> None:
    """The inverse of ``claim``."""
    place = path.resolve()
    with _guard:
        count, used = _open.get(place, (1, None))
        if count > 1:
            _open[place] = (count - 1, used)
        else:
            _open.pop(place, None)


def in_use_here(path: Path) -> bool:
    """Whether this process has the file open."""
    with _guard:
        return path.resolve() in _open


def is_plain(path: Path) -> bool:
    """Whether the file is a plain SQLite database (or empty)."""
    place = path.resolve()
    with _guard:
        return _open[place][1] is None if place in _open else _looks_plain(place)


def _key_of(path: Path, known: DataKey | None) -> DataKey | None:
    if not path.exists() or path.stat().st_size == 0:
        return known
    if _looks_plain(path):
        return None
    if known is None and key_file.exists(path.parent):
        raise CsqmError("workspace_locked", path=path.parent)
    return known  # None: not a database at all, which the first statement reports


def _looks_plain(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(len(_HEADER))
    return not head or head == _HEADER


def connect(path: Path, key: DataKey | None, mode: str = "rwc", cipher: bool = False) -> sqlite3.Connection:
    """A connection in autocommit whose rows can be read by name; ``mode`` is ro, rw or rwc.

    ``cipher`` asks for SQLCipher also for a plain file, to attach encrypted ones to it.
    """
    library = _cipher() if cipher or key is not None else sqlite3
    connection = library.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # errors are raised; it would write to stderr as well
        connection.execute(f"PRAGMA key = \"x'{raw_key(key)}'\"")
    connection.row_factory = library.Row
    return cast(sqlite3.Connection, connection)


def raw_key(key: DataKey) -> str:
    """The database's own key as SQLCipher wants it: hexadecimal, no slow hash needed."""
    return key.derived(_PURPOSE).hex()


def attach(connection: sqlite3.Connection, path: Path, name: str, key: DataKey | None) -> None:
    """Attach another file, encrypted with ``key`` or plain, to a connection of SQLCipher."""
    word = f"x'{raw_key(key)}'" if key is not None else ""
    connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (str(path), word))


def available() -> bool:
    """Whether encrypted workspaces can be used on this computer."""
    try:
        _cipher()
    except CsqmError:
        return False
    return True


def _cipher() -> Any:
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise CsqmError("encryption_missing") from error
    return dbapi2
