"""The data keys of the workspaces that this process has opened, by folder.

Files below a registered folder are sealed by whoever writes them (``sealed``, the embedding cache, the
database). The worker's ring is filled from its requests, which travel over its standard input.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from csqm_desktop.vault.keys import DataKey

_keys: dict[Path, DataKey] = {}
_guard = threading.Lock()


def register(folder: Path, key: DataKey) -> None:
    """From now on files below ``folder`` are sealed with ``key``."""
    with _guard:
        _keys[folder.resolve()] = key


def forget(folder: Path) -> None:
    """Drop the key of a folder."""
    with _guard:
        _keys.pop(folder.resolve(), None)


def clear() -> None:
    """Drop all keys."""
    with _guard:
        _keys.clear()


def move(old: Path, new: Path) -> None:
    """A folder was renamed."""
    with _guard:
        _keys.pop(new.resolve(), None)
        key = _keys.pop(old.resolve(), None)
        if key is not None:
            _keys[new.resolve()] = key


def key_for(path: Path) -> DataKey | None:
    """The key of the innermost registered folder that holds ``path``, None outside of all."""
    if not _keys:
        return None
    place = path.resolve()
    with _guard:
        return next((_keys[folder] for folder in (place, *place.parents) if folder in _keys), None)


def to_records(values: Iterable[Any]) -> list[dict[str, str]]:
    """The keys that are needed for the paths among ``values``, for a request to the worker."""
    with _guard:
        registered = dict(_keys)
    if not registered:
        return []
    found = {}
    for value in values:
        if isinstance(value, str) and Path(value).is_absolute():
            place = Path(value).resolve()
            found.update({folder: registered[folder] for folder in (place, *place.parents) if folder in registered})
    return [{"folder": str(folder), "key": base64.b64encode(key.secret).decode()} for folder, key in found.items()]


def register_records(records: Iterable[Mapping[str, str]]) -> None:
    """Fill the ring of this process from what ``to_records`` made."""
    for record in records:
        register(Path(record["folder"]), DataKey(base64.b64decode(record["key"])))
