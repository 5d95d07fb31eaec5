"""Chat text that was pasted or piped in: kept in a private file just as long as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.vault import private_folder, wiping

NAME = "pasted.txt"


@contextmanager
def as_file(content: bytes) -> Iterator[Path]:
    """The content as a file that only this user can read; it is overwritten and gone afterwards."""
    with private_folder.make() as folder:
        path = Path(folder) / NAME
        path.write_bytes(content)
        try:
            yield path
        finally:
            wiping.remove(path)
