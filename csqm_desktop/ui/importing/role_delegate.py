"""Draws who wrote a message: an icon and a word on a rounded ground."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from csqm_desktop.ui import icons, theme
from csqm_desktop.ui.tokens import SPACE, tokens

_ICONS = {"customer": "customer", "agent": "agent", "bot": "bot", "system": "info"}


class RoleDelegate(QStyledItemDelegate):
    """For a column whose ``UserRole`` is a value of ``domain.Role``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Icon, gap, word and padding."""
        width = QFontMetrics(theme.font("caption")).horizontalAdvance(str(index.data())) + tokens().px(14)
        return QSize(width + 2 * SPACE.sm + SPACE.xs + 2 * SPACE.sm, super().sizeHint(option, index).height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the pill over the usual ground."""
        role, word = str(index.data(Qt.ItemDataRole.UserRole)), str(index.data())
        color = tokens().color
        grounds = {"customer": color.sunken, "agent": color.agent_bubble, "bot": color.bot_bubble}
        tint_name = {"agent": "accent_text", "system": "text_muted"}.get(role, "text")
        metrics = QFontMetrics(theme.font("caption"))
        side = tokens().px(14)
        where = QRectF(option.rect)
        height = metrics.height() + SPACE.xs
        width = SPACE.sm + side + SPACE.xs + metrics.horizontalAdvance(word) + SPACE.sm
        pill = QRectF(where.left() + SPACE.sm, where.center().y() - height / 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(grounds.get(role, color.surface)))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        ratio = painter.device().devicePixelRatioF()
        picture = icons.pixmap(_ICONS.get(role, "info"), tint_name, side, ratio)
        painter.drawPixmap(int(pill.left() + SPACE.sm), int(pill.center().y() - side / 2), picture)
        painter.setPen(QColor(getattr(color, tint_name)))
        painter.setFont(theme.font("caption"))
        room = pill.adjusted(SPACE.sm + side + SPACE.xs, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        painter.restore()
