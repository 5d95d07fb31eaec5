"""Keys that seal one day's texts each. Dropping a day's key ends every copy of them at once, wherever it lies.

The file that holds them is sealed by the workspace's data key and is in no backup. So what was sealed with a day's key
cannot be read any more once that day is dropped: not in the database's unused pages, not in a backup, not in a copy
from before a schema step.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import ring, sealed, wiping
from csqm_desktop.vault.keys import KEY_BYTES

NAME = "originals.keys"
_LOCK = "originals.lock"


class DayKeys:
    """The keys of one workspace, by day (a number). Several processes may use them at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._lock = folder / _LOCK

    def read(self) -> dict[int, bytes]:
        """All keys that there are; none without the file. Raises ``sealed_file_broken``, ``workspace_locked``."""
        if not self.path.exists():
            return {}
        with sealed.open_reader(self.path) as source:
            values = json.loads(source.read())
        return {int(day): base64.b64decode(key) for day, key in values.items()}

    def of(self, day: int) -> bytes:
        """The key of a day; a new one is on the disk before anything can be sealed with it."""
        known = self.read().get(day)
        if known is not None:
            return known
        made = secrets.token_bytes(KEY_BYTES)
        return self._change(lambda keys: {day: made} | keys)[day]  # another process may have been faster

    def drop_until(self, last: int) -> None:
        """Forget the keys of all days up to ``last``."""
        if any(day <= last for day in self.read()):
            self._change(lambda keys: {day: key for day, key in keys.items() if day > last})

    def destroy(self) -> None:
        """Forget all keys. Needs no data key."""
        with FileLock(self._lock):
            wiping.remove(self.path)

    def _change(self, change: Callable[[dict[int, bytes]], dict[int, bytes]]) -> dict[int, bytes]:
        if ring.key_for(self.path) is None:  # the keys themselves must never lie open
            raise CsqmError("workspace_locked", path=self.path.parent)
        with FileLock(self._lock):
            keys = change(self.read())
            draft = self.path.with_name(NAME + ".tmp")
            with sealed.open_writer(draft) as out:
                out.write(json.dumps({day: base64.b64encode(key).decode() for day, key in keys.items()}).encode())
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            wiping.replace(self.path, draft, wipe=self.path.exists())
        return keys
