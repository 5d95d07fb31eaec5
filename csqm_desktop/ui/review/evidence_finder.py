"""Asks the model which words moved the score of the reply in hand, one question at a time, and keeps the answers.

A model that trains or scores would keep the question waiting, so it is not asked then.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal

from csqm_desktop.domain.evidence import Evidence
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.explain_reply import explain_reply
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext

OFF, ASKING, BUSY, FAILED, FOUND = "off", "asking", "busy", "failed", "found"
_KEPT = 200
_MODEL_JOBS = ("train", "score", "evaluate")


class EvidenceFinder(QObject):
    """``changed`` follows every change of ``state``; ``evidence`` is there when it is ``found``."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: OrderedDict[tuple[int, str], Evidence] = OrderedDict()
        self._wanted: tuple[int, str] | None = None
        self._asking = False
        self.on = False
        self.error: CsqmError | None = None
        context.runner.job_finished.connect(lambda _handle: self._ask())
        context.workspace_changed.connect(self._forget)

    @property
    def evidence(self) -> Evidence | None:
        """The answer for the reply in hand."""
        return self._found.get(self._wanted) if self.on and self._wanted else None

    @property
    def state(self) -> str:
        """What to tell the reviewer."""
        if not self.on or self._wanted is None:
            return OFF
        if self.evidence is not None:
            return FOUND
        if self.error is not None:
            return FAILED
        return BUSY if self._model_is_busy() else ASKING

    def toggle(self) -> None:
        """Switch on for this and all further replies, or off."""
        self.on = not self.on
        self.error = None
        self._ask()
        self.changed.emit()

    def look_at(self, reply_id: int | None, version: str) -> None:
        """The reply in hand and the version that scored it; None for none."""
        wanted = (reply_id, version) if reply_id is not None and version else None
        if wanted != self._wanted:
            self._wanted, self.error = wanted, None
            self._ask()
            self.changed.emit()

    def _model_is_busy(self) -> bool:
        return any(self._context.runner.running(kind) for kind in _MODEL_JOBS)

    def _ask(self) -> None:
        wanted = self._wanted
        workspace = self._context.workspace
        if not self.on or wanted is None or wanted in self._found or self._asking or workspace is None:
            return
        if self.error is not None or self._model_is_busy():
            return
        self._asking = True
        process = self._context.model_process
        device = self._context.settings.device
        self._context.runner.query(
            partial(_explain, workspace, process, wanted[0], device),
            partial(self._answered, wanted),
            partial(self._failed, wanted),
            self,
        )

    def _answered(self, asked: tuple[int, str], evidence: Evidence) -> None:
        self._asking = False
        self._found[asked] = evidence
        while len(self._found) > _KEPT:
            self._found.popitem(last=False)
        self._ask()
        self.changed.emit()

    def _failed(self, asked: tuple[int, str], error: CsqmError) -> None:
        self._asking = False
        if asked == self._wanted:
            self.error = error
        self._ask()
        self.changed.emit()

    def _forget(self) -> None:
        self._found.clear()
        self._wanted = None


def _explain(workspace: Workspace, process: object, reply_id: int, device: str) -> Evidence:
    return explain_reply(workspace, process, reply_id, SilentContext(), device)  # type: ignore[arg-type]
