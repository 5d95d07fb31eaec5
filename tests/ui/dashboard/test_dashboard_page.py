"""The dashboard with real clicks and keys."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from csqm_desktop import rubrics
from csqm_desktop.analytics.trends import Point
from csqm_desktop.jobs.score_replies import ScoreReplies
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard.dashboard_page import DashboardPage
from csqm_desktop.ui.dashboard.export import write_csv
from csqm_desktop.ui.dashboard.figures import Question
from csqm_desktop.ui.dashboard.reply_table_model import FIGURE, TEXT, VALUE_ROLE
from csqm_desktop.ui.dashboard.trend_chart import TrendChart
from tests import builders
from tests.ui.dashboard import demo_shop

pytestmark = pytest.mark.gui


def chart_of(page: DashboardPage) -> TrendChart:
    assert page.chart.chart is not None
    return page.chart.chart


def where(chart: TrendChart, point: Point) -> QPoint:
    """Where a point is in the plot's viewport."""
    return chart.plot.mapFromScene(chart.scene_position(point))


def click_point(qtbot: QtBot, page: DashboardPage, point: Point) -> None:
    chart = chart_of(page)
    qtbot.mouseMove(chart.plot.viewport(), where(chart, point))
    qtbot.mouseClick(chart.plot.viewport(), Qt.MouseButton.LeftButton, pos=where(chart, point))
    QApplication.processEvents()


def drop(page: DashboardPage) -> Point:
    """The bot's first week after its release."""
    return [p for p in chart_of(page).points if p.group == "bot"][4]


def test_tiles_say_how_much_and_how_good(page: DashboardPage) -> None:
    assert page.tiles.replies.figure.text() == "381"
    assert page.tiles.scored.figure.text() == "381"
    assert page.tiles.reviewed.figure.text() == "233"
    assert "lower than the 28 before" in page.tiles.quality["bot"].note.text()
    assert "no clear change" in page.tiles.quality["agent"].note.text()


def test_clicking_a_point_lists_its_replies(qtbot: QtBot, page: DashboardPage) -> None:
    point = drop(page)
    click_point(qtbot, page, point)
    model = page.replies.model
    assert page.replies.isVisible()
    assert model.rowCount() == point.n
    values = [model.index(row, FIGURE).data(VALUE_ROLE) for row in range(point.n)]
    assert values == sorted(values)
    assert str(point.n) in page.replies.note.text()


def test_hovering_says_what_the_point_is(qtbot: QtBot, page: DashboardPage) -> None:
    chart, point = chart_of(page), drop(page)
    qtbot.mouseMove(chart.plot.viewport(), where(chart, point))
    chart._moved(chart.scene_position(point))  # offscreen mouse moves do not always reach the scene
    assert chart._tip.isVisible()
    assert f"{point.n} replies" in chart._tip.text
    assert "95%" in chart._tip.text
    assert "Bot" in chart._tip.text


def test_hovering_a_release_names_it(page: DashboardPage) -> None:
    chart = chart_of(page)
    mark = page._figures.marks[0] if page._figures else None
    assert mark is not None
    place = chart.plot.getViewBox().mapViewToScene(QPointF(mark.day, 99))
    chart._moved(QPointF(place.x(), place.y()))
    assert "2.4" in chart._tip.text


def test_keys_walk_along_the_points_and_list_them(qtbot: QtBot, page: DashboardPage) -> None:
    chart = chart_of(page)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart._current == chart.points[-1]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    current = chart._current
    assert current is not None
    assert current.group == "agent"
    assert "replies" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.replies.model.rowCount() == current.n


def test_zoom_with_the_wheel_and_back(qtbot: QtBot, page: DashboardPage) -> None:
    chart = chart_of(page)
    chart.plot.getViewBox().scaleBy((0.3, 1))
    assert chart.is_zoomed
    assert page.chart.reset.isVisible()
    qtbot.mouseClick(page.chart.reset, Qt.MouseButton.LeftButton)
    assert not chart.is_zoomed
    assert not page.chart.reset.isVisible()


