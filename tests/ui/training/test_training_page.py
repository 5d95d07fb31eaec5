"""The training page with real clicks: labels, both buttons, a run, the gate's verdict, versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from csqm_desktop import rubrics
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.train_model import TrainResult
from csqm_desktop.jobs.weak_labels import learn_from
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.training.override_dialog import OverrideDialog
from csqm_desktop.ui.training.training_page import TrainingPage
from csqm_desktop.ui.training.version_table_model import GATE, ID, LABELS
from tests import builders
from tests.ui.dashboard import demo_shop
from tests.ui.training import demo_versions

if TYPE_CHECKING:
    from tests.ui.training.conftest import FakeTraining

pytestmark = pytest.mark.gui


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_labels_are_counted_and_found_to_be_enough(page: TrainingPage) -> None:
    assert "233" in page.labels.note.text()
    assert set(page.labels.statuses) == {c.key for c in rubrics.load("ecommerce").criteria}
    assert page.labels.statuses["understanding"].text() == "enough to train"
    assert page.start.quick.isEnabled()
    assert page.start.fine.isEnabled()


def test_missing_labels_are_named_and_keep_the_buttons_off(
    context: AppContext, tmp_path: Path, show_page: Callable[[], TrainingPage]
) -> None:
    workspace = demo_shop.build(tmp_path / "w", labels=False, scores=False)
    demo_shop.add_labels(workspace, workspace.scorecards.current(), share=0.03)
    context.use_workspace(workspace)
    page = show_page()
    assert not page.start.quick.isEnabled()
    assert "needed" in page.start.reason.text()
    assert page.start.reason.isVisible()
    assert page.start.quick.toolTip() == page.start.reason.text()
    said = page.labels.statuses["compliance"]
    assert "more" in said.text()
    assert not said.property("tone")  # what is still to come is no error
    assert page.start.reason.property("tone") == "accent"


def test_without_any_label_the_page_says_so(
    context: AppContext, tmp_path: Path, show_page: Callable[[], TrainingPage]
) -> None:
    context.use_workspace(Workspace.create(tmp_path / "w", rubrics.load("ecommerce")))
    page = show_page()
    assert "no verdict yet" in page.start.reason.text()
    assert page.versions.nothing.isVisible()
    assert "starter version is set up" in page.versions.nothing.text()
    assert page.active.text() == "no version active"
    status = page.labels.statuses["understanding"]
    assert status.text() == "20 more to review; 5 of each level"
    assert status.fontMetrics().horizontalAdvance(status.text()) <= status.width()


def test_a_scorecard_of_ones_own_is_promised_no_starter_version(
    context: AppContext, tmp_path: Path, show_page: Callable[[], TrainingPage]
) -> None:
    context.use_workspace(Workspace.create(tmp_path / "w", builders.scorecard()))
    page = show_page()
    assert "no starter version" in page.versions.nothing.text()
    assert "is set up" not in page.versions.nothing.text()


def test_what_is_broken_stays_an_error(page: TrainingPage) -> None:
    assert page._state is not None
    page.start.show_state(replace(page._state, no_base=CsqmError("base_missing")), False)
    assert page.start.reason.property("tone") == "bad"


def test_quick_update_runs_and_tells_what_the_gate_said(
    qtbot: QtBot, page: TrainingPage, methods: list[str], training: FakeTraining
) -> None:
    seen: dict[str, object] = {}

    def look() -> None:
        assert page.run.chart is not None
        seen.update(
            stage=page.run.stage.text(),
            bar=page.run.bar.value(),
            curves=set(page.run.chart.curves),
            shown=page.run.chart.isVisible(),
            off=not page.start.quick.isEnabled(),
        )

    training.during = look
    click(qtbot, page.start.quick)
    assert methods == ["head"]
    assert seen == {
        "stage": "Learning from the labels",
        "bar": 3,
        "curves": {"left_out_loss/tone", "left_out_loss/compliance"},
        "shown": True,
        "off": True,
    }
    assert page.run.verdict.isVisible()
    assert "v0001-head passed the gate" in page.run.verdict.title.text()
    assert "“Tone”: not worse than the active version" in page.run.verdict.lines[0]
    assert page.start.quick.isEnabled()


def test_the_key_starts_a_quick_update(qtbot: QtBot, page: TrainingPage, methods: list[str]) -> None:
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if not methods:  # offscreen, shortcuts need an active window
        page.train("head")
    QApplication.processEvents()
    assert methods == ["head"]


def test_fine_tune_uses_the_chosen_method(qtbot: QtBot, page: TrainingPage, methods: list[str]) -> None:
    assert page.start.choose.text() == "LoRA"
    page.start._actions["full"].trigger()
    assert page.start.choose.text() == "All weights"
    assert "Slowest" in page.start._method_text.text()
    click(qtbot, page.start.fine)
    assert methods == ["full"]


def test_a_refused_version_says_why_and_its_card_is_one_click_away(
    qtbot: QtBot, page: TrainingPage, training: FakeTraining
) -> None:
    training.result = TrainResult(
        "v0002-lora",
        False,
        "failed",
        [demo_versions._not_worse("tone"), demo_versions.WORSE, demo_versions.SLICE_WORSE],
    )
    click(qtbot, page.start.quick)
    assert "refused v0002-lora" in page.run.verdict.title.text()
    assert page.run.verdict.lines[0] == "“Compliance”: macro F1 went from 0.830 to 0.710 (64 replies, 97% certain)."
    assert "Language “Chinese”" in page.run.verdict.lines[1]
    assert not page.run.verdict.score.isVisible()
    click(qtbot, page.run.verdict.show_card)
    assert page.versions.chosen is not None
    assert page.versions.chosen.id == "v0002-lora"
    click(qtbot, page.run.close_button)
    assert not page.run.isVisible()


def test_cancel_stops_and_changes_nothing(qtbot: QtBot, page: TrainingPage, training: FakeTraining) -> None:
    training.during = lambda: click(qtbot, page.run.cancel)
    click(qtbot, page.start.quick)
    assert "cancelled" in page.run.verdict.title.text()
    assert page.versions.chosen is not None


def test_an_error_is_explained_in_place(qtbot: QtBot, page: TrainingPage, training: FakeTraining) -> None:
    training.result = CsqmError("no_labels")
    click(qtbot, page.start.quick)
    assert page.run.verdict.title.text() == CsqmError("no_labels").what


def test_versions_table_marks_the_active_and_the_starter(page: TrainingPage) -> None:
    model = page.versions.model
    rows = [model.index(row, ID).data() for row in range(model.rowCount())]
    assert rows == ["v0002-lora", "v0001-head  (active)", "v0000-starter  (Starter)"]
    assert [model.index(row, GATE).data() for row in range(3)] == ["refused", "passed", "–"]
    assert model.index(1, LABELS).data() == "180"
    assert page.active.text() == "active: v0001-head"


def test_card_shows_figures_in_the_scorecards_order(page: TrainingPage) -> None:
    card = page.versions.card
    assert card.title.text() == "v0001-head"
    assert "continues v0000-starter" in card.facts.text()
    order = [card._grid.itemAtPosition(row, 0).widget().text() for row in range(1, 7)]  # type: ignore[union-attr]
    assert order[:2] == ["Understanding", "Correctness"]
    assert "(" in card._grid.itemAtPosition(1, 2).widget().text()  # type: ignore[union-attr]
    assert card.details.chart._bins
    card.details.criterion.set_value("compliance")
    card.details._show()
    assert card.details._levels.itemAtPosition(1, 0).widget().text() == "Violation"  # type: ignore[union-attr]
    assert "Language: English" in card.details._slices.itemAtPosition(1, 0).widget().text()  # type: ignore[union-attr]


def test_the_card_says_what_a_fine_tune_did_and_warns_of_replies_seen_before(
    page: TrainingPage, shop: Workspace
) -> None:
    assert page.versions.card.leakage.isHidden()  # the active version's holdout is clean
    page.versions.choose("v0002-lora")
    assert "trained 516,096 weights, 0.81% of the model · adds 2.08 MB" in page.versions.card.facts.text()
    assert "learned 25 new labels and repeated 150" in page.versions.card.facts.text()
    warning = page.versions.card.leakage
    assert not warning.isHidden()
    assert warning.title.text() == "2 of 64 replies of the holdout are nearly the same as one it learned from"
    assert "without them accuracy 0.84 instead of 0.90, macro F1 0.70 instead of 0.80" in warning.figures.text()
    first = next(iter(shop.conversations.reply_inputs(shop.conversations.all_reply_ids()[:1])))
    assert first.text[:40] in warning.examples.text()


def test_starter_card_says_what_it_is(page: TrainingPage) -> None:
    page.versions.choose("v0000-starter")
    assert "This is the starter" in page.versions.card.reasons.text()


def test_activating_a_refused_version_needs_a_reason(
    qtbot: QtBot, page: TrainingPage, shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_reason(dialog: OverrideDialog) -> int:
        assert not dialog.confirm.isEnabled()
        qtbot.keyClicks(dialog.reason, "the holdout is too small")
        assert dialog.confirm.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(OverrideDialog, "exec", give_reason)
    page.versions.choose("v0002-lora")
    click(qtbot, page.versions.activate_button)
    history = VersionStore(shop.model_store).history()
    assert (history[-1].version, history[-1].reason) == ("v0002-lora", "the holdout is too small")
    assert page.active.text() == "active: v0002-lora"


def test_roll_back_asks_and_goes_back(
    qtbot: QtBot, page: TrainingPage, shop: Workspace, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    ask = Mock(side_effect=lambda *_, **__: next(answers))
    monkeypatch.setattr(context.notices, "ask", lambda *a, **k: ask(*a, **k))
    click(qtbot, page.versions.back_button)
    assert VersionStore(shop.model_store).active() == "v0001-head"
    click(qtbot, page.versions.back_button)
    assert VersionStore(shop.model_store).active() == "v0000-starter"
    assert page.active.text() == "active: v0000-starter (Starter)"
    assert not page.versions.back_button.isEnabled()


def test_tensorboard_folder_is_offered_where_there_is_one(page: TrainingPage, shop: Workspace) -> None:
    assert not page.versions.board_button.isVisible()
    folder = shop.model_store / "versions" / "v0001-head" / "tensorboard"
    folder.mkdir()
    page.refresh(page.topics)
    assert page.versions.board_button.isVisible()
    assert str(folder) in page.versions.board_button.toolTip()


def test_new_labels_are_counted_since_the_last_training(page: TrainingPage) -> None:
    assert page._state is not None
    page.labels.show_state(replace(page._state, since_last=14))
    assert "14 of them are new" in page.labels.note.text()


def test_language_and_look_switch_while_it_is_shown(qtbot: QtBot, page: TrainingPage, context: AppContext) -> None:
    click(qtbot, page.start.quick)
    context.change_settings(language="zh_CN")
    QApplication.processEvents()
    assert "语义理解" in {label.text() for label in page.labels.findChildren(QWidget) if hasattr(label, "text")}
    context.change_settings(theme="dark")
    assert page.grab().toImage().pixelColor(20, 600).lightness() < 60


def test_everything_has_a_name_for_screen_readers(page: TrainingPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_rules_and_confident_scores_are_switched_on_and_kept(
    qtbot: QtBot, page: TrainingPage, shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = page.learn_from
    assert not card.rules.isChecked()
    assert not card.scores.isChecked()
    click(qtbot, card.scores)
    assert learn_from(shop).scores
    file = tmp_path / "own.yaml"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    errors = Mock()
    monkeypatch.setattr(page.context.notices, "error", errors)
    file.write_text("rules: [{criterion: tone, level: nonsense, any: a}]", encoding="utf-8")
    click(qtbot, card.rules)  # there are no rules yet: asks for a file
    assert errors.call_args.args[0].code == "rules_unreadable"
    assert not card.rules.isChecked()
    level = shop.scorecards.current().criterion("tone").levels[0].key
    file.write_text(f"rules: [{{criterion: tone, level: {level}, any: a}}]", encoding="utf-8")
    click(qtbot, card.rules)
    assert card.rules.isChecked()
    assert "own.yaml" in card.rules_text.text()
    assert page._state is not None
    assert page._state.learn_from.rules
    click(qtbot, card.rules)
    assert not learn_from(shop).rules
    assert learn_from(shop).rules_name == "own.yaml"


def test_a_version_says_what_guesses_it_learned_from(page: TrainingPage) -> None:
    state = page._state
    assert state is not None
    weak = {"weight": 0.2, "criteria": {"tone": {"rules": 7, "scores": 40}}, "origins": {"rules": "own.yaml"}}
    card = replace(state.cards[0], weak=weak)
    page.versions.card.show_card(card, state)
    assert "7 by rules, 40 by scores" in page.versions.card.facts.text()
    assert "own.yaml" in page.versions.card.facts.text()
    page.versions.card.show_card(replace(card, weak={}), state)
    assert "guesses" not in page.versions.card.facts.text()
