"""A review page over the demo shop, on screen and with the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review.review_page import ReviewPage
from tests.ui.review import review_shop

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    """The demo shop, scored by a version that is active."""
    workspace = review_shop.shop(tmp_path / "shop")
    review_shop.activate(workspace)
    review_shop.score(workspace)
    yield workspace
    workspace.close()


@pytest.fixture
def page(qtbot: QtBot, context: AppContext, shop: Workspace) -> Iterator[ReviewPage]:
    """The page, shown, with the first reply in hand."""
    context.use_workspace(shop)
    yield from shown(qtbot, context)


@pytest.fixture
def show_page(qtbot: QtBot, context: AppContext) -> Iterator[Callable[[Workspace], ReviewPage]]:
    """Show a page over another workspace."""
    pages: list[Iterator[ReviewPage]] = []

    def show(workspace: Workspace) -> ReviewPage:
        context.use_workspace(workspace)
        pages.append(shown(qtbot, context))
        return next(pages[-1])

    yield show
    for running in pages:
        next(running, None)


def shown(qtbot: QtBot, context: AppContext) -> Iterator[ReviewPage]:
    page = ReviewPage(context, review_shop.in_order)
    qtbot.addWidget(page)
    page.resize(1340, 850)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    QApplication.processEvents()
    yield page
    page.leave()


@pytest.fixture
def press() -> Callable[..., None]:
    """Press keys where the focus is; a pair is a key with a modifier, a string is typed letter by letter."""

    def press_keys(*keys) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            if isinstance(key, tuple):
                QTest.keyClick(target, key[0], key[1])
            elif isinstance(key, str) and len(key) > 1:
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)

    return press_keys
