"""Files that only the data key opens: AES-256-GCM in chunks, written and read as a stream.

Layout: magic, 16 bytes of salt from which the file's own key is derived, then chunks. A chunk is 4 bytes of
length, its highest bit set in the last chunk, and the sealed bytes. The number of a chunk is its nonce and
the length field is authenticated, so that chunks cannot be swapped, dropped, or cut off at the end.
"""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import ring
from csqm_desktop.vault.keys import DataKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CSQMSEAL1"
CHUNK = 1 << 18
_SALT = 16
_TAG = 16
_LAST = 1 << 31


def open_writer(path: Path, key: DataKey | None = None) -> IO[bytes]:
    """A new file: sealed with ``key`` or the ring's key for its folder, plain where there is none."""
    key = key or ring.key_for(path)
    if key is None:
        return path.open("wb")
    return io.BufferedWriter(_SealingWriter(path, key), CHUNK)


def open_reader(path: Path, key: DataKey | None = None) -> IO[bytes]:
    """What ``open_writer`` wrote, as plain bytes; a plain file as it is.

    Raises ``CsqmError``: ``workspace_locked`` without the key, ``sealed_file_broken`` for a changed or cut file.
    """
    source = path.open("rb")
    if source.read(len(MAGIC)) != MAGIC:
        source.seek(0)
        return source
    key = key or ring.key_for(path)
    if key is None:
        source.close()
        raise CsqmError("workspace_locked", path=path.parent)
    return io.BufferedReader(_OpeningReader(path, source, key), CHUNK)


def is_sealed(path: Path) -> bool:
    """Whether a file was written sealed."""
    with path.open("rb") as source:
        return source.read(len(MAGIC)) == MAGIC


def seal(data: bytes, key: DataKey, purpose: str) -> bytes:
    """A small value sealed on its own, with a random nonce in front."""
    nonce = secrets.token_bytes(12)
    return nonce + _cipher(key.derived(purpose)).encrypt(nonce, data, purpose.encode())


def unseal(data: bytes, key: DataKey, purpose: str) -> bytes:
    """The inverse of ``seal``; raises ``CsqmError("sealed_file_broken")``."""
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key.derived(purpose)).decrypt(data[:12], data[12:], purpose.encode())
    except (InvalidTag, ValueError):
        raise CsqmError("sealed_file_broken", path=purpose) from None


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


class _SealingWriter(io.RawIOBase):
    def __init__(self, path: Path, key: DataKey) -> None:
        super().__init__()
        self._file = path.open("wb")
        salt = secrets.token_bytes(_SALT)
        self._cipher = _cipher(key.derived("file", salt))
        self._number = 0
        self._held = bytearray()
        self._file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self._held += view
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(view)

    def _put(self, plain: bytes, last: bool) -> None:
        head = ((len(plain) + _TAG) | (_LAST if last else 0)).to_bytes(4, "big")
        self._file.write(head + self._cipher.encrypt(self._number.to_bytes(12, "big"), plain, head))
        self._number += 1

    def close(self) -> None:
        if not self.closed:
            try:
                self._put(bytes(self._held), last=True)
            finally:
                self._file.close()
                super().close()


class _OpeningReader(io.RawIOBase):
    def __init__(self, path: Path, source: IO[bytes], key: DataKey) -> None:
        super().__init__()
        self._path = path
        self._file = source
        self._cipher = _cipher(key.derived("file", source.read(_SALT)))
        self._number = 0
        self._over = False
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held and not self._over:
            self._held = memoryview(self._next())
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _next(self) -> bytes:
        from cryptography.exceptions import InvalidTag

        head = self._file.read(4)
        size = int.from_bytes(head, "big") & ~_LAST
        body = self._file.read(size) if len(head) == 4 and _TAG <= size <= CHUNK + _TAG else b""
        try:
            plain = self._cipher.decrypt(self._number.to_bytes(12, "big"), body, head)
        except (InvalidTag, ValueError):
            raise CsqmError("sealed_file_broken", path=self._path) from None
        self._number += 1
        self._over = bool(head[0] & 0x80)
        if self._over and self._file.read(1):
            raise CsqmError("sealed_file_broken", path=self._path)
        return plain

    def close(self) -> None:
        self._file.close()
        super().close()
