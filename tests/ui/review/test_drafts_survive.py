"""A draft and its place survive the death of the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from csqm_desktop.store.workspace import Workspace

pytestmark = pytest.mark.gui

# the window of a reviewer who submits one reply, moves on, and is killed in the middle of the next
CHILD = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from csqm_desktop.settings import Settings
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobRunner
from csqm_desktop.ui.notices import Notices
from csqm_desktop.ui.review.review_page import ReviewPage
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.theme import Theme
from csqm_desktop.ui.translations import Translations
from tests.ui.review import review_shop

app = QApplication([])
theme, translations = Theme(app), Translations(app)
theme.apply("light"); translations.apply("en")
context = AppContext(Settings(language="en", reviewer="Ann"), JobRunner(), theme, translations, Shortcuts(), Notices())
context.use_workspace(Workspace.open(Path(sys.argv[1])))
page = ReviewPage(context, review_shop.in_order)
page.resize(1340, 850); page.show(); page.activateWindow(); page.setFocus()
while page.session.item is None:
    app.processEvents()
for key in sys.argv[2]:
    QTest.keyClicks(QApplication.focusWidget() or page, key)
    app.processEvents()
while page.session.writer.busy:
    app.processEvents()
print("READY", page.session.item.reply_id, flush=True)
while True:
    app.processEvents()
"""


def run_and_kill(folder: Path, keys: str) -> int:
    """Work in another process until it says so, then kill it; returns the reply that was in hand."""
    root = Path(__file__).parents[3]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), keys],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    try:
        answer = child.stdout.readline().split()
        assert answer[0] == "READY"
    finally:
        os.kill(child.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        child.wait()
        child.stdout.close()
    return int(answer[1])


def test_a_killed_process_loses_neither_draft_nor_place(shop, show_page):
    folder = shop.folder
    in_hand = run_and_kill(folder, "a" + "231" + "cnot sure")
    workspace = Workspace.open(folder)
    assert len(workspace.reviews.reviewed_reply_ids()) == 1  # what was submitted is there
    page = show_page(workspace)
    assert page.session.item.reply_id == in_hand
    draft = page.session.draft
    assert draft.positions == {"understanding": 1, "correctness": 2, "solution": 0}
    assert draft.comment == "not sure"
    assert draft.focus == 3
    assert draft.seconds > 0
    assert page.session.item.shown.reason == "least_sure"  # why it was shown is not lost either
    assert page.scorecard.form.comment.toPlainText() == "not sure"
    page.leave()
    workspace.close()
