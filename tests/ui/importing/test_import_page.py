"""The import page with real clicks and files: recognition, mapping, preview, import, cancel, summary, history."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.job_runner import JobRunner
from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.workspaces import Workspaces

HEADER = "conversation_id,message_id,sent_at,role,sender,text\n"
ROWS = (
    "a1,1,2026-09-01 09:00:00,customer,Wang,My phone is 13812345678\n"
    "a1,2,2026-09-01 09:01:00,agent,Li,It is on its way.\n"
    "a1,3,yesterday,customer,Wang,Thanks\n"
)


@pytest.fixture
def page(qtbot, open_context: AppContext) -> ImportPage:
    open_context.change_settings(score_after_import=False)
    result = ImportPage(open_context)
    qtbot.addWidget(result)
    result.resize(1200, 900)
    result.show()
    return result


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    path = tmp_path / "chats.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def _pick(combo: Combo, value: object) -> None:
    combo.set_value(value)
    combo.activated.emit(combo.currentIndex())


def test_a_dropped_file_is_previewed_masked_and_nothing_is_stored(page: ImportPage, chats: Path) -> None:
    before = page.context.open_workspace.conversations.totals()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(chats))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.drop_zone.dropEvent(event)
    assert page.state == "preview"
    assert page.preview is not None
    assert page.preview.recognition.format == "csv"
    assert page.preview.masked == {"phone": 1}
    model = page.preview_panel.messages
    texts = [model.index(row, 5).data() for row in range(model.rowCount())]
    assert texts == ["My phone is [phone]", "It is on its way."]
    assert page.preview_panel.rejected.rowCount() == 1
    assert "yesterday" in page.preview_panel.rejected.index(0, 1).data()
    assert page.recognition.certainty.text.startswith("Recognised")
    assert page.context.open_workspace.conversations.totals() == before


def test_import_by_key_gives_a_summary_and_a_second_import_adds_nothing(qtbot, page: ImportPage, chats: Path) -> None:
    page.choose(chats)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.state == "done", timeout=5000)
    figures = {name: tile.figure.text() for name, tile in page.summary.tiles.items()}
    assert figures == {"added": "2", "unchanged": "0", "updated": "0", "rejected": "1"}
    assert page.summary.rejected.index(0, 0).data() == "4"
    assert page.summary.score_button.isVisible()
    assert page.history.model.batches[0].added == 2
    qtbot.mouseClick(page.summary.again_button, Qt.MouseButton.LeftButton)
    assert page.state == "start"
    page.choose(chats)
    qtbot.mouseClick(page.file_card.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.state == "done", timeout=5000)
    assert page.summary.tiles["added"].figure.text() == "0"
    assert page.summary.tiles["unchanged"].figure.text() == "2"


def test_unknown_columns_are_asked_for_and_kept_as_a_profile(qtbot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("k,w,r,t\nx1,2026-09-01 09:00:00,agent,Hello\n", encoding="utf-8")
    page.choose(path)
    assert page.preview is not None
    assert {"conversation_id", "text"} <= set(page.preview.recognition.missing)
    assert not page.file_card.import_button.isEnabled()
    assert page.preview_panel.view.model() is page.preview_panel.sample
    for field, column in (("conversation_id", "k"), ("sent_at", "w"), ("role", "r"), ("text", "t")):
        _pick(page.mapping.combos[field], column)
    assert page.file_card.import_button.isEnabled()
    page.mapping.profile_saved.emit("Old export", page.mapping.mapping())
    page.start_over()
    page.choose(path)
    _pick(page.mapping.profile, "Old export")
    assert page.preview.recognition.missing == () or page.file_card.import_button.isEnabled()
    assert [m.text for m in page.preview.messages] == ["Hello"]


def test_an_unknown_role_can_be_given_a_meaning(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text(
        HEADER + "a1,1,2026-09-01 09:00:00,customer,W,Hi\na1,2,2026-09-01 09:01:00,concierge,L,Hello\n"
        "a1,3,2026-09-01 09:02:00,customer,W,Hi\na1,4,2026-09-01 09:03:00,agent,L,Hello\n"
        "a1,5,2026-09-01 09:04:00,customer,W,Hi\na1,6,2026-09-01 09:05:00,agent,L,Hello\n",
        encoding="utf-8",
    )
    page.choose(path)
    combos = [c for c in page.mapping.findChildren(Combo) if c.accessibleName() == "concierge"]
    assert len(combos) == 1
    _pick(combos[0], "agent")
    assert page.preview is not None
    assert not page.preview.preview.rejected
    assert page.preview.messages[1].role == "agent"


def test_the_encoding_can_be_chosen(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "gbk.csv"
    path.write_bytes(
        (HEADER + "a1,1,2026-09-01 09:00:00,agent,小美,亲，您的订单已经发货，请注意查收\n").encode("gb18030")
    )
    page.choose(path)
    assert page.preview is not None
    assert page.preview.messages[0].sender == "小美"
    _pick(page.recognition.encoding, "windows-1252")
    assert page.preview.choices.encoding == "windows-1252"


def test_a_file_that_cannot_be_read_says_what_to_do(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    page.choose(path)
    assert page.file_card.error_text.text() == f"{path} is empty."
    assert page.file_card.error_remedy.isVisible()
    assert not page.file_card.import_button.isEnabled()


def test_cancel_leaves_the_workspace_as_it_was(
    qtbot, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = JobRunner()
    path = tmp_path / "large.csv"
    lines = (f"b{n // 4},{n},2026-09-01 09:00:{n % 60:02d},agent,Li,Hello {n}\n" for n in range(60_000))
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    page.choose(path)
    before = page.context.open_workspace.conversations.totals()
    monkeypatch.setattr(page.context, "runner", runner)
    qtbot.mouseClick(page.file_card.import_button, Qt.MouseButton.LeftButton)
    assert page.state == "running"
    qtbot.waitUntil(lambda: page._handle is not None and page._handle.done > 0, timeout=10_000)
    qtbot.mouseClick(page.file_card.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.state == "preview", timeout=20_000)
    runner.shutdown()
    assert page.context.open_workspace.conversations.totals() == before
    assert ("toast", "The import was cancelled. The workspace is as it was before.") in page.context.notices.history


def test_an_import_can_be_taken_back(qtbot, page: ImportPage, chats: Path, qt_mock) -> None:
    before = page.context.open_workspace.conversations.totals()
    page.choose(chats)
    page.start_import()
    qtbot.waitUntil(lambda: page.state == "done", timeout=5000)
    ask = qt_mock(page.context.notices, "ask", return_value=True)
    page.history.view.selectRow(0)
    qtbot.mouseClick(page.history.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.history.model.batches[0].outcome == "undone", timeout=5000)
    assert ask.called
    assert page.context.open_workspace.conversations.totals() == before


def test_rejected_rows_are_exported_with_reasons(qtbot, page: ImportPage, chats: Path, tmp_path: Path) -> None:
    page.choose(chats)
    page.start_import()
    qtbot.waitUntil(lambda: page.state == "done", timeout=5000)
    target = tmp_path / "rejected.csv"
    page.export_rejected(target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["row"] for row in rows] == ["4"]
    assert rows[0]["code"] == "row_time_unreadable"


def test_a_table_of_texts_and_classes_is_told_from_chats_and_explained(qtbot, page: ImportPage, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text("text,label\nwarm coat,clothes\ngreen tea,food\n", encoding="utf-8")
    page.choose(goods)
    assert page.preview is not None
    assert page.preview.labelled
    assert not page.mapping.isVisible()
    assert "each row becomes a reply with its label" in page.file_card.facts.text()
    assert page.preview_panel.isVisible()  # its first rows, as they are
    assert page.preview_panel.view.model().index(0, 0).data() == "warm coat"
    before = page.context.open_workspace.conversations.totals()
    qtbot.mouseClick(page.file_card.import_button, Qt.MouseButton.LeftButton)
    # this workspace has a scorecard for chats: said, with the way on
    qtbot.waitUntil(lambda: page.state == "preview", timeout=20_000)
    assert "clothes, food" in page.file_card.error_text.text()
    assert "new workspace" in page.file_card.error_remedy.text()
    assert page.context.open_workspace.conversations.totals() == before


def test_a_new_workspace_from_a_table_takes_its_classes_and_rows(
    qtbot, open_context: AppContext, tmp_path: Path
) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text("text,label\nwarm coat,clothes\ngreen tea,food\nblue shirt,clothes\n", encoding="utf-8")
    dialog = NewWorkspaceDialog(open_context)
    qtbot.addWidget(dialog)
    dialog.use_file(goods)
    assert dialog.rubric == str(goods)
    assert "clothes, food" in dialog.description.text()
    assert "no order that the app knows" in dialog.description.text()
    ranked = tmp_path / "ranked.csv"
    ranked.write_text("text,label\na,good\nb,bad\n", encoding="utf-8")
    dialog.use_file(ranked)
    assert "From worst to best: bad, good." in dialog.description.text()
    dialog.use_file(goods)
    window = QWidget()
    qtbot.addWidget(window)
    Workspaces(open_context, window).create(tmp_path / "goods", dialog.rubric, "en")
    workspace = open_context.open_workspace
    assert workspace.folder == tmp_path / "goods"
    qtbot.waitUntil(lambda: len(workspace.reviews.labels()) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: not open_context.runner.running(), timeout=20_000)
    assert [level.key for level in workspace.scorecards.current().criteria[0].levels] == ["clothes", "food"]
