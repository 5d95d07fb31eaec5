"""What a version's figures say and do not say: few replies, one level only, the same reason six times, what moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csqm_desktop import rubrics
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.reading import merged_bins, metrics_of
from csqm_desktop.ui.training.training_page import TrainingPage

pytestmark = pytest.mark.gui


def part(n: int, confidence: float, accuracy: float) -> dict[str, float]:
    return {"n": float(n), "confidence": confidence, "accuracy": accuracy, "low": 0.0, "high": 1.0}


def test_bins_with_few_replies_are_put_together_and_nothing_is_lost():
    bins = [part(2, 0.35, 0.0), part(6, 0.45, 0.5), part(3, 0.55, 2 / 3), part(12, 0.8, 0.75), part(4, 0.95, 1.0)]
    merged = merged_bins(bins)
    assert [b["n"] for b in merged] == [11, 16]
    assert merged[0]["accuracy"] == pytest.approx(5 / 11)
    assert merged[1]["accuracy"] == pytest.approx(13 / 16)
    assert merged[0]["confidence"] == pytest.approx((2 * 0.35 + 6 * 0.45 + 3 * 0.55) / 11)


def test_bins_with_many_replies_stay_and_few_in_all_are_one():
    bins = [part(10, 0.5, 0.5), part(30, 0.9, 0.9)]
    assert [b["n"] for b in merged_bins(bins)] == [10, 30]
    assert [b["n"] for b in merged_bins([part(1, 0.5, 1.0), part(3, 0.9, 1.0)])] == [4]
    assert merged_bins([]) == []


def test_the_same_reason_for_several_criteria_is_said_once(context: AppContext):
    card = rubrics.load("ecommerce")

    def unproven(criterion: str, n: int) -> dict:
        return {"code": "unproven", "values": {"against": "active", "criterion": criterion, "n": n, "need": 50}}

    said = words.reasons(
        [unproven("tone", 25), unproven("compliance", 30), unproven("solution", 25)], card, context.translations
    )
    so_far = "not worse than the active version so far"
    assert said == [
        f"“Tone”, “Solution”: {so_far}, but 25 held-out replies prove little (50 needed).",
        f"“Compliance”: {so_far}, but 30 held-out replies prove little (50 needed).",
    ]


def test_kappa_is_left_out_where_people_gave_one_level_only(page: TrainingPage, shop: Workspace):
    store = VersionStore(shop.model_store)
    card = store.card("v0001-head")
    report = card.metrics["criteria"]["compliance"]
    report["classes"] = [{**report["classes"][0], "support": 0.0}, {**report["classes"][1], "support": 64.0}]
    report["qwk"] = 0.0
    assert [m.key for m in metrics_of(card) if m.one_level_only] == ["compliance"]
    section = page.versions.card
    section.show_card(card, replace(page._state, cards=(card,)))
    rows = {section._grid.itemAtPosition(r, 0).widget().text(): r for r in range(1, 7)}
    assert section._grid.itemAtPosition(rows["Compliance"], 4).widget().text() == "–"
    assert section._grid.itemAtPosition(rows["Tone"], 4).widget().text() != "–"
    assert section._one_level_note.text().startswith("Compliance: all replies of the holdout have the same level")


def score(shop: Workspace, key: str, level: int, ids: list[int]) -> None:
    number = shop.scores.register_version(key, 1)
    card = shop.scorecards.current()
    one: list[float] = []
    for criterion in card.criteria:
        size = len(criterion.levels)
        one += list(np.eye(size)[min(level, size - 1)] * 0.9 + 0.1 / size)
    shop.scores.write(number, ids, np.array([one for _ in ids]))


def test_what_moved_is_shown_and_a_reply_opens_with_a_click(
    qtbot: QtBot, page: TrainingPage, shop: Workspace, context: AppContext
):
    assert not page.moved.isVisible()  # nothing is scored yet
    ids = shop.conversations.all_reply_ids()
    score(shop, "v0000-starter", 2, ids)
    score(shop, "v0001-head", 2, ids[3:])
    score(shop, "v0001-head", 0, ids[:3])
    page.refresh(page.topics)
    QApplication.processEvents()
    assert page.moved.isVisible()
    assert page.moved.crossed.text() == "0 replies pass now that did not; 3 do not pass any more."
    opened = []
    context.navigation_requested.connect(lambda name, what: opened.append((name, what)))
    qtbot.mouseClick(page.moved.buttons[0], Qt.MouseButton.LeftButton)
    assert opened == [("review", page.moved.comparison.moved.movers[0].reply_id)]
    assert {m.reply_id for m in page.moved.comparison.moved.movers} == set(ids[:3])


def test_the_loss_chart_counts_whole_steps(qtbot):
    from csqm_desktop.ui.training.loss_chart import LossChart

    chart = LossChart()
    qtbot.addWidget(chart)
    chart.resize(600, 260)
    chart.show()
    for step in range(4):
        chart.add({"series": "loss", "step": step, "value": 1.0 - step / 10})
    axis = chart._plots["loss"].getPlotItem().getAxis("bottom")
    ticks = [value for _spacing, values in axis.tickValues(0, 3, 500) for value in values]
    assert sorted(set(ticks)) == [0, 1, 2, 3]