def test_criterion_period_and_source_change_the_question(qtbot: QtBot, page: DashboardPage) -> None:
    qtbot.mouseClick(page.chart.criteria["correctness"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.chart.by.button("month"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.chart.source.button("people"), Qt.MouseButton.LeftButton)
    assert (page.question.criterion, page.question.by, page.question.source) == ("correctness", "month", "people")
    assert sum(p.n for p in chart_of(page).points) == 233
    assert "reviewers" in page.chart.origin.text()
    assert page.chart.criteria["correctness"].isChecked()


def test_pressing_a_criterion_bar_shows_it_over_time(qtbot: QtBot, page: DashboardPage) -> None:
    qtbot.mouseClick(page.criteria.rows["tone"], Qt.MouseButton.LeftButton)
    assert page.question.criterion == "tone"
    assert page.criteria.rows["tone"].row.bars[0].text.endswith("n 218")


def test_bars_of_causes_sum_to_the_causes(page: DashboardPage, shop: Workspace) -> None:
    shown_bars = sum(int(bar.row.bars[0].text) for bar in page.causes.rows.values())
    assert shown_bars == sum(n for _, n in shop.aggregates.human_causes())


def test_filter_by_a_value_with_its_count(qtbot: QtBot, page: DashboardPage) -> None:
    qtbot.mouseClick(page.filters.chips["channel"], Qt.MouseButton.LeftButton)
    popup = page.filters.popup
    assert popup is not None
    texts = [popup.list.item(i).text() for i in range(popup.list.count())]  # type: ignore[union-attr]
    assert any(text.startswith("web") and text.endswith("105") for text in texts)
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)  # type: ignore[union-attr]
    qtbot.keyClick(popup.list, Qt.Key.Key_Return)  # type: ignore[union-attr]
    assert page.question.filters.equal == {"channel": "app"}
    assert page.filters.chips["channel"].text() == "Channel: app"
    assert page.tiles.scored.figure.text() == "167"
    assert "167" in page.filters.matching.text()
    qtbot.mouseClick(page.filters.clear, Qt.MouseButton.LeftButton)
    assert page.tiles.scored.figure.text() == "381"


def test_filter_by_days(qtbot: QtBot, page: DashboardPage) -> None:
    qtbot.mouseClick(page.filters.dates, Qt.MouseButton.LeftButton)
    popup = page.filters.popup
    assert popup is not None
    qtbot.mouseClick(popup.spans[2], Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    assert page.question.filters.first_day is not None
    assert 0 < sum(p.n for p in chart_of(page).points) < 381


def test_conversation_opens_from_the_list_and_leads_to_the_review(
    qtbot: QtBot, page: DashboardPage, context: AppContext
) -> None:
    asked: list[tuple[str, object]] = []
    context.navigation_requested.connect(lambda name, request: asked.append((name, request)))
    click_point(qtbot, page, drop(page))
    table = page.replies.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    wanted = page.replies.reply_id
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog = page.replies.dialog
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.review, Qt.MouseButton.LeftButton)
    assert asked == [("review", wanted)]


def test_escape_closes_the_list(qtbot: QtBot, page: DashboardPage) -> None:
    click_point(qtbot, page, drop(page))
    page.replies.table.setFocus()
    qtbot.keyClick(page.replies.table, Qt.Key.Key_Escape)
    assert not page.replies.isVisible()
    assert page.replies.model.rowCount() == 0


def test_text_of_a_reply_is_never_cut_in_the_tool_tip(qtbot: QtBot, page: DashboardPage) -> None:
    click_point(qtbot, page, drop(page))
    index = page.replies.model.index(0, TEXT)
    assert index.data(Qt.ItemDataRole.ToolTipRole)


def test_export_as_csv_picture_and_clipboard(
    page: DashboardPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("csv", "png", "svg"):
        path = tmp_path / f"趋势.{kind}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=path: (str(p), ""))
        page.chart.export_as(kind)
        assert path.stat().st_size > 100
    assert (tmp_path / "趋势.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "趋势.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    points = chart_of(page).points
    assert [(row["role"], int(row["n"])) for row in rows] == [(p.group, p.n) for p in points]
    assert float(rows[0]["mean"]) == pytest.approx(points[0].mean, abs=1e-6)
    assert QImage(str(tmp_path / "趋势.png")).width() == 2 * chart_of(page).width()
    page.chart.export_as("copy")
    assert not QGuiApplication.clipboard().image().isNull()


def test_names_in_an_exported_chart_run_as_no_formula(page: DashboardPage, tmp_path: Path) -> None:
    chart = chart_of(page)
    points = [replace(chart.points[0], group=name) for name in ("=1+1", "+1", "@a", "\t=1", "小店")]
    write_csv(tmp_path / "a.csv", points, Question())
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as source:
        assert [row["role"] for row in csv.DictReader(source)] == ["'=1+1", "'+1", "'@a", "'\t=1", "小店"]


def test_export_that_cannot_be_written_is_explained(
    page: DashboardPage, context: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.csv"), ""))
    said: list[object] = []
    monkeypatch.setattr(context.notices, "error", said.append)
    page.chart.export_as("csv")
    assert len(said) == 1


def test_hollow_points_follow_the_setting(page: DashboardPage, context: AppContext) -> None:
    assert any(p.hollow for p in chart_of(page).points)
    context.change_settings(small_sample=2)
    assert not any(p.hollow for p in chart_of(page).points)


def test_starter_and_unchecked_figures_are_marked(
    qtbot: QtBot, page: DashboardPage, context: AppContext, shop: Workspace
) -> None:
    assert "not yet checked by people" in page.chart.origin.text()
    demo_shop.add_version(shop, "v0000-starter")
    demo_shop.add_scores(shop, "v0000-starter")
    context.announce(("versions", "scores"))
    assert "starter" in page.chart.origin.text()
    assert "starter" in page.tiles.scored.note.text()


def test_language_and_look_switch_while_it_is_shown(page: DashboardPage, context: AppContext) -> None:
    before = chart_of(page).points
    context.change_settings(language="zh_CN")
    chip = page.chart.criteria["correctness"]
    assert chip.text() == context.translations.text(page.chart._scorecard.criterion("correctness").name)  # type: ignore[union-attr]
    assert any("一" <= c <= "鿿" for c in chip.text())
    light = page.grab().toImage().pixelColor(700, 500)
    context.change_settings(theme="dark")
    dark = page.grab().toImage().pixelColor(700, 500)
    assert dark.lightness() < light.lightness()
    assert list(chart_of(page).points) == list(before)


def test_nothing_imported_leads_to_the_import(
    qtbot: QtBot, context: AppContext, tmp_path: Path, show_page: Callable[[], DashboardPage]
) -> None:
    workspace = Workspace.create(tmp_path / "empty", rubrics.load("ecommerce"))
    context.use_workspace(workspace)
    page = show_page()
    asked: list[str] = []
    context.navigation_requested.connect(lambda name, _request: asked.append(name))
    assert page.nothing.isVisible()
    qtbot.mouseClick(page.nothing.action, Qt.MouseButton.LeftButton)
    assert asked == ["import"]


def test_nothing_scored_leads_to_scoring_or_to_people(
    qtbot: QtBot,
    context: AppContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    show_page: Callable[[], DashboardPage],
) -> None:
    context.use_workspace(demo_shop.build(tmp_path / "w", scores=False))
    page = show_page()
    start = Mock()
    monkeypatch.setattr(context.runner, "start", start)
    assert page.unscored.isVisible()
    assert page.tiles.scored.figure.text() == "0"
    assert page.unscored.action.text() == "Score now"
    qtbot.mouseClick(page.unscored.action, Qt.MouseButton.LeftButton)
    assert isinstance(start.call_args.args[0], ScoreReplies)
    qtbot.mouseClick(page.unscored.second, Qt.MouseButton.LeftButton)
    assert not page.unscored.isVisible()
    assert sum(p.n for p in chart_of(page).points) == 233


def test_where_nothing_can_score_training_comes_first(
    qtbot: QtBot,
    context: AppContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    show_page: Callable[[], DashboardPage],
) -> None:
    context.use_workspace(builders.workspace(tmp_path / "w", *builders.dialogues()))  # a scorecard without a starter
    page = show_page()
    asked: list[str] = []
    monkeypatch.setattr(context, "navigate", lambda name, *_: asked.append(name))
    assert page.unscored.isVisible()
    assert page.unscored.action.text() == "Train first"
    qtbot.mouseClick(page.unscored.action, Qt.MouseButton.LeftButton)
    assert asked == ["training"]


def test_the_axis_is_not_cut_and_points_stand_above_their_names(page: DashboardPage) -> None:
    chart = chart_of(page)
    low, high = chart.plot.getViewBox().viewRange()[1]
    assert (low, high >= 100) == (0, True)
    (_, ticks), *_ = chart.plot.getPlotItem().getAxis("bottom").tickValues(*chart.plot.getViewBox().viewRange()[0], 9e9)
    places = {chart.plot.getViewBox().mapSceneToView(chart.scene_position(p)).x() for p in chart.points}
    assert {round(place) for place in places} == {round(tick) for tick in ticks}


def test_other_workspace_starts_afresh(page: DashboardPage, context: AppContext, tmp_path: Path) -> None:
    page.chart.criteria["tone"].click()
    context.use_workspace(demo_shop.build(tmp_path / "other"))
    assert page.question.criterion is None
    assert page.tiles.replies.figure.text() == "381"


def test_everything_has_a_name_for_screen_readers(page: DashboardPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_filters_by_signals_are_one_click_away_and_stay_while_they_are_set(page, qtbot):
    chip = page.filters.chips["unresolved"]
    assert chip.isHidden()
    qtbot.mouseClick(page.filters.more, Qt.MouseButton.LeftButton)
    assert chip.isVisible()
    page.ask(page.question.with_filter("unresolved", "yes"))
    qtbot.mouseClick(page.filters.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chip.text() == "Left open: yes", timeout=10_000)
    assert chip.isVisible()
    assert page.filters.chips["transferred"].isHidden()


def test_classes_without_an_order_have_no_chart(
    qtbot: QtBot, context: AppContext, tmp_path: Path, show_page: Callable[[], DashboardPage]
) -> None:
    card = builders.scorecard(builders.criterion("label", ordered=False))
    space = builders.workspace(tmp_path / "w", *builders.dialogues(), card=card)
    builders.fake_version(space, "v1")
    builders.random_scores(space, "v1")
    context.use_workspace(space)
    page = show_page()
    qtbot.waitUntil(lambda: not page.is_busy(), timeout=10_000)
    assert page.unordered.isVisible()
    assert "no mean score" in page.unordered.title.text()
    assert not page.unscored.isVisible()
    assert not page.chart.isVisible()
    assert [tile.isVisible() for tile in page.tiles.quality.values()] == [False, False]


def test_a_new_version_does_not_empty_the_page(
    context: AppContext, shop: Workspace, show_page: Callable[[], DashboardPage]
) -> None:
    demo_shop.add_version(shop, "v0003-head")
    context.use_workspace(shop)
    page = show_page()
    assert not page.unscored.isVisible()
    assert page.tiles.scored.figure.text() == "381"
    assert "v0003-head" in page.chart.origin.text()
