"""Leaves out of imports what was erased before, and lets it in again when somebody decides so."""

from __future__ import annotations

from collections.abc import Sequence

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.permissions import ERASE
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.erased import CONVERSATION, CUSTOMER, ORDER
from csqm_desktop.store.prepared import Prepared
from csqm_desktop.store.workspace import Workspace

_CUSTOMER = Role.CUSTOMER.value


class LeavingOut:
    """Knows the erased for the time of one import; false when there are none, so that it costs nothing then.

    A conversation that was erased by its id stays out for good: that is the case of the same file again. By a
    customer's name or an order only what was written before the erasure stays out, since somebody may come back.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._marks = workspace.erased.marks()
        self._verdicts: dict[str, bool] = {}  # by conversation

    def __bool__(self) -> bool:
        return bool(self._marks)

    def kept(self, rows: Sequence[Prepared]) -> list[Prepared]:
        """The rows without those of erased conversations."""
        for row in rows:
            self._look(row[0], row[2], row[5], row[6], row[17])  # by the order of ``prepared.NAMES``
        return [row for row in rows if not self._verdicts[row[0]]]

    def out(self, message: IncomingMessage) -> bool:
        """Whether a message that came by itself belongs to an erased conversation."""
        sent = round(message.sent_at.timestamp() * 1000)
        self._look(message.conversation_id, sent, message.role.value, message.sender, message.order_id)
        return self._verdicts[message.conversation_id]

    def _look(self, conversation: str, sent: int, role: str, sender: str, order: str) -> None:
        verdict = self._verdicts.get(conversation)
        if verdict is None:
            verdict = self._marks.erased_at(CONVERSATION, conversation) is not None
        if not verdict and role == _CUSTOMER:
            verdict = sent <= (self._marks.erased_at(CUSTOMER, sender) or -1)
        if not verdict and order:
            verdict = sent <= (self._marks.erased_at(ORDER, order) or -1)
        self._verdicts[conversation] = verdict


def lift(workspace: Workspace, stub: str, actor: str = "csqm") -> int:
    """Let imports bring back what an erasure took; ``erasure_unknown`` when none of that name is looked for."""
    workspace.require(ERASE)
    with workspace.database.transaction():
        marks = workspace.erased.lift(stub)
        if not marks:
            raise CsqmError("erasure_unknown", stub=stub)
        workspace.audit.append(actor, "erasure_lifted", stub, {"marks": marks})
    return marks
