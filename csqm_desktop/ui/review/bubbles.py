"""The pieces of a conversation, laid out and painted: bubbles, breaks, folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from csqm_desktop.domain.conversation import Message, Role
from csqm_desktop.ui import icons
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.fonts import font, metrics_f
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.review.thread_layout import DayBreak, Fold, Gap, Line, Turn
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens

translate = QCoreApplication.translate

LONG = 1600  # characters of a message that are shown before "show all"
_AVATAR = 28
_EDGE = 20
_PAD_X, _PAD_Y = 14, 9


@dataclass(frozen=True, slots=True)
class TextMark:
    """Characters of the shown text that raised or lowered a score."""

    start: int
    end: int
    raises: bool


@dataclass
class Piece:
    """A line of the conversation with its place on the page."""

    line: Line
    frame: QRectF
    bubble: QRectF = field(default_factory=QRectF)
    text: QTextLayout | None = None
    text_at: QPointF = field(default_factory=QPointF)
    head: str = ""
    head_at: float = 0.0
    notes: str = ""  # below the text: attachments, "show all"
    action: QRectF = field(default_factory=QRectF)  # what can be clicked
    label: str = ""
    looked_at: bool = False
    marks: Sequence[TextMark] = ()

    def text_rect(self) -> QRectF:
        """Where the text is."""
        assert self.text is not None
        return self.text.boundingRect().translated(self.text_at)

    def cursor_at(self, at: QPointF) -> int:
        """The place in the text that is nearest to a point."""
        assert self.text is not None
        point = at - self.text_at
        for number in range(self.text.lineCount()):
            text_line = self.text.lineAt(number)
            if point.y() < text_line.y() + text_line.height() or number == self.text.lineCount() - 1:
                return int(text_line.xToCursor(point.x()))
        return 0

    def paint(self, painter: QPainter, selection: Selection | None, ratio: float) -> None:
        """Draw it."""
        if isinstance(self.line, Turn):
            _paint_turn(self, self.line, painter, selection, ratio)
        elif isinstance(self.line, Fold):
            _paint_fold(self, painter, ratio)
        else:
            _paint_break(self, painter)


@dataclass
class Selection:
    """Selected text inside one bubble."""

    piece: Piece
    start: int
    end: int

    def text(self) -> str:
        """The selected text."""
        assert self.piece.text is not None
        low, high = sorted((self.start, self.end))
        return self.piece.text.text()[low:high].replace("\u2028", "\n")


def build(shown: Sequence[Line], width: int, looked_at: int, whole: set[int]) -> list[Piece]:
    """Lay lines out at a width."""
    pieces: list[Piece] = []
    top = float(SPACE.lg)
    for line in shown:
        piece = _build_turn(line, top, width, whole) if isinstance(line, Turn) else _build_break(line, top, width)
        if isinstance(line, Turn):
            piece.looked_at = line.message.id == looked_at
        pieces.append(piece)
        top = piece.frame.bottom()
    return pieces


# -- breaks and folds


def _build_break(line: Line, top: float, width: int) -> Piece:
    metrics = metrics_f("caption")
    height = metrics.height() + 2 * SPACE.md
    piece = Piece(line, QRectF(0, top, width, height))
    if isinstance(line, DayBreak):
        piece.label = words.day(line.message.sent_at)
    elif isinstance(line, Gap):
        piece.label = translate("ConversationView", "{time} later").format(time=words.duration(line.length))
    elif isinstance(line, Fold):
        text = (
            translate("ConversationView", "Show {n} earlier messages")
            if line.earlier
            else translate("ConversationView", "Show {n} later messages")
        )
        piece.label = text.format(n=line.count)
        wide = metrics.horizontalAdvance(piece.label) + tokens().px(16) + 2 * SPACE.lg
        piece.action = QRectF((width - wide) / 2, top + SPACE.sm, wide, metrics.height() + SPACE.sm)
    return piece


def _paint_break(piece: Piece, painter: QPainter) -> None:
    color = tokens().color
    painter.setFont(font("caption"))
    painter.setPen(QColor(color.text_muted))
    painter.drawText(piece.frame, Qt.AlignmentFlag.AlignCenter, piece.label)
    wide = metrics_f("caption").horizontalAdvance(piece.label) / 2 + SPACE.md
    middle = piece.frame.center()
    painter.setPen(QPen(QColor(color.border), 1))
    reach = min(piece.frame.width() / 2 - _EDGE, wide + 90)
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


# -- messages


def _build_turn(line: Turn, top: float, width: int, whole: set[int]) -> Piece:
    if line.message.role is Role.SYSTEM:
        return _build_system(line, top, width)
    left_side = line.message.role is Role.CUSTOMER
    gutter = tokens().px(_AVATAR) + SPACE.sm
    room = width - 2 * _EDGE - gutter
    limit = max(160.0, min(room * 0.86, tokens().px(600)))
    shown = _shown_text(line.message, line.message.id in whole)
    layout, size_w, size_h = _lay_out(shown, font("reading"), limit - 2 * _PAD_X)
    head = _head(line) if line.first else ""
    caption = metrics_f("caption")
    y = top + (SPACE.md if line.first else SPACE.xs)
    if line.target:
        y += SPACE.sm
    head_at = y
    if head:
        y += caption.height() + SPACE.xs
    notes = _notes(line.message, line.message.id in whole)
    bubble_w = max(size_w, caption.horizontalAdvance(notes) if notes else 0.0) + 2 * _PAD_X
    bubble_h = size_h + 2 * _PAD_Y + (caption.height() + SPACE.xs if notes else 0)
    x = _EDGE + gutter if left_side else width - _EDGE - gutter - bubble_w
    bubble = QRectF(x, y, bubble_w, bubble_h)
    bottom = bubble.bottom() + (SPACE.sm if line.target else 0)
    piece = Piece(line, QRectF(0, top, width, bottom - top), bubble, layout, QPointF(x + _PAD_X, y + _PAD_Y), head)
    piece.notes = notes
    if notes and len(line.message.text) > LONG:
        piece.action = QRectF(x, bubble.bottom() - caption.height() - _PAD_Y - 2, bubble_w, caption.height() + _PAD_Y)
    piece.head_at = head_at
    return piece


def _shown_text(message: Message, whole: bool) -> str:
    text = message.text if whole or len(message.text) <= LONG else message.text[:LONG] + "…"
    text = visible(text)
    return text if text.strip() else f"({translate('ConversationView', 'empty message')})"


def _notes(message: Message, whole: bool) -> str:
    parts = []
    if len(message.text) > LONG:
        parts.append(
            translate("ConversationView", "Show less")
            if whole
            else translate("ConversationView", "Show all {n} characters").format(n=len(message.text))
        )
    if message.attachments:
        parts.append("📎 " + visible(", ".join(message.attachments))[:120])
    return "   ".join(parts)


def _head(line: Turn) -> str:
    message = line.message
    role = words.role_name(message.role)
    if message.role is Role.BOT and message.bot_version:
        role = f"{role} {message.bot_version}"
    sender = visible(message.sender)[:40]
    parts = [sender or role, role if sender else "", words.clock_time(message.sent_at)]
    if message.private:
        parts.append(translate("ConversationView", "internal note, not seen by the customer"))
    if line.waited is not None:
        parts.append(translate("ConversationView", "answered after {time}").format(time=words.duration(line.waited)))
    return " · ".join(part for part in parts if part)


def _build_system(line: Turn, top: float, width: int) -> Piece:
    layout, size_w, size_h = _lay_out(
        visible(line.message.text)[:LONG], font("caption"), width - 4 * _EDGE, centred=True
    )
    bubble = QRectF((width - size_w) / 2 - SPACE.md, top + SPACE.sm, size_w + 2 * SPACE.md, size_h + SPACE.sm)
    at = QPointF(bubble.left() + SPACE.md, bubble.top() + SPACE.xs)
    return Piece(line, QRectF(0, top, width, bubble.bottom() - top + SPACE.xs), bubble, layout, at)


def _lay_out(text: str, look: QFont, width: float, *, centred: bool = False) -> tuple[QTextLayout, float, float]:
    layout = QTextLayout(text.replace("\n", "\u2028"), look)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    height = widest = 0.0
    leading = QFontMetricsF(look).height() * 0.18
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height() + leading
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    if centred:
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            line.setPosition(QPointF((widest - line.naturalTextWidth()) / 2, line.y()))
    return layout, min(widest, width) + 1, max(0.0, height - leading)


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
        painter.setPen(QColor(color.accent_text if not piece.action.isEmpty() else color.text_muted))
        where = piece.bubble.adjusted(_PAD_X, 0, -_PAD_X, -_PAD_Y + 2)
        painter.drawText(where, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, piece.notes)


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
    side = tokens().px(_AVATAR)
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
    where = QRectF(_EDGE, piece.head_at, piece.frame.width() - 2 * _EDGE, metrics.height())
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
