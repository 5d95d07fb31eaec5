"""The building blocks: keys, signals, accessible names, and that they paint in both looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.theme import Theme
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Card, Section
from csqm_desktop.ui.widgets.confidence_badge import ConfidenceBadge, meaning
from csqm_desktop.ui.widgets.distribution_bar import DistributionBar
from csqm_desktop.ui.widgets.drop_zone import DropZone
from csqm_desktop.ui.widgets.empty_state import EmptyState
from csqm_desktop.ui.widgets.key_cap import KeyCap
from csqm_desktop.ui.widgets.page_header import PageHeader
from csqm_desktop.ui.widgets.searchable_combo import Combo, SearchableCombo
from csqm_desktop.ui.widgets.segmented import FilterChips, Segmented
from csqm_desktop.ui.widgets.stat_tile import StatTile
from csqm_desktop.ui.widgets.status_chip import StatusChip
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.text import ElidedLabel, IconLabel, Label


def _all() -> list[QWidget]:
    bar = DistributionBar()
    bar.set_distribution((0.2, 0.3, 0.5), ("Bad", "Fair", "Good"))
    return [
        Button("Go", "primary", "play"), IconButton("x", "Close"), Card(Label("a")), Section(Label("b")),
        ConfidenceBadge(0.9), bar, DropZone(), EmptyState("inbox", lambda: None), KeyCap("Enter"), PageHeader(),
        Combo("c"), SearchableCombo("d"), Segmented(("a", "b")), FilterChips(("a", "b")), StatTile("bars"),
        StatusChip("shield", "good", "Offline"), Switch(), ElidedLabel("long"), IconLabel("check"),
    ]  # fmt: skip


def test_everything_paints_in_both_looks_and_at_twice_the_size(qtbot, theme: Theme) -> None:
    for choice, scale in (("light", 100), ("dark", 100), ("dark", 200)):
        theme.apply(choice, scale)
        for widget in _all():
            qtbot.addWidget(widget)
            widget.adjustSize()
            image = widget.grab().toImage()
            assert image.width() > 0, type(widget).__name__


def test_a_button_shows_the_key_that_does_the_same(qtbot) -> None:
    shortcuts = Shortcuts()
    button = Button("Accept all")
    qtbot.addWidget(button)
    plain = button.sizeHint().width()
    button.show_key(shortcuts, "review.accept")
    one = button.sizeHint().width()
    shortcuts.rebind("review.accept", "Ctrl+Shift+A")
    assert plain < one < button.sizeHint().width()


def test_segments_move_with_arrows_and_tell_only_about_people(qtbot) -> None:
    segmented, chosen = Segmented(("day", "week", "month"), "week"), []
    qtbot.addWidget(segmented)
    segmented.chosen.connect(chosen.append)
    segmented.show()
    segmented.set_value("day")
    assert chosen == []
    qtbot.keyClick(segmented.button("day"), Qt.Key.Key_Left)
    qtbot.mouseClick(segmented.button("week"), Qt.MouseButton.LeftButton)
    assert chosen == ["month", "week"]
    assert segmented.value == "week"


def test_chips_are_on_or_off_independently(qtbot) -> None:
    chips, seen = FilterChips(("agent", "bot")), []
    qtbot.addWidget(chips)
    chips.changed.connect(seen.append)
    for value in ("agent", "bot", "agent"):
        qtbot.mouseClick(chips._chips[value], Qt.MouseButton.LeftButton)
    assert seen == [{"agent"}, {"agent", "bot"}, {"bot"}]


@pytest.mark.parametrize(("confidence", "word"), [(0.95, "sure"), (0.7, "fairly sure"), (0.4, "unsure"), (None, "")])
def test_confidence_is_a_number_and_a_word(qtbot, confidence: float | None, word: str) -> None:
    badge = ConfidenceBadge(confidence)
    qtbot.addWidget(badge)
    if confidence is None:
        assert badge.accessibleName() == "no score"
        assert meaning(None) == ""
    else:
        assert badge.accessibleName() == f"Confidence {confidence:.0%}, {word}"


def test_a_distribution_is_told_in_numbers_too(qtbot) -> None:
    bar = DistributionBar()
    qtbot.addWidget(bar)
    bar.set_distribution((0.1, 0.9), ("Wrong", "Right"))
    assert bar.accessibleDescription() == "Wrong 10%, Right 90%"


def test_nothing_is_underlined_in_an_empty_distribution(qtbot) -> None:
    bar, none = DistributionBar(), DistributionBar()
    for widget, shares in ((bar, (0.0, 0.0)), (none, ())):
        qtbot.addWidget(widget)
        widget.resize(100, 12)
        widget.set_distribution(shares, ("Wrong", "Right"))
    assert bar.grab().toImage() == none.grab().toImage()


def test_classes_without_an_order_are_neither_red_nor_green(qtbot) -> None:
    bar = DistributionBar()
    qtbot.addWidget(bar)
    bar.resize(90, 12)

    def colors(ordered: bool) -> set[str]:
        bar.set_distribution((0.5, 0.5), ("Toys", "Food"), ordered)
        image = bar.grab().toImage()
        return {image.pixelColor(round(image.width() * at), 3).name() for at in (0.25, 0.75)}

    color = tokens().color
    judging = {QColor(color.bad_fill).name(), QColor(color.good_fill).name()}
    assert colors(True) == judging
    assert not colors(False) & judging
    assert len(colors(False)) == 2
    assert color.level_fill(0, 2, False) == color.level_fill(1, 2, False)
    assert color.level_fill(0, 2) != color.level_fill(1, 2)


def test_a_drop_zone_takes_files_and_can_be_pressed_by_key(qtbot, tmp_path: Path) -> None:
    zone, dropped, pressed = DropZone(), [], []
    qtbot.addWidget(zone)
    zone.dropped.connect(dropped.append)
    zone.pressed.connect(lambda: pressed.append(1))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv")), QUrl("https://example.org/b.csv")])
    event = QDropEvent(
        QPointF(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    zone.dropEvent(event)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A):
        qtbot.keyClick(zone, key)
    qtbot.mouseClick(zone, Qt.MouseButton.LeftButton)
    assert dropped == [[tmp_path / "a.csv"]]
    assert len(pressed) == 3


def test_a_combo_keeps_its_value_when_its_choices_change(qtbot) -> None:
    combo = Combo("shop")
    qtbot.addWidget(combo)
    combo.set_choices([("a", "A"), ("b", "B")])
    combo.set_value("b")
    combo.set_choices([("b", "乙"), ("c", "丙")])
    assert combo.value == "b"
    assert combo.currentText() == "乙"


def test_labels_never_render_markup(qtbot) -> None:
    label = Label("<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_elided_label_keeps_the_whole_text_in_its_tip(qtbot) -> None:
    label = ElidedLabel("one\ntwo")
    qtbot.addWidget(label)
    assert label.text() == "one two"
    assert label.toolTip() == "one\ntwo"
