"""What the page says when no reply is in hand, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from csqm_desktop.domain.review import Verdict
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.empty_state import EmptyState


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why nothing is shown: ``loading``, ``name``, ``no_replies``, ``all_done``, ``empty_list``, ``nothing_found``."""

    why: str
    kind: Verdict | None = None
    done: int = 0  # replies scored by this reviewer
    judged: int = 0  # by anybody
    waiting: Verdict | None = None  # a list that still has something to decide
    waiting_count: int = 0
    looked_for: str = ""

    @classmethod
    def of(cls, session: Session, named: bool) -> Emptiness:
        """What holds for a session without a reply in hand."""
        overview = session.overview
        if overview is not None and overview.replies == 0:
            return cls("no_replies")
        if not named:
            return cls("name")
        if session.loading or overview is None:
            return cls("loading")
        if session.looked_for:
            return cls("nothing_found", looked_for=session.looked_for)
        if session.kind is not None:
            return cls("empty_list", session.kind)
        done = overview.filed[Verdict.SCORED], overview.judged
        for verdict in (Verdict.LATER, Verdict.FLAGGED):
            if overview.filed[verdict]:
                return cls("all_done", None, *done, verdict, overview.filed[verdict])
        return cls("all_done", None, *done)


class EmptyPane(Translatable, QStackedWidget):
    """Shows an ``Emptiness``; its buttons name where to go."""

    def __init__(self, shortcuts: Shortcuts, go: Callable[[str], None]) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._go = go
        self._state = Emptiness("loading")
        self.state = EmptyState("inbox", self._first, self._second)
        self.addWidget(self.state)
        self._targets = ("", "")
        shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def show_state(self, state: Emptiness) -> None:
        """Say something else."""
        if state != self._state:
            self._state = state
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language in use."""
        icon, title, text, actions = self._texts()
        self.state.set_icon(icon)
        labels = [label for label, _ in actions] + ["", ""]
        self._targets = tuple(([target for _, target in actions] + ["", ""])[:2])  # type: ignore[assignment]
        self.state.set_texts(title, text, labels[0], labels[1])
        self.state.action.setVisible(bool(labels[0]))
        self.state.second.setVisible(bool(labels[1]))

    def _texts(self) -> tuple[str, str, str, list[tuple[str, str]]]:
        state = self._state
        if state.why == "loading":
            return "clock", self.tr("Looking for replies…"), "", []
        if state.why == "name":
            text = self.tr("Say who you are at the right, then the first reply appears here.")
            return "user", self.tr("Ready when you are"), text, []
        if state.why == "no_replies":
            text = self.tr("Import conversations from your shop, or open the demo to look around.")
            return "import", self.tr("Nothing to review yet"), text, [(self.tr("Import conversations"), "import")]
        if state.why == "nothing_found":
            title = self.tr("No message holds “{words}”").format(words=state.looked_for)
            text = self.tr("All words must be there. English words are found from their beginning, Chinese anywhere.")
            return "search", title, text, [(self.tr("Back to review"), "queue")]
        if state.why == "empty_list":
            assert state.kind is not None
            title = self.tr("“{list}” is empty").format(list=words.verdict_name(state.kind))
            text = {
                Verdict.LATER: self.tr("Press {key} on a reply to decide another time; it waits here."),
                Verdict.FLAGGED: self.tr("Press {key} on a reply that needs somebody's attention; it waits here."),
                Verdict.SKIPPED: self.tr("Press {key} on a reply that is not worth a verdict; it stays here."),
                Verdict.SCORED: self.tr("Replies that you have scored can be looked up and corrected here."),
            }[state.kind].format(key=self._key(state.kind))
            return words.VERDICT_ICONS[state.kind], title, text, [(self.tr("Back to review"), "queue")]
        return self._all_done()

    def _key(self, kind: Verdict) -> str:
        names = {Verdict.LATER: "later", Verdict.FLAGGED: "flag", Verdict.SKIPPED: "skip", Verdict.SCORED: "submit"}
        return self._shortcuts.shown(f"review.{names[kind]}")

    def _all_done(self) -> tuple[str, str, str, list[tuple[str, str]]]:
        state = self._state
        title = self.tr("Nothing left to review")
        text = self.tr("You have scored {n} replies. Train the model with them, or import more conversations.")
        if state.judged > state.done:
            text = self.tr(
                "{all} replies have verdicts, {n} of them by you, the others by other people or imported. Train the"
                " model with them, or import more conversations."
            )
        actions = [(self.tr("Go to training"), "training"), (self.tr("Import more"), "import")]
        if state.waiting is not None:
            label = self.tr("Open “{list}” ({n})").format(list=words.verdict_name(state.waiting), n=state.waiting_count)
            actions = [(label, state.waiting.value), actions[0]]
        return "check-circle", title, text.format(n=state.done, all=state.judged), actions

    def _first(self) -> None:
        self._go(self._targets[0])

    def _second(self) -> None:
        self._go(self._targets[1])
