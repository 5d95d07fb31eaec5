"""One criterion of a version in detail: how honest its confidence is, each level, each part of the holdout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from csqm_desktop.domain.scorecard import Criterion
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.reading import FEWEST_IN_BIN, CriterionMetrics, merged_bins
from csqm_desktop.ui.training.reliability_chart import ReliabilityChart
from csqm_desktop.ui.translations import Translatable, sentences
from csqm_desktop.ui.widgets.layouts import clear, column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import Label


class CriterionDetails(Translatable, QWidget):
    """A choice of criteria, and what there is about the chosen one."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._metrics: dict[str, CriterionMetrics] = {}
        self._criteria: dict[str, Criterion] = {}
        self.title = Label(role="strong")
        self.criterion = Combo()
        self.criterion.picked.connect(lambda _value: self._show())
        self.chart = ReliabilityChart()
        self._chart_title, self._chart_text = Label(role="overline"), Label(role="caption", wrap=True)
        self._levels, self._slices = _grid(), _grid()
        left = column(self._chart_title, self.chart, self._chart_text, None, spacing=SPACE.xs)
        right = column(self._levels, SPACE.md, self._slices, None, spacing=SPACE.xs)
        layout = row(spacing=SPACE.xxl)
        layout.addLayout(left, 2)
        layout.addLayout(right, 3)
        self.setLayout(column(row(self.title, self.criterion, None), layout, spacing=SPACE.md))
        self.retranslate()

    def show_metrics(self, metrics: Sequence[CriterionMetrics], criteria: Mapping[str, Criterion]) -> None:
        """Show another version."""
        self._metrics = {m.key: m for m in metrics}
        self._criteria = dict(criteria)
        self.setVisible(bool(metrics))
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        text = self._context.translations.text
        names = {key: text(self._criteria[key].name) if key in self._criteria else key for key in self._metrics}
        self.criterion.set_choices(names.items())
        self.criterion.setAccessibleName(self.tr("Criterion"))
        self.title.setText(self.tr("A closer look at"))
        self._chart_title.setText(self.tr("How honest is its confidence?"))
        line = self.tr("On the dashed line, 80% sure means right 8 times of 10. Below it, the model is too sure.")
        numbers = self.tr("The numbers count replies; fewer than {n} are put together with their neighbours.")
        self._chart_text.setText(sentences(line, numbers.format(n=FEWEST_IN_BIN)))
        self._show()

    def _show(self) -> None:
        found = self._metrics.get(str(self.criterion.value))
        if found is None:
            return
        self.chart.show_bins(
            merged_bins(found.reliability), self.tr("how sure it is"), self.tr("how often it is right")
        )
        self._show_levels(found)
        self._show_slices(found)

    def _show_levels(self, found: CriterionMetrics) -> None:
        clear(self._levels)
        if not found.classes:
            return
        heads = (self.tr("Level"), self.tr("Replies"), self.tr("Precision"), self.tr("Recall"), self.tr("F1"))
        criterion = self._criteria.get(found.key)
        names = (
            {level.key: self._context.translations.text(level.name) for level in criterion.levels} if criterion else {}
        )
        rows = [
            (
                names.get(key, key),
                f"{figures['support']:.0f}",
                *(f"{figures[name]:.2f}" for name in ("precision", "recall", "f1")),
            )
            for key, figures in zip(found.levels, found.classes, strict=False)
        ]
        _fill(self._levels, heads, rows)

    def _show_slices(self, found: CriterionMetrics) -> None:
        clear(self._slices)
        rows = [
            (
                f"{words.dimension_name(dimension)}: {words.part_name(dimension, value)}",
                f"{figures['n']:.0f}",
                f"{figures['accuracy']:.2f}",
                f"{figures['macro_f1']:.2f}",
            )
            for dimension, values in found.slices.items()
            for value, figures in values.items()
        ]
        if rows:
            _fill(self._slices, (self.tr("Part"), self.tr("Replies"), self.tr("Accuracy"), self.tr("Macro F1")), rows)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE.xl)
    grid.setVerticalSpacing(SPACE.xs)
    return grid


def _fill(grid: QGridLayout, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for number, cells in enumerate((heads, *rows)):
        for place, text in enumerate(cells):
            side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
            grid.addWidget(Label(text, "overline" if number == 0 else "body"), number, place, side)
    grid.setColumnStretch(len(heads), 1)
