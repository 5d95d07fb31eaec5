"""The list of replies at the left: a model over the trail, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from csqm_desktop.ui import icons
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.fonts import font, metrics
from csqm_desktop.ui.review.trail import Entry, Trail
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.widgets.confidence_badge import meaning

ENTRY = Qt.ItemDataRole.UserRole
CURRENT = Qt.ItemDataRole.UserRole + 1
REASON = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueListModel(QAbstractListModel):
    """Rows are the entries of a trail that pass the filter."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._places: list[int] = []
        self._at = -1
        self._needle = ""
        self._names: Mapping[str, str] = {}

    def show_trail(self, trail: Trail, in_hand: bool, criterion_names: Mapping[str, str]) -> None:
        """Show a trail as it is now."""
        self._names = criterion_names
        self.beginResetModel()
        self._entries = trail.entries
        self._at = trail.at if in_hand else -1
        self._apply()
        self.endResetModel()

    def filter(self, needle: str) -> None:
        """Show only rows that contain the words."""
        self.beginResetModel()
        self._needle = needle.strip().lower()
        self._apply()
        self.endResetModel()

    def _apply(self) -> None:
        needle = self._needle
        self._places = [i for i, e in enumerate(self._entries) if not needle or needle in e.text.lower()]

    def place(self, row: int) -> int:
        """The place on the trail of a row."""
        return self._places[row]

    def row_of_current(self) -> int:
        """The row in hand, -1 when it is not shown."""
        return self._places.index(self._at) if self._at in self._places else -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Entries that pass the filter."""
        return 0 if parent.isValid() else len(self._places)

    def _reason(self, entry: Entry) -> str:
        if entry.shown is not None:
            return words.short_reason(entry.shown, self._names)
        return words.day_and_time(entry.filed_at.astimezone()) if entry.filed_at else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry, whether it is in hand, and what a screen reader says."""
        place = self._places[index.row()]
        entry = self._entries[place]
        if role == ENTRY:
            return entry
        if role == CURRENT:
            return place == self._at
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == REASON:
            return self._reason(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            why = words.reason(entry.shown, self._names) if entry.shown else ""
            return f"{entry.text}\n\n{why}" if why else entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words.role_name(entry.role)}: {entry.text}. {self.data(index, REASON)}"
        return None


class QueueRowDelegate(QStyledItemDelegate):
    """Two lines: the reply; below it the confidence and the reason, or the verdict."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All rows are equally tall."""
        body, caption = metrics("body"), metrics("caption")
        return QSize(option.rect.width(), body.height() + caption.height() + 3 * SPACE.sm)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        color = tokens().color
        entry: Entry = index.data(ENTRY)
        current = bool(index.data(CURRENT))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(option.rect).adjusted(SPACE.sm, 1, -SPACE.sm, -1)
        hover = bool(option.state & option.state.State_MouseOver)
        if current or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color.selected if current else color.hover))
            painter.drawRoundedRect(frame, RADIUS.md, RADIUS.md)
        if current:
            painter.setBrush(QColor(color.accent))
            painter.drawRoundedRect(QRectF(frame.left(), frame.top() + 6, 3, frame.height() - 12), 1.5, 1.5)
        size = tokens().px(16)
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        done = entry.verdict is not None
        icon = words.ROLE_ICONS[entry.role]
        tint = "accent_text" if current else "text_disabled" if done else "text_muted"
        body = metrics("body")
        top = frame.top() + SPACE.sm - 1
        painter.drawPixmap(round(frame.left() + SPACE.sm + 2), round(top + 1), icons.pixmap(icon, tint, size, ratio))
        left = frame.left() + SPACE.sm + size + SPACE.sm
        room = frame.right() - SPACE.sm - left
        painter.setFont(font("body", bold=current))
        painter.setPen(QColor(color.text_muted if done and not current else color.text))
        painter.drawText(
            QRectF(left, top, room, body.height()),
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, round(room)),
        )
        below = QRectF(left, top + body.height() + SPACE.xs, room, metrics("caption").height())
        painter.setFont(font("caption"))
        if entry.verdict is not None:
            self._paint_verdict(painter, below, entry, ratio)
        else:
            self._paint_reason(painter, below, entry, str(index.data(REASON)))
        painter.restore()

    @staticmethod
    def _paint_verdict(painter: QPainter, where: QRectF, entry: Entry, ratio: float) -> None:
        assert entry.verdict is not None
        size = tokens().px(14)
        tint = "good" if entry.verdict.value == "scored" else "text_muted"
        pixmap = icons.pixmap(words.VERDICT_ICONS[entry.verdict], tint, size, ratio)
        painter.drawPixmap(round(where.left()), round(where.top()), pixmap)
        painter.setPen(QColor(getattr(tokens().color, tint)))
        text_at = where.adjusted(size + SPACE.xs, 0, 0, 0)
        painter.drawText(text_at, Qt.AlignmentFlag.AlignVCenter, words.verdict_name(entry.verdict))

    @staticmethod
    def _paint_reason(painter: QPainter, where: QRectF, entry: Entry, reason: str) -> None:
        color = tokens().color
        kind = meaning(entry.confidence)
        tint = QColor(getattr(color, kind) if kind else color.text_muted)
        number = (
            QCoreApplication.translate("QueuePanel", "new") if entry.confidence is None else f"{entry.confidence:.0%}"
        )
        left = where.left()
        painter.setPen(tint)
        painter.drawText(QRectF(left, where.top(), 60, where.height()), Qt.AlignmentFlag.AlignVCenter, number)
        left += painter.fontMetrics().horizontalAdvance(number) + SPACE.sm
        painter.setPen(QColor(color.text_muted))
        room = where.right() - left
        text = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(QRectF(left, where.top(), room, where.height()), Qt.AlignmentFlag.AlignVCenter, text)
