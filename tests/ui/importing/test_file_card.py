"""The file at hand on the import page."""

from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.importing import file_card
from csqm_desktop.ui.shortcuts import Shortcuts


def test_why_a_file_cannot_be_read_follows_the_language(qtbot, monkeypatch):
    card = file_card.FileCard(Shortcuts({}))
    qtbot.addWidget(card)
    card.show_error(CsqmError("import_empty", file="a.csv"))
    monkeypatch.setattr(file_card, "error_texts", lambda error: (f"说明 {error.code}", "办法"))
    card.retranslate()
    assert (card.error_text.text(), card.error_remedy.text()) == ("说明 import_empty", "办法")
    card.show_error(None)
    card.retranslate()
    assert card.error_text.text() == ""
