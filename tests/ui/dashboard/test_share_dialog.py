"""Sharing figures with noise from the dashboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from csqm_desktop.domain.review import Review, Verdict
from csqm_desktop.ui.dashboard.figures import Question
from csqm_desktop.ui.dashboard.share_dialog import ShareDialog

pytestmark = pytest.mark.gui


def test_a_release_is_written_and_noted(open_context, tmp_path, qtbot):
    open_context.workspace.reviews.submit(Review(2, "Ann", Verdict.SCORED, {"understanding": 1, "tone": 2}))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ShareDialog(open_context, Question("people"), parent)
    assert dialog.effect.text() == "Counts will be off by up to about 30 replies. Spent so far: ε = 0."
    dialog.epsilon.setValue(2.0)
    assert "about 15 replies" in dialog.effect.text()
    dialog.release(tmp_path / "shared.csv")
    QCoreApplication.processEvents()
    assert dialog.result() == 1
    assert (tmp_path / "shared.csv").read_text("utf-8-sig").startswith("start,end,group,n,mean")
    entry = open_context.workspace.privacy_ledger.entries()[0]
    assert (entry.actor, entry.epsilon) == ("Ann", 2.0)
