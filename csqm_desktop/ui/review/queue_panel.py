"""The left column: which list is worked through, how it is ordered, and its replies."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QListView, QMenu, QSizePolicy, QWidget

from csqm_desktop import selection
from csqm_desktop.domain.review import Verdict
from csqm_desktop.ui import icons
from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.fonts import font
from csqm_desktop.ui.review.queue_list import QueueListModel, QueueRowDelegate
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.review.text_boxes import LineBox
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.translations import Translatable, Translations, core_text
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import box, column, line, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

_SHOWN_WORDS = 14
KINDS: tuple[Verdict | None, ...] = (None, Verdict.LATER, Verdict.FLAGGED, Verdict.SKIPPED, Verdict.SCORED)


class QueuePanel(Translatable, QWidget):
    """Lists with counts, the order in words, a filter, the rows."""

    list_chosen = Signal(object)  # Verdict, or None for the replies to review
    row_chosen = Signal(int)  # place on the trail
    search_asked = Signal(str)  # look for these words in all messages
    strategy_chosen = Signal(str)  # a key of selection.STRATEGIES

    def __init__(self, translations: Translations, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._translations = translations
        self._shortcuts = shortcuts
        self._session: Session | None = None
        self._strategy = selection.DEFAULT
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = {kind: ListTab("inbox" if kind is None else words.VERDICT_ICONS[kind]) for kind in KINDS}
        for kind, tab in self.tabs.items():
            tab.clicked.connect(lambda _=False, k=kind: self.list_chosen.emit(k))
        self.order = Label(role="caption", wrap=True)
        self.choose = Button("", "ghost", "chevron-down")
        self.menu = QMenu(self.choose)
        self.menu.setToolTipsVisible(True)
        self.choose.setMenu(self.menu)
        self.choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._actions = {name: self._action(name) for name in selection.STRATEGIES}
        self.filter = LineBox()
        self.filter.setClearButtonEnabled(True)
        self.search_button = Button("", "link", "search", self._search)
        self.search_button.hide()
        self.model = QueueListModel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(QueueRowDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        letters_as_keys(self.view)
        tabs = box(column(*self.tabs.values(), spacing=SPACE.hair, margins=(SPACE.sm, SPACE.sm)))
        heads = (self.choose, self.order, self.filter, self.search_button)
        note = box(column(*heads, spacing=SPACE.sm, margins=(SPACE.md, SPACE.sm)))
        self.pace = Label(role="caption")
        foot = box(
            row(IconLabel("gauge", "text_muted", 14), self.pace, None, spacing=SPACE.xs, margins=(SPACE.md, SPACE.sm))
        )
        self.setLayout(column(tabs, line(), note, self.view, line(), foot, spacing=0))
        self.filter.textChanged.connect(self._filter)
        self.filter.done.connect(self._take_first)
        self.view.clicked.connect(self._clicked)
        shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def _action(self, name: str) -> QAction:
        action = self.menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda _=False: self.strategy_chosen.emit(name))
        return action

    def show_strategy(self, name: str) -> None:
        """Say by which strategy the queue is ordered."""
        self._strategy = name if name in selection.STRATEGIES else selection.DEFAULT
        for key, action in self._actions.items():
            action.setChecked(key == self._strategy)
        self._show_order()

    def retranslate(self) -> None:
        """Names in the language in use."""
        self.setAccessibleName(self.tr("Queue"))
        for name, action in self._actions.items():
            action.setText(core_text("selection", selection.NAMES[name]))
            action.setToolTip(core_text("selection", selection.LINES[name]))
        self.view.setAccessibleName(self.tr("Replies in this list"))
        self.tabs[None].set_text(self.tr("To review"))
        for kind, tab in self.tabs.items():
            if kind is not None:
                tab.set_text(words.verdict_name(kind))
        key = self._shortcuts.shown("review.search")
        self.filter.setPlaceholderText(self.tr("Filter this list  {key}").format(key=key))
        self.filter.setAccessibleName(self.tr("Filter this list"))
        self._show_order()
        self.refresh()

    def show_session(self, session: Session | None) -> None:
        """Follow a session."""
        self._session = session
        if session is not None:
            session.trail_changed.connect(self.refresh)
            session.overview_changed.connect(self.refresh_counts)
        self.refresh()
        self.refresh_counts()

    def refresh(self) -> None:
        """Show the trail as it is now, with the reply in hand in view."""
        session = self._session
        if session is None:
            return
        names = {c.key: self._translations.text(c.name) for c in session.card.criteria}
        self.model.show_trail(session.trail, session.item is not None, names)
        for kind, tab in self.tabs.items():
            tab.setChecked(kind == session.kind and not session.looked_for)
        self._show_order()
        self._show_pace()
        at = self.model.row_of_current()
        if at >= 0:
            self.view.scrollTo(self.model.index(max(0, at - 1)), QListView.ScrollHint.PositionAtTop)

    def refresh_counts(self) -> None:
        """Show how many replies each list has."""
        overview = self._session.overview if self._session else None
        for kind, tab in self.tabs.items():
            if overview is not None:
                tab.set_count(overview.pending if kind is None else overview.filed[kind])

    def _show_pace(self) -> None:
        session = self._session
        if session is None:
            return
        done = self.tr("%n decided in this session", "", session.pace.done)
        typical = session.pace.typical
        pace = self.tr("about {seconds} s each").format(seconds=f"{typical:.0f}") if typical is not None else ""
        self.pace.setText(" · ".join(part for part in (done, pace) if part))

    def _show_order(self) -> None:
        session = self._session
        name = core_text("selection", selection.NAMES[self._strategy])
        self.choose.setText(name)
        self.choose.setAccessibleName(self.tr("Order of the queue: {name}").format(name=name))
        if session is None:
            return
        in_order = session.kind is None and session.active is not None and not session.looked_for
        self.choose.setVisible(in_order)
        if session.looked_for:
            found = self.tr("Found for “{words}”: replies with these words, and answers to messages with them.")
            self.order.setText(found.format(words=session.looked_for))
        elif session.kind is not None:
            self.order.setText(self.tr("Your own, newest first."))
        elif session.active is None:
            self.order.setText(self.tr("No model yet: every kind of reply once, each conversation before any twice."))
        else:
            self.order.setText(core_text("selection", selection.LINES[self._strategy]))

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        words = text.strip()
        self.search_button.setVisible(bool(words))
        shown = words if len(words) <= _SHOWN_WORDS else words[: _SHOWN_WORDS - 1] + "…"
        self.search_button.setText(self.tr("Search all messages for “{words}”").format(words=shown))

    def _take_first(self) -> None:
        if self.filter.text().strip() and self.model.rowCount():
            self.row_chosen.emit(self.model.place(0))
        else:
            self._search()

    def _search(self) -> None:
        words = self.filter.text().strip()
        if words:
            self.filter.clear()  # what was found need not hold the words itself
            self.search_asked.emit(words)

    def _clicked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self.model.place(index.row()))


class ListTab(QAbstractButton):
    """The name of a list, with its count."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._count: int | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """What the list is called."""
        self.setText(text)
        self._name()

    def set_count(self, count: int) -> None:
        """How many replies it has."""
        self._count = count
        self._name()
        self.update()

    @property
    def count(self) -> int | None:
        """How many replies it has; None until they are counted."""
        return self._count

    def _name(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()}: {self._count}")

    def nextCheckState(self) -> None:
        """The panel decides which list is on."""

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(120, tokens().px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name and count."""
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(color.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color.accent_soft if on else color.hover))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS.md, RADIUS.md)
        size = tokens().px(16)
        role = "accent_text" if on else "text_muted"
        top = (self.height() - size) // 2
        painter.drawPixmap(SPACE.sm, top, icons.pixmap(self._icon, role, size, self.devicePixelRatioF()))
        painter.setFont(font("body", bold=on))
        painter.setPen(QColor(color.accent_text if on else color.text))
        area = QRect(SPACE.sm + size + SPACE.sm, 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._count is not None:
            painter.setFont(font("caption", bold=on))
            painter.setPen(QColor(color.accent_text if on else color.text_muted))
            area = self.rect().adjusted(0, 0, -SPACE.md, 0)
            text = self.locale().toString(self._count)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
