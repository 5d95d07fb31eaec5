"""What reads the texts is shown by name; the index at the left goes to each section."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import ask_engine
from csqm_desktop.jobs.ask_engine import Engine
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.settings import engine_row
from csqm_desktop.ui.settings.settings_page import SettingsPage

pytestmark = pytest.mark.gui


@pytest.fixture
def page(qtbot, open_context: AppContext) -> SettingsPage:
    result = SettingsPage(open_context)
    qtbot.addWidget(result)
    result.resize(1186, 752)
    result.show()
    QApplication.processEvents()
    return result


def test_the_engine_is_named_when_asked_for(qtbot, page, monkeypatch):
    asked = []

    def answer(process, device):
        asked.append((process.precision, device))
        return Engine("packed", "AMD EPYC", {"torch": 9000.0, "packed": 21000.4})

    monkeypatch.setattr(engine_row, "ask_engine", answer)
    assert "known once the model has been used" in page.engine.note.text()
    qtbot.mouseClick(page.engine.ask_button, Qt.MouseButton.LeftButton)
    assert asked == [("exact", "auto")]
    assert page.engine.note.text() == (
        "Texts are read by “packed” on AMD EPYC. Tokens per second, measured here: packed 21,000, torch 9,000."
    )
    page.context.change_settings(precision="fastest")
    assert "known once the model has been used" in page.engine.note.text()


def test_what_a_job_used_is_taken_over_without_asking(page, open_context):
    open_context.model_process.engine = {"backend": "openvino", "device_name": "a processor"}
    page.hide()
    page.show()
    assert page.engine.note.text() == "Texts are read by “openvino” on a processor."


def test_a_missing_base_model_is_explained(qtbot, page, monkeypatch, tmp_path):
    monkeypatch.setenv("CSQM_MODEL_STORE", str(tmp_path / "empty"))
    with pytest.raises(CsqmError) as caught:
        ask_engine.ask_engine(page.context.model_process, "auto")
    assert caught.value.code == "base_not_provisioned"
    qtbot.mouseClick(page.engine.ask_button, Qt.MouseButton.LeftButton)
    assert page.engine.note.text().startswith("The base model is not installed yet")
    assert page.engine.ask_button.isEnabled()


def test_the_index_names_every_section_in_order_and_goes_there(qtbot, page):
    names = [b.text() for b in page.index.buttons if not b.isHidden()]
    assert names[:5] == ["Appearance", "Reviewing", "This workspace", "Backups", "Privacy and safety"]
    assert names[-4:] == ["Model and speed", "Charts", "Exports", "Keyboard shortcuts"]
    view = page._area.viewport()
    for section, button in zip(page.order, page.index.buttons, strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        top = section.mapTo(view, section.rect().topLeft()).y()
        assert 0 <= top < view.height() - 40


def test_sections_of_a_workspace_have_no_line_without_one(page, open_context):
    open_context.use_workspace(None)
    names = [b.text() for b in page.index.buttons if not b.isHidden()]
    assert "This workspace" not in names
    assert "Appearance" in names
