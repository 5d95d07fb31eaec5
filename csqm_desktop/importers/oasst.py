"""Open Assistant's message trees: a question, several answers to it, questions that follow, and so on.

Each way from the root to an end is a conversation, so that every answer has what was said before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.undated import Undated

_ROLES = {"prompter": Role.CUSTOMER, "assistant": Role.BOT, "user": Role.CUSTOMER, "system": Role.SYSTEM}
_MOST_WAYS = 1000  # of one tree
_DEEPEST = 200

Record = dict[str, Any]


class _Trees(Converter):
    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._undated = Undated(source, options)

    def rows(self, _key: str, record: Record) -> Iterator[Record]:
        """The messages of all ways through a tree; the first is known by the tree's id, others by their end's."""
        root = mapping_of(record.get("prompt"))
        tree = key_of(record.get("message_tree_id")) or key_of(root.get("message_id"))
        for number, way in enumerate(_ways(root)):
            conversation = tree if number == 0 else f"{tree}-{key_of(way[-1].get('message_id')) or number}"
            sent: object = None
            for place, message in enumerate(way):
                role = word_of(message.get("role"))
                sent = message.get("created_date") or sent
                yield {
                    "conversation_id": conversation,
                    "message_id": key_of(message.get("message_id")) or str(place + 1),
                    "sent_at": self._undated.at(place) if sent is None else sent,
                    "role": _ROLES.get(role, role),
                    "text": word_of(message.get("text")),
                    "bot_version": word_of(message.get("model_name")),
                }


def _ways(root: Record) -> Iterator[list[Record]]:
    """All ways from the root to an end, best answers first as the file has them."""
    waiting = [[root]]
    found = 0
    while waiting and found < _MOST_WAYS:
        way = waiting.pop()
        replies = objects_of(way[-1].get("replies")) if len(way) < _DEEPEST else []
        if replies:
            waiting += [[*way, reply] for reply in reversed(replies)]
        else:
            found += 1
            yield way


class _Oasst(JsonLayout):
    name = "oasst"
    endings = (".jsonl", ".json")
    converter = _Trees

    def is_whole(self, record: Record) -> bool:
        """A tree."""
        return isinstance(record.get("prompt"), dict)

    def evidence(self, _key: str, record: Record) -> str:
        """The first question with its answers."""
        root = mapping_of(record.get("prompt"))
        return "prompt: role, replies" if {"text", "role", "replies"} <= root.keys() else ""


IMPORTER = _Oasst()
