"""One level of a criterion as a button: its digit, its name, how probable the model finds it.

An answer is a filled button with a tick. The model's suggestion is a dashed outline with a spark: it must
never look like an answer. Both can be on the same button.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from csqm_desktop.ui import icons
from csqm_desktop.ui.review.fonts import font, metrics
from csqm_desktop.ui.tokens import RADIUS, tokens
from csqm_desktop.ui.widgets.key_cap import key_size, paint_key

_LEFT, _GAP, _RIGHT = 6, 5, 5  # around key and name


class LevelButton(QAbstractButton):
    """A level (``position`` of ``count``), or "does not apply" with position -1.

    Levels that are not ``ordered`` are classes: all have one colour.
    """

    def __init__(self, position: int, count: int, ordered: bool = True) -> None:
        super().__init__()
        self.position = position
        self._count = count
        self._ordered = ordered
        self._key = ""
        self._suggested = False
        self._probability: float | None = None
        self._focused_row = False
        self._face_key: tuple[object, ...] = ()
        self._face_picture: QPixmap | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        wide = QSizePolicy.Policy.Fixed if position < 0 else QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show the key that chooses this level."""
        self._key = key
        self.update()

    def set_opinion(self, suggested: bool, probability: float | None) -> None:
        """Show what the model thinks of this level."""
        if (suggested, probability) != (self._suggested, self._probability):
            self._suggested, self._probability = suggested, probability
            self.update()

    def set_row_focused(self, focused: bool) -> None:
        """Show the key more strongly while digits go to this row."""
        if focused != self._focused_row:
            self._focused_row = focused
            self.update()

    @property
    def is_suggested(self) -> bool:
        """Whether the model suggests this level."""
        return self._suggested

    def sizeHint(self) -> QSize:
        """One line of text and the bar below it; tall enough to hit."""
        return QSize(max(self._need(), tokens().px(44)), tokens().px(37))

    def _need(self) -> int:
        """The width that shows the whole name, chosen or not."""
        return metrics("caption", True).horizontalAdvance(self.text()) + self._cap() + _LEFT + _GAP + _RIGHT + 1

    @property
    def is_cut(self) -> bool:
        """Whether the name does not fit."""
        return self.width() < self._need()

    def minimumSizeHint(self) -> QSize:
        """Room for the digit and a few letters."""
        return QSize(tokens().px(44) if self.position >= 0 else self.sizeHint().width(), self.sizeHint().height())

    def _cap(self) -> int:
        return key_size(self._key or "0").width()

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, bar with spark, key or tick, name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_bar(painter)
        painter.drawPixmap(0, 0, self._face())

    def _paint_ground(self, painter: QPainter) -> None:
        color = tokens().color
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(QColor(color.border_strong), 1)
        brush = QColor(color.surface)
        if self.isChecked():
            neutral = self.position < 0
            brush = QColor(color.pressed if neutral else color.level_soft(self.position, self._count, self._ordered))
            edge = color.text_muted if neutral else color.level_fill(self.position, self._count, self._ordered)
            pen = QPen(QColor(edge), 2)
        elif self._suggested:
            pen = QPen(QColor(color.doubt_fill), 1.4, Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2.4])
        elif self.underMouse():
            brush = QColor(color.hover)
        if self.hasFocus():
            pen = QPen(QColor(color.focus), 2)
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawRoundedRect(frame, RADIUS.md, RADIUS.md)

    def _paint_bar(self, painter: QPainter) -> None:
        if self._probability is None or self.position < 0:
            return
        color = tokens().color
        size = tokens().px(11)
        groove = QRectF(8, self.height() - 8, self.width() - 16, 3)
        if self._suggested:
            groove.setRight(self.width() - 8 - size)
            spark = icons.pixmap("spark", "doubt", size, self.devicePixelRatioF())
            painter.drawPixmap(self.width() - size - 6, self.height() - size - 2, spark)
        painter.setPen(Qt.PenStyle.NoPen)
        faint = QColor(color.doubt_fill)
        faint.setAlphaF(0.18)
        painter.setBrush(faint)
        painter.drawRoundedRect(groove, 1.5, 1.5)
        groove.setWidth(max(2.0, groove.width() * self._probability))
        painter.setBrush(QColor(color.doubt_fill))
        painter.drawRoundedRect(groove, 1.5, 1.5)

    def _face(self) -> QPixmap:
        """Key and name as a picture: from one reply to the next they seldom change."""
        ratio = self.devicePixelRatioF()
        key = (self.size(), ratio, self.isChecked(), self._focused_row, self._key, self.text(), tokens())
        if key != self._face_key or self._face_picture is None:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_text(painter)
            painter.end()
            self._face_key, self._face_picture = key, picture
        return self._face_picture

    def _paint_text(self, painter: QPainter) -> None:
        color = tokens().color
        area = QRect(_LEFT, 0, self.width() - _LEFT - _RIGHT, self.height() - 8)
        chosen = self.isChecked()
        neutral = self.position < 0
        strong = color.text if neutral else color.level_text(self.position, self._count, self._ordered)
        size = key_size(self._key or "0")
        cap = QRect(area.left(), area.center().y() - size.height() // 2 + 1, size.width(), size.height())
        if chosen:  # a tick in place of the key
            tick = tokens().px(16)
            pixmap = icons.tinted("check", strong, tick, self.devicePixelRatioF())
            painter.drawPixmap(cap.center().x() - tick // 2 + 1, cap.center().y() - tick // 2 + 1, pixmap)
        elif self._key:
            paint_key(painter, cap, self._key, color.accent_text if self._focused_row else color.text_muted)
        area.setLeft(cap.right() + 1 + _GAP)
        painter.setFont(font("caption", chosen))
        painter.setPen(QColor(strong if chosen else color.text))
        text = metrics("caption", chosen).elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer under the mouse."""
        super().leaveEvent(event)
        self.update()
