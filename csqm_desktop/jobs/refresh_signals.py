"""Bring the signals of conversations up to date, after anything that changed messages."""

from __future__ import annotations

from collections.abc import Callable

from csqm_desktop.analytics.signals import read_signals
from csqm_desktop.store.workspace import Workspace


def refresh_signals(workspace: Workspace, check: Callable[[], None] = lambda: None) -> int:
    """Read the signals of new and changed conversations; returns how many. Stops at ``check``, keeping what is done."""
    done = 0
    while stale := workspace.signals.stale():
        check()
        found = {}
        for number in stale:
            conversation = workspace.conversations.get(number)
            if conversation is None:
                continue
            messages = conversation.messages
            found[number] = (len(messages), max(m.id for m in messages), read_signals(messages))
        workspace.signals.write(found)
        done += len(found)
        if not found:
            break
    return done
