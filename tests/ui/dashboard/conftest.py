"""The demo shop behind a dashboard page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard.dashboard_page import DashboardPage
from tests.ui.dashboard import demo_shop


@pytest.fixture(autouse=True)
def no_old_widgets() -> Iterator[None]:
    """Delete the widgets of a test before the next one: no event loop is there to do it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop, built once and copied for each test."""
    folder = tmp_path_factory.mktemp("shop") / "workspace"
    workspace = demo_shop.build(folder)
    workspace.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    workspace.close()
    return folder


@pytest.fixture
def shop(tmp_path: Path, shop_template: Path) -> Iterator[Workspace]:
    """381 replies of eight weeks, scored by a version, 233 of them labelled."""
    workspace = Workspace.open(Path(shutil.copytree(shop_template, tmp_path / "shop")))
    yield workspace
    workspace.close()


@pytest.fixture
def show_page(qtbot: QtBot, context: AppContext) -> Callable[[], DashboardPage]:
    """Puts a dashboard page on screen."""

    def show() -> DashboardPage:
        page = DashboardPage(context)
        qtbot.addWidget(page)
        page.resize(1350, 1000)
        page.show()
        QApplication.processEvents()
        return page

    return show


@pytest.fixture
def page(context: AppContext, shop: Workspace, show_page: Callable[[], DashboardPage]) -> DashboardPage:
    """The dashboard of the shop, on screen."""
    context.use_workspace(shop)
    return show_page()
