"""The pages of the app and the rail at the left that leads to them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module, util

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.ui import icons
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.empty_state import EmptyState
from csqm_desktop.ui.widgets.layouts import column


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by the place it is imported from; it is imported when it is shown for the first time."""

    name: str
    title: str  # English source text of the context ``Rail``
    icon: str
    module: str
    class_name: str
    needs_workspace: bool = True


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "review", QT_TRANSLATE_NOOP("Rail", "Review"), "review", "csqm_desktop.ui.review.review_page", "ReviewPage"
    ),
    PageSpec(
        "dashboard",
        QT_TRANSLATE_NOOP("Rail", "Dashboard"),
        "dashboard",
        "csqm_desktop.ui.dashboard.dashboard_page",
        "DashboardPage",
    ),
    PageSpec(
        "training",
        QT_TRANSLATE_NOOP("Rail", "Training"),
        "training",
        "csqm_desktop.ui.training.training_page",
        "TrainingPage",
    ),
    PageSpec(
        "import", QT_TRANSLATE_NOOP("Rail", "Import"), "import", "csqm_desktop.ui.importing.import_page", "ImportPage"
    ),
    PageSpec(
        "settings",
        QT_TRANSLATE_NOOP("Rail", "Settings"),
        "settings",
        "csqm_desktop.ui.settings.settings_page",
        "SettingsPage",
        needs_workspace=False,
    ),
)


def build(spec: PageSpec, context: AppContext) -> Page:
    """Import and build a page; a page that this build does not have says so instead."""
    if util.find_spec(spec.module) is None:
        return MissingPage(context)
    page_class = getattr(import_module(spec.module), spec.class_name)
    page = page_class(context)
    assert isinstance(page, Page)
    return page


class MissingPage(Page):
    """Stands in for a page that this build lacks."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._empty = EmptyState("info")
        self.setLayout(column(self._empty))
        self.retranslate()

    def retranslate(self) -> None:
        """Say that there is nothing here."""
        self._empty.set_texts(self.tr("Not part of this build"), self.tr("This page has not been installed."))


class Rail(Translatable, QWidget):
    """One button for each page; ``Settings`` sits at the bottom."""

    chosen = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._buttons = {spec.name: self._button(spec) for spec in PAGES}
        *upper, last = self._buttons.values()
        self.setLayout(column(*upper, None, last, spacing=SPACE.xs, margins=SPACE.sm))
        context.shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def _button(self, spec: PageSpec) -> QToolButton:
        button = QToolButton()
        button.setProperty("variant", "rail")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        icons.assign(button, spec.icon)
        button.clicked.connect(lambda: self.chosen.emit(spec.name))
        return button

    def retranslate(self) -> None:
        """Names of the pages, with their keys in the tool tips."""
        for spec in PAGES:
            button, title = self._buttons[spec.name], self.tr(spec.title)
            button.setText(title)
            button.setAccessibleName(title)
            button.setToolTip(f"{title}  ({self._context.shortcuts.shown(f'app.{spec.name}')})")
        self._resize()

    def _resize(self) -> None:
        side = tokens().px(22)
        for button in self._buttons.values():
            button.setIconSize(QSize(side, side))
        self.setFixedWidth(max(tokens().px(88), self.minimumSizeHint().width()))

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the font size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_buttons"):
            self._resize()

    def set_current(self, name: str) -> None:
        """Mark a page as the one that is shown."""
        self._buttons[name].setChecked(True)

    def set_enabled_pages(self, has_workspace: bool) -> None:
        """Without a workspace only the settings are there."""
        for spec in PAGES:
            self._buttons[spec.name].setEnabled(has_workspace or not spec.needs_workspace)

    def button(self, name: str) -> QToolButton:
        """The button of a page."""
        return self._buttons[name]
