"""The conversation as chat bubbles, painted in one widget: opening a long one costs as much as a short one.

All text is drawn as plain text. What can be selected with the mouse can be copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from csqm_desktop.domain.conversation import Conversation, Message
from csqm_desktop.domain.evidence import Mark
from csqm_desktop.store.attachments import Attached
from csqm_desktop.ui.attachments.shelf import Shelf
from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.review import bubble_painting, thread_layout
from csqm_desktop.ui.review.bubbles import Files, Piece, Selection, TextMark, build
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.review.words import role_name
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable

_NEAREST = 40  # attached files around what is in view that are read


class ConversationView(Translatable, QAbstractScrollArea):
    """Shows one conversation with one marked reply."""

    looked_at = Signal()  # another reply came into view by a jump
    file_chosen = Signal(object)  # Attached: somebody wants to see it in large

    def __init__(self, shelf: Shelf | None = None) -> None:
        super().__init__()
        self._shelf = shelf
        self._files: Mapping[int, Sequence[Attached]] = {}
        if shelf is not None:
            shelf.changed.connect(self._more_is_known)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # a bar that comes and goes changes the width, and the text would be laid out twice
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        letters_as_keys(self)
        self._conversation: Conversation | None = None
        self._target = -1
        self._window = thread_layout.Window(0, 0)
        self._whole: set[int] = set()  # long messages that were opened in full
        self._pieces: list[Piece] = []
        self._looking_at = -1
        self._selection: Selection | None = None
        self._dragging = False
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _scrolled(self, _value: int) -> None:
        self.viewport().update()
        self._ask_for_files()

    # -- what is shown

    def show_reply(
        self, conversation: Conversation, reply_id: int, files: Mapping[int, Sequence[Attached]] | None = None
    ) -> None:
        """Show a conversation, folded around the reply, which is marked and in view; ``files`` of each message."""
        self._conversation = conversation
        self._files = files or {}
        messages = conversation.messages
        self._target = next((i for i, m in enumerate(messages) if m.id == reply_id), 0)
        self._looking_at = self._target
        self._window = thread_layout.first_window(messages, self._target)
        self._whole.clear()
        self._selection = None
        self._marks = {}
        self.retranslate()
        self._scroll_to(self._target)

    def show_marks(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Underline what moved a score, by message number; empty for nothing."""
        self._marks = marks
        self._mark_pieces()
        self.viewport().update()

    def _mark_pieces(self) -> None:
        for piece in self._pieces:
            if isinstance(piece.line, thread_layout.Turn):
                message = piece.line.message
                piece.marks = [_shown_mark(message.text, mark) for mark in self._marks.get(message.id, ())]

    def clear(self) -> None:
        """Show nothing."""
        self._conversation = None
        self._selection = None
        self._pieces = []
        self._resize_content()
        self.viewport().update()

    def retranslate(self) -> None:
        """Names, times and dates in the language in use."""
        self._rebuild()
        conversation = self._conversation
        self.setAccessibleName(self.tr("Conversation"))
        if conversation is None:
            self.setAccessibleDescription("")
            return
        near = conversation.messages[self._window.start : self._target + 1]
        spoken = "\n".join(f"{role_name(m.role)}: {self._spoken(m)}" for m in near)
        self.setAccessibleDescription(self.tr("The reply to review is the last one of these:") + "\n" + spoken)

    def _spoken(self, message: Message) -> str:
        names = [self.tr("attached: {name}").format(name=visible(f.name)[:80]) for f in self._files.get(message.id, ())]
        return "; ".join([visible(message.text)[:500], *names])

    @property
    def files(self) -> list[Attached]:
        """All attached files of the conversation, in order."""
        return [file for files in self._files.values() for file in files]

    def nearest_file(self) -> Attached | None:
        """The first file that is in view, else the first of all."""
        view = QRectF(0, self.verticalScrollBar().value(), self.viewport().width(), self.viewport().height())
        tiles = [tile for piece in self._pieces for tile in piece.tiles]
        seen = [tile.file for tile in tiles if tile.rect.intersects(view)]
        return next(iter(seen or self.files), None)

    def _more_is_known(self) -> None:
        """A picture came. A tile that turns out to be something else moves what is below it, not what is in view."""
        if not any(piece.tiles for piece in self._pieces):
            return
        before = self.target_rect().top()
        selection = self._selection
        self._rebuild()
        self._selection = selection and self._same_selection(selection)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(self.target_rect().top() - before))
        self.viewport().update()

    def _same_selection(self, old: Selection) -> Selection | None:
        for piece in self._pieces:
            if piece.line == old.piece.line:
                return Selection(piece, old.start, old.end)
        return None

    def _ask_for_files(self) -> None:
        """Let what is in view be read first."""
        if self._shelf is None:
            return
        top = self.verticalScrollBar().value()
        middle = top + self.viewport().height() / 2
        tiles = [tile for piece in self._pieces for tile in piece.tiles]
        # no more than the shelf remembers: it would read the same files for ever
        nearest = sorted(tiles, key=lambda tile: abs(tile.rect.center().y() - middle))[:_NEAREST]
        self._shelf.ask([tile.file for tile in nearest if tile.look is None and tile.file.path])

    def jump(self, step: int) -> None:
        """Bring the next (1) or previous (-1) reply of the conversation into view; 0 returns to the one to review."""
        if self._conversation is None:
            return
        messages = self._conversation.messages
        place = self._target if step == 0 else thread_layout.other_reply(messages, self._looking_at, step)
        if place is None:
            return
        while place < self._window.start:
            self._window = thread_layout.unfold(self._window, messages, earlier=True)
        while place >= self._window.stop:
            self._window = thread_layout.unfold(self._window, messages, earlier=False)
        self._looking_at = place
        self._rebuild()
        self._scroll_to(place)
        self.looked_at.emit()

    def can_jump(self, step: int) -> bool:
        """Whether there is another reply in that direction."""
        if self._conversation is None:
            return False
        return thread_layout.other_reply(self._conversation.messages, self._looking_at, step) is not None

    def scroll_pages(self, pages: float) -> None:
        """Scroll by a share of the visible height."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * self.viewport().height()))

    def selected_text(self) -> str:
        """What the mouse has selected."""
        return self._selection.text() if self._selection else ""

    @property
    def shown_lines(self) -> list[thread_layout.Line]:
        """The lines on the page, for tests and for screen readers."""
        return [piece.line for piece in self._pieces]

    def target_rect(self) -> QRectF:
        """Where the marked reply is, in the viewport."""
        for piece in self._pieces:
            if isinstance(piece.line, thread_layout.Turn) and piece.line.target:
                return piece.bubble.translated(0, -self.verticalScrollBar().value())
        return QRectF()

    # -- layout

    def _rebuild(self) -> None:
        if self._conversation is None:
            return
        shown = thread_layout.lines(self._conversation.messages, self._target, self._window)
        self._pieces = build(shown, self.viewport().width(), self._looked_at_id(), self._whole, self._known_files)
        self._selection = None
        self._mark_pieces()
        self._resize_content()
        self.viewport().update()
        self._ask_for_files()

    @property
    def _known_files(self) -> Files:
        return Files(self._files, self._shelf)

    def _looked_at_id(self) -> int:
        assert self._conversation is not None
        return self._conversation.messages[self._looking_at].id if self._looking_at != self._target else -1

    def _resize_content(self) -> None:
        height = self._pieces[-1].frame.bottom() + SPACE.xl if self._pieces else 0
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(page)
        bar.setRange(0, max(0, round(height) - page))

    def _scroll_to(self, place: int) -> None:
        assert self._conversation is not None
        wanted = self._conversation.messages[place].id
        for piece in self._pieces:
            if isinstance(piece.line, thread_layout.Turn) and piece.line.message.id == wanted:
                page = self.viewport().height()
                room = page - piece.frame.height()
                above = min(room * 0.72, room - SPACE.lg) if room > 0 else SPACE.sm
                self.verticalScrollBar().setValue(round(piece.frame.top() - max(SPACE.sm, above)))
                return

    def sizeHint(self) -> QSize:
        """A comfortable reading width."""
        return QSize(tokens().px(560), tokens().px(500))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out anew and keep the reply in view."""
        super().resizeEvent(event)
        if self._conversation is not None:
            self._rebuild()
            self._scroll_to(self._looking_at)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and self._conversation:
            self._rebuild()
            self._scroll_to(self._looking_at)
        super().changeEvent(event)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = self.verticalScrollBar().value()
        painter.fillRect(event.rect(), QColor(tokens().color.surface))
        painter.translate(0, -offset)
        view = QRectF(event.rect()).translated(0, offset)
        for piece in self._pieces:
            if piece.frame.intersects(view):
                bubble_painting.paint(piece, painter, self._selection, self.devicePixelRatioF())

    # -- mouse: unfold, open in full, select, copy

    def _content(self, at: QPoint) -> QPointF:
        return QPointF(at.x(), at.y() + self.verticalScrollBar().value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold, open a long message, or begin to select. The focus goes where the page wants it."""
        super().mousePressEvent(event)
        event.ignore()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at = self._content(event.position().toPoint())
        self._selection = None
        for piece in self._pieces:
            tile = next((tile for tile in piece.tiles if tile.rect.contains(at)), None)
            if tile is not None:
                self.file_chosen.emit(tile.file)
                break
            if piece.action.contains(at):
                self._act(piece)
                break
            if piece.bubble.contains(at) and piece.text is not None:
                self._selection = Selection(piece, piece.cursor_at(at), piece.cursor_at(at))
                self._dragging = True
                break
        self.viewport().update()

    def _act(self, piece: Piece) -> None:
        assert self._conversation is not None
        before = self.verticalScrollBar().maximum() - self.verticalScrollBar().value()
        if isinstance(piece.line, thread_layout.Fold):
            earlier = piece.line.earlier
            self._window = thread_layout.unfold(self._window, self._conversation.messages, earlier)
            self._rebuild()
            if earlier:  # what was in view stays where it was
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum() - before)
        elif isinstance(piece.line, thread_layout.Turn):
            self._whole ^= {piece.line.message.id}
            self._rebuild()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection; show what can be clicked."""
        at = self._content(event.position().toPoint())
        if self._dragging and self._selection is not None:
            self._selection.end = self._selection.piece.cursor_at(at)
            self.viewport().update()
            return
        shape = Qt.CursorShape.ArrowCursor
        for piece in self._pieces:
            if piece.action.contains(at) or any(tile.rect.contains(at) for tile in piece.tiles):
                shape = Qt.CursorShape.PointingHandCursor
            elif piece.text is not None and piece.text_rect().contains(at):
                shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        self._dragging = False
        super().mouseReleaseEvent(event)

    def copy(self) -> bool:
        """Copy the selected text; False when nothing is selected."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)


def _shown_mark(text: str, mark: Mark) -> TextMark:
    """A mark in the text as it is shown, where what cannot be seen is written out."""
    start = len(visible(text[: mark.start]))
    return TextMark(start, start + len(visible(text[mark.start : mark.end])), mark.effect > 0)
