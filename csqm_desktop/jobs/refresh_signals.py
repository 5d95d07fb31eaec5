"""Bring signals and topics of conversations up to date, after anything that changed messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from csqm_desktop.analytics.signals import read_signals
from csqm_desktop.domain.signals import NAMES
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.store.workspace import Workspace

log = logging.getLogger(__name__)

_CHUNK = 500  # conversations in one transaction


def refresh_for(workspace: Workspace, fields: Iterable[str]) -> None:
    """Bring up to date what these filter fields need, and nothing else."""
    needed = NAMES.keys() & set(fields)
    if needed - {"topic"}:
        refresh_signals(workspace)
    if "topic" in needed and workspace.topics.without():
        from csqm_desktop.jobs.find_topics import FindTopics

        try:
            FindTopics(workspace, anew=False).run(SilentContext())
        except CsqmError as error:
            log.info("no topics: %s", error.code)  # too few conversations, or no base model yet: an empty list says it


def refresh_signals(workspace: Workspace, check: Callable[[], None] = lambda: None) -> int:
    """Read the signals of new and changed conversations; returns how many. Stops at ``check``, keeping what is done."""
    stale = workspace.signals.stale()  # asked once: finding them reads every message's key
    done = 0
    for start in range(0, len(stale), _CHUNK):
        check()
        found = {}
        for number in stale[start : start + _CHUNK]:
            conversation = workspace.conversations.get(number)
            if conversation is not None:
                messages = conversation.messages
                found[number] = (len(messages), max(m.id for m in messages), read_signals(messages))
        workspace.signals.write(found)
        done += len(found)
    return done
