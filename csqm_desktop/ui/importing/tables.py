"""A table view in the app's manner."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.tokens import tokens


def table(model: QAbstractItemModel, name: str = "", rows: int = 8) -> QTableView:
    """A read-only table with a framed ground; the last column takes the rest of the width."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setProperty("framed", True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(tokens().px(32))
    header = view.horizontalHeader()
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    set_visible_rows(view, rows)
    letters_as_keys(view)
    return view


def set_visible_rows(view: QTableView, rows: int) -> None:
    """Make a table as high as this many rows."""
    view.setFixedHeight(tokens().px(32 * (rows + 1)) + 8)


def fit_columns(view: QTableView, widest: int = 260) -> None:
    """Make columns as wide as what they hold, within reason."""
    view.resizeColumnsToContents()
    for column in range(view.model().columnCount() - 1):
        view.setColumnWidth(column, min(tokens().px(widest), view.columnWidth(column) + 8))
