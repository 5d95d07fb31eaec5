"""Below the chart: which replies a point stands for, and from there to the conversation or to the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csqm_desktop.analytics.trends import Point
from csqm_desktop.domain.conversation import Conversation
from csqm_desktop.store.attachments import Attached
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.replies_behind import Behind
from csqm_desktop.ui.dashboard.reply_table_model import (
    CONFIDENCE,
    FIGURE,
    PEOPLE,
    TEXT,
    TIME,
    VALUE_ROLE,
    WHO,
    ReplyTableModel,
)
from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.tokens import SPACE, level_meaning, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.confidence_badge import meaning
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

Files = Mapping[int, Sequence[Attached]]
Talk = tuple[Conversation, Files]  # a conversation with the attached files of its messages

_WIDTHS = {TIME: 128, WHO: 110, FIGURE: 84, CONFIDENCE: 92, PEOPLE: 104}


class RepliesPanel(Translatable, Section):
    """The list behind a point. ``closed`` when a person is done with it."""

    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._point: Point | None = None
        self._about: Behind | None = None
        self.model = ReplyTableModel(context, self)
        self.table = _table(self.model)
        self.table.doubleClicked.connect(lambda _index: self.open_conversation())
        self.table.installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self.model.loaded.connect(self._loaded)
        self.review = Button("", "primary", "review", self.review_reply)
        self.conversation = Button("", "plain", "comment", self.open_conversation)
        self.close_button = IconButton("x", "", self.closed.emit)
        for button in (self.conversation, self.review, self.close_button):
            self.tools.addWidget(button)
        self.body.addWidget(self.table)
        self.hint = Label(role="caption")
        self.body.addWidget(self.hint)
        self.dialog: ConversationDialog | None = None
        self.retranslate()

    def show_point(self, point: Point | None, about: Behind | None) -> None:
        """List the replies of another point."""
        self._point, self._about = point, about
        self.model.show(about)
        self.retranslate()
        self._enable()

    def retranslate(self) -> None:
        """Say which point this is."""
        self.review.setText(self.tr("Review this reply"))
        self.conversation.setText(self.tr("Open conversation"))
        self.close_button.set_name(self.tr("Close the list"))
        self.table.setAccessibleName(self.tr("Replies behind the point"))
        self.hint.setText(self.tr("Worst first. Double-click or Enter opens the conversation."))
        self.model.retranslate()
        if self._point is None:
            return
        lines = words.point_lines(self._point)
        self.set_texts(self.tr("Replies behind this point: {point}").format(point=lines[0]), " · ".join(lines[1:]))

    def _loaded(self) -> None:
        self._resize()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._enable()

    def _resize(self) -> None:
        shown = min(10, max(3, self.model.rowCount()))
        height = shown * self.table.verticalHeader().defaultSectionSize() + tokens().px(40)
        self.table.setFixedHeight(height)

    def _enable(self) -> None:
        chosen = self.reply_id is not None
        self.review.setEnabled(chosen)
        self.conversation.setEnabled(chosen)

    @property
    def reply_id(self) -> int | None:
        """The chosen reply."""
        found = self.model.row(self.table.currentIndex())
        return found.reply.reply_id if found else None

    def review_reply(self) -> None:
        """Go to the review page with the chosen reply."""
        if self.reply_id is not None:
            self._context.navigate("review", self.reply_id)

    def open_conversation(self) -> None:
        """Show the conversation of the chosen reply; nothing can be changed there."""
        reply_id, workspace = self.reply_id, self._context.workspace
        if reply_id is None or workspace is None:
            return
        self._context.runner.query(
            partial(_read, workspace, reply_id), lambda found: self._show(found, reply_id), owner=self
        )

    def _show(self, found: Talk | None, reply_id: int) -> None:
        if found is None:
            return
        self.dialog = ConversationDialog(self._context, *found, reply_id, self)
        self.dialog.review.clicked.connect(self.review_reply)
        self.dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the conversation, Escape closes the list."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_conversation()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)


class ConversationDialog(QDialog):
    """A conversation to read, with one reply marked."""

    def __init__(
        self, context: AppContext, conversation: Conversation, files: Files, reply_id: int, parent: QWidget
    ) -> None:
        from csqm_desktop.ui.attachments.shelf import Shelf
        from csqm_desktop.ui.review.conversation_view import ConversationView

        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(conversation.source_id)
        facts = (conversation.channel, conversation.shop, conversation.product, conversation.order_id)
        self._context = context
        self.view = ConversationView(Shelf(context, self))
        self.view.file_chosen.connect(self.open_file)
        self.files = Button(self.tr("Attached files"), "plain", "file", self._open_files)
        self.files.setVisible(bool(files))
        self.review = Button(self.tr("Review this reply"), "primary", "review", self.accept)
        close = Button(self.tr("Close"), "plain", "", self.reject)
        head = column(
            Label(self.tr("Conversation {name}").format(name=conversation.source_id), "title"),
            Label(" · ".join(fact for fact in facts if fact), "muted"),
            spacing=SPACE.xs,
        )
        layout = column(head, self.view, row(self.files, None, close, self.review), margins=SPACE.xl)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(tokens().px(720), tokens().px(620))
        self.view.show_reply(conversation, reply_id, files)

    def _open_files(self) -> None:
        file = self.view.nearest_file()
        if file is not None:
            self.open_file(file)

    def open_file(self, file: Attached) -> None:
        """Show an attached file in large."""
        from csqm_desktop.ui.attachments.viewer import FileViewer

        files = self.view.files
        FileViewer(self._context, files, files.index(file), self).open()


def _read(workspace: Workspace, reply_id: int) -> Talk | None:
    conversation = workspace.conversations.of_reply(reply_id)
    return (conversation, workspace.attachments.of_conversation(conversation.id)) if conversation else None


class FigureDelegate(QStyledItemDelegate):
    """A number with a small bar under it, coloured by how good it is."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the usual cell, then the bar."""
        super().paint(painter, option, index)
        value = index.data(VALUE_ROLE)
        if value is None:
            return
        color = tokens().color
        rect: QRectF = QRectF(option.rect)
        width = tokens().px(44)
        track = QRectF(rect.right() - width - SPACE.sm, rect.bottom() - 6, width, 3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color.border))
        painter.drawRoundedRect(track, 1.5, 1.5)
        track.setWidth(max(2.0, width * value))
        kind = meaning(value) if index.column() == CONFIDENCE else level_meaning(round(2 * value), 3)
        painter.setBrush(QColor(getattr(color, f"{kind}_fill")))
        painter.drawRoundedRect(track, 1.5, 1.5)
        painter.restore()


def _table(model: ReplyTableModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(tokens().px(34))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    for section, width in _WIDTHS.items():
        table.setColumnWidth(section, tokens().px(width))
    header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
    delegate = FigureDelegate(table)
    for section in (FIGURE, CONFIDENCE, PEOPLE):
        table.setItemDelegateForColumn(section, delegate)
    letters_as_keys(table)
    return table
