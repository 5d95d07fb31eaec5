"""Argon2id, for what people type: guessing costs memory and time (RFC 9106, the choice for 64 MiB)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """Memory in KiB, passes over it, lanes."""

    memory_kib: int = 65536
    iterations: int = 3
    lanes: int = 4

    def to_dict(self) -> dict[str, int]:
        """As kept beside what was hashed."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Cost:
        """The inverse; raises ``ValueError`` for figures that would only serve to exhaust this computer."""
        cost = cls(int(values["memory_kib"]), int(values["iterations"]), int(values["lanes"]))
        if not (8 * cost.lanes <= cost.memory_kib <= 1 << 20 and 1 <= cost.iterations <= 64 and 1 <= cost.lanes <= 16):
            raise ValueError("unreasonable cost")
        return cost


COST = Cost()


def slow_hash(secret: str, salt: bytes, cost: Cost, length: int = 32) -> bytes:
    """Hash a secret; the same letters typed on another keyboard or system give the same bytes (NFKC)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    text = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    kdf = Argon2id(salt=salt, length=length, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(text)
