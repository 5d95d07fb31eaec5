"""The words that moved a score, shown and hidden with a key."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from csqm_desktop.domain.evidence import Evidence, Span
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.review import evidence_finder

pytestmark = pytest.mark.gui


@pytest.fixture
def asked(monkeypatch):
    """Stands in for the model: the first two characters raise the first criterion, the next two lower it."""
    numbers: list[int] = []

    def explain(_workspace, _process, reply_id, _context, _device):
        numbers.append(reply_id)
        raised = Span(0, 2, {"understanding": 0.3, "tone": 0.0})
        lowered = Span(2, 4, {"understanding": -0.2, "tone": 0.0})
        return Evidence((raised, lowered), (), "", {"understanding": 0.5}, {"repeats": {"understanding": -0.4}})

    monkeypatch.setattr(evidence_finder, "explain_reply", explain)
    return numbers


def marks(page):
    return [(m.start, m.end, m.raises) for piece in page.conversation.view._pieces for m in piece.marks]


def settle(page, qtbot):
    qtbot.waitUntil(lambda: page.evidence.state in ("found", "failed", "off"), timeout=5_000)


def test_a_key_underlines_what_moved_the_focused_criterion(page, press, qtbot, asked):
    assert page.conversation.evidence.isHidden()
    press("w")
    settle(page, qtbot)
    assert asked == [page.session.item.reply_id]
    assert marks(page) == [(0, 2, True), (2, 4, False)]
    text = page.conversation.evidence.text.text()
    assert "repeats an earlier reply" in text
    assert "lowered" in text
    for _ in range(3):  # tone: nothing moved it
        press(Qt.Key.Key_Down)
    assert marks(page) == []
    assert "no single word" in page.conversation.evidence.text.text()


def test_it_stays_on_for_the_next_reply_and_answers_are_kept(page, press, qtbot, asked):
    press("w")
    settle(page, qtbot)
    press(Qt.Key.Key_Right)
    settle(page, qtbot)
    assert len(set(asked)) == 2
    assert marks(page)
    press(Qt.Key.Key_Left)
    settle(page, qtbot)
    assert len(asked) == 2
    press("w")
    assert marks(page) == []
    assert page.conversation.evidence.isHidden()


def test_a_failure_is_told_and_nothing_is_underlined(page, press, qtbot, monkeypatch):
    def explain(*_args):
        raise CsqmError("no_version", scorecard="shop")

    monkeypatch.setattr(evidence_finder, "explain_reply", explain)
    press("w")
    settle(page, qtbot)
    assert CsqmError("no_version", scorecard="shop").what in page.conversation.evidence.text.text()
    assert marks(page) == []


def test_a_busy_model_is_not_asked(page, press, qtbot, asked, monkeypatch):
    running = ["train"]
    monkeypatch.setattr(page.context.runner, "running", lambda kind=None: [kind] if kind in running else [])
    press("w")
    assert page.evidence.state == "busy"
    assert asked == []
    running.clear()
    page.context.runner.job_finished.emit(SimpleNamespace(kind="train"))
    settle(page, qtbot)
    assert len(asked) == 1


def test_the_head_says_what_is_out_of_the_ordinary(page, press):
    for _ in range(12):
        text = page.conversation.more_facts.text()
        if "Passed on" in text:
            return
        press(Qt.Key.Key_Right)
    raise AssertionError("no conversation of the demo shop is told to have been passed on")
