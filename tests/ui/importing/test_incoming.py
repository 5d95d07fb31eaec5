"""What comes in by itself, in the window: watched folders with log and pause, connected services."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.watch_folder import ImportWatched
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.connector_dialog import ConnectorDialog
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.importing.watch_panel import WatchDialog

HEADER = "conversation_id,message_id,sent_at,role,sender,text\n"


def _export(folder: Path, name: str, conversation: str = "w") -> Path:
    path = folder / name
    path.write_text(
        HEADER + f"{conversation},1,2026-09-01 09:00:00,customer,Wang,Hi\n"
        f"{conversation},2,2026-09-01 09:01:00,agent,Li,It is on its way.\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def page(qtbot, open_context: AppContext) -> ImportPage:
    open_context.change_settings(score_after_import=False)
    result = ImportPage(open_context)
    qtbot.addWidget(result)
    result.resize(1200, 900)
    result.show()
    return result


@pytest.fixture
def told(page: ImportPage, monkeypatch: pytest.MonkeyPatch) -> list[CsqmError]:
    """The errors that were shown, instead of dialogs that wait for a person."""
    errors: list[CsqmError] = []
    monkeypatch.setattr(page.context.notices, "error", errors.append)
    return errors


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_file_dropped_into_a_watched_folder_is_imported_and_in_the_log(qtbot, page: ImportPage, inbox: Path) -> None:
    panel, watch = page.watch_panel, page.context.folder_watch
    before = page.context.open_workspace.conversations.totals().messages
    assert not panel.view.isVisible()
    panel.start(inbox)
    assert panel.folders.folders[0].path == inbox.resolve()
    assert panel.folders.index(0, 3).data() == "Watching"
    _export(inbox, "a.csv")
    (inbox / "b.pdf").write_bytes(b"%PDF-1.7")
    qtbot.waitUntil(lambda: len(panel.files.files) == 2 and all(f.outcome for f in panel.files.files), timeout=15_000)
    outcomes = {file.name: panel.files.index(row, 3).data() for row, file in enumerate(panel.files.files)}
    assert outcomes["a.csv"] == "Imported"
    assert "PDF" in outcomes["b.pdf"]
    assert page.context.open_workspace.conversations.totals().messages == before + 2
    assert panel.retry_button.isVisible()
    qtbot.mouseClick(panel.pause_button, Qt.MouseButton.LeftButton)
    assert panel.folders.index(0, 3).data() == "Paused"
    assert panel.pause_button.text() == "Go on"
    assert not watch._timer.isActive()
    _export(inbox, "c.csv", "later")
    qtbot.wait(1500)
    assert len(panel.files.files) == 2
    qtbot.mouseClick(panel.pause_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(panel.files.files) == 3, timeout=15_000)


def test_failures_are_tried_again_when_asked_and_a_folder_can_be_forgotten(
    qtbot, page: ImportPage, inbox: Path, qt_mock
) -> None:
    panel = page.watch_panel
    panel.start(inbox)
    (inbox / "b.pdf").write_bytes(b"%PDF-1.7")
    qtbot.waitUntil(lambda: [f.outcome for f in panel.files.files] == ["failed"], timeout=15_000)
    first = panel.files.files[0].at
    qtbot.mouseClick(panel.retry_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.files.files) and panel.files.files[0].at > first, timeout=15_000)
    qt_mock(page.context.notices, "ask", return_value=True)
    qtbot.mouseClick(panel.remove_button, Qt.MouseButton.LeftButton)
    assert panel.folders.folders == ()
    assert not panel.view.isVisible()
    assert (inbox / "b.pdf").exists()


def test_a_folder_that_goes_away_is_told_and_watched_again_when_it_is_back(
    qtbot, page: ImportPage, inbox: Path
) -> None:
    panel, watch = page.watch_panel, page.context.folder_watch
    panel.start(inbox)
    inbox.rmdir()
    watch._look()
    assert "cannot be read" in panel.folders.index(0, 3).data()
    inbox.mkdir()
    watch._look()
    assert panel.folders.index(0, 3).data() == "Watching"


def test_cancelling_an_import_pauses_its_folder(qtbot, page: ImportPage, inbox: Path) -> None:
    panel, context = page.watch_panel, page.context
    panel.start(inbox)
    _export(inbox, "a.csv")
    context.runner.job_started.connect(lambda handle: handle.cancel() if isinstance(handle.job, ImportWatched) else 0)
    qtbot.waitUntil(lambda: panel.folders.index(0, 3).data() == "Paused", timeout=15_000)
    assert context.open_workspace.watched.log() == []


def test_the_dialog_offers_the_profiles_of_the_workspace(qtbot, inbox: Path) -> None:
    dialog = WatchDialog(inbox, ("Old export",))
    qtbot.addWidget(dialog)
    assert (dialog.profile, dialog.moves) == ("", False)
    dialog.profile_combo.set_value("Old export")
    dialog.move_switch.setChecked(True)
    assert (dialog.profile, dialog.moves) == ("Old export", True)


def test_a_service_is_kept_without_its_token_and_forgotten(
    qtbot, page: ImportPage, told: list[CsqmError], qt_mock, monkeypatch: pytest.MonkeyPatch, csqm_home: Path
) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())
    panel = page.connectors
    panel.keep("desk", "zendesk", {"url": "http://shop.example.com", "email": ""}, "", "", "secret-token")
    assert [error.code for error in told] == ["connector_address"]
    assert panel.model.records == ()
    panel.keep("desk", "zendesk", {"url": "https://shop.example.com", "email": ""}, "2026-09-01", "", "secret-token")
    assert [panel.model.index(0, column).data() for column in range(5)] == [
        "desk", "Zendesk", "https://shop.example.com", "0", "Never",
    ]  # fmt: skip
    assert panel.model.records[0].settings["start"] == 1788220800
    assert "secret-token" not in str(panel.model.records)
    assert "only you can read" in str(page.context.notices.history[-1])
    page.context.open_workspace.connectors.finish(
        "desk", "failed", "connector_refused", {"name": "desk", "status": "401"}
    )
    panel.refresh()
    assert "does not accept the token" in panel.model.index(0, 4).data()
    qt_mock(page.context.notices, "ask", return_value=True)
    qtbot.mouseClick(panel.remove_button, Qt.MouseButton.LeftButton)
    assert panel.model.records == ()
    assert list((csqm_home / "tokens").iterdir()) == []


def test_fetching_says_what_went_wrong(
    qtbot, page: ImportPage, told: list[CsqmError], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.connectors
    page.context.open_workspace.connectors.save("desk", "intercom", {"url": "https://api.intercom.io"})
    monkeypatch.setattr("csqm_desktop.connectors.tokens.find", lambda *_: ("", ""))
    panel.refresh()
    qtbot.mouseClick(panel.pull_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.records[0].outcome == "failed", timeout=5000)
    assert "No token is kept" in panel.model.index(0, 4).data()
    assert [error.code for error in told] == ["connector_token"]


def test_the_dialog_asks_for_what_the_service_needs(qtbot) -> None:
    dialog = ConnectorDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok_button.isEnabled()
    dialog.edits["name"].setText("desk")
    dialog.edits["url"].setText("https://shop.zendesk.com")
    assert dialog.ok_button.isEnabled()
    dialog.kind_combo.set_value("chatwoot")
    dialog.kind_combo.picked.emit("chatwoot")
    assert not dialog.ok_button.isEnabled()
    assert dialog.edits["account"].isVisible()
    assert not dialog.edits["email"].isVisible()
    dialog.edits["account"].setText("3")
    assert dialog.ok_button.isEnabled()
    assert dialog.given() == {"url": "https://shop.zendesk.com", "account": "3"}
    dialog.edits["name"].setText("not a name!")
    assert not dialog.ok_button.isEnabled()
    assert dialog.edits["token"].echoMode() == dialog.edits["token"].EchoMode.Password


def test_without_the_packages_the_window_says_what_to_install(
    page: ImportPage, told: list[CsqmError], monkeypatch: pytest.MonkeyPatch
) -> None:
    import csqm_desktop.jobs

    monkeypatch.delattr(csqm_desktop.jobs, "pull_messages", raising=False)
    monkeypatch.setitem(sys.modules, "csqm_desktop.jobs.pull_messages", None)
    page.connectors.keep("desk", "zendesk", {"url": "https://x.example.com"}, "", "", "")
    assert [error.code for error in told] == ["connectors_missing"]
