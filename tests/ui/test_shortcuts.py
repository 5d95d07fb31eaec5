"""Keys: defaults without clashes, rebinding, refusal of taken keys, effect at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.shortcuts import ACTIONS, Shortcuts, shown_key


def test_no_default_keys_clash() -> None:
    shortcuts = Shortcuts()
    for action in ACTIONS:
        for key in (action.key, *action.extra):
            assert shortcuts.conflict(action.name, key) is None, (action.name, key)


def test_backspace_does_nothing_anywhere() -> None:
    assert all("Backspace" not in (a.key, *a.extra) for a in ACTIONS)


def test_a_taken_key_is_refused_and_a_free_one_kept() -> None:
    shortcuts = Shortcuts()
    with pytest.raises(ValueError, match=r"review\.flag"):
        shortcuts.rebind("review.skip", "F")
    with pytest.raises(ValueError, match=r"app\.sheet"):
        shortcuts.rebind("review.skip", "?")
    shortcuts.rebind("review.skip", "S")
    assert shortcuts.key("review.skip") == "S"
    assert shortcuts.custom == {"review.skip": "S"}
    assert Shortcuts(shortcuts.custom).key("review.skip") == "S"
    shortcuts.rebind("review.skip", "Space")
    assert shortcuts.custom == {}


def test_the_same_key_may_serve_two_pages() -> None:
    assert Shortcuts().conflict("training.start", "Ctrl+Return") is None


def test_a_rebound_key_works_at_once(qtbot) -> None:
    shortcuts, widget, calls = Shortcuts(), QWidget(), []
    qtbot.addWidget(widget)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shortcuts.bind(widget, "review.flag", lambda: calls.append("flag"))
    widget.show()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, Qt.Key.Key_F)
    shortcuts.rebind("review.flag", "M")
    qtbot.keyClick(widget, Qt.Key.Key_F)
    qtbot.keyClick(widget, Qt.Key.Key_M)
    assert calls == ["flag", "flag"]


@pytest.mark.parametrize(
    ("key", "shown"), [("Return", "Enter"), ("Ctrl+Return", "Ctrl+Enter"), ("Up", "↑"), ("A", "A")]
)
def test_keys_are_shown_as_on_the_keyboard(qapp, key: str, shown: str) -> None:
    assert shown_key(key) == shown
