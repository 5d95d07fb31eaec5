"""Which scores a change of a conversation makes stale.

A score stands for what was said before the reply and, within a window (``domain.conversation.following_window``),
after it. A message that comes, changes or goes at some time therefore concerns every
reply from then on, and of the earlier ones only those whose window is still open there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from csqm_desktop.domain.conversation import FOLLOWING_MESSAGES, REPLY_ROLES, Role, window_open


def stale_replies(connection: sqlite3.Connection, changed_from: Mapping[int, int]) -> list[int]:
    """The stored replies that changes concern: ``changed_from`` has the earliest time (ms) by conversation."""
    return [reply for item in changed_from.items() for reply in _of_conversation(connection, *item)]


def _of_conversation(connection: sqlite3.Connection, conversation: int, first: int) -> Iterator[int]:
    for row in connection.execute(
        "SELECT id FROM messages WHERE conversation_id = ? AND is_reply = 1 AND sent_at >= ?", (conversation, first)
    ):
        yield row[0]
    before = connection.execute(
        """SELECT id, role FROM messages WHERE conversation_id = ? AND sent_at < ? AND private = 0
           ORDER BY sent_at DESC, id DESC LIMIT ?""",
        (conversation, first, FOLLOWING_MESSAGES + 1),
    ).fetchall()
    yield from open_windows([(row[0], Role(row[1])) for row in before])


def open_windows(newest_first: Sequence[tuple[int, Role]]) -> Iterator[int]:
    """The replies among (id, role) of public messages, newest first, whose window takes in what comes next."""
    for age, (identifier, role) in enumerate(newest_first):
        if role in REPLY_ROLES and window_open([role for _, role in newest_first[:age]][::-1]):
            yield identifier
