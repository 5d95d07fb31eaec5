"""Role rules for what is stored already: who is customer, agent, bot or system, decided again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.mapping import FIELDS, ColumnMapping
from csqm_desktop.importers.roles import Rules
from csqm_desktop.importers.words import normal
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.store.workspace import Workspace

_REPORT_EVERY = 5000


@dataclass(frozen=True, slots=True)
class RolesResult:
    """What changed, or would. ``changes`` counts messages by "customer → agent" and its like."""

    applied: bool
    messages: int
    changed: int
    changes: dict[str, int]
    replies_lost: int  # no replies any more: their scores are dropped
    replies_gained: int  # to be scored
    reviews_kept: int  # of replies that are none any more; they count again when the message becomes one again


class ApplyRoles(Job[RolesResult]):
    """Decide the role of every stored message again. What no rule speaks of keeps its role."""

    kind: ClassVar[str] = "roles"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(self, workspace: Workspace, mapping: ColumnMapping, apply: bool, actor: str = "") -> None:
        super().__init__(workspace)
        self._mapping = mapping
        self._apply = apply
        self._actor = actor

    def parameters(self) -> dict[str, Any]:
        """The rules."""
        return {"mapping": self._mapping.to_json(), "apply": self._apply}

    def run(self, context: JobContext) -> RolesResult:
        """Look at every message, then change the roles that differ, all in one transaction."""
        total = self.workspace.conversations.totals().messages
        changes: dict[int, Role] = {}
        counts: Counter[str] = Counter()
        decide = _Decision(self._mapping)
        seen = 0
        for message in self.workspace.roles.messages():
            seen += 1
            role = decide(message.role, message.values)
            if role is not message.role:
                changes[message.id] = role
                counts[f"{message.role.value} → {role.value}"] += 1
            if seen % _REPORT_EVERY == 0:
                context.check_cancelled()
                context.progress(seen, total, "preparing")
        impact = self.workspace.roles.impact(changes)
        context.check_cancelled()
        if self._apply and changes:
            context.progress(0, 0, "changing_roles")
            self.workspace.roles.apply(changes)
            self.workspace.audit.append(self._actor, "roles", "messages", dict(counts))
        return RolesResult(
            applied=self._apply,
            messages=seen,
            changed=len(changes),
            changes=dict(counts.most_common()),
            replies_lost=impact.replies_lost,
            replies_gained=impact.replies_gained,
            reviews_kept=impact.reviews_kept,
        )


class _Decision:
    """The rules of a mapping on stored messages; its role words speak of the roles that messages have now."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._rules = Rules(mapping.rules, notices=bool(mapping.notices))
        self._words = {normal(word): role for word, role in mapping.roles.items()}

    def __call__(self, role: Role, values: Any) -> Role:
        row = [values.get(name) for name in FIELDS]
        return (self._rules.decide(row) if self._rules else None) or self._words.get(normal(role.value), role)
