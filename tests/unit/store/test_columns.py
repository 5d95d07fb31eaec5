"""Columns of messages and their way through a pipe."""

from __future__ import annotations

import marshal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.domain.plain_row import NAMES
from csqm_desktop.store.columns import columns_of, pack, rows_of, unpack

_TEXTS = st.text(max_size=6) | st.sampled_from(["", "a\x1fb", "\ud83d"])
_ROW = st.tuples(
    _TEXTS, _TEXTS, st.integers(-(2**62), 2**62), st.integers(-840, 840), st.integers(0, 9), _TEXTS, _TEXTS, _TEXTS,
    st.integers(0, 1), st.integers(0, 1), _TEXTS, _TEXTS, st.binary(min_size=16, max_size=16) | st.just(b""),
    st.lists(_TEXTS, max_size=2).map(tuple), _TEXTS, _TEXTS, _TEXTS, _TEXTS, st.none() | st.floats(0, 5),
)  # fmt: skip


@given(st.lists(_ROW, max_size=8))
def test_rows_come_out_of_a_pipe_as_they_went_in(rows: list[Any]) -> None:
    through = unpack(marshal.loads(marshal.dumps(pack(columns_of(rows)))))
    assert len(through) == len(NAMES)
    assert rows_of(through) == rows


def test_what_is_the_same_in_all_rows_is_sent_once() -> None:
    row = ("c", "1", 5, 0, 1, "customer", "Li", "hello", 0, 0, "", "", b"", (), "web", "shop", "", "", None)
    rows = [(*row[:1], str(number), *row[2:]) for number in range(100)]
    assert len(marshal.dumps(pack(columns_of(rows)))) < 800
