"""The chart with its controls: what it shows, how fine, whose figures, its legend, and the way out to a file."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QMenu, QVBoxLayout, QWidget

from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.chart_look import LOOKS, Swatch
from csqm_desktop.ui.dashboard.figures import Figures, Question
from csqm_desktop.ui.dashboard.flow import ChipButton, FlowLayout
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, clear, row
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.text import IconLabel, Label

if TYPE_CHECKING:
    from csqm_desktop.ui.dashboard.trend_chart import TrendChart

_CHART = "csqm_desktop.ui.dashboard.trend_chart"
_OVERALL = ""


class ChartSection(Translatable, Section):
    """Shows ``Figures``. ``asked`` gives another question, ``picked`` a point whose replies are wanted."""

    asked = Signal(object)  # Question
    picked = Signal(object)  # Point
    ready = Signal()  # the chart has been built

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self._figures: Figures | None = None
        self._scorecard: Scorecard | None = None
        self.chart: TrendChart | None = None
        self.source = Segmented(("model", "people"))
        self.by = Segmented(("day", "week", "month"), "week")
        self.reset = Button("", "ghost", "undo", self._reset)
        self.reset.hide()
        self.export = Button("", "plain", "export")
        self.menu = QMenu(self.export)
        self.export.setMenu(self.menu)
        self._actions = {kind: self.menu.addAction("") for kind in ("csv", "share", "png", "svg", "copy")}
        for kind, action in self._actions.items():
            action.triggered.connect(lambda _=False, k=kind: self.export_as(k))
        for tool in (self.reset, self.source, self.by, self.export):
            self.tools.addWidget(tool)
        self.source.chosen.connect(lambda value: self._ask(source=value))
        self.by.chosen.connect(lambda value: self._ask(by=value))
        self._group = QButtonGroup(self)
        self.criteria: dict[str, ChipButton] = {}
        self._chips = FlowLayout()
        self._legend = _Legend()
        self._place = QVBoxLayout()
        self.origin_icon = IconLabel("info", "accent_text", 16)
        self.origin = Label(role="caption", wrap=True)
        origin = row(spacing=SPACE.sm)
        origin.addWidget(self.origin_icon, 0, Qt.AlignmentFlag.AlignTop)
        origin.addWidget(self.origin, 1)
        for layout in (self._chips, self._place, row(self._legend, None), origin):
            self.body.addLayout(layout)
        context.theme.changed.connect(self._look_changed)
        self.retranslate()

    # -- the chart itself: its library takes half a second to load, so that happens in the background

    def load(self) -> None:
        """Build the chart when it is first needed."""
        if self.chart is None:
            self._context.runner.query(lambda: importlib.import_module(_CHART), self._build, owner=self)

    def _build(self, module: object) -> None:
        if self.chart is not None:
            return
        self.chart = module.TrendChart()  # type: ignore[attr-defined]
        self.chart.setFixedHeight(tokens().px(290))
        self.chart.picked.connect(self.picked.emit)
        self.chart.zoomed.connect(self.reset.setVisible)
        self._place.addWidget(self.chart)
        self.chart.setAccessibleName(self.tr("Quality over time; arrow keys walk along the points"))
        self._show_chart()
        self.ready.emit()

    def _look_changed(self) -> None:
        if self.chart is not None:
            self.chart.setFixedHeight(tokens().px(290))
            self.chart.redraw()

    def _reset(self) -> None:
        if self.chart is not None:
            self.chart.reset_view()

    # -- content

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self._figures = figures
        self.source.set_value(figures.question.source)
        self.by.set_value(figures.question.by)
        if figures.scorecard != self._scorecard:
            self._scorecard = figures.scorecard
            self._make_chips()
        self.criteria[figures.question.criterion or _OVERALL].setChecked(True)
        self._show_chart()
        self._legend.retranslate_for(self._context.settings.small_sample)
        self._say()

    def _show_chart(self) -> None:
        if self.chart is not None and self._figures is not None:
            figures = self._figures
            self.chart.show_points(figures.points, figures.marks, figures.question.by)

    def _make_chips(self) -> None:
        clear(self._chips)
        self.criteria = {}
        assert self._scorecard is not None
        for key in (_OVERALL, *(c.key for c in self._scorecard.criteria)):
            chip = ChipButton()
            chip.clicked.connect(lambda _=False, k=key: self._ask(criterion=k or None))
            self._group.addButton(chip)
            self.criteria[key] = chip
            self._chips.addWidget(chip)

    def _ask(self, **values: object) -> None:
        if self._figures is not None:
            question = self._figures.question
            self.asked.emit(Question(**{**vars(question), **values}))

    def retranslate(self) -> None:
        """Set every text."""
        self.source.set_texts(
            {"model": self.tr("Model's scores"), "people": self.tr("People's reviews")}, self.tr("Whose figures")
        )
        self.by.set_texts(
            {"day": self.tr("Day"), "week": self.tr("Week"), "month": self.tr("Month")}, self.tr("One point for each")
        )
        self.reset.setText(self.tr("Show all"))
        self.reset.setToolTip(self.tr("Show the whole time again (Esc)"))
        self.export.setText(self.tr("Export"))
        texts = {
            "csv": self.tr("Figures as CSV…"),
            "share": self.tr("Figures for sharing, with noise…"),
            "png": self.tr("Picture as PNG…"),
            "svg": self.tr("Drawing as SVG…"),
            "copy": self.tr("Copy picture"),
        }
        for kind, text in texts.items():
            self._actions[kind].setText(text)
        self._legend.retranslate_for(self._context.settings.small_sample)
        self.set_texts(self.tr("Quality over time"))
        self._say()
        if self.chart is not None:
            self.chart.setAccessibleName(self.tr("Quality over time; arrow keys walk along the points"))
            self.chart.redraw()

    def _say(self) -> None:
        """Set the texts that follow from the figures."""
        self._name_chips()
        if self._figures is not None:
            note, tone = words.origin_note(self._figures)
            self.origin.setText(note)
            sure = tone == "accent"
            self.origin_icon.set_icon("info" if sure else "question", "accent_text" if sure else tone)

    def _name_chips(self) -> None:
        if self._scorecard is None:
            return
        for key, chip in self.criteria.items():
            if key == _OVERALL:
                chip.setText(self.tr("Reply score"))
            else:
                chip.setText(self._context.translations.text(self._scorecard.criterion(key).name))

    # -- export

    def export_as(self, kind: str) -> None:
        """Write the chart to a file that a person names, or copy it."""
        if self.chart is None or self._figures is None:
            return
        if kind == "copy":
            QGuiApplication.clipboard().setImage(self.chart.image())
            self._context.notices.toast(self.tr("The chart is in the clipboard."), "good")
            return
        if kind == "share":
            from csqm_desktop.ui.dashboard.share_dialog import ShareDialog

            ShareDialog(self._context, self._figures.question, self.window()).exec()
            return
        folder = self._context.open_workspace.exports
        name = f"trend-{self._figures.question.criterion or 'overall'}.{kind}"
        path, _ = QFileDialog.getSaveFileName(
            self, self.export.text(), str(folder / name), f"{kind.upper()} (*.{kind})"
        )
        if path:
            self._write(kind, Path(path))

    def _write(self, kind: str, path: Path) -> None:
        from csqm_desktop.ui.dashboard import export

        assert self.chart is not None
        assert self._figures is not None
        try:
            if kind == "csv":
                export.write_csv(path, self._figures.points, self._figures.question)
            elif kind == "png":
                export.write_png(path, self.chart)
            else:
                export.write_svg(path, self.chart)
        except CsqmError as error:
            self._context.notices.error(error)
            return
        self._context.notices.toast(self.tr("Saved as {path}").format(path=path), "good")


class _Legend(QWidget):
    """What the signs of the chart mean."""

    def __init__(self) -> None:
        super().__init__()
        self._labels = {kind: Label(role="caption") for kind in (*LOOKS, "band", "hollow", "mark")}
        layout = row(spacing=SPACE.lg)
        for kind, label in self._labels.items():
            layout.addWidget(box(row(Swatch(kind), label, spacing=SPACE.xs)))
        self.setLayout(layout)

    def retranslate_for(self, small: int) -> None:
        """Set the texts."""
        texts = {
            "band": self.tr("95% interval"),
            "hollow": self.tr("hollow: fewer than {n} replies").format(n=small),
            "mark": self.tr("▼ bot release, ★ model change"),
        }
        for kind, label in self._labels.items():
            label.setText(words.role_name(kind) if kind in LOOKS else texts[kind])
