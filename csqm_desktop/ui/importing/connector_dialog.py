"""The dialog that asks for a service: which, where, since when, and its token."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QLineEdit, QWidget

from csqm_desktop.ui.importing import words
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import Label

KINDS = ("zendesk", "intercom", "chatwoot", "json")
_NAME = re.compile(r"[\w-]{1,60}")
_EXAMPLES = {
    "zendesk": "https://shop.zendesk.com",
    "intercom": "https://api.intercom.io",
    "chatwoot": "https://chat.example.com",
    "json": "https://api.example.com",
}
_ONLY = {"email": ("zendesk",), "account": ("chatwoot",), "file": ("json",)}


class ConnectorDialog(Translatable, QDialog):
    """After ``exec()`` its properties are what was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(role="title")
        self.kind_combo = Combo()
        self.kind_combo.picked.connect(lambda _kind: self._show_kind())
        self.edits = {key: QLineEdit() for key in ("name", "url", "email", "account", "file", "since", "token")}
        self.labels = {key: Label() for key in ("kind", *self.edits)}
        self.edits["token"].setEchoMode(QLineEdit.EchoMode.Password)
        self.browse_button = Button("", "plain", "file", self._browse)
        self.note = Label(role="caption", wrap=True)
        self.ok_button = Button("", "primary", "", self.accept)
        self.ok_button.setDefault(True)
        self.cancel_button = Button("", "plain", "", self.reject)
        self._rows: dict[str, QWidget] = {}
        self._lay_out()
        for edit in self.edits.values():
            edit.textChanged.connect(lambda _text: self._check())
        self.note.setMinimumWidth(tokens().px(470))
        self.retranslate()
        self._show_kind()

    def _lay_out(self) -> None:
        layout = column(self.title, spacing=SPACE.md, margins=SPACE.xl)
        layout.addLayout(column(self.labels["kind"], self.kind_combo, spacing=SPACE.xs))
        for key, edit in self.edits.items():
            field = row()
            field.addWidget(edit, 1)
            if key == "file":
                field.addWidget(self.browse_button)
            self._rows[key] = box(column(self.labels[key], field, spacing=SPACE.xs))
            layout.addWidget(self._rows[key])
        layout.addWidget(self.note)
        layout.addLayout(row(None, self.cancel_button, self.ok_button))
        # grows and shrinks with the fields of a kind; the minimum alone would cut the edges of the fields
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(layout)

    # -- what was given

    @property
    def kind(self) -> str:
        """Which service."""
        return str(self.kind_combo.value)

    @property
    def name(self) -> str:
        """How it is called here."""
        return self._text("name")

    @property
    def since(self) -> str:
        """The first day, empty for all."""
        return self._text("since")

    @property
    def file(self) -> str:
        """The JSON file that describes another service."""
        return self._text("file") if self.kind == "json" else ""

    @property
    def token(self) -> str:
        """The secret."""
        return self._text("token")

    def given(self) -> dict[str, Any]:
        """Address and what this kind needs beside it."""
        values: dict[str, Any] = {"url": self._text("url")}
        if self.kind == "zendesk":
            values["email"] = self._text("email")
        if self.kind == "chatwoot":
            values["account"] = self._text("account")
        return values

    def _text(self, key: str) -> str:
        return self.edits[key].text().strip()

    # -- behaviour

    def _show_kind(self) -> None:
        for key, kinds in _ONLY.items():
            self._rows[key].setVisible(self.kind in kinds)
        self.edits["url"].setPlaceholderText(_EXAMPLES.get(self.kind, ""))
        self._check()

    def _check(self) -> None:
        needed = {"zendesk": ("url",), "chatwoot": ("url", "account"), "json": ("file",)}.get(self.kind, ())
        complete = bool(_NAME.fullmatch(self.name)) and all(self._text(key) for key in needed)
        self.ok_button.setEnabled(complete)

    def _browse(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(self, self.tr("Description of the service"), "", "JSON (*.json)")
        if file:
            self.edits["file"].setText(file)

    def retranslate(self) -> None:
        """All texts."""
        self.setWindowTitle(self.tr("Connect a service"))
        self.title.setText(self.tr("Connect a service"))
        names = {
            "kind": self.tr("Service"),
            "name": self.tr("Name (letters, digits, - and _)"),
            "url": self.tr("Address"),
            "email": self.tr("E-mail address of the API token (empty for OAuth)"),
            "account": self.tr("Number of the account"),
            "file": self.tr("Description of the service (JSON file, see docs/intake.md)"),
            "since": self.tr("Nothing older than (e.g. 2026-09-01; empty for all)"),
            "token": self.tr("Token"),
        }
        for key, text in names.items():
            self.labels[key].setText(text)
            if key in self.edits:
                self.edits[key].setAccessibleName(text)
        self.kind_combo.setAccessibleName(names["kind"])
        other = self.tr("Another service (JSON)")
        self.kind_combo.set_choices((k, other if k == "json" else words.word(words.FORMATS, k)) for k in KINDS)
        self.note.setText(
            self.tr(
                "The token is kept in the system's key store, never in the workspace. Only this address is asked,"
                " encrypted, and only when you press “Fetch now”."
            )
        )
        self.browse_button.setText(self.tr("Choose…"))
        self.ok_button.setText(self.tr("Keep"))
        self.cancel_button.setText(self.tr("Cancel"))
