"""The training page: what there is to learn from, the two ways to train, the gate's verdict, all versions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from csqm_desktop.jobs.label_worth import LabelWorth
from csqm_desktop.jobs.train_model import TrainModel
from csqm_desktop.registry.versions import Card
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import Job
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.label_section import LabelSection
from csqm_desktop.ui.training.learn_from_section import LearnFromSection
from csqm_desktop.ui.training.moved_section import MovedSection
from csqm_desktop.ui.training.override_dialog import OverrideDialog
from csqm_desktop.ui.training.reading import TrainingState, read_state
from csqm_desktop.ui.training.run_section import RunSection
from csqm_desktop.ui.training.start_section import QUICK, StartSection
from csqm_desktop.ui.training.versions_section import VersionsSection
from csqm_desktop.ui.training.worth_section import WorthSection
from csqm_desktop.ui.widgets.layouts import box, column, row, scrolled
from csqm_desktop.ui.widgets.page_header import PageHeader
from csqm_desktop.ui.widgets.text import Chip

MakeJob = Callable[[str], Job]


class TrainingPage(Page):
    """Reads its state in the background; ``make_job`` can be replaced in tests."""

    topics = frozenset({"reviews", "versions", "conversations"})

    def __init__(self, context: AppContext, make_job: MakeJob | None = None) -> None:
        super().__init__(context)
        self._make_job = make_job or self._train_job
        self._state: TrainingState | None = None
        self._generation = 0
        self._waiting = 0
        self.active = Chip()
        self.header = PageHeader()
        self.header.tools.addWidget(self.active)
        self.run = RunSection(context)
        self.labels = LabelSection(context)
        self.learn_from = LearnFromSection(context)
        self.start = StartSection(context)
        self.worth = WorthSection(context)
        self.moved = MovedSection(context)
        self.versions = VersionsSection(context)
        top = row(spacing=SPACE.md)
        top.addLayout(column(self.labels, self.learn_from, None, spacing=SPACE.md), 3)
        top.addWidget(self.start, 2)
        self._content = content = box(
            column(
                self.header,
                self.run,
                top,
                self.moved,
                self.versions,
                self.worth,
                None,
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self._scroll = scrolled(content)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # large fonts, narrow windows
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self.start.started.connect(self.train)
        self.learn_from.changed.connect(lambda: self.refresh(self.topics))
        self.worth.asked.connect(self.measure_worth)
        self.versions.activate.connect(self.activate)
        self.versions.roll_back.connect(self.roll_back)
        self.run.show_version.connect(self._show_version)
        self.run.score.connect(self._score)
        context.shortcuts.bind(self, "training.start", lambda: self.train(QUICK))
        self.retranslate()

    # -- reading

    def refresh(self, topics: frozenset[str]) -> None:  # noqa: ARG002 -- all topics mean the same here
        """Read labels and versions again."""
        workspace = self.context.workspace
        if workspace is None:
            return
        self._generation += 1
        self._waiting += 1
        generation = self._generation
        self.context.runner.query(
            lambda: read_state(workspace), lambda state: self._show_state(state, generation), owner=self
        )

    def reset(self) -> None:
        """Forget the workspace that was open before."""
        self._state = None
        self.run.hide()
        self.moved.forget()

    def is_busy(self) -> bool:
        """Whether the state is on its way."""
        return self._waiting > 0

    def _show_state(self, state: TrainingState, generation: int) -> None:
        self._waiting -= 1
        if generation != self._generation:
            return
        self._state = state
        self.labels.show_state(state)
        self.learn_from.show_set(state.learn_from, self.run.running)
        self.start.show_state(state, self.run.running)
        self.worth.show_state(state)
        self.moved.look_at(state.active)
        self.versions.show_state(state)
        self.retranslate()
        # wrapped texts give way without end: on a low screen the page must scroll, not squeeze them
        self._content.setMinimumHeight(self._content.sizeHint().height())

    def retranslate(self) -> None:
        """Set the head; the parts look after themselves."""
        self.header.set_texts(
            self.tr("Training"),
            self.tr("The model learns from the verdicts of your reviewers. Nothing leaves this computer."),
        )
        state = self._state
        if state is None or state.active is None:
            self.active.setText(self.tr("no version active"))
            return
        card = state.active_card
        starter = card is not None and card.is_starter
        name = f"{state.active} ({words.say('starter')})" if starter else state.active
        self.active.setText(self.tr("active: {version}").format(version=name))

    # -- what a person does

    def train(self, method: str) -> None:
        """Start a training, unless something stands against it."""
        if not self.start.can_start or self.run.running or self._state is None:
            return
        handle = self.context.runner.start(self._make_job(method))
        handle.finished.connect(self._run_ended)
        self.run.follow(handle, method, self._state.scorecard)
        self.start.show_state(self._state, running=True)
        self.learn_from.show_set(self._state.learn_from, running=True)
        self._scroll.verticalScrollBar().setValue(0)

    def _train_job(self, method: str) -> Job:
        settings = self.context.settings
        return TrainModel(self.context.open_workspace, self.context.model_process, method, device=settings.device)

    def measure_worth(self) -> None:
        """Find out what more verdicts would bring."""
        if self.context.workspace is None or self.context.runner.running(LabelWorth.kind):
            return
        self.worth.set_running(True)
        handle = self.context.runner.start(LabelWorth(self.context.workspace))
        handle.failed.connect(self.context.notices.error)
        handle.finished.connect(self._worth_measured)

    def _worth_measured(self) -> None:
        self.worth.set_running(False)
        self.refresh(self.topics)

    def _run_ended(self) -> None:
        if self._state is not None:
            self.start.show_state(self._state, running=False)
        self.refresh(self.topics)

    def _show_version(self, version: str) -> None:
        self.versions.choose(version)
        self._scroll.ensureWidgetVisible(self.versions.card)
        self.versions.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def activate(self, version: str) -> None:
        """Make a version active; one that did not pass needs a reason."""
        state = self._state
        card = state.card(version) if state else None
        if card is None or state is None:
            return
        verdict = str(card.gate.get("verdict", ""))
        if verdict.startswith("passed") or card.is_starter:
            text = self.tr(
                "Its scores count from now on. Replies without a score by it show their earlier score as old."
            )
            if self.context.notices.ask(self.tr("Make {v} active?").format(v=version), text, self.tr("Make active")):
                self._activate(version, "")
            return
        dialog = OverrideDialog(version, self._reasons(card), self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._activate(version, dialog.text)

    def _reasons(self, card: Card) -> list[str]:
        assert self._state is not None
        return words.reasons(card.gate.get("reasons", []), self._state.scorecard, self.context.translations)

    def _activate(self, version: str, reason: str) -> None:
        from csqm_desktop.jobs.activate_version import activate

        workspace, reviewer = self.context.open_workspace, self.context.reviewer
        self.context.runner.query(
            lambda: activate(workspace, version, reason, reviewer),
            lambda _none: self._activated(self.tr("{version} is active now.").format(version=version)),
            self.context.notices.error,
            owner=self,
        )

    def roll_back(self) -> None:
        """Go back to the version that was active before."""
        from csqm_desktop.jobs.activate_version import roll_back

        if self._state is None or not self._state.can_roll_back:
            return
        before = self._state.history[-2].version
        title = self.tr("Go back to {version}?").format(version=before)
        text = self.tr("Its scores are all still there and count again at once. The other version is kept.")
        if not self.context.notices.ask(title, text, self.tr("Roll back")):
            return
        workspace, reviewer = self.context.open_workspace, self.context.reviewer
        self.context.runner.query(
            lambda: roll_back(workspace, reviewer),
            lambda version: self._activated(self.tr("Back to {version}.").format(version=version)),
            self.context.notices.error,
            owner=self,
        )

    def _activated(self, text: str) -> None:
        self.run.dismiss()  # what it says about the active version may no longer hold
        self.context.notices.toast(text, "good", self.tr("Score what has no score by it"), self._score)
        self.context.announce(("versions", "scores"))
        self.refresh(self.topics)

    def _score(self) -> None:
        from csqm_desktop.jobs.score_replies import ScoreReplies

        job = ScoreReplies(self.context.open_workspace, self.context.model_process, device=self.context.settings.device)
        self.context.runner.start(job).failed.connect(self.context.notices.error)
        self.run.verdict.score.setEnabled(False)
