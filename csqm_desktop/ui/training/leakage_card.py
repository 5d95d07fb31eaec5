"""The warning that the holdout holds replies that training has nearly seen, with examples and honest figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csqm_desktop.registry.versions import Card as VersionCard
from csqm_desktop.ui.training.reading import leaked_pairs
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.text import Label

_EXAMPLES = 3
_CHARS = 80


class LeakageCard(Translatable, Card):
    """Hidden while a version's holdout is clean."""

    def __init__(self) -> None:
        super().__init__(kind="ok")
        self.title = Label(role="strong", wrap=True)
        self.figures = Label(wrap=True)
        self.examples = Label(role="caption", wrap=True)
        for label in (self.title, self.figures, self.examples):
            self.body.addWidget(label)
        self._found: Mapping[str, Any] = {}
        self._pairs: list[tuple[str, str]] = []
        self._names: Mapping[str, str] = {}
        self.hide()

    def show_card(self, card: VersionCard, texts: Mapping[int, str], names: Mapping[str, str]) -> None:
        """Show what a version's card says; ``names`` holds the criteria's names by key."""
        self._found = dict(card.metrics.get("leakage") or {})
        self._pairs = [(texts.get(a, ""), texts.get(b, "")) for a, b in leaked_pairs(card)]
        self._names = names
        self.setVisible(bool(self._found.get("near")))
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        if not self._found.get("near"):
            return
        self.title.setText(
            self.tr("{n} of {all} replies of the holdout are nearly the same as one it learned from").format(
                n=self._found["near"], all=self._found["holdout"]
            )
        )
        lines = [self._line(key, figures) for key, figures in dict(self._found.get("criteria") or {}).items()]
        lines.append(
            self.tr("{n} stock phrases and greetings that were sent in other places are not counted.").format(
                n=self._found["templates"]
            )
        )
        self.figures.setText("\n".join(filter(None, lines)))
        shown = [(a[:_CHARS], b[:_CHARS]) for a, b in self._pairs if a and b][:_EXAMPLES]
        self.examples.setText("\n".join(f"“{a}”  ≈  “{b}”" for a, b in shown))
        self.examples.setVisible(bool(shown))

    def _line(self, key: str, figures: Mapping[str, Mapping[str, Any]]) -> str:
        whole, apart = figures["with"], figures["without"]
        if not whole["n"] or not apart["n"]:
            return ""
        return self.tr(
            "{criterion}: without them accuracy {accuracy} instead of {accuracy_before}, macro F1 {f1} instead of "
            "{f1_before}"
        ).format(
            criterion=self._names.get(key, key),
            accuracy=f"{apart['accuracy']:.2f}",
            accuracy_before=f"{whole['accuracy']:.2f}",
            f1=f"{apart['macro_f1']:.2f}",
            f1_before=f"{whole['macro_f1']:.2f}",
        )
