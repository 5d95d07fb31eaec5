"""A training while it runs, and what the gate said when it is over."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.train_model import TrainResult
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobHandle
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.training import words
from csqm_desktop.ui.translations import Translatable, error_texts
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Card, Section
from csqm_desktop.ui.widgets.layouts import box, clear, column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

if TYPE_CHECKING:
    from csqm_desktop.ui.training.loss_chart import LossChart

_CHART = "csqm_desktop.ui.training.loss_chart"
_ICONS = {"good": "check-circle", "ok": "warning", "bad": "x-circle"}


class RunSection(Translatable, Section):
    """Follows one job. ``show_version`` asks for a version's card, ``score`` for scoring with the new version."""

    show_version = Signal(str)
    score = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._handle: JobHandle | None = None
        self._method = ""
        self._outcome: TrainResult | CsqmError | str | None = None
        self._scorecard: Scorecard | None = None
        self.chart: LossChart | None = None
        self._early: list[Mapping[str, Any]] = []  # events that came before the chart was built
        self.stage = Label(role="strong")
        self.left = Label(role="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = Button("", "danger", "stop", self._cancel)
        self.close_button = IconButton("x", "", self.dismiss)
        self.tools.addWidget(self.close_button)
        self._progress = box(
            column(row(self.stage, None, self.left, self.cancel), self.bar, spacing=SPACE.sm), "progress"
        )
        self.verdict = VerdictCard(self.show_version.emit, self.score.emit)
        self._chart_place = QVBoxLayout()
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._progress)
        self.body.addLayout(self._chart_place)
        context.theme.changed.connect(self._look_changed)
        self.hide()
        self.retranslate()

    def _look_changed(self) -> None:
        if self.chart is not None:
            self.chart.redraw()

    # -- following a job

    def follow(self, handle: JobHandle, method: str, scorecard: Scorecard) -> None:
        """Show how a job goes."""
        self._handle, self._method, self._outcome, self._scorecard = handle, method, None, scorecard
        self._early = []
        if self.chart is None:
            self._context.runner.query(lambda: importlib.import_module(_CHART), self._build_chart, owner=self)
        else:
            self.chart.clear()
            self.chart.hide()
        handle.progressed.connect(self._progressed)
        handle.notified.connect(self._notified)
        handle.succeeded.connect(self._ended)
        handle.failed.connect(self._ended)
        handle.cancelled.connect(lambda: self._ended("cancelled"))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()
        self.retranslate()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self._handle is not None and self._outcome is None

    def _build_chart(self, module: object) -> None:
        if self.chart is None:
            self.chart = module.LossChart()  # type: ignore[attr-defined]
            self.chart.hide()
            self._chart_place.addWidget(self.chart)
            self._name_curves()
            for values in self._early:
                self._draw(values)

    def _progressed(self, done: int, total: int, _stage: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.retranslate()

    def _notified(self, kind: str, values: object) -> None:
        if kind != "metric" or not isinstance(values, Mapping):
            return
        if self.chart is None:
            self._early.append(values)
        else:
            self._draw(values)

    def _draw(self, values: Mapping[str, Any]) -> None:
        assert self.chart is not None
        self.chart.add(values)
        self.chart.setVisible(bool(self.chart.curves))

    def _cancel(self) -> None:
        if self._handle is not None:
            self.cancel.setEnabled(False)
            self._handle.cancel()
            self.retranslate()

    def _ended(self, outcome: object) -> None:
        assert isinstance(outcome, TrainResult | CsqmError | str)
        self._outcome = outcome
        self._handle = None
        self.retranslate()

    def dismiss(self) -> None:
        """Put the result away; it is kept on the version's card."""
        if not self.running:
            self.hide()

    # -- texts

    def retranslate(self) -> None:
        """Write everything again."""
        running = self.running
        self._name_curves()
        self._progress.setVisible(running)
        self.close_button.setVisible(not running)
        self.close_button.set_name(self.tr("Put away"))
        self.verdict.setVisible(not running and self._outcome is not None)
        self.cancel.setText(self.tr("Cancel"))
        if running and self._handle is not None:
            self._retranslate_progress(self._handle)
        elif self._outcome is not None:
            self._retranslate_outcome(self._outcome)

    def _name_curves(self) -> None:
        if self.chart is not None and self._scorecard is not None:
            text = self._context.translations.text
            names = {c.key: text(c.name) for c in self._scorecard.criteria}
            if names != self.chart.names:
                self.chart.names = names
                self.chart.redraw()

    def _retranslate_progress(self, handle: JobHandle) -> None:
        self.set_texts(
            self.tr("Training: {method}").format(method=words.method_name(self._method)),
            self.tr("You can go on reviewing meanwhile. The active version stays until the new one has passed."),
        )
        stopping = not self.cancel.isEnabled()
        self.stage.setText(
            self.tr("Stopping…") if stopping else words.stage(handle.stage) or self.tr("Waiting to start")
        )
        self.left.setText("" if stopping else words.time_left(handle.seconds_left()))
        share = f" {handle.done / handle.total:.0%}" if handle.total else ""
        self.bar.setAccessibleName(self.stage.text() + share)

    def _retranslate_outcome(self, outcome: TrainResult | CsqmError | str) -> None:
        self.set_texts(self.tr("Result of the training"))
        if isinstance(outcome, CsqmError):
            what, remedy = error_texts(outcome)
            self.verdict.show_lines("bad", what, [remedy])
        elif isinstance(outcome, str):
            self.verdict.show_lines(
                "ok",
                self.tr("The training was cancelled"),
                [self.tr("Nothing changed: the active version is as before.")],
            )
        else:
            self._retranslate_result(outcome)

    def _retranslate_result(self, result: TrainResult) -> None:
        assert self._scorecard is not None
        tone = words.verdict_tone(result.verdict)
        titles = {
            "good": self.tr("{version} passed the gate and is active now"),
            "ok": self.tr("{version} is active now, though little is proven yet"),
            "bad": self.tr("The gate refused {version}: the active version stays"),
        }
        translations = self._context.translations
        lines = words.reasons(result.reasons, self._scorecard, translations)
        if result.activated:
            lines.append(self.tr("Existing scores are still by the version before. Score again to see the difference."))
        self.verdict.show_lines(tone, titles[tone].format(version=result.version), lines)
        self.verdict.offer(
            result.version,
            self.tr("Show its card"),
            self.tr("Score all replies with it") if result.activated else "",
        )


class VerdictCard(Card):
    """A sentence with its reasons, on a ground that fits."""

    def __init__(self, on_show: Any, on_score: Any) -> None:
        super().__init__(spacing=SPACE.xs)
        self._version = ""
        self.icon = IconLabel("check-circle", "good", 20)
        self.title = Label(role="subtitle", wrap=True)
        self._lines = column(spacing=SPACE.xs)
        self.show_card = Button("", "plain", "", lambda: on_show(self._version))
        self.score = Button("", "primary", "play", on_score)
        head = row(self.icon, spacing=SPACE.sm)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        self.body.addLayout(self._lines)
        self.body.addLayout(row(self.score, self.show_card, None))
        self.lines: list[str] = []

    def show_lines(self, tone: str, title: str, lines: list[str]) -> None:
        """Say something."""
        self.set_kind(tone)
        self.icon.set_icon(_ICONS[tone], tone)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(lines))
        self.lines = lines
        clear(self._lines)
        for text in lines:
            self._lines.addWidget(Label(f"• {text}" if len(lines) > 1 else text, wrap=True))
        self.show_card.hide()
        self.score.hide()

    def offer(self, version: str, show: str, score: str) -> None:
        """Offer what comes next."""
        self._version = version
        self.show_card.setText(show)
        self.show_card.show()
        self.score.setText(score)
        self.score.setVisible(bool(score))
