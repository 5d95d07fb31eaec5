"""The masking of the stored texts on the settings page: by which rules, and doing it again."""

from __future__ import annotations

from csqm_desktop.jobs.mask_again import MaskAgainResult
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.masking import ask_and_mask, may_mask
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

_MOST_PATHS = 8


class MaskingSection(Translatable, Section):
    """Says whether a newer release knows more than the one that masked the texts; hidden without a workspace."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self._result: MaskAgainResult | None = None
        self.title, self.state_note = Label(), Label(role="caption", wrap=True)
        self.again_button = Button("", "plain", "shield", self.mask_again)
        layout = row(spacing=SPACE.sm)
        layout.addLayout(column(self.title, self.state_note, spacing=SPACE.hair), 1)
        layout.addWidget(self.again_button)
        self.copies = Label(role="caption", wrap=True)
        self.body.addLayout(layout)
        self.body.addWidget(self.copies)
        context.workspace_changed.connect(self._other_workspace)
        context.settings_changed.connect(self.reload)
        context.changed.connect(lambda topics: self.reload() if "conversations" in topics else None)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("Masked texts"),
            self.tr("Personal data is masked when messages come in. A later release may recognise more of it."),
        )
        self.title.setText(self.tr("Masking of the stored texts"))
        self.again_button.setText(self.tr("Mask again…"))
        self.reload()

    def _other_workspace(self) -> None:
        self._result = None
        self.reload()

    def reload(self) -> None:
        """Show what is true now; two small questions, so in place."""
        workspace = self._context.workspace
        self.setVisible(workspace is not None)
        if workspace is None:
            return
        outdated = workspace.masked_texts.outdated()
        self.again_button.setEnabled(may_mask(self._context) and not self._context.runner.running("mask_again"))
        self.state_note.setText(self._note(outdated))
        self.state_note.set_tone("ok" if outdated else "muted")
        paths = self._result.left if self._result is not None else ()
        self.copies.setVisible(bool(paths))
        self.copies.setText(self._copies([str(path) for path in paths]))

    def _note(self, outdated: bool) -> str:
        if not outdated:
            return self.tr("All texts were masked by the rules of this release.")
        note = self.tr("They were masked by an earlier release, whose rules knew less: exports may be stopped.")
        return note if may_mask(self._context) else note + " " + self.tr("A lead can mask them again.")

    def _copies(self, paths: list[str]) -> str:
        head = self.tr("%n export(s) and backup(s) made before may still hold what is masked now:", "", len(paths))
        more = [f"… + {len(paths) - _MOST_PATHS}"] if len(paths) > _MOST_PATHS else []
        advice = self.tr("Delete those that you do not need, and make a new backup.")
        return "\n".join([head, *(f"• {path}" for path in paths[:_MOST_PATHS]), *more, advice])

    def mask_again(self) -> None:
        """Ask and do it."""
        handle = ask_and_mask(self._context, self._done)
        if handle is not None:
            self.again_button.setEnabled(False)
            handle.finished.connect(self.reload)

    def _done(self, result: MaskAgainResult) -> None:
        self._result = result
        self.reload()
