"""The list of replies behind a point as a Qt table, read page by page while a person scrolls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTime,
    Signal,
)

from csqm_desktop.store.clock import from_ms
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.replies_behind import Behind, BehindRow, key_of, read_page

Index = QModelIndex | QPersistentModelIndex
TIME, WHO, TEXT, FIGURE, CONFIDENCE, PEOPLE = range(6)
ROW_ROLE = Qt.ItemDataRole.UserRole  # the BehindRow
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1  # the number of a cell in 0..1


class ReplyTableModel(QAbstractTableModel):
    """Rows of ``replies_behind``. ``loaded`` follows every page that came in."""

    loaded = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._about: Behind | None = None
        self._rows: list[BehindRow] = []
        self._complete = True
        self._reading = False
        self._generation = 0

    # -- reading

    def show(self, about: Behind | None) -> None:
        """List other replies."""
        self.beginResetModel()
        self._generation += 1
        self._about, self._rows, self._complete, self._reading = about, [], about is None, False
        self.endResetModel()
        self.fetchMore(QModelIndex())

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are rows that have not been read."""
        return not parent.isValid() and not self._complete and not self._reading

    def fetchMore(self, parent: Index) -> None:
        """Read the next page, off the window's thread."""
        if not self.canFetchMore(parent) or self._about is None or self._context.workspace is None:
            return
        self._reading = True
        workspace, about, generation = self._context.workspace, self._about, self._generation
        after = key_of(self._rows[-1]) if self._rows else None
        self._context.runner.query(
            lambda: read_page(workspace, about, after), lambda rows: self._add(rows, generation), owner=self
        )

    def _add(self, rows: list[BehindRow], generation: int) -> None:
        if generation != self._generation or self._about is None:
            return
        self._reading = False
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        self._complete = not rows or not self._about.read_by_key or len(self._rows) >= self._about.n
        self.loaded.emit()

    @property
    def complete(self) -> bool:
        """Whether all rows have been read."""
        return self._complete

    @property
    def reading(self) -> bool:
        """Whether a page is on its way."""
        return self._reading

    def row(self, index: Index) -> BehindRow | None:
        """The reply of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Time, who, text, figure, confidence, people's score."""
        return 0 if parent.isValid() else 6

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row = self.row(index)
        if row is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == TEXT:
            return row.reply.text
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= FIGURE:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        if role == ROW_ROLE:
            return row
        if role == VALUE_ROLE:
            return {FIGURE: row.figure, CONFIDENCE: row.reply.confidence, PEOPLE: row.reply.human_quality}.get(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section >= FIGURE else Qt.AlignmentFlag.AlignLeft
            return int(Qt.AlignmentFlag.AlignVCenter | right)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        return None

    def _title(self, section: int) -> str:
        people = self._about is not None and self._about.question.source == "people"
        return (
            self.tr("Time"),
            self.tr("Who"),
            self.tr("Reply"),
            self.tr("Verdict") if people else self.tr("Score"),
            self.tr("Confidence"),
            self.tr("People's score"),
        )[section]

    def retranslate(self) -> None:
        """Name the columns and write the dates in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 5))


def _shown(row: BehindRow, column: int) -> str:
    reply = row.reply
    if column == TIME:
        return moment(reply.sent_at, reply.offset_minutes)
    if column == WHO:
        return reply.sender
    if column == TEXT:
        return " ".join(reply.text.split())
    if column == FIGURE:
        return "–" if row.figure is None else words.points(row.figure)
    if column == CONFIDENCE:
        return "–" if reply.confidence is None else f"{reply.confidence:.0%}"
    return "–" if reply.human_quality is None else words.points(reply.human_quality)


def moment(sent_at: int, offset_minutes: int) -> str:
    """Day and time as the sender's clock showed them."""
    at = from_ms(sent_at, offset_minutes)
    local = QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
