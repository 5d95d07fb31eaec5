"""Pull: what is new at a service, page by page, each stored together with the place from which to go on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from csqm_desktop.connectors import kinds, tokens
from csqm_desktop.connectors.base import Connector, Setup
from csqm_desktop.domain import permissions
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.live_store import LiveCounts, LiveStore
from csqm_desktop.store.connectors import ConnectorRecord
from csqm_desktop.store.workspace import Workspace

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class PullResult:
    """What a pull brought."""

    name: str
    pages: int
    added: int
    unchanged: int
    updated: int
    rejected: int
    seconds: float
    left_out: int = 0  # messages of customers who were erased before


class PullMessages(Job[PullResult]):
    """Bring a connector up to date. Stopped, killed or cut off, it goes on where it was; nothing comes twice."""

    kind: ClassVar[str] = "pull"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(self, workspace: Workspace, name: str, first_pause: float = 1.0) -> None:
        """``first_pause`` is in seconds, before the first try after a fault."""
        super().__init__(workspace)
        self._name = name
        self._first_pause = first_pause

    def parameters(self) -> dict[str, Any]:
        """The connector."""
        return {"path": f"pull:{self._name}", "connector": self._name}

    def run(self, context: JobContext) -> PullResult:
        """Pull until nothing is new."""
        record = known(self.workspace, self._name)
        self._check_alone()
        try:
            result = self._pull(record, context)
        except Cancelled:
            self.workspace.connectors.finish(self._name, "cancelled")
            raise
        except CsqmError as error:
            self.workspace.connectors.finish(self._name, "failed", error.code, error.values)
            raise
        except Exception as error:
            self.workspace.connectors.finish(self._name, "failed", "unexpected", {"reason": type(error).__name__})
            raise
        self.workspace.connectors.finish(self._name, "succeeded")
        return result

    def _pull(self, record: ConnectorRecord, context: JobContext) -> PullResult:
        started = time.monotonic()
        store = LiveStore(self.workspace, f"pull:{record.name}", record.kind)
        totals = dict.fromkeys(("pages", "added", "unchanged", "updated", "rejected", "left_out"), 0)
        connector = connect(self.workspace, record, context, self._first_pause)
        try:
            for page in connector.pages(record.cursor):
                context.check_cancelled()
                counts = store.store(page.items, partial(self._advance, page.cursor))
                totals["pages"] += 1
                for name in ("added", "unchanged", "updated", "rejected", "left_out"):
                    totals[name] += getattr(counts, name)
                context.progress(totals["added"] + totals["unchanged"] + totals["updated"], 0, "pulling")
        finally:
            connector.client.close()
        return PullResult(record.name, seconds=time.monotonic() - started, **totals)

    def _advance(self, cursor: dict[str, Any], counts: LiveCounts) -> None:
        self.workspace.connectors.advance(self._name, cursor, counts.added)

    def _check_alone(self) -> None:
        others = [job for job in self.workspace.jobs.running(self.kind) if job.parameters == self.parameters()]
        if len(others) > 1:  # this one is among them
            raise CsqmError("connector_busy", name=self._name)


def known(workspace: Workspace, name: str) -> ConnectorRecord:
    """A connector by name; ``connector_unknown`` when there is none."""
    found = workspace.connectors.get(name)
    if found is None:
        names = ", ".join(record.name for record in workspace.connectors.list())
        raise CsqmError("connector_unknown", name=name, known=names or "–")
    return found


def connect(workspace: Workspace, record: ConnectorRecord, context: JobContext, first_pause: float = 1.0) -> Connector:
    """A connector with its token; ``connector_token`` when none is kept, except where none is needed."""
    token, _ = tokens.find(workspace.folder, record.name)
    if not token and record.settings.get("token") != {"header": ""}:
        raise CsqmError("connector_token", name=record.name, variable=tokens.variable(record.name))

    def wait(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            context.check_cancelled()
            time.sleep(min(left, _LOOK_SECONDS))

    return kinds.make(Setup(record.name, record.kind, record.settings, token, wait, first_pause))
