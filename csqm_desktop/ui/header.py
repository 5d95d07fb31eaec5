"""The bar at the top: which workspace, which version, that nothing leaves the computer, language and theme."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from csqm_desktop.ui import icons
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.signing_in import role_text
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.status_chip import StatusChip


class Header(Translatable, QWidget):
    """Workspace menu at the left, status and quick switches at the right."""

    open_requested = Signal()
    new_requested = Signal()
    demo_requested = Signal()
    close_requested = Signal()
    sheet_requested = Signal()
    lock_requested = Signal()
    sign_out_requested = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._version: str | None = None
        self._starter = False
        self.workspace_button = Button("", "ghost", "folder")
        self.menu = self._make_menu()
        self.workspace_button.setMenu(self.menu)
        self.offline_chip = StatusChip("shield", "good")
        self.version_chip = StatusChip("training")
        self.person_chip = StatusChip("user", "accent_text")
        self.device_chip = StatusChip("chip")
        self.language = Segmented(("en", "zh_CN"))
        self.language.chosen.connect(lambda value: context.change_settings(language=value))
        self.theme_button = IconButton("moon", on_click=self.toggle_theme)
        self.sheet_button = IconButton("keyboard", on_click=self.sheet_requested.emit)
        layout = row(self.workspace_button, None, spacing=SPACE.sm, margins=(SPACE.md, SPACE.sm))
        for item in (self.person_chip, self.offline_chip, self.version_chip, self.device_chip):
            layout.addWidget(item)
        layout.addSpacing(SPACE.sm)
        for widget in (self.language, self.theme_button, self.sheet_button):
            layout.addWidget(widget)
        self.setLayout(layout)
        context.theme.changed.connect(self.retranslate)
        context.workspace_changed.connect(self._read_version)
        context.settings_changed.connect(self.retranslate)
        context.changed.connect(lambda topics: self._read_version() if "versions" in topics else None)
        context.shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._open = menu.addAction("", self.open_requested.emit)
        self._new = menu.addAction("", self.new_requested.emit)
        self._demo = menu.addAction("", self.demo_requested.emit)
        menu.addSeparator()
        self.lock_action = menu.addAction("", self.lock_requested.emit)
        self.sign_out_action = menu.addAction("", self.sign_out_requested.emit)
        self._close = menu.addAction("", self.close_requested.emit)
        for action, name in (
            (self._open, "folder"),
            (self._new, "folder-plus"),
            (self._demo, "spark"),
            (self.lock_action, "lock"),
            (self.sign_out_action, "user"),
            (self._close, "x"),
        ):
            icons.assign(action, name)
        return menu

    def toggle_theme(self) -> None:
        """From light to dark and back."""
        self._context.change_settings(theme="light" if self._context.theme.dark else "dark")

    def toggle_language(self) -> None:
        """From English to Chinese and back."""
        self._context.change_settings(language="en" if self._context.translations.chinese else "zh_CN")

    def _read_version(self) -> None:
        workspace = self._context.workspace
        self._version, self._starter = None, False
        if workspace is not None:
            from csqm_desktop.jobs.version_folders import Versions

            versions = Versions(workspace)
            self._version = versions.active()
            if self._version is not None:
                self._starter = versions.card(self._version).is_starter
        self.retranslate()

    def retranslate(self) -> None:
        """All texts, and what the switches show."""
        context = self._context
        workspace = context.workspace
        name = workspace.folder.name if workspace else self.tr("No workspace")
        self.workspace_button.setText(f"{name}   ▾")
        self.workspace_button.setToolTip(str(workspace.folder) if workspace else "")
        self.workspace_button.setAccessibleName(self.tr("Workspace: {name}").format(name=name))
        self._open.setText(self.tr("Open a workspace…"))
        self._new.setText(self.tr("New workspace…"))
        self._demo.setText(self.tr("Open the demo"))
        self._close.setText(self.tr("Close this workspace"))
        self._close.setEnabled(workspace is not None)
        self.offline_chip.set_text(self.tr("Offline"), self.tr("Nothing leaves this computer: no network is used."))
        self._show_person()
        self._show_version()
        self._show_device()
        self.language.set_texts({"en": "EN", "zh_CN": "中文"}, self.tr("Language"))
        self.language.set_value(context.translations.language)
        dark = context.theme.dark
        self.theme_button.set_icon("sun" if dark else "moon")
        self.theme_button.set_name(
            self.tr("Light theme") if dark else self.tr("Dark theme"), context.shortcuts.shown("app.theme")
        )
        self.sheet_button.set_name(self.tr("Keyboard shortcuts"), context.shortcuts.shown("app.sheet"))

    def _show_person(self) -> None:
        workspace = self._context.workspace
        actor = workspace.people.current() if workspace is not None else None
        for item in (self.lock_action, self.sign_out_action, self.person_chip):
            item.setVisible(actor is not None)
        if actor is not None:
            self.lock_action.setText(self.tr("Lock now"))
            self.sign_out_action.setText(self.tr("Sign out {name}").format(name=actor.name))
            self.person_chip.set_text(actor.name, role_text(actor.role.value))

    def _show_version(self) -> None:
        self.version_chip.setVisible(self._context.workspace is not None)
        if self._version is None:
            self.version_chip.set_text(self.tr("No version yet"), self.tr("Replies get scores once there is one."))
            self.version_chip.set_tone("text_muted")
        elif self._starter:
            self.version_chip.set_text(
                self.tr("Starter version"),
                self.tr("Trained on examples of our own, not on your labels. Review some replies and train."),
            )
            self.version_chip.set_tone("ok")
        else:
            self.version_chip.set_text(self._version, self.tr("The version whose scores count"))
            self.version_chip.set_tone("accent_text")

    def _show_device(self) -> None:
        names = {"auto": self.tr("Device: automatic"), "cpu": "CPU", "cuda": "GPU (CUDA)", "mps": "GPU (MPS)"}
        self.device_chip.setVisible(self._context.workspace is not None)
        self.device_chip.set_text(names[self._context.settings.device], self.tr("What the model runs on"))
