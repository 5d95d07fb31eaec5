"""ShareGPT conversations: ``from`` and ``value`` as trainers want them, with ids, times and roles for the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.domain.conversation import Message, Role
from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.exporters.base import CONVERSATIONS, Plain, Plan, Record, Write
from csqm_desktop.exporters.jsonl import json_lines

_ROLES = {Role.CUSTOMER: "human", Role.AGENT: "gpt", Role.BOT: "gpt", Role.SYSTEM: "system"}


class ShareGpt(Plain):
    """The format."""

    name = "sharegpt"
    ending = ".sharegpt.jsonl"
    kinds = (CONVERSATIONS,)

    def records(self, unit: ExportUnit, _plan: Plan) -> Iterator[Record]:
        """One line; without what the customer never saw."""
        said = [m for m in unit.conversation.messages if not m.private and m.text.strip()]
        if said:
            conversation = unit.conversation
            facts = {"channel": conversation.channel, "shop": conversation.shop, "product": conversation.product}
            yield {
                "conversation_id": conversation.source_id,
                "conversations": [_turn(m) for m in said],
                **{key: value for key, value in facts.items() if value},
            }

    @contextmanager
    def open(self, path: Path, _plan: Plan) -> Iterator[Write]:
        """Write the file."""
        with json_lines(path) as write:
            yield write


def _turn(message: Message) -> Record:
    turn = {
        "from": _ROLES[message.role],
        "value": message.text,
        "id": message.source_id,
        "sent_at": message.sent_at.isoformat(),
        "speaker": message.role.value,
    }
    return turn | {"name": message.sender} if message.sender else turn


EXPORTER = ShareGpt()
