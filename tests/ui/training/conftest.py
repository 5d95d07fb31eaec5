"""The demo shop with versions behind a training page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csqm_desktop.jobs.train_model import TrainResult
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.training.training_page import TrainingPage
from tests.ui.dashboard import demo_shop
from tests.ui.training import demo_versions


@pytest.fixture(autouse=True)
def no_old_widgets() -> Iterator[None]:
    """Delete the widgets of a test before the next one: no event loop is there to do it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The labelled demo shop with three versions, built once and copied for each test."""
    folder = tmp_path_factory.mktemp("shop") / "workspace"
    workspace = demo_shop.build(folder, scores=False)
    demo_versions.add_all(workspace)
    workspace.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    workspace.close()
    return folder


@pytest.fixture
def shop(tmp_path: Path, shop_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The shop, with a base model that only seems to be there."""
    monkeypatch.setattr(Versions, "base", lambda _self: tmp_path)
    workspace = Workspace.open(Path(shutil.copytree(shop_template, tmp_path / "shop")))
    yield workspace
    workspace.close()


@dataclass
class FakeTraining:
    """A training that reports what it is told and ends as it is told."""

    result: TrainResult | Exception
    events: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    kind = "train"
    lane = "model"

    def run(self, context: Any) -> TrainResult:
        """Report, let the test look, end."""
        context.progress(3, 10, "fitting")
        for kind, values in self.events:
            context.notify(kind, values)
        QApplication.processEvents()
        self.during()
        context.check_cancelled()
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.fixture
def training() -> FakeTraining:
    """What the page's buttons start; tests set its events and result."""
    points = [
        ("metric", {"series": f"left_out_loss/{key}", "step": step, "value": 1.0 - 0.1 * step, "penalty": 0.1})
        for key in ("tone", "compliance")
        for step in range(4)
    ]
    return FakeTraining(TrainResult("v0001-head", True, "passed", [demo_versions._not_worse("tone")]), points)


@pytest.fixture
def methods() -> list[str]:
    """The methods that were asked for."""
    return []


@pytest.fixture
def show_page(
    qtbot: QtBot, context: AppContext, training: FakeTraining, methods: list[str]
) -> Callable[[], TrainingPage]:
    """Puts a training page on screen."""

    def make(method: str) -> FakeTraining:
        methods.append(method)
        return training

    def show() -> TrainingPage:
        page = TrainingPage(context, make)
        qtbot.addWidget(page)
        page.resize(1350, 1100)
        page.show()
        QApplication.processEvents()
        return page

    return show


@pytest.fixture
def page(context: AppContext, shop: Workspace, show_page: Callable[[], TrainingPage]) -> TrainingPage:
    """The training page of the shop, on screen."""
    context.use_workspace(shop)
    return show_page()
