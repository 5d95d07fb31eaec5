"""Repeated ids are found whatever their number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "m", "n", "o"]), st.booleans()), max_size=30)),
    st.sampled_from([1, 10_000]),
)
def test_blocks_of_rows_are_known_as_rows_one_by_one_are(blocks, many):
    first: dict[tuple[str, str], tuple[int, str]] = {}
    seen, number = SeenIds(), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("csqm_desktop.importers.seen._MANY", many)
        for block in blocks:
            messages = [
                replace(MESSAGE, row=number + at, conversation_id=f"c{c}", message_id=m, text="a" if same else "b")
                for at, (c, m, same) in enumerate(block)
            ]
            expected = []
            for place, message in enumerate(messages):
                if message.message_id:
                    key = (message.conversation_id, message.message_id)
                    row, text = first.setdefault(key, (message.row, message.text))
                    if row != message.row:
                        expected.append((place, row, text == message.text))
            numbers = [message.row for message in messages]
            assert list(seen.repeated(numbers, [unsealed(message) for message in messages])) == expected
            number += len(messages)


def test_a_hundred_thousand_ids_in_blocks() -> None:
    seen = SeenIds()
    row = unsealed(MESSAGE)
    for start in range(0, 100_000, 5000):
        rows = [("c", f"m{number}", *row[2:]) for number in range(start, start + 5000)]
        assert list(seen.repeated(range(start, start + 5000), rows)) == []
    again = [("c", f"m{number}", *row[2:]) for number in range(0, 100_000, 100)]
    assert list(seen.repeated(range(1000), again)) == [(at, at * 100, True) for at in range(1000)]
