"""Every action with a key: its default, its place in the sheet, and the key a person gave it instead.

Pages bind by name: ``context.shortcuts.bind(self, "review.accept", self.accept)``. A rebound key takes effect
at once, everywhere, key caps included. Two actions that can be active together never share a key.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from csqm_desktop.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does. ``scope`` is ``app`` (everywhere) or the page on which it is active."""

    name: str
    text: str  # English source text of the context ``shortcuts``
    key: str  # portable text of QKeySequence
    scope: str
    extra: tuple[str, ...] = ()  # further keys that always work and cannot be changed


def _action(name: str, text: str, key: str, *extra: str) -> Action:
    return Action(name, text, key, name.split(".")[0], extra)


ACTIONS: tuple[Action, ...] = (
    _action("app.review", QT_TRANSLATE_NOOP("shortcuts", "Go to Review"), "Ctrl+1"),
    _action("app.dashboard", QT_TRANSLATE_NOOP("shortcuts", "Go to Dashboard"), "Ctrl+2"),
    _action("app.training", QT_TRANSLATE_NOOP("shortcuts", "Go to Training"), "Ctrl+3"),
    _action("app.import", QT_TRANSLATE_NOOP("shortcuts", "Go to Import"), "Ctrl+4"),
    _action("app.settings", QT_TRANSLATE_NOOP("shortcuts", "Go to Settings"), "Ctrl+,"),
    _action("app.open", QT_TRANSLATE_NOOP("shortcuts", "Open a workspace"), "Ctrl+O"),
    _action("app.theme", QT_TRANSLATE_NOOP("shortcuts", "Switch light and dark"), "Ctrl+Shift+D"),
    _action("app.language", QT_TRANSLATE_NOOP("shortcuts", "Switch language"), "Ctrl+Shift+L"),
    _action("app.sheet", QT_TRANSLATE_NOOP("shortcuts", "Show all shortcuts"), "?", "F1"),
    _action("review.level_1", QT_TRANSLATE_NOOP("shortcuts", "Set level 1, go to the next criterion"), "1"),
    _action("review.level_2", QT_TRANSLATE_NOOP("shortcuts", "Set level 2, go to the next criterion"), "2"),
    _action("review.level_3", QT_TRANSLATE_NOOP("shortcuts", "Set level 3, go to the next criterion"), "3"),
    _action("review.level_4", QT_TRANSLATE_NOOP("shortcuts", "Set level 4, go to the next criterion"), "4"),
    _action("review.level_5", QT_TRANSLATE_NOOP("shortcuts", "Set level 5, go to the next criterion"), "5"),
    _action("review.not_applicable", QT_TRANSLATE_NOOP("shortcuts", "Does not apply"), "0"),
    _action("review.criterion_up", QT_TRANSLATE_NOOP("shortcuts", "Criterion above"), "Up"),
    _action("review.criterion_down", QT_TRANSLATE_NOOP("shortcuts", "Criterion below"), "Down"),
    _action("review.previous", QT_TRANSLATE_NOOP("shortcuts", "Previous reply"), "Left"),
    _action("review.next", QT_TRANSLATE_NOOP("shortcuts", "Next reply"), "Right"),
    _action("review.accept", QT_TRANSLATE_NOOP("shortcuts", "Accept the model's levels, submit, next"), "A"),
    _action("review.submit", QT_TRANSLATE_NOOP("shortcuts", "Submit, next"), "Return", "Enter", "Ctrl+Return"),
    _action("review.skip", QT_TRANSLATE_NOOP("shortcuts", "Skip"), "Space"),
    _action("review.flag", QT_TRANSLATE_NOOP("shortcuts", "Flag"), "F"),
    _action("review.later", QT_TRANSLATE_NOOP("shortcuts", "Save for later"), "L"),
    _action("review.undo", QT_TRANSLATE_NOOP("shortcuts", "Undo"), "Ctrl+Z"),
    _action("review.redo", QT_TRANSLATE_NOOP("shortcuts", "Redo"), "Ctrl+Y", "Ctrl+Shift+Z"),
    _action("review.save_draft", QT_TRANSLATE_NOOP("shortcuts", "Save the draft now"), "Ctrl+S"),
    _action("review.comment", QT_TRANSLATE_NOOP("shortcuts", "Write a comment"), "C"),
    _action("review.guideline", QT_TRANSLATE_NOOP("shortcuts", "Show the guideline"), "G"),
    _action("review.history", QT_TRANSLATE_NOOP("shortcuts", "Show the history"), "H"),
    _action("review.evidence", QT_TRANSLATE_NOOP("shortcuts", "Show which words moved the score"), "W"),
    _action("review.files", QT_TRANSLATE_NOOP("shortcuts", "Open the attached files"), "O"),
    _action("review.original", QT_TRANSLATE_NOOP("shortcuts", "Show a masked message as it came in"), "R"),
    _action("review.search", QT_TRANSLATE_NOOP("shortcuts", "Search"), "/"),
    _action("review.leave", QT_TRANSLATE_NOOP("shortcuts", "Leave the text box"), "Esc"),
    _action("dashboard.refresh", QT_TRANSLATE_NOOP("shortcuts", "Read the figures again"), "F5"),
    _action("training.start", QT_TRANSLATE_NOOP("shortcuts", "Start training"), "Ctrl+Return"),
    _action("import.choose", QT_TRANSLATE_NOOP("shortcuts", "Choose a file"), "Ctrl+Shift+O"),
    _action("import.start", QT_TRANSLATE_NOOP("shortcuts", "Import the file"), "Ctrl+Return"),
)
SCOPES = {
    "app": QT_TRANSLATE_NOOP("shortcuts", "Everywhere"),
    "review": QT_TRANSLATE_NOOP("shortcuts", "Review"),
    "dashboard": QT_TRANSLATE_NOOP("shortcuts", "Dashboard"),
    "training": QT_TRANSLATE_NOOP("shortcuts", "Training"),
    "import": QT_TRANSLATE_NOOP("shortcuts", "Import"),
}
_SIGNS = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
_REPEATING = {"review.criterion_up", "review.criterion_down", "review.previous", "review.next"}
_BY_NAME = {action.name: action for action in ACTIONS}


