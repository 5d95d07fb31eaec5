"""Attached files inside a bubble: places of one size for pictures, so that nothing moves when one comes, and chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from csqm_desktop.jobs import kept_files
from csqm_desktop.store.attachments import Attached
from csqm_desktop.ui import icons
from csqm_desktop.ui.attachments import words
from csqm_desktop.ui.attachments.shelf import Look, Shelf
from csqm_desktop.ui.importing.words import file_size
from csqm_desktop.ui.review.fonts import font, metrics_f
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens

_PICTURE = (152, 114)
_CHIP_WIDTH = 280
_ICON = 20

translate = QCoreApplication.translate


@dataclass
class Tile:
    """One file with its place on the page."""

    file: Attached
    look: Look | None
    rect: QRectF
    pictured: bool  # a place for a picture, else a chip

    def texts(self) -> tuple[str, str]:
        """Name, and what there is to say about it."""
        return visible(self.file.name.replace("\n", " ")), note(self.file, self.look)


def note(file: Attached, look: Look | None) -> str:
    """Kind and size of a file, or why it cannot be shown."""
    if look is None:
        return translate("attachments", "being read…") if file.path else _not_kept(file)
    if look.problem is not None:
        return _not_kept(file) if look.problem.code == "attachment_missing" else _broken()
    parts = [words.kind_name(look.kind, file.name), file_size(look.size)]
    if look.refused:
        parts.append(translate("attachments", "cannot be shown"))
    elif look.measures is not None:
        parts.insert(1, words.measures(look.measures))
    return " · ".join(parts)


def _not_kept(file: Attached) -> str:
    if "://" in file.name:
        return translate("attachments", "An address in the export; nothing is ever fetched")
    return translate("attachments", "Was not beside the export; no copy is kept")


def _broken() -> str:
    return translate("attachments", "The kept copy is damaged")


def place(files: Sequence[Attached], shelf: Shelf | None, room: float) -> tuple[list[Tile], QSizeF]:
    """Places for files from (0, 0) on, within a width; pictures side by side, chips below each other."""
    tiles: list[Tile] = []
    wide, high = (float(tokens().px(side)) for side in _PICTURE)
    x = y = line_height = widest = 0.0
    for file in files:
        look = shelf.look(file) if shelf else None
        pictured = _is_pictured(file, look)
        size = QSizeF(min(wide, room), high) if pictured else _chip_size(file, look, room)
        if x > 0 and (not pictured or x + size.width() > room):
            x, y, line_height = 0.0, y + line_height + SPACE.sm, 0.0
        tiles.append(Tile(file, look, QRectF(QPointF(x, y), size), pictured))
        widest = max(widest, x + size.width())
        line_height = max(line_height, size.height())
        x += size.width() + SPACE.sm if pictured else room + 1
    return tiles, QSizeF(widest, y + line_height)


def _is_pictured(file: Attached, look: Look | None) -> bool:
    if look is None:
        return bool(file.path) and kept_files.looks_like_picture(file.name)
    return look.picture is not None


def _chip_size(file: Attached, look: Look | None, room: float) -> QSizeF:
    caption = metrics_f("caption")
    texts = (visible(file.name), note(file, look))
    text = max(caption.horizontalAdvance(t) for t in texts) + tokens().px(_ICON) + 3 * SPACE.md
    return QSizeF(min(room, max(text, tokens().px(_CHIP_WIDTH) * 0.6)), 2 * caption.height() + 2 * SPACE.sm)


def paint(tile: Tile, painter: QPainter, ratio: float) -> None:
    """Draw one file."""
    color = tokens().color
    outline = QPainterPath()
    outline.addRoundedRect(tile.rect, RADIUS.md, RADIUS.md)
    painter.fillPath(outline, QColor(color.surface))
    look = tile.look
    if tile.pictured:
        if look is not None and look.picture is not None:
            _paint_picture(tile, look, painter, outline)
        else:
            _paint_icon(painter, "clock", tile.rect, ratio)
    else:
        _paint_chip(tile, painter, ratio)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if _is_missing(tile) else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(color.border_strong), 1, style))
    painter.drawPath(outline)


def _is_missing(tile: Tile) -> bool:
    look = tile.look
    return not tile.file.path or (look is not None and (look.problem is not None or look.refused))


def _paint_picture(tile: Tile, look: Look, painter: QPainter, outline: QPainterPath) -> None:
    assert look.picture is not None
    shown = look.picture.size().scaled(tile.rect.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    if look.picture.width() < shown.width():  # a small picture is not blown up
        shown = look.picture.size()
    where = QRectF(QPointF(0, 0), QSizeF(shown))
    where.moveCenter(tile.rect.center())
    painter.save()
    painter.setClipPath(outline)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(where, look.picture, QRectF(look.picture.rect()))
    painter.restore()


def _paint_icon(painter: QPainter, name: str, where: QRectF, ratio: float) -> None:
    side = tokens().px(_ICON)
    at = QPointF(where.center().x() - side / 2, where.center().y() - side / 2)
    painter.drawPixmap(at, icons.pixmap(name, "text_muted", side, ratio))


def _paint_chip(tile: Tile, painter: QPainter, ratio: float) -> None:
    side = tokens().px(_ICON)
    left = QRectF(tile.rect.left() + SPACE.md, tile.rect.top(), side, tile.rect.height())
    _paint_icon(painter, "warning" if _is_missing(tile) else "file", left, ratio)
    caption = metrics_f("caption")
    text = tile.rect.adjusted(2 * SPACE.md + side, SPACE.sm, -SPACE.md, -SPACE.sm)
    name, about = tile.texts()
    painter.setFont(font("caption", bold=True))
    painter.setPen(QColor(tokens().color.text))
    bold = metrics_f("caption", bold=True)
    shown = bold.elidedText(name, Qt.TextElideMode.ElideMiddle, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
    painter.setFont(font("caption"))
    painter.setPen(QColor(tokens().color.text_muted))
    shown = caption.elidedText(about, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)
