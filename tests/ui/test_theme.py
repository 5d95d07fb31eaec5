"""The look: contrast, the same template for every look, live switching."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from csqm_desktop.ui import theme as theme_module
from csqm_desktop.ui.theme import Theme
from csqm_desktop.ui.tokens import DARK, LIGHT, Colors, TypeScale, contrast, make, tokens

TABLES = pytest.mark.parametrize("color", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "surface", "raised", "sunken", "hover", "selected", "accent_soft")
MEANINGS = ("good", "ok", "bad", "doubt")


@TABLES
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(color: Colors, ground: str) -> None:
    for name in ("text", "text_muted", "accent_text"):
        ratio = contrast(getattr(color, name), getattr(color, ground))
        assert ratio >= 4.5, (name, ground, ratio)


@TABLES
@pytest.mark.parametrize("bubble", ["customer_bubble", "agent_bubble", "bot_bubble"])
def test_text_is_readable_on_bubbles(color: Colors, bubble: str) -> None:
    assert contrast(color.text, getattr(color, bubble)) >= 7
    assert contrast(color.text_muted, getattr(color, bubble)) >= 4.5


@TABLES
@pytest.mark.parametrize("meaning", MEANINGS)
def test_meanings_are_readable_as_text_and_visible_as_bars(color: Colors, meaning: str) -> None:
    for ground in ("surface", "window", "raised", "sunken", "hover", "selected", f"{meaning}_soft"):
        assert contrast(getattr(color, meaning), getattr(color, ground)) >= 4.5, ground
    assert contrast(getattr(color, f"{meaning}_fill"), color.surface) >= 3


@TABLES
def test_buttons_rings_and_series_are_visible(color: Colors) -> None:
    for name in ("accent", "accent_hover", "accent_pressed"):
        assert contrast(color.on_accent, getattr(color, name)) >= 4.5
    assert contrast(color.focus, color.surface) >= 3
    assert contrast(color.focus, color.window) >= 3
    for series in color.chart:
        assert contrast(series, color.surface) >= 3
    assert contrast(color.chart_axis, color.surface) >= 4.5


def test_contrast_is_the_published_formula() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scale", [80, 100, 200])
def test_the_style_sheet_is_filled_in_completely(qapp: QApplication, dark: bool, scale: int) -> None:
    sheet = theme_module.style_sheet(make(dark, scale))
    assert "${" not in sheet


def test_the_type_scale_grows_with_the_setting() -> None:
    assert TypeScale().scaled(200).body == 26
    assert TypeScale().scaled(80).body == 10


def test_switching_changes_the_pixels_of_a_shown_widget(qtbot, theme: Theme) -> None:
    widget = QWidget()
    widget.setProperty("ground", "window")
    widget.setAttribute(theme_module.Qt.WidgetAttribute.WA_StyledBackground)
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    for choice, table in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        theme.apply(choice)
        assert widget.grab().toImage().pixelColor(5, 5).name() == table.window
        assert tokens().color is table


def test_chart_style_follows_the_theme(qapp: QApplication, theme: Theme) -> None:
    theme.apply("dark")
    assert theme_module.chart_style().background == DARK.surface
    theme.apply("light")
    assert theme_module.chart_style().background == LIGHT.surface
