"""Fixtures of the window: a context with an inline runner, a small workspace, the Qt application in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, Scorecard
from csqm_desktop.settings import Settings
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import InlineJobRunner
from csqm_desktop.ui.notices import Notices
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.theme import Theme
from csqm_desktop.ui.translations import Translations


@pytest.fixture(autouse=True)
def no_widgets_left(qapp: QApplication) -> Iterator[None]:
    """Really delete the widgets of a test: without a running event loop Qt would keep them for ever."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for widget in QApplication.topLevelWidgets():
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """One theme for the application, light."""
    return Theme(qapp)


@pytest.fixture
def context(qapp: QApplication, theme: Theme) -> Iterator[AppContext]:
    """What a page needs, with jobs that run at once and questions that are recorded in ``notices.history``."""
    settings = Settings(language="en", theme="light", reviewer="Ann")
    theme.apply("light", 100)
    translations = Translations(qapp)
    translations.apply("en")
    result = AppContext(settings, InlineJobRunner(), theme, translations, Shortcuts(), Notices())
    yield result
    result.runner.shutdown()
    result.close_model_process()
    if result.workspace is not None:
        result.workspace.close()
    translations.apply("en")
    theme.apply("light", 100)


def text(english: str, chinese: str) -> LocalizedText:
    """A text in both languages."""
    return LocalizedText({"en": english, "zh": chinese})


@pytest.fixture
def scorecard() -> Scorecard:
    """Two criteria, one of them critical."""
    levels = (
        Level("missed", text("Missed", "答非所问")),
        Level("partly", text("Partly", "部分理解")),
        Level("understood", text("Understood", "理解")),
    )
    return Scorecard(
        key="small",
        name=text("Small card", "小评分卡"),
        pass_line=0.6,
        criteria=(
            Criterion("understanding", text("Understanding", "语义理解"), text("", ""), levels, 60.0),
            Criterion("tone", text("Tone", "语气"), text("", ""), levels, 40.0, critical=True, not_applicable=True),
        ),
    )


@pytest.fixture
def workspace(tmp_path: Path, scorecard: Scorecard) -> Iterator[Workspace]:
    """A workspace with three conversations of four messages each; two replies in each."""
    result = Workspace.create(tmp_path / "workspace", scorecard)
    source = tmp_path / "source.jsonl"
    source.write_text("{}", encoding="utf-8")
    batch = result.batches.start(None, source, "jsonl", "utf-8", {})
    result.writer(batch).write(list(_messages()))
    result.batches.finish(batch, "succeeded", {})
    yield result
    result.close()


def _messages() -> Iterator[IncomingMessage]:
    start = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    texts = ("Where is my parcel?", "It left the warehouse today.", "包裹什么时候到？", "亲，预计明天送达。")
    roles = (Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.BOT)
    for number in range(3):
        for position, (role, words) in enumerate(zip(roles, texts, strict=True)):
            yield IncomingMessage(
                row=number * 4 + position + 1,
                conversation_id=f"c{number}",
                message_id=f"m{position}",
                sent_at=start + timedelta(days=number, minutes=position),
                role=role,
                sender=f"{role.value}-1",
                text=words,
                channel="chat",
            )


@pytest.fixture
def open_context(context: AppContext, workspace: Workspace) -> AppContext:
    """The context with the workspace open."""
    context.use_workspace(workspace)
    return context
