"""The card of a version: what it was made of, how good it is by criterion, how honest its confidence is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from csqm_desktop.registry.versions import Card
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.criterion_details import CriterionDetails
from csqm_desktop.ui.training.leakage_card import LeakageCard
from csqm_desktop.ui.training.reading import FIGURES, CriterionMetrics, TrainingState, metrics_of
from csqm_desktop.ui.translations import Translatable, listed
from csqm_desktop.ui.widgets.layouts import clear, column, row
from csqm_desktop.ui.widgets.text import Label

_KAPPA = 4  # its column


class CardSection(Translatable, QWidget):
    """Facts and reasons, a table of figures, a closer look at one criterion at a time."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._card: Card | None = None
        self._state: TrainingState | None = None
        self.title = Label(role="subtitle")
        self.facts = Label(role="muted", wrap=True)
        self._said = Label(role="overline")
        self.reasons = Label(wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.xl)
        self._grid.setVerticalSpacing(SPACE.sm)
        self._one_level_note = Label(role="caption", wrap=True)
        self._one_level_note.hide()
        self.details = CriterionDetails(context)
        self.leakage = LeakageCard()
        top = row(spacing=SPACE.xxl)
        top.addLayout(column(self._grid, self._one_level_note, None), 3)
        top.addLayout(column(self._said, self.reasons, None, spacing=SPACE.xs), 2)
        self.setLayout(
            column(
                column(self.title, self.facts, spacing=SPACE.xs),
                self.leakage,
                top,
                SPACE.xs,
                self.details,
                spacing=SPACE.md,
            )
        )

    def show_card(self, card: Card | None, state: TrainingState | None) -> None:
        """Show another version."""
        self._card, self._state = card, state
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        card, state = self._card, self._state
        if card is None or state is None:
            return
        self.title.setText(card.id)
        self.facts.setText(self._facts(card, state))
        sentences = words.reasons(card.gate.get("reasons", []), state.scorecard, self._context.translations)
        if card.is_starter:
            sentences = [
                self.tr(
                    "This is the starter: it learned from dialogues that ship with the app and has seen no verdict of "
                    "yours. Its scores are a first guess that shows where to begin reviewing."
                )
            ]
        self.reasons.setText("\n".join(f"• {s}" for s in sentences))
        self.reasons.setVisible(bool(sentences))
        self._said.setVisible(bool(sentences))
        self._said.setText(self.tr("About this version") if card.is_starter else self.tr("What the gate said"))
        order = [c.key for c in state.scorecard.criteria]
        metrics = sorted(metrics_of(card), key=lambda m: order.index(m.key) if m.key in order else len(order))
        self._fill_table(metrics, state)
        self.leakage.show_card(card, state.texts, self._names(state))
        self.details.show_metrics(metrics, {c.key: c for c in state.scorecard.criteria})

    def _facts(self, card: Card, state: TrainingState) -> str:
        facts = [
            self.tr("{method}, {n} labels").format(method=words.method_name(card.method), n=card.label_count),
            words.moment(card.created_at),
        ]
        if card.parent:
            facts.append(self.tr("continues {version}").format(version=card.parent))
        facts.append(self.tr("seed {n}").format(n=card.seed))
        size = sum(record.size for record in card.files.values())
        if size:
            facts.append(f"{size / 1e6:.1f} MB")
        return "\n".join(filter(None, (" · ".join(facts), self._tuning(card), self._weak(card, state))))

    def _tuning(self, card: Card) -> str:
        """What a fine-tune did: proof that the method acted, and what it cost."""
        found = card.tuning
        if not found:
            return ""
        facts = [
            self.tr("trained {n} weights, {share} of the model").format(
                n=f"{found['trainable']:,}", share=f"{found['share']:.2%}"
            ),
            self.tr("adds {size} MB to it").format(size=f"{found['delta_bytes'] / 1e6:.2f}"),
        ]
        if found.get("goes_on_from"):
            facts.append(
                self.tr("learned {fresh} new labels and repeated {old}").format(
                    fresh=found["fresh"], old=found["replayed"]
                )
            )
        if found.get("kept_from"):
            facts.append(self.tr("kept from {version}, under new heads").format(version=found["kept_from"]))
        ranks = found.get("ranks")
        if ranks:
            facts.append(
                self.tr("ranks {start} → {kept}, {least} to {most} for each part").format(
                    **{name: ranks[name] for name in ("start", "kept", "least", "most")}
                )
            )
        return " · ".join(facts)

    def _weak(self, card: Card, state: TrainingState) -> str:
        """How many guesses it learned from beside labels, by criterion and source."""
        found = card.weak
        if not found:
            return ""
        if not found["criteria"]:
            return self.tr("learned from no guesses: none were fit")
        names, sources = self._names(state), {"rules": self.tr("by rules"), "scores": self.tr("by scores")}
        said = "; ".join(
            f"{names.get(key, key)} " + ", ".join(f"{n} {sources.get(source, source)}" for source, n in counts.items())
            for key, counts in found["criteria"].items()
        )
        return self.tr("learned from guesses too, weight {w}: {counts} ({origins})").format(
            w=found["weight"], counts=said, origins=", ".join(found["origins"].values())
        )

    def _names(self, state: TrainingState) -> dict[str, str]:
        return {c.key: self._context.translations.text(c.name) for c in state.scorecard.criteria}

    def _fill_table(self, metrics: list[CriterionMetrics], state: TrainingState) -> None:
        clear(self._grid)
        self._one_level_note.hide()
        if not metrics:
            self._grid.addWidget(Label(self.tr("There are no figures of the holdout for this version."), "muted"), 0, 0)
            return
        titles = (
            (self.tr("Criterion"), ""),
            (self.tr("Replies"), self.tr("Replies of the holdout")),
            (self.tr("Accuracy"), self.tr("How often its level is the one people chose")),
            (self.tr("Macro F1"), self.tr("Precision and recall, every level counting the same")),
            (self.tr("Kappa"), self.tr("Agreement beyond chance; far misses count more (quadratic weights)")),
            (
                self.tr("ECE"),
                self.tr("How far its confidence is off on average; before → after calibration"),
            ),
        )
        for column_number, (title, tip) in enumerate(titles):
            label = Label(title, "overline")
            label.setToolTip(tip)
            self._put(label, 0, column_number)
        names = self._names(state)
        classes = {c.key for c in state.scorecard.criteria if not c.ordered}
        for number, found in enumerate(metrics, 1):
            figures = (_cell(found, name, found.key not in classes) for name in FIGURES)
            cells = [names.get(found.key, found.key), str(found.n), *figures]
            for column_number, text in enumerate(cells):
                label = Label(text, "strong" if column_number == 0 else "body")
                if found.one_level_only and column_number == _KAPPA:
                    label.setToolTip(self._one_level())
                self._put(label, number, column_number)
        only = [names.get(m.key, m.key) for m in metrics if m.one_level_only]
        self._one_level_note.setVisible(bool(only))
        note = self.tr("{criteria}: {why}").format(criteria=listed(only), why=self._one_level())
        self._one_level_note.setText(note)
        self._grid.setColumnStretch(len(titles), 1)

    def _one_level(self) -> str:
        return self.tr("all replies of the holdout have the same level, so agreement beyond chance cannot be told.")

    def _put(self, label: Label, row_number: int, column_number: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column_number == 0 else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, row_number, column_number, side)


def _cell(found: CriterionMetrics, name: str, ordered: bool = True) -> str:
    value = found.figures.get(name)
    if value is None or (name == "qwk" and (found.one_level_only or not ordered)):
        return "–"
    if name == "ece" and found.ece_before is not None:
        return f"{found.ece_before:.2f} → {value:.2f}"
    if name in found.intervals:
        low, high = found.intervals[name]
        return f"{value:.2f}  ({low:.2f}–{high:.2f})"
    return f"{value:.2f}"
