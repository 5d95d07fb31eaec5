"""What is told of an import beside its counts: its first messages, and who is taken for whom. All of it is masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from csqm_desktop.domain.plain_row import NAMES
from csqm_desktop.store.columns import Columns

EXAMPLES = 5
MOST_NAMES = 50  # of one role
_CONVERSATION, _SENT, _OFFSET, _ROLE, _SENDER, _TEXT = map(
    NAMES.index, ("conversation", "sent_at", "offset_minutes", "role", "sender", "text")
)


@dataclass(frozen=True, slots=True)
class Example:
    """One message as it would be stored."""

    conversation: str
    sent_at: datetime
    role: str
    sender: str
    text: str


def examples(rows: Iterable[Sequence[Any]]) -> list[Example]:
    """Rows for a person to look at."""
    return [
        Example(row[_CONVERSATION], _moment(row[_SENT], row[_OFFSET]), row[_ROLE], row[_SENDER], row[_TEXT])
        for row in rows
    ]


def conversations(columns: Columns) -> Iterable[str]:
    """The conversation of each message."""
    found: Iterable[str] = columns[_CONVERSATION]
    return found


class People:
    """Who was taken for whom, by role in the order in which they wrote."""

    def __init__(self) -> None:
        self.by_role: dict[str, dict[str, None]] = {}

    def take(self, columns: Columns) -> None:
        """The senders of some messages."""
        for role, name in dict.fromkeys(zip(columns[_ROLE], columns[_SENDER], strict=True)):
            names = self.by_role.setdefault(role, {})
            if name and len(names) < MOST_NAMES:
                names.setdefault(name)

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of each role that has any."""
        return {role: tuple(names) for role, names in sorted(self.by_role.items()) if names}


def _moment(milliseconds: int, minutes: int) -> datetime:
    zone = timezone(timedelta(minutes=minutes))
    return datetime.fromtimestamp(0, zone) + timedelta(milliseconds=milliseconds)
