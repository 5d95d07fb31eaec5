"""Repeated ids are found whatever their number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.plain_row import unsealed
from csqm_desktop.importers.seen import SeenIds

MESSAGE = IncomingMessage(1, "c", "m", datetime(2026, 9, 1, tzinfo=UTC), Role.AGENT, "a", "text")


def check(seen: SeenIds, message: IncomingMessage) -> tuple[int, bool] | None:
    return seen.check(message.row, unsealed(message))


def test_many_ids() -> None:
    seen = SeenIds()
    for row in range(20_000):
        assert check(seen, replace(MESSAGE, row=row, conversation_id=f"c{row % 7}", message_id=f"m{row}")) is None
    for row in range(0, 20_000, 97):
        same = replace(MESSAGE, row=99, conversation_id=f"c{row % 7}", message_id=f"m{row}")
        assert check(seen, same) == (row, True)
        assert check(seen, replace(same, text="other")) == (row, False)
        assert check(seen, replace(same, rating=3.0)) == (row, False)


def test_ids_belong_to_their_conversation() -> None:
    seen = SeenIds()
    assert check(seen, MESSAGE) is None
    assert check(seen, replace(MESSAGE, conversation_id="cm", message_id="")) is None
    assert check(seen, replace(MESSAGE, conversation_id="d")) is None
