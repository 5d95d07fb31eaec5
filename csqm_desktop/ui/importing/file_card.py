"""The card of the chosen file: its name and facts, the buttons to import it, and why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal

from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.reading import SafePreview
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, error_texts
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import ElidedLabel, IconLabel, Label

translate = QCoreApplication.translate


class FileCard(Translatable, Card):
    """Shown from the choice of a file until it is imported or given up."""

    import_asked = Signal()
    cancel_asked = Signal()
    other_asked = Signal()

    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._error: CsqmError | None = None
        self._path: Path | None = None
        self._preview: SafePreview | None = None
        self._running = False
        self.name = ElidedLabel(role="subtitle", middle=True)
        self.facts = Label(role="muted", wrap=True)
        self.import_button = Button("", "primary", "import", self.import_asked.emit)
        self.import_button.show_key(shortcuts, "import.start")
        self.cancel_button = Button("", "plain", "", self.cancel_asked.emit)
        self.other_button = Button("", "ghost", "", self.other_asked.emit)
        self.error_text = Label(tone="bad", wrap=True)
        self.error_remedy = Label(role="muted", wrap=True)
        line = row(IconLabel("file", "accent_text", 28), spacing=SPACE.md)
        line.addLayout(column(self.name, self.facts, spacing=SPACE.hair), 1)
        for button in (self.other_button, self.cancel_button, self.import_button):
            line.addWidget(button)
        self.body.addLayout(line)
        self.body.addWidget(self.error_text)
        self.body.addWidget(self.error_remedy)
        self.show_error(None)
        self.retranslate()

    def show_file(self, path: Path | None, preview: SafePreview | None, state: str) -> None:
        """What there is to know of a file in a state of the page."""
        self._path, self._preview, self._running = path, preview, state == "running"
        self.setVisible(state in ("preview", "running"))
        self.import_button.setVisible(state == "preview")
        self.import_button.setEnabled(preview is not None and preview.ready)
        self.other_button.setVisible(state == "preview")
        self.cancel_button.setVisible(state == "running")
        self.cancel_button.setEnabled(state == "running")
        self.retranslate()

    def show_error(self, error: CsqmError | None) -> None:
        """Say why a file cannot be read or was not imported."""
        self._error = error
        what, remedy = error_texts(error) if error else ("", "")
        for label, text in ((self.error_text, what), (self.error_remedy, remedy)):
            label.setText(text)
            label.setVisible(bool(text))

    def retranslate(self) -> None:
        """All texts."""
        self.import_button.setText(translate("ImportPage", "Import"))
        self.cancel_button.setText(translate("ImportPage", "Cancel"))
        self.other_button.setText(translate("ImportPage", "Another file"))
        self.show_error(self._error)
        if self._path is None:
            return
        self.name.setText(self._path.name)
        self.name.setToolTip(str(self._path))
        self.facts.setText("  ·  ".join(self._said(self._path)))

    def _said(self, path: Path) -> list[str]:
        if self._running:
            return [
                translate("ImportPage", "Importing… The bar below shows how far it is; you can go on working."),
            ]
        parts = [path.parent.name]
        if self._preview is not None:
            parts.insert(0, words.file_size(self._preview.size))
        if self._preview is not None and self._preview.labelled:
            parts.append(
                translate(
                    "ImportPage", "A table of texts with a class in each row: each row becomes a reply with its label."
                )
            )
        return parts