class Shortcuts(QObject):
    """The keys in use. ``changed`` follows every rebinding."""

    changed = Signal()

    def __init__(self, custom: Mapping[str, str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._custom = {name: key for name, key in (custom or {}).items() if name in _BY_NAME}
        self._bound: list[tuple[weakref.ref[QShortcut], str]] = []

    @property
    def custom(self) -> dict[str, str]:
        """Only the keys that differ from the default: what the settings keep."""
        return dict(self._custom)

    def key(self, name: str) -> str:
        """The key of an action as portable text; empty when it has none."""
        return self._custom.get(name, _BY_NAME[name].key)

    def shown(self, name: str) -> str:
        """The key as it is written on this system, for key caps."""
        return shown_key(self.key(name))

    def text(self, name: str) -> str:
        """What the action does, in the language in use."""
        return QCoreApplication.translate("shortcuts", _BY_NAME[name].text)

    def scope_text(self, scope: str) -> str:
        """Where actions of a scope are active, in the language in use."""
        return QCoreApplication.translate("shortcuts", SCOPES[scope])

    def bind(self, widget: QWidget, name: str, slot: Callable[[], object]) -> QShortcut:
        """Let the action's key call ``slot`` while the focus is in ``widget`` (or in its window, for ``app``)."""
        action = _BY_NAME[name]
        everywhere = action.scope == "app"
        where = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut = QShortcut(widget)
        shortcut.setContext(where)
        shortcut.setAutoRepeat(name in _REPEATING)
        shortcut.activated.connect(slot)
        shortcut.setKeys(self._keys(action))
        self._bound.append((weakref.ref(shortcut), name))
        return shortcut

    def _keys(self, action: Action) -> list[QKeySequence]:
        texts = (self.key(action.name), *action.extra)
        return [QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText) for text in texts if text]

    def conflict(self, name: str, key: str) -> str | None:
        """The action that already has ``key`` where ``name`` is active; None when the key is free."""
        action = _BY_NAME[name]
        wanted = _normal(key)
        if not wanted:
            return None
        for other in ACTIONS:
            together = "app" in (action.scope, other.scope) or action.scope == other.scope
            if other.name == name or not together:
                continue
            if wanted in {_normal(self.key(other.name)), *map(_normal, other.extra)}:
                return other.name
        return None

    def rebind(self, name: str, key: str) -> None:
        """Give an action another key; ``ValueError`` names the action that has it already."""
        taken = self.conflict(name, key)
        if taken:
            raise ValueError(taken)
        if _normal(key) == _normal(_BY_NAME[name].key):
            self._custom.pop(name, None)
        else:
            self._custom[name] = key
        self._apply()

    def reset(self) -> None:
        """Give every action its default key."""
        self._custom.clear()
        self._apply()

    def _apply(self) -> None:
        alive = []
        for reference, name in self._bound:
            shortcut = reference()
            if shortcut is not None and shiboken6.isValid(shortcut):
                shortcut.setKeys(self._keys(_BY_NAME[name]))
                alive.append((reference, name))
        self._bound = alive
        self.changed.emit()


def shown_key(key: str) -> str:
    """A key as it stands on the keyboard: ``Return`` becomes ``Enter``, arrows become arrows; never translated."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    if sys.platform == "darwin":
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)
    portable = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    head, plus, last = portable.rpartition("+")
    return f"{head}{plus}{_SIGNS.get(last, last)}"


def _normal(key: str) -> str:
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.PortableText
    )
