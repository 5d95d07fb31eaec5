"""Small files for the importer tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.importers import base

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


Turn = tuple[str, str, str, str, str]
"""Conversation, role, time in UTC, sender, text."""


def messages(name: str | Path, **options: Any) -> list[IncomingMessage]:
    """All messages of a sample; a rejected row fails the test."""
    items = list(base.read(DATA / name, **options))
    assert not [item for item in items if isinstance(item, RejectedRow)]
    return [item for item in items if isinstance(item, IncomingMessage)]


def turns(name: str | Path, **options: Any) -> list[Turn]:
    """Who said what and when in a sample."""
    return [turn(message) for message in messages(name, **options)]


def turn(message: IncomingMessage) -> Turn:
    """One message as its five essentials."""
    sent = message.sent_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return message.conversation_id, message.role.value, sent, message.sender, message.text
