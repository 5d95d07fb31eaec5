"""Check a rule file against the workspace: what each rule covers, where rules contradict, how often people agreed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop.analytics.label_readiness import majority
from csqm_desktop.analytics.weak_rules import RuleRow, Tally, read_rules
from csqm_desktop.domain import permissions
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.store.workspace import Workspace

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class RulesResult:
    """The table, and how many replies any rule covers."""

    rows: list[RuleRow]
    replies: int
    covered: int


class CheckRules(Job[RulesResult]):
    """Apply rules to every reply; nothing is stored."""

    kind: ClassVar[str] = "check_rules"
    lane: ClassVar[str] = "quick"
    needs: ClassVar[str] = permissions.TRAIN

    def __init__(self, workspace: Workspace, path: Path) -> None:
        super().__init__(workspace)
        self._path = path

    def parameters(self) -> dict[str, Any]:
        """The file."""
        return {"path": str(self._path)}

    def run(self, context: JobContext) -> RulesResult:
        """Raises ``rules_unreadable`` for a file with a mistake."""
        card = self.workspace.scorecards.current()
        levels = {c.key: [level.key for level in c.levels] for c in card.criteria}
        tally = Tally(read_rules(self._path, levels), levels)
        truth = {
            label.reply_id: {key: majority(counts) for key, counts in label.counts.items() if sum(counts)}
            for label in self.workspace.reviews.labels()
        }
        ids = self.workspace.conversations.all_reply_ids()
        for start in range(0, len(ids), _CHUNK):
            context.check_cancelled()
            context.progress(start, len(ids), "evaluating")
            for reply in self.workspace.conversations.reply_inputs(ids[start : start + _CHUNK]):
                tally.add(reply, truth.get(reply.reply_id, {}))
        return RulesResult(tally.table(), tally.replies, tally.touched)
