"""The pieces of a conversation, laid out: bubbles, breaks, folds, attached files. ``bubble_painting`` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from csqm_desktop.domain.conversation import Message, Role
from csqm_desktop.store.attachments import Attached
from csqm_desktop.ui.attachments import tiles as attachment_tiles
from csqm_desktop.ui.attachments.shelf import Shelf
from csqm_desktop.ui.attachments.tiles import Tile
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.fonts import font, metrics_f
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.review.thread_layout import DayBreak, Fold, Gap, Line, Turn
from csqm_desktop.ui.tokens import SPACE, tokens

translate = QCoreApplication.translate

LONG = 1600  # characters of a message that are shown before "show all"
AVATAR = 28
EDGE = 20
PAD_X, PAD_Y = 14, 9


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
    notes: str = ""  # below the text: "show all"
    tiles: Sequence[Tile] = ()  # attached files, below that
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


@dataclass(frozen=True, slots=True)
class Files:
    """The attached files of each message, and where what is known of them is found."""

    of: Mapping[int, Sequence[Attached]] = field(default_factory=dict)
    shelf: Shelf | None = None


def build(
    shown: Sequence[Line], width: int, looked_at: int, whole: set[int], files: Files | None = None
) -> list[Piece]:
    """Lay lines out at a width."""
    files = files or Files()
    pieces: list[Piece] = []
    top = float(SPACE.lg)
    for line in shown:
        if isinstance(line, Turn):
            piece = _build_turn(line, top, width, whole, files)
            piece.looked_at = line.message.id == looked_at
        else:
            piece = _build_break(line, top, width)
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


# -- messages


def _build_turn(line: Turn, top: float, width: int, whole: set[int], files: Files) -> Piece:
    if line.message.role is Role.SYSTEM:
        return _build_system(line, top, width, files)
    message = line.message
    left_side = message.role is Role.CUSTOMER
    gutter = tokens().px(AVATAR) + SPACE.sm
    room = width - 2 * EDGE - gutter
    limit = max(160.0, min(room * 0.86, tokens().px(600))) - 2 * PAD_X
    tiles, tiles_size = attachment_tiles.place(files.of.get(message.id, ()), files.shelf, limit)
    shown = _shown_text(message, message.id in whole, bool(tiles))
    layout, size_w, size_h = _lay_out(shown, font("reading"), limit)
    if not shown:
        size_w = size_h = 0.0
    head = _head(line) if line.first else ""
    caption = metrics_f("caption")
    y = top + (SPACE.md if line.first else SPACE.xs) + (SPACE.sm if line.target else 0)
    head_at = y
    if head:
        y += caption.height() + SPACE.xs
    notes = _notes(message, message.id in whole)
    notes_h = caption.height() + SPACE.xs if notes else 0.0
    gap = SPACE.sm if tiles and shown else 0
    bubble_w = max(size_w, tiles_size.width(), caption.horizontalAdvance(notes) if notes else 0.0) + 2 * PAD_X
    bubble_h = size_h + notes_h + gap + tiles_size.height() + 2 * PAD_Y
    x = EDGE + gutter if left_side else width - EDGE - gutter - bubble_w
    bubble = QRectF(x, y, bubble_w, bubble_h)
    bottom = bubble.bottom() + (SPACE.sm if line.target else 0)
    piece = Piece(line, QRectF(0, top, width, bottom - top), bubble, layout, QPointF(x + PAD_X, y + PAD_Y), head)
    piece.notes, piece.head_at = notes, head_at
    if notes:
        piece.action = QRectF(x, y + PAD_Y + size_h, bubble_w, notes_h + SPACE.xs)
    _put_tiles(piece, tiles, QPointF(x + PAD_X, bubble.bottom() - PAD_Y - tiles_size.height()))
    return piece


def _put_tiles(piece: Piece, tiles: Sequence[Tile], at: QPointF) -> None:
    for tile in tiles:
        tile.rect.translate(at)
    piece.tiles = tiles


def _shown_text(message: Message, whole: bool, has_files: bool) -> str:
    text = message.text if whole or len(message.text) <= LONG else message.text[:LONG] + "…"
    text = visible(text)
    if text.strip():
        return text
    return "" if has_files else f"({translate('ConversationView', 'empty message')})"


def _notes(message: Message, whole: bool) -> str:
    if len(message.text) <= LONG:
        return ""
    if whole:
        return translate("ConversationView", "Show less")
    return translate("ConversationView", "Show all {n} characters").format(n=len(message.text))


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


def _build_system(line: Turn, top: float, width: int, files: Files) -> Piece:
    layout, size_w, size_h = _lay_out(
        visible(line.message.text)[:LONG], font("caption"), width - 4 * EDGE, centred=True
    )
    bubble = QRectF((width - size_w) / 2 - SPACE.md, top + SPACE.sm, size_w + 2 * SPACE.md, size_h + SPACE.sm)
    at = QPointF(bubble.left() + SPACE.md, bubble.top() + SPACE.xs)
    tiles, size = attachment_tiles.place(files.of.get(line.message.id, ()), files.shelf, width - 4 * EDGE)
    bottom = bubble.bottom() + (size.height() + SPACE.xs if tiles else 0)
    piece = Piece(line, QRectF(0, top, width, bottom - top + SPACE.xs), bubble, layout, at)
    _put_tiles(piece, tiles, QPointF((width - size.width()) / 2, bubble.bottom() + SPACE.xs))
    return piece


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
