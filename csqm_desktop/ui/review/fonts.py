"""The app's fonts for painting, made once: a page of bubbles and buttons asks for them hundreds of times."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from csqm_desktop.ui import theme
from csqm_desktop.ui.tokens import tokens


def font(role: str, bold: bool = False) -> QFont:
    """``theme.font``, remembered for each size."""
    return _font(role, bold, getattr(tokens().type, role))


def metrics(role: str, bold: bool = False) -> QFontMetrics:
    """The metrics that go with ``font``."""
    return _metrics(role, bold, getattr(tokens().type, role))


def metrics_f(role: str, bold: bool = False) -> QFontMetricsF:
    """The same in fractions of pixels."""
    return _metrics_f(role, bold, getattr(tokens().type, role))


@lru_cache(maxsize=64)
def _font(role: str, bold: bool, _pixels: int) -> QFont:
    return theme.font(role, bold=bold)


@lru_cache(maxsize=64)
def _metrics(role: str, bold: bool, pixels: int) -> QFontMetrics:
    return QFontMetrics(_font(role, bold, pixels))


@lru_cache(maxsize=64)
def _metrics_f(role: str, bold: bool, pixels: int) -> QFontMetricsF:
    return QFontMetricsF(_font(role, bold, pixels))
