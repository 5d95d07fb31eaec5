"""Repeated ids are found whatever their number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.importers.seen import SeenIds

MESSAGE = IncomingMessage(1, "c", "m", datetime(2026, 9, 1, tzinfo=UTC), Role.AGENT, "a", "text")


def test_many_ids() -> None:
    seen = SeenIds()
    for row in range(20_000):
        assert seen.check(replace(MESSAGE, row=row, conversation_id=f"c{row % 7}", message_id=f"m{row}")) is None
    for row in range(0, 20_000, 97):
        same = replace(MESSAGE, row=99, conversation_id=f"c{row % 7}", message_id=f"m{row}")
        assert seen.check(same) == (row, True)
        assert seen.check(replace(same, text="other")) == (row, False)
        assert seen.check(replace(same, rating=3.0)) == (row, False)


def test_ids_belong_to_their_conversation() -> None:
    seen = SeenIds()
    assert seen.check(MESSAGE) is None
    assert seen.check(replace(MESSAGE, conversation_id="cm", message_id="")) is None
    assert seen.check(replace(MESSAGE, conversation_id="d")) is None
