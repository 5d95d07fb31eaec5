"""Which replies the dashboard is about: a chip for each field, with the counts in its list, and one for the days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from csqm_desktop.analytics.trends import date_of
from csqm_desktop.domain.signals import NAMES as SIGNAL_NAMES
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.figures import FIELDS, Question
from csqm_desktop.ui.dashboard.flow import ChipButton, FlowLayout
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

_ALL = "\0all"
_SEARCH_FROM = 9  # values from which a search box is worth its place


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of the data, as days since 1970-01-01."""

    first: int
    last: int


class FilterBar(Translatable, QWidget):
    """A row of chips. ``changed`` gives the new question; ``wanted`` asks for the values of a field."""

    changed = Signal(object)  # Question
    wanted = Signal(str)  # a field; answer with ``offer``

    def __init__(self) -> None:
        super().__init__()
        self._question = Question()
        self._days: Days | None = None
        self._popup: ValuePopup | DatePopup | None = None
        self.chips = {name: ChipButton() for name in FIELDS}
        self.dates = ChipButton()
        self.more = ChipButton()
        self._all_shown = False
        self.clear = Button("", "link", "x", self._clear)
        self.matching = Label(role="caption")
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, n=name: self._pressed(n))
        self.dates.clicked.connect(self._dates_pressed)
        self.more.clicked.connect(self._more_pressed)
        chips = row(spacing=SPACE.md)
        chips.addLayout(FlowLayout(self.dates, *self.chips.values(), self.more, self.clear), 1)
        chips.addWidget(self.matching, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(chips)
        self.retranslate()

    def show_question(self, question: Question, days: Days | None, matching: str) -> None:
        """Show what is asked now, and how many replies that is."""
        self._question, self._days = question, days
        self.matching.setText(matching)
        self.retranslate()

    def retranslate(self) -> None:
        """Set what the chips say."""
        equal = self._question.filters.equal
        about, days = self.tr("Filter"), self.tr("Days")
        for name, chip in self.chips.items():
            title = words.field_name(name)
            value = equal.get(name)
            chip.setChecked(value is not None)
            chip.setText(f"{title}: {words.value_name(name, value)}" if value is not None else f"{title} ▾")
            chip.setAccessibleName(f"{about}: {chip.text().removesuffix(' ▾')}")
            chip.setVisible(self._all_shown or name not in SIGNAL_NAMES or value is not None)
        self.more.setChecked(False)
        self.more.setText(self.tr("Fewer filters") if self._all_shown else self.tr("More filters"))
        self.dates.setChecked(self._question.filters.first_day is not None)
        self.dates.setText(self._date_text())
        self.dates.setAccessibleName(f"{days}: {self._date_text().removesuffix(' ▾')}")
        self.clear.setText(self.tr("Clear filters"))
        self.clear.setVisible(bool(equal) or self._question.filters.first_day is not None)

    def _date_text(self) -> str:
        first, last = self._question.filters.first_day, self._question.filters.last_day
        if first is None or last is None:
            return self.tr("All days") + " ▾"
        return words.period(date_of(first), date_of(last))

    def offer(self, name: str, values: list[tuple[str, int]]) -> None:
        """Open the list of a field's values."""
        popup = ValuePopup(self, name, values, self._question.filters.equal.get(name))
        popup.picked.connect(lambda value: self._set(name, value))
        self._open(popup, self.chips[name])

    def _pressed(self, name: str) -> None:
        self.retranslate()  # the click itself must not change the chip
        self.wanted.emit(name)

    def _more_pressed(self) -> None:
        self._all_shown = not self._all_shown
        self.retranslate()

    def _dates_pressed(self) -> None:
        self.retranslate()
        if self._days is None:
            return
        popup = DatePopup(self, self._days, self._question)
        popup.picked.connect(self._set_days)
        self._open(popup, self.dates)

    def _open(self, popup: ValuePopup | DatePopup, chip: QPushButton) -> None:
        self._popup = popup
        popup.destroyed.connect(lambda: self._forget(popup))
        popup.adjustSize()
        popup.move(chip.mapToGlobal(QPoint(0, chip.height() + SPACE.xs)))
        popup.show()
        popup.start()

    def _forget(self, popup: ValuePopup | DatePopup) -> None:
        if self._popup is popup:
            self._popup = None

    @property
    def popup(self) -> ValuePopup | DatePopup | None:
        """The list that is open."""
        return self._popup

    def _set(self, name: str, value: object) -> None:
        self.changed.emit(self._question.with_filter(name, None if value == _ALL else str(value)))

    def _set_days(self, chosen: tuple[int | None, int | None]) -> None:
        self.changed.emit(self._question.with_days(*chosen))

    def _clear(self) -> None:
        question = self._question.with_days(None, None)
        for name in FIELDS:
            question = question.with_filter(name, None)
        self.changed.emit(question)


class _Popup(QFrame):
    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", "raised")

    def start(self) -> None:
        """Put the focus where typing goes."""

    def _pick(self, value: object) -> None:
        self.close()
        self.picked.emit(value)


class ValuePopup(_Popup):
    """The values of a field with their counts; typing finds."""

    def __init__(self, parent: QWidget, name: str, values: list[tuple[str, int]], chosen: str | None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setVisible(len(values) >= _SEARCH_FROM)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(words.field_name(name))
        self._add(_ALL, self.tr("All"))
        for value, count in values:
            shown = words.value_name(name, value)
            self._add(value, f"{shown}    {words.number(count)}" if count else shown)
        self._mark(_ALL if chosen is None else chosen)
        height = min(len(values) + 1, 11) * tokens().px(28) + SPACE.sm
        self.list.setFixedSize(QSize(tokens().px(260), height))
        self.list.itemClicked.connect(lambda item: self._pick(item.data(Qt.ItemDataRole.UserRole)))
        self.list.itemActivated.connect(lambda item: self._pick(item.data(Qt.ItemDataRole.UserRole)))
        self.setLayout(column(self.search, self.list, spacing=SPACE.xs, margins=SPACE.sm))

    def _add(self, value: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setSizeHint(QSize(0, tokens().px(28)))
        self.list.addItem(item)

    def _mark(self, value: str) -> None:
        for index in range(self.list.count()):
            if self.list.item(index).data(Qt.ItemDataRole.UserRole) == value:
                self.list.setCurrentRow(index)

    def start(self) -> None:
        """Typing goes to the search box where there is one."""
        (self.search if self.search.isVisible() else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def _filter(self, text: str) -> None:
        found = None
        for index in range(self.list.count()):
            item = self.list.item(index)
            hidden = text.strip().casefold() not in item.text().casefold()
            item.setHidden(hidden)
            if not hidden and found is None:
                found = index
        if found is not None:
            self.list.setCurrentRow(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search box move and pick in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.list.keyPressEvent(event)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
                self._pick(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
                return True
        return super().eventFilter(watched, event)


class DatePopup(_Popup):
    """Some usual spans, counted back from the newest reply, and two dates of one's own."""

    def __init__(self, parent: QWidget, days: Days, question: Question) -> None:
        super().__init__(parent)
        spans = {
            self.tr("All days"): None,
            self.tr("Last 7 days"): 7,
            self.tr("Last 4 weeks"): 28,
            self.tr("Last 12 weeks"): 84,
            self.tr("Last 12 months"): 365,
        }
        self.spans: list[Button] = []
        for text, length in spans.items():
            value = (None, None) if length is None else (max(days.first, days.last - length + 1), days.last)
            self.spans.append(Button(text, "ghost", "", self._picker(value)))
        self.first = self._edit(question.filters.first_day or days.first, self.tr("First day"))
        self.last = self._edit(question.filters.last_day or days.last, self.tr("Last day"))
        self.use = Button(self.tr("Show these days"), "primary", "", self._use)
        self.setLayout(
            column(
                *self.spans,
                row(self.first, Label("–"), self.last),
                self.use,
                spacing=SPACE.xs,
                margins=SPACE.md,
            )
        )

    def _picker(self, value: object) -> Callable[[], object]:
        return lambda: self._pick(value)

    def _edit(self, day: int, name: str) -> QDateEdit:
        moment = date_of(day)
        edit = QDateEdit(QDate(moment.year, moment.month, moment.day))
        edit.setAccessibleName(name)
        edit.setToolTip(name)
        return edit

    def start(self) -> None:
        """The first span has the focus."""
        self.spans[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _use(self) -> None:
        first, last = sorted(edit.date() for edit in (self.first, self.last))
        epoch = QDate(1970, 1, 1)
        self._pick((epoch.daysTo(first), epoch.daysTo(last)))
