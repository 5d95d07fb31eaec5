"""In both languages and in small windows all words of the review page are readable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from csqm_desktop.ui.review.fonts import metrics
from csqm_desktop.ui.review.level_button import LevelButton
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.text import Label

pytestmark = pytest.mark.gui


@pytest.mark.parametrize("size", [(1186, 752), (1346, 852)], ids=["in 1280×800", "in 1440×900"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_of_the_page_is_cut(page, context, size, language):
    """The page beside the rail and below the header; a list of replies shows only their beginnings."""
    context.translations.apply(language)
    page.resize(*size)
    QApplication.processEvents()
    assert page.session.item is not None
    for button in page.scorecard.findChildren(LevelButton):
        assert not button.is_cut, button.text()
    for label in page.findChildren(Label):
        if label.isVisible() and not label.wordWrap():
            wanted = label.fontMetrics().horizontalAdvance(label.text())
            assert wanted <= label.width(), (label.text(), label.width())
        elif label.isVisible():
            assert label.heightForWidth(label.width()) <= label.height(), label.text()
    names = [context.translations.text(c.name) for c in page.session.card.criteria]
    room = page.queue.view.viewport().width() - 2 * SPACE.sm - 2 * SPACE.sm - 16 - SPACE.sm
    for name in names:
        line = f"100%  {QCoreApplication.translate('review_words', 'teaches: {criterion}').format(criterion=name)}"
        assert metrics("caption").horizontalAdvance(line) <= room, line


def test_the_meter_takes_no_room_from_the_criteria(page):
    page.resize(1346, 852)
    QApplication.processEvents()
    meter = page.scorecard.meter
    assert meter.height() <= meter.sizeHint().height()
    assert meter.whose.text() == "your score"


def test_the_score_after_accepting_is_said_where_it_differs(page):
    meter = page.scorecard.meter
    expected = round(page.session.item.stored.score.quality * 100)
    accepted = round(page.session.accepted_score * 100)
    assert accepted != expected
    assert meter.model.text() == f"Model's score {expected}; “Accept all” gives {accepted}"
    page.session.accept()
    page.session.undo()
    page.session.edit(positions=page.session.suggestion)
    assert meter.figure.text() == str(accepted)
