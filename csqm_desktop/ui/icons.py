"""The app's own icons: one-colour SVG files, tinted with a token when they are drawn.

``assign(button, "upload")`` sets an icon that follows the theme; ``pixmap`` is for painting.
"""

from __future__ import annotations

import weakref
from functools import lru_cache
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csqm_desktop import paths
from csqm_desktop.ui.tokens import tokens


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show an icon."""
        ...


_assigned: weakref.WeakKeyDictionary[QObject, tuple[str, str, int]] = weakref.WeakKeyDictionary()
_SIZES = (16, 20, 24, 32, 48)


def assign(target: HasIcon, name: str, role: str = "text_muted", gap: int = 0) -> None:
    """Give a button or action an icon in the colour of a token; it follows later theme changes.

    ``gap`` is empty room at the icon's right, before the text; make the icon size that much wider.
    """
    assert isinstance(target, QObject)
    _assigned[target] = (name, role, gap)
    target.setIcon(icon(name, role, gap))


def refresh() -> None:
    """Tint every assigned icon again; ``Theme.apply`` calls this."""
    for target, (name, role, gap) in list(_assigned.items()):
        if shiboken6.isValid(target):
            target.setIcon(icon(name, role, gap))  # type: ignore[attr-defined]


def icon(name: str, role: str = "text_muted", gap: int = 0) -> QIcon:
    """An icon in the colour of a token; greyed when disabled, in the accent when checked."""
    color = tokens().color
    result = QIcon()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, getattr(color, role)),
        (QIcon.Mode.Disabled, QIcon.State.Off, color.text_disabled),
        (QIcon.Mode.Normal, QIcon.State.On, color.accent_text if role == "text_muted" else getattr(color, role)),
    )
    for mode, state, tint in states:
        for size in _SIZES:
            for ratio in (1.0, 2.0):
                result.addPixmap(tinted(name, tint, size, ratio, gap), mode, state)
    return result


def pixmap(name: str, role: str = "text_muted", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap in the colour of a token."""
    return tinted(name, getattr(tokens().color, role), size, ratio)


@lru_cache(maxsize=2048)
def tinted(name: str, tint: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    """An icon in a given ``#rrggbb``."""
    source = _source(name).replace("currentColor", tint)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    result = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
