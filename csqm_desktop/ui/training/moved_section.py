"""What the active version says differently from the one before: parts that moved, replies that changed most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QGridLayout

from csqm_desktop.jobs.what_moved import DIMENSIONS, Moved, Mover, PartMove, what_moved
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review.plain_text import one_line
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import clear, column, row
from csqm_desktop.ui.widgets.text import ElidedLabel, Label

_PARTS = 4  # of each dimension
_REPLIES = 6
_SMALLEST = 0.005  # a change of a mean that shows as a number


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved, with the texts of the replies that changed most."""

    moved: Moved
    texts: Mapping[int, str]


def read_comparison(workspace: Workspace, version: str) -> Comparison | None:
    """Compare a version with the one that scored before it; None where there is nothing to compare."""
    moved = what_moved(workspace, version)
    if moved is None:
        return None
    texts = workspace.conversations.texts([m.reply_id for m in moved.movers[:_REPLIES]])
    return Comparison(moved, {number: one_line(text, 120) for number, (_conversation, text) in texts.items()})


class MovedSection(Translatable, Section):
    """Hidden until two versions have scored the same replies."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[str, int] | None = None
        self.comparison: Comparison | None = None
        self.crossed = Label(wrap=True)
        self._parts = row(spacing=SPACE.xxl)
        self.replies_title = Label(role="overline")
        self._replies = QGridLayout()
        self._replies.setHorizontalSpacing(SPACE.md)
        self._replies.setVerticalSpacing(SPACE.xs)
        self._replies.setColumnStretch(1, 1)
        self.buttons: list[Button] = []
        self.body.addWidget(self.crossed)
        self.body.addLayout(self._parts)
        self.body.addWidget(self.replies_title)
        self.body.addLayout(self._replies)
        self.hide()

    def look_at(self, version: str | None) -> None:
        """Compare a version, off the window's thread, unless that was done with as many scores already."""
        workspace = self._context.workspace
        if workspace is None or version is None:
            self._show(None)
            return
        number = workspace.scores.version_id(version)
        state = (version, workspace.scores.count(number) if number is not None else 0)
        if state == self._shown:
            return
        self._shown = state
        self._context.runner.query(
            partial(read_comparison, workspace, version), self._show, lambda _error: self._show(None), owner=self
        )

    def forget(self) -> None:
        """Another workspace."""
        self._shown = None
        self._show(None)

    def _show(self, comparison: Comparison | None) -> None:
        self.comparison = comparison
        self.setVisible(comparison is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        clear(self._parts)
        clear(self._replies)
        self.buttons = []
        if self.comparison is None:
            return
        moved = self.comparison.moved
        self.set_texts(
            self.tr("What moved"),
            self.tr("{after} compared with {before}, on {n} replies that both have scored.").format(
                after=moved.after, before=moved.before, n=f"{moved.compared:,}"
            ),
        )
        self.crossed.setText(
            self.tr("{up} replies pass now that did not; {down} do not pass any more.").format(
                up=f"{moved.now_passing:,}", down=f"{moved.now_failing:,}"
            )
        )
        for dimension in DIMENSIONS:
            self._add_parts(dimension, [part for part in moved.parts if part.dimension == dimension])
        self._parts.addStretch(1)
        self._add_replies(moved.movers[:_REPLIES])

    def _add_parts(self, dimension: str, parts: Sequence[PartMove]) -> None:
        parts = [part for part in parts if abs(part.after - part.before) >= _SMALLEST][:_PARTS]
        if not parts:
            return
        titles = {"topic": self.tr("Topics"), "channel": self.tr("Channels"), "week": self.tr("Weeks")}
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.md)
        grid.setVerticalSpacing(SPACE.hair)
        for number, part in enumerate(parts):
            step = Label(_step(part.before, part.after), "strong", tone="good" if part.after > part.before else "bad")
            means = Label(f"{100 * part.before:.0f} → {100 * part.after:.0f}", "caption")
            means.setToolTip(self.tr("Mean score of {n} replies").format(n=f"{part.replies:,}"))
            grid.addWidget(Label(_part_name(part)), number, 0)
            grid.addWidget(step, number, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(means, number, 2)
            grid.addWidget(Label(f"n {part.replies:,}", "caption"), number, 3)
        self._parts.addLayout(column(Label(titles[dimension], "overline"), grid, None, spacing=SPACE.xs))

    def _add_replies(self, movers: Sequence[Mover]) -> None:
        assert self.comparison is not None
        self.replies_title.setText(self.tr("Replies that changed most"))
        self.replies_title.setVisible(bool(movers))
        for number, mover in enumerate(movers):
            tone = "good" if mover.after > mover.before else "bad"
            figures = Label(f"{100 * mover.before:.0f} → {100 * mover.after:.0f}", "strong", tone=tone)
            text = self.comparison.texts.get(mover.reply_id, "")
            button = Button(self.tr("Open"), "link", "review", partial(self._open, mover.reply_id))
            button.setAccessibleName(self.tr("Open the reply: {text}").format(text=text))
            self.buttons.append(button)
            self._replies.addWidget(figures, number, 0)
            self._replies.addWidget(ElidedLabel(text), number, 1)
            self._replies.addWidget(button, number, 2)

    def _open(self, reply_id: int) -> None:
        self._context.navigate("review", reply_id)


def _step(before: float, after: float) -> str:
    return f"{100 * (after - before):+.0f}".replace("-", "−")


def _part_name(part: PartMove) -> str:
    """A week by its Monday in the language in use; the others are names already."""
    if part.dimension != "week":
        return one_line(part.part, 32)
    day = date.fromisoformat(part.part)
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
