"""Figures that may be shared outside: how much noise, what it costs, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFileDialog, QSpinBox, QWidget

from csqm_desktop.analytics.private import Terms
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.private_trend import Asked, PrivateTrend, PrivateTrendResult
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard.figures import Question
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label


class ShareDialog(QDialog):
    """Makes one release of the chart in view; the ledger's sum so far stands in it."""

    def __init__(self, context: AppContext, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._question = question
        self.setWindowTitle(self.tr("Share figures with noise"))
        self.epsilon = QDoubleSpinBox()
        self.epsilon.setRange(0.1, 20.0)
        self.epsilon.setSingleStep(0.5)
        self.epsilon.setDecimals(1)
        self.epsilon.setValue(1.0)
        self.epsilon.setAccessibleName(self.tr("Privacy cost ε"))
        self.smallest = QSpinBox()
        self.smallest.setRange(1, 1000)
        self.smallest.setValue(20)
        self.smallest.setAccessibleName(self.tr("Hide groups below"))
        for spin in (self.epsilon, self.smallest):
            spin.lineEdit().setTextMargins(SPACE.sm, 0, 0, 0)
            spin.setMinimumWidth(tokens().px(104))
        self.effect = Label(role="caption", wrap=True)
        self.epsilon.valueChanged.connect(lambda _value: self._say())
        self.save = Button(self.tr("Save as CSV…"), "primary", "export", self._choose)
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        about = self.tr(
            "Counts and means get noise, so that nobody can tell from them whether a certain customer is among"
            " the data. Less ε is safer and less exact."
        )
        self.setLayout(
            column(
                Label(self.windowTitle(), "subtitle", wrap=True),
                Label(about, "muted", wrap=True),
                row(Label(self.tr("Privacy cost ε")), None, self.epsilon),
                row(Label(self.tr("Hide groups below so many replies")), None, self.smallest),
                self.effect,
                row(None, cancel, self.save),
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(480))
        self._say()

    @property
    def terms(self) -> Terms:
        """What was chosen."""
        return Terms(self.epsilon.value(), smallest=self.smallest.value())

    def _say(self) -> None:
        spent = self._context.open_workspace.privacy_ledger.spent()
        text = self.tr("Counts will be off by up to about {noise} replies. Spent so far: ε = {spent}.")
        self.effect.setText(text.format(noise=round(self.terms.count_noise), spent=f"{spent:g}"))

    def _choose(self) -> None:
        folder = self._context.open_workspace.exports
        path, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), str(folder / "shared.csv"), "CSV (*.csv)")
        if path:
            self.release(Path(path))

    def release(self, path: Path) -> None:
        """Make the release and write it."""
        question = self._question
        asked = Asked(question.by, question.criterion, "role", question.source, question.filters)
        try:
            job = PrivateTrend(self._context.open_workspace, asked, self.terms, path, self._context.reviewer)
        except CsqmError as error:
            self._context.notices.error(error)
            return
        self.save.setEnabled(False)
        handle = self._context.runner.start(job)
        handle.succeeded.connect(self._done)
        handle.failed.connect(self._failed)

    def _done(self, result: PrivateTrendResult) -> None:
        text = self.tr("Saved as {path}. ε spent so far: {spent}.")
        self._context.notices.toast(text.format(path=result.path, spent=f"{result.spent:g}"), "good")
        self.accept()

    def _failed(self, error: CsqmError) -> None:
        self.save.setEnabled(True)
        self._context.notices.error(error)
