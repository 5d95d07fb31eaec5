"""Small files for the importer tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "imports"
HEADER = ("conversation_id", "message_id", "sent_at", "role", "sender", "text")
ROW = ("c1", "m1", "2026-09-01T08:05:03+08:00", "customer", "小明", "在吗")


def table(*rows: Sequence[str], header: Sequence[str] = HEADER, **options: str) -> str:
    """A CSV text as Python writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, **options)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file and return its path."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path
