"""Training data in OpenAI's chat notation: ``{"messages": [{"role", "content"}]}`` a line and nothing else.

Ids and times have no place there; the ShareGPT and the neutral formats keep them. Private messages stay inside, and so
do conversations without a reply, which nothing could be learned from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.exporters.base import CONVERSATIONS, Plain, Plan, Record, Write
from csqm_desktop.exporters.jsonl import json_lines

_ROLES = {Role.CUSTOMER: "user", Role.AGENT: "assistant", Role.BOT: "assistant", Role.SYSTEM: "system"}


class OpenAiChat(Plain):
    """The format."""

    name = "openai"
    ending = ".openai.jsonl"
    kinds = (CONVERSATIONS,)

    def records(self, unit: ExportUnit, _plan: Plan) -> Iterator[Record]:
        """One line."""
        said = [m for m in unit.conversation.messages if not m.private and m.text.strip()]
        if any(m.is_reply for m in said):
            yield {"messages": [{"role": _ROLES[m.role], "content": m.text} for m in said]}

    @contextmanager
    def open(self, path: Path, _plan: Plan) -> Iterator[Write]:
        """Write the file."""
        with json_lines(path) as write:
            yield write


EXPORTER = OpenAiChat()
