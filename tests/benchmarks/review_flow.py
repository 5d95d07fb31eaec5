"""How long a reviewer waits: from a key to the next reply on screen, and from a digit to its level.

    python tests/benchmarks/review_flow.py [replies to review, default 400] [copies of the demo shop, default 10]

The window is real (offscreen unless QT_QPA_PLATFORM says otherwise), with the app's own threads, at 1440x900. A
step is measured from the key event until everything that it changed is painted. Between two keys there is a short
pause, as with a person, so that reading ahead gets its turn; ``--no-pause`` hammers without any.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CSQM_HOME"] = tempfile.mkdtemp(prefix="csqm-bench-")
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from csqm_desktop.jobs.review_queue import next_items  # noqa: E402
from csqm_desktop.settings import Settings  # noqa: E402
from csqm_desktop.ui.context import AppContext  # noqa: E402
from csqm_desktop.ui.job_runner import JobRunner  # noqa: E402
from csqm_desktop.ui.notices import Notices  # noqa: E402
from csqm_desktop.ui.review.review_page import ReviewPage  # noqa: E402
from csqm_desktop.ui.shortcuts import Shortcuts  # noqa: E402
from csqm_desktop.ui.theme import Theme  # noqa: E402
from csqm_desktop.ui.translations import Translations  # noqa: E402
from tests.ui.review import review_shop  # noqa: E402

FRAME_MS = 16.7
NONE = Qt.KeyboardModifier.NoModifier


def report(name: str, steps: list[tuple[float, float]]) -> None:
    """One line of percentiles: what the clock says, and what the window's thread worked (on a busy machine)."""
    if not steps:
        return
    ms, work = np.array(steps).T * 1000
    p50, p99, worst = np.percentile(ms, 50), np.percentile(ms, 99), ms.max()
    print(
        f"{name:<34} n={len(ms):<5} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {worst:6.2f} ms"
        f"   p50/frame {p50 / FRAME_MS:5.2f}   p99/frame {p99 / FRAME_MS:5.2f}"
        f"   cpu p50 {np.percentile(work, 50):6.2f} ms   p99 {np.percentile(work, 99):6.2f} ms"
    )


def wait(app: QApplication, seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)


def timed(
    app: QApplication, page: ReviewPage, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE
) -> tuple[float, float]:
    """Press a key and wait until what it changed is painted; seconds on the clock, seconds of work."""
    began, worked = time.perf_counter(), time.thread_time()
    QTest.keyClick(page, key, modifier)
    app.processEvents()
    return time.perf_counter() - began, time.thread_time() - worked


def main() -> None:
    """Build a workspace, review, print."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    count, copies = (*numbers, 400, 10)[:2] if len(numbers) != 1 else (numbers[0], 10)
    pause = 0.0 if "--no-pause" in sys.argv else 0.05
    app = QApplication([])
    theme, translations = Theme(app), Translations(app)
    theme.apply("light")
    translations.apply("en")
    settings = Settings(language="en", reviewer="Ann")
    context = AppContext(settings, JobRunner(), theme, translations, Shortcuts(), Notices())
    workspace = review_shop.shop(Path(tempfile.mkdtemp(prefix="csqm-bench-")) / "shop", copies)
    review_shop.activate(workspace)
    review_shop.score(workspace)
    context.use_workspace(workspace)
    page = ReviewPage(context, lambda w, limit, exclude: next_items(w, limit, exclude=exclude))
    page.resize(1344, 852)
    began = time.perf_counter()
    page.show()
    page.setFocus()
    while page.session is None or page.session.item is None:
        app.processEvents()
    app.processEvents()
    totals = workspace.conversations.totals()
    print(f"{totals.replies} replies in {totals.conversations} conversations; pause {pause * 1000:.0f} ms")
    print(f"{'first reply on screen after':<34} {(time.perf_counter() - began) * 1000:.0f} ms")
    wait(app, 0.5)
    steps: dict[str, list[tuple[float, float]]] = {
        "A: accept, next reply": [],
        "digit: set a level": [],
        "Enter: submit, next reply": [],
    }
    steps |= {"Space: skip, next reply": [], "Ctrl+Z: back to the reply": [], "Right: next reply": []}
    digits = (Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_3)
    for number in range(count):
        if number % 4 == 0:
            for key in digits:
                steps["digit: set a level"].append(timed(app, page, key))
                wait(app, pause / 5)
            steps["Enter: submit, next reply"].append(timed(app, page, Qt.Key.Key_Return))
        elif number % 10 == 3:
            steps["Space: skip, next reply"].append(timed(app, page, Qt.Key.Key_Space))
        else:
            steps["A: accept, next reply"].append(timed(app, page, Qt.Key.Key_A))
        wait(app, pause)
    for _ in range(min(40, count // 2)):
        control = Qt.KeyboardModifier.ControlModifier
        steps["Ctrl+Z: back to the reply"].append(timed(app, page, Qt.Key.Key_Z, control))
        wait(app, pause)
    for _ in range(40):
        steps["Right: next reply"].append(timed(app, page, Qt.Key.Key_Right))
        wait(app, pause)
    for name, seconds in steps.items():
        report(name, seconds)
    page.session.writer.flush()
    print(f"{'stored verdicts':<34} {sum(workspace.reviews.counts().values())}")
    page.leave()
    context.runner.shutdown()
    workspace.close()


if __name__ == "__main__":
    main()
