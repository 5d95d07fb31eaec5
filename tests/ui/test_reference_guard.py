"""Losing references to ``None`` must not end the program."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui import reference_guard


@pytest.mark.skipif(not reference_guard.needed(), reason="this Python does not count references to None")
def test_a_million_calls_leave_none_alive(qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(1_000_000):
        widget.update()
    assert sys.getrefcount(None) > 1 << 30


def test_installing_twice_changes_nothing() -> None:
    before = sys.getrefcount(None)
    reference_guard.install()
    assert abs(sys.getrefcount(None) - before) < 1000
