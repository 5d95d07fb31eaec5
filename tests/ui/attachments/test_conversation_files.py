"""Attached files in the conversation: pictures, chips, placeholders, the viewer, and copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.attachments.viewer import FileViewer
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard.replies_panel import ConversationDialog
from csqm_desktop.ui.importing.words import attachments_text
from csqm_desktop.ui.job_runner import JobRunner
from csqm_desktop.ui.review.review_page import ReviewPage
from tests.ui.review import review_shop

pytestmark = pytest.mark.gui

TABLE = """conversation_id,message_id,sent_at,role,sender,text,attachments
a,1,2026-11-02T09:00:00Z,customer,Li,It came like this,kettle.png
a,2,2026-11-02T09:01:00Z,agent,Mei,I am sorry. Do you have the invoice?,
a,3,2026-11-02T09:02:00Z,customer,Li,,invoice.pdf|gone.jpg|broken.png
a,4,2026-11-02T09:03:00Z,agent,Mei,"Thank you, a new one leaves today.",
"""


@pytest.fixture
def shop(tmp_path: Path, qapp: QApplication, scorecard) -> Workspace:
    folder = tmp_path / "export"
    folder.mkdir()
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff8800"))
    assert image.save(str(folder / "kettle.png"))
    (folder / "invoice.pdf").write_bytes(b"%PDF-1.7" + b"x" * 3000)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"?" * 90)
    (folder / "chat.csv").write_text(TABLE, encoding="utf-8")
    workspace = Workspace.create(tmp_path / "shop", scorecard)
    result = execute(ImportChats(workspace, folder / "chat.csv"), SilentContext())
    assert result.attachments == {"copied": 3, "missing": 1}
    yield workspace
    workspace.close()


@pytest.fixture
def page(qtbot: QtBot, context: AppContext, shop: Workspace) -> ReviewPage:
    context.use_workspace(shop)
    page = ReviewPage(context, review_shop.in_order)
    qtbot.addWidget(page)
    page.resize(1340, 850)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.session.open_reply(4)
    page.setFocus()
    QApplication.processEvents()
    yield page
    page.leave()


def tiles(view):
    return {tile.file.name: tile for piece in view._pieces for tile in piece.tiles}


def click(view, tile):
    at = tile.rect.center().toPoint()
    at.setY(at.y() - view.verticalScrollBar().value())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def viewer(page) -> FileViewer:
    (found,) = page.window().findChildren(FileViewer)
    found.activateWindow()
    QApplication.processEvents()
    assert QApplication.focusWidget() is found.close_button
    return found


def test_each_file_is_shown_as_what_it_is(page):
    shown = tiles(page.conversation.view)
    picture = shown["kettle.png"].look
    assert (picture.picture.width(), picture.picture.height()) == (360, 270)
    assert not shown["broken.png"].pictured
    assert {name: tile.texts()[1] for name, tile in shown.items()} == {
        "kettle.png": f"Picture · 640 × 480 · {picture.size / 1024:.1f} KB",
        "invoice.pdf": "PDF · 2.9 KB",
        "gone.jpg": "Was not beside the export; no copy is kept",
        "broken.png": "Picture · 98 B · cannot be shown",
    }
    grabbed = page.conversation.view.viewport().grab().toImage()
    ratio = grabbed.devicePixelRatio()
    at = shown["kettle.png"].rect.center().toPoint() * ratio
    at.setY(round(at.y() - page.conversation.view.verticalScrollBar().value() * ratio))
    assert grabbed.pixelColor(at) == QColor("#ff8800")


def test_tiles_lie_inside_their_bubble_and_on_nothing_else(page):
    for piece in page.conversation.view._pieces:
        for tile in piece.tiles:
            assert piece.bubble.contains(tile.rect)
            assert not tile.rect.intersects(piece.action)
            others = [other.rect for other in piece.tiles if other is not tile]
            assert not any(tile.rect.intersects(other) for other in others)


def test_a_click_shows_the_picture_in_large_and_escape_returns(page):
    click(page.conversation.view, tiles(page.conversation.view)["kettle.png"])
    dialog = viewer(page)
    assert dialog.picture.pixmap().width() > 400
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_everything_is_reached_with_the_keyboard(page, tmp_path, monkeypatch):
    QTest.keyClick(page, Qt.Key.Key_O)
    dialog = viewer(page)
    names = []
    for _ in range(5):
        names.append(dialog.file.name)
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Right)
    assert names == ["kettle.png", "invoice.pdf", "gone.jpg", "broken.png", "broken.png"]
    assert "damaged or too large" in dialog.instead.text()
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    assert "No copy of the attached file gone.jpg" in dialog.instead.text()
    assert not dialog.save_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: (asked.append(Path(a[2]).name), (str(tmp_path / "x.pdf"), ""))[1]
    )
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["invoice.pdf"]
    assert (tmp_path / "x.pdf").read_bytes() == b"%PDF-1.7" + b"x" * 3000


def test_a_conversation_without_files_says_so(page, context, workspace):
    context.use_workspace(workspace)
    QApplication.processEvents()
    assert not page.conversation.files.isVisible()
    QTest.keyClick(page, Qt.Key.Key_O)
    assert "No file is attached" in page.scorecard.hint_text.text()


def test_the_conversation_behind_a_point_shows_them_too(qtbot, page, context, shop):
    talk = shop.conversations.of_reply(4)
    dialog = ConversationDialog(context, talk, shop.attachments.of_conversation(talk.id), 4, page)
    dialog.open()
    QApplication.processEvents()
    assert tiles(dialog.view)["kettle.png"].look.picture is not None
    QTest.mouseClick(dialog.files, Qt.MouseButton.LeftButton)
    assert viewer(page).file.name == "kettle.png"


def test_files_are_read_off_the_windows_thread(qtbot, context, shop, monkeypatch):
    """With the real runner: asking returns at once, the picture comes later, in the window's thread."""
    from threading import current_thread, main_thread

    from csqm_desktop.ui.attachments import shelf

    threads = []
    really = shelf.look_at
    monkeypatch.setattr(shelf, "look_at", lambda *a: (threads.append(current_thread()), really(*a))[1])
    context.use_workspace(shop)
    context.runner = JobRunner()
    found = shelf.Shelf(context)
    file = shop.attachments.of_conversation(1)[1][0]
    with qtbot.waitSignal(found.changed, timeout=10_000):
        found.ask([file])
        assert found.look(file) is None
    assert found.look(file).picture is not None
    assert main_thread() not in threads
    context.runner.shutdown()


def test_counts_of_an_import_are_said_in_words(qapp):
    counts = {"copied": 3, "missing": 2, "refused": 3, "refused_link": 1, "refused_too_large": 2}
    text = attachments_text(counts)
    assert text == ("Attached files: 3 copied · 2 not beside the export · 3 refused (a link 1, larger than 25 MB 2).")
