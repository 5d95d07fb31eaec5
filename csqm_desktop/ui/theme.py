"""Light and dark at run time: the palette, the style sheet and the fonts, all from ``tokens``.

Pages use ``tokens()`` when they paint and listen to ``Theme.changed`` only when they hold something that Qt
does not repaint by itself, such as a chart (see ``chart_style``).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from csqm_desktop import paths
from csqm_desktop.ui import icons
from csqm_desktop.ui.tokens import RADIUS, SPACE, Colors, Tokens, make, tokens, use

__all__ = ["RADIUS", "SPACE", "ChartStyle", "Theme", "chart_style", "font", "tokens"]

_FONTS = {
    "win32": ("Segoe UI Variable Text", "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei"),
    "darwin": (".AppleSystemUIFont", "PingFang SC", "Hiragino Sans GB"),
    "linux": (
        "Inter",
        "Noto Sans",
        "Cantarell",
        "Ubuntu",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
    ),
}


class Theme(QObject):
    """Applies a look to the application; ``changed`` follows every switch."""

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._choice = "system"
        self._font_scale = 100
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def dark(self) -> bool:
        """Whether the look in use is the dark one."""
        return tokens().dark

    def apply(self, choice: str, font_scale: int = 100) -> None:
        """Use ``light``, ``dark`` or what the ``system`` prefers, with a font size in per cent."""
        self._choice, self._font_scale = choice, font_scale
        look = make(self._resolve(choice), font_scale)
        use(look)
        self._app.setPalette(palette(look.color))
        self._app.setFont(font("body"))
        self._app.setStyleSheet(style_sheet(look))
        icons.refresh()
        self.changed.emit()

    def _resolve(self, choice: str) -> bool:
        if choice == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return choice == "dark"

    def _system_changed(self) -> None:
        if self._choice == "system" and self._resolve("system") != self.dark:
            self.apply("system", self._font_scale)


def font(role: str = "body", *, bold: bool = False) -> QFont:
    """The app's font at a role of ``TypeScale``, for painting."""
    result = QFont()
    result.setFamilies(_families())
    result.setPixelSize(getattr(tokens().type, role))
    # said outright: what a font leaves open, a painter takes from its widget
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result


@lru_cache(maxsize=1)
def _families() -> list[str]:
    platform = sys.platform if sys.platform in _FONTS else "linux"
    wanted = _FONTS[platform]
    if platform != "linux":
        return [*wanted, "sans-serif"]
    installed = set(QFontDatabase.families())
    return [name for name in wanted if name in installed] or ["sans-serif"]


def palette(color: Colors) -> QPalette:
    """The Qt palette of a colour table, for everything that the style sheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    for where, value in (
        (role.Window, color.window),
        (role.WindowText, color.text),
        (role.Base, color.surface),
        (role.AlternateBase, color.sunken),
        (role.Text, color.text),
        (role.PlaceholderText, color.text_muted),
        (role.Button, color.surface),
        (role.ButtonText, color.text),
        (role.BrightText, color.bad),
        (role.ToolTipBase, color.raised),
        (role.ToolTipText, color.text),
        (role.Highlight, color.accent),
        (role.HighlightedText, color.on_accent),
        (role.Link, color.accent_text),
        (role.LinkVisited, color.accent_text),
        (role.Accent, color.accent),
        (role.Light, color.surface),
        (role.Midlight, color.hover),
        (role.Mid, color.border),
        (role.Dark, color.border_strong),
        (role.Shadow, color.border),
    ):
        result.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(color.text_disabled))
    return result


def style_sheet(look: Tokens) -> str:
    """``resources/qss/base.qss`` with the values of a look filled in."""
    template = Template(paths.resource("qss", "base.qss").read_text(encoding="utf-8"))
    values: dict[str, str | int] = dict(look.color.as_dict())
    for name in ("caption", "body", "reading", "subtitle", "title", "display"):
        values[f"font_{name}"] = getattr(look.type, name)
    for name in ("sm", "md", "lg"):
        values[f"radius_{name}"] = getattr(RADIUS, name)
    values["control"] = look.px(32)
    values["control_small"] = look.px(26)
    values["control_inner"] = look.px(30)
    values["row"] = look.px(34)
    values["check"] = look.px(16)
    values["icons"] = paths.resource("icons").as_posix()
    values["shade"] = "dark" if look.dark else "light"
    return template.substitute(values)


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What a pyqtgraph plot needs: pass to ``setBackground``, pens and axis pens."""

    background: str
    grid: str
    axis: str
    text: str
    series: tuple[str, ...]
    accent: str
    good: str
    ok: str
    bad: str
    doubt: str
    band_alpha: int  # 0 to 255, of the interval band in the series colour


def chart_style() -> ChartStyle:
    """The chart colours of the look in use; ask again on ``Theme.changed``."""
    color = tokens().color
    return ChartStyle(
        background=color.surface,
        grid=color.chart_grid,
        axis=color.chart_axis,
        text=color.text,
        series=color.chart,
        accent=color.accent,
        good=color.good_fill,
        ok=color.ok_fill,
        bad=color.bad_fill,
        doubt=color.doubt_fill,
        band_alpha=56 if tokens().dark else 40,
    )
