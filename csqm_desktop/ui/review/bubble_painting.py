"""Draws the pieces of a conversation that ``bubbles`` has laid out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from csqm_desktop.domain.conversation import Role
from csqm_desktop.ui import icons
from csqm_desktop.ui.attachments import tiles
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.bubbles import AVATAR, EDGE, PAD_X, Piece, Selection, TextMark
from csqm_desktop.ui.review.fonts import font, metrics_f
from csqm_desktop.ui.review.thread_layout import Fold, Turn
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens

translate = QCoreApplication.translate


def paint(piece: Piece, painter: QPainter, selection: Selection | None, ratio: float) -> None:
    """Draw one piece; ``ratio`` is device pixels per pixel."""
    if isinstance(piece.line, Turn):
        _paint_turn(piece, piece.line, painter, selection, ratio)
    elif isinstance(piece.line, Fold):
        _paint_fold(piece, painter, ratio)
    else:
        _paint_break(piece, painter)


def _paint_break(piece: Piece, painter: QPainter) -> None:
    color = tokens().color
    painter.setFont(font("caption"))
    painter.setPen(QColor(color.text_muted))
    painter.drawText(piece.frame, Qt.AlignmentFlag.AlignCenter, piece.label)
    wide = metrics_f("caption").horizontalAdvance(piece.label) / 2 + SPACE.md
    middle = piece.frame.center()
    painter.setPen(QPen(QColor(color.border), 1))
    reach = min(piece.frame.width() / 2 - EDGE, wide + 90)
    for side in (-1, 1):
        painter.drawLine(QPointF(middle.x() + side * wide, middle.y()), QPointF(middle.x() + side * reach, middle.y()))


def _paint_fold(piece: Piece, painter: QPainter, ratio: float) -> None:
    color = tokens().color
    painter.setPen(QPen(QColor(color.border_strong), 1))
    painter.setBrush(QColor(color.surface))
    radius = piece.action.height() / 2
    painter.drawRoundedRect(piece.action, radius, radius)
    assert isinstance(piece.line, Fold)
    size = tokens().px(14)
    icon = "chevron-up" if piece.line.earlier else "chevron-down"
    at = QPointF(piece.action.left() + SPACE.md, piece.action.center().y() - size / 2)
    painter.drawPixmap(at, icons.pixmap(icon, "accent_text", size, ratio))
    painter.setFont(font("caption"))
    painter.setPen(QColor(color.accent_text))
    text_at = piece.action.adjusted(SPACE.md + size + SPACE.xs, 0, -SPACE.sm, 0)
    painter.drawText(text_at, Qt.AlignmentFlag.AlignVCenter, piece.label)


def _paint_turn(piece: Piece, line: Turn, painter: QPainter, selection: Selection | None, ratio: float) -> None:
    color = tokens().color
    message = line.message
    if message.role is not Role.SYSTEM:
        _paint_ground(piece, line, painter)
        if piece.head:
            _paint_head(piece, line, painter, ratio)
    assert piece.text is not None
    painter.setPen(QColor(color.text_muted if message.role is Role.SYSTEM else color.text))
    piece.text.draw(painter, piece.text_at, _formats(piece, selection))
    if piece.notes:
        painter.setFont(font("caption"))
        painter.setPen(QColor(color.accent_text))
        where = piece.action.adjusted(PAD_X, 0, -PAD_X, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, piece.notes)
    for tile in piece.tiles:
        tiles.paint(tile, painter, ratio)


def _formats(piece: Piece, selection: Selection | None) -> list[QTextLayout.FormatRange]:
    marks = [_mark_format(mark) for mark in piece.marks]
    if selection is None or selection.piece is not piece or selection.start == selection.end:
        return marks
    marked = QTextLayout.FormatRange()
    low, high = sorted((selection.start, selection.end))
    marked.start, marked.length = low, high - low
    look = QTextCharFormat()
    look.setBackground(QColor(tokens().color.accent))
    look.setForeground(QColor(tokens().color.on_accent))
    marked.format = look
    return [*marks, marked]


def _mark_format(mark: TextMark) -> QTextLayout.FormatRange:
    color = tokens().color
    look = QTextCharFormat()
    look.setBackground(QColor(color.good_soft if mark.raises else color.bad_soft))
    # a full or a dashed line: the colours alone would not do for everybody
    style = QTextCharFormat.UnderlineStyle
    look.setUnderlineStyle(style.SingleUnderline if mark.raises else style.DashUnderline)
    look.setUnderlineColor(QColor(color.good if mark.raises else color.bad))
    ranged = QTextLayout.FormatRange()
    ranged.start, ranged.length, ranged.format = mark.start, mark.end - mark.start, look
    return ranged


def _paint_ground(piece: Piece, line: Turn, painter: QPainter) -> None:
    color = tokens().color
    message = line.message
    ground = {
        Role.CUSTOMER: color.customer_bubble,
        Role.AGENT: color.agent_bubble,
        Role.BOT: color.bot_bubble,
    }[message.role]
    if line.target:
        halo = QColor(color.accent)
        halo.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawRoundedRect(piece.bubble.adjusted(-5, -5, 5, 5), RADIUS.lg + 5, RADIUS.lg + 5)
        painter.setPen(QPen(QColor(color.accent), 2))
    elif piece.looked_at:
        painter.setPen(QPen(QColor(color.border_strong), 2, Qt.PenStyle.DashLine))
    elif message.private:
        painter.setPen(QPen(QColor(color.ok_fill), 1, Qt.PenStyle.DashLine))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color.ok_soft if message.private else ground))
    painter.drawRoundedRect(piece.bubble, RADIUS.lg, RADIUS.lg)


def _paint_head(piece: Piece, line: Turn, painter: QPainter, ratio: float) -> None:
    color = tokens().color
    message = line.message
    left_side = message.role is Role.CUSTOMER
    side = tokens().px(AVATAR)
    disc = QRectF(0, piece.bubble.top(), side, side)
    disc.moveLeft(piece.bubble.left() - side - SPACE.sm if left_side else piece.bubble.right() + SPACE.sm)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color.accent if line.target else color.sunken))
    painter.drawEllipse(disc)
    size = round(side * 0.6)
    tint = "on_accent" if line.target else "text_muted"
    pixmap = icons.pixmap(words.ROLE_ICONS[message.role], tint, size, ratio)
    painter.drawPixmap(QPointF(disc.center().x() - size / 2, disc.center().y() - size / 2), pixmap)
    caption = font("caption")
    metrics = metrics_f("caption")
    where = QRectF(EDGE, piece.head_at, piece.frame.width() - 2 * EDGE, metrics.height())
    painter.setFont(caption)
    if left_side:
        where.setLeft(piece.bubble.left() + 2)
        painter.setPen(QColor(color.text_muted))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft, piece.head)
        return
    where.setRight(piece.bubble.right() - 2)
    tag = translate("ConversationView", "Review this reply") if line.target else ""
    if tag:
        where = _paint_tag(painter, where, tag, metrics)
    painter.setFont(caption)
    painter.setPen(QColor(color.text_muted))
    shown = metrics.elidedText(piece.head, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, Qt.AlignmentFlag.AlignRight, shown)


def _paint_tag(painter: QPainter, where: QRectF, tag: str, metrics: QFontMetricsF) -> QRectF:
    """Draw the pill that names the reply to review; returns the room left of it."""
    color = tokens().color
    bold = font("caption", bold=True)
    wide = metrics_f("caption", bold=True).horizontalAdvance(tag) + 2 * SPACE.sm
    pill = QRectF(where.right() - wide, where.top() - 4, wide, metrics.height() + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color.accent))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QColor(color.on_accent))
    painter.setFont(bold)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, tag)
    return where.adjusted(0, 0, -wide - SPACE.sm, 0)
