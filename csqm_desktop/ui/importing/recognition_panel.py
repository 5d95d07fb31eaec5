"""What the file was recognised as, why, and the means to say otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from csqm_desktop.importers import base
from csqm_desktop.importers.charset import CHOICES
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.reading import Choices, SafePreview
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, column
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.status_chip import StatusChip
from csqm_desktop.ui.widgets.text import Label


class RecognitionPanel(Translatable, Section):
    """Format, encoding, time zone and order of day and month, each with its reason."""

    chosen = Signal(object)  # Choices

    def __init__(self) -> None:
        super().__init__()
        self._preview: SafePreview | None = None
        self.certainty = StatusChip("check-circle", "good")
        self.tools.addWidget(self.certainty)
        self.format = Combo()
        self.encoding = Combo()
        self.timezone = Combo()
        self.day_order = Combo()
        self.sheet = Combo()
        self._labels = {name: Label(role="muted") for name in ("format", "sheet", "encoding", "timezone", "day_order")}
        self._reasons = {name: Label(role="caption", wrap=True) for name in self._labels}
        self._cells: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.lg)
        grid.setVerticalSpacing(SPACE.xs)
        for place, name in enumerate(self._labels):
            combo: QWidget = getattr(self, name)
            cell = box(column(self._labels[name], combo, self._reasons[name], None, spacing=SPACE.xs))
            self._cells[name] = cell
            grid.addWidget(cell, 0, place)
            grid.setColumnStretch(place, 1)
        self._grid = grid
        self.body.addLayout(grid)
        self.format.picked.connect(lambda value: self._choose(format=str(value), mapping=None))
        self.sheet.picked.connect(lambda value: self._choose(sheet=value, mapping=None))
        self.encoding.picked.connect(lambda value: self._choose(encoding=value))
        self.timezone.picked.connect(lambda value: self._choose(timezone=value))
        self.day_order.picked.connect(self._choose_day_order)
        self.retranslate()

    def show_preview(self, preview: SafePreview) -> None:
        """Show what a file is."""
        self._preview = preview
        self.retranslate()

    def _choose(self, **values: object) -> None:
        if self._preview is not None:
            self.chosen.emit(replace(self._preview.choices, **values))  # type: ignore[arg-type]

    def _choose_day_order(self, value: object) -> None:
        if self._preview is None:
            return
        mapping = self._preview.choices.mapping or ColumnMapping()
        self._choose(mapping=replace(mapping, day_first=cast("bool | None", value)))

    # -- texts

    def retranslate(self) -> None:
        """All texts and choices."""
        self.set_texts(self.tr("What this file is"))
        names = {
            "format": self.tr("Format"),
            "sheet": self.tr("Sheet"),
            "encoding": self.tr("Encoding"),
            "timezone": self.tr("Time zone"),
            "day_order": self.tr("Dates like 03/04"),
        }
        for name, text in names.items():
            self._labels[name].setText(text)
            combo: Combo = getattr(self, name)
            combo.setAccessibleName(text)
        self._fill_choices()
        if self._preview is not None:
            self._show(self._preview, self._preview.recognition)

    def _fill_choices(self) -> None:
        automatic = self.tr("Automatic")
        self.format.set_choices((name, words.word(words.FORMATS, name)) for name in (base.AUTO, *base.format_names()))
        self.encoding.set_choices([(None, automatic), *((name, words.encoding_name(name)) for name in CHOICES)])
        self.timezone.set_choices([(None, self.tr("This computer's")), *((name, name) for name in words.TIMEZONES)])
        self.day_order.set_choices(
            [(None, automatic), (True, self.tr("3 April: day first")), (False, self.tr("March 4: month first"))]
        )

    def _show(self, preview: SafePreview, found: base.Recognition) -> None:
        choices: Choices = preview.choices
        self.format.set_value(choices.format)
        self.encoding.set_value(choices.encoding)
        together = self.tr("{sheet} and all with its columns").format(sheet=found.sheet)
        self.sheet.set_choices([(None, together), *((name, name) for name in found.sheets)])
        self.sheet.set_value(choices.sheet)
        several = len(found.sheets) > 1
        self._cells["sheet"].setVisible(several)
        self._grid.setColumnStretch(1, int(several))
        self._reasons["sheet"].setText(self.tr("%n sheet(s) in this workbook", "", len(found.sheets)))
        self.timezone.set_value(choices.timezone)
        self.day_order.set_value(choices.mapping.day_first if choices.mapping else None)
        self.encoding.setEnabled(bool(found.encoding))
        self._reasons["format"].setText(
            self.tr("{format}: {reason}").format(
                format=words.word(words.FORMATS, found.format), reason=words.word(words.REASONS, found.reason)
            )
        )
        self._reasons["encoding"].setText(self._encoding_reason(found))
        self._reasons["encoding"].set_tone("" if found.encoding_sure else "bad")
        self._reasons["timezone"].setText(self._time_reason(found))
        self._reasons["day_order"].setText(self._day_order_reason(found))
        self._show_certainty(found)

    def _encoding_reason(self, found: base.Recognition) -> str:
        if not found.encoding:
            return self.tr("This format has none to choose")
        name = words.encoding_name(found.encoding)
        if not found.encoding_sure:
            return self.tr("Perhaps {name}. Choose one in which the preview reads well.").format(name=name)
        reason = words.word(words.ENCODING_REASONS, found.encoding_reason)
        return self.tr("{name}: {reason}").format(name=name, reason=reason)

    def _time_reason(self, found: base.Recognition) -> str:
        if found.undated:
            return self.tr("This file has no times: they are made up and only keep the order")
        return self.tr("For times without an offset")

    def _day_order_reason(self, found: base.Recognition) -> str:
        if found.mapping.day_first is None:
            return self.tr("Not needed for this file")
        return self.tr("Read with the day first") if found.mapping.day_first else self.tr("Read with the month first")

    def _show_certainty(self, found: base.Recognition) -> None:
        if found.missing or not found.encoding_sure:
            self.certainty.set_icon("warning")
            self.certainty.set_tone("bad")
            self.certainty.set_text(self.tr("Needs your help"))
        elif found.confidence >= 0.8:
            self.certainty.set_icon("check-circle")
            self.certainty.set_tone("good")
            self.certainty.set_text(self.tr("Recognised ({share})").format(share=f"{found.confidence:.0%}"))
        else:
            self.certainty.set_icon("question")
            self.certainty.set_tone("ok")
            self.certainty.set_text(self.tr("Please check ({share})").format(share=f"{found.confidence:.0%}"))
