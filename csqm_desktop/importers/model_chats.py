"""What the two layouts of language model training data share: turns without times, and often without ids.

Their times are made up (``undated.Undated``) unless the record or the turn has one under a usual name. A
conversation without an id of its own is known by its content, a turn by its place.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.json_walk import Converter
from csqm_desktop.importers.nested import unwrapped
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.tool_calls import tool_calls
from csqm_desktop.importers.undated import Undated
from csqm_desktop.importers.words import normal

ROLES = {
    "system": Role.SYSTEM, "developer": Role.SYSTEM, "user": Role.CUSTOMER, "human": Role.CUSTOMER,
    "assistant": Role.BOT, "gpt": Role.BOT, "chatgpt": Role.BOT, "bing": Role.BOT, "bard": Role.BOT, "model": Role.BOT,
    "tool": Role.SYSTEM, "function": Role.SYSTEM, "observation": Role.SYSTEM, "function_call": Role.SYSTEM,
    "tool_call": Role.SYSTEM, "tool_response": Role.SYSTEM, "function_response": Role.SYSTEM, "ipython": Role.SYSTEM,
}  # fmt: skip
_SPEAKERS = {role.value: role for role in Role}
"""Our own exports tell people from bots by a word beside the turn, which trainers pass over."""
INNER = frozenset({
    "tool", "function", "observation", "function_call", "tool_call", "tool_response", "function_response", "ipython",
    "system", "developer",
})  # fmt: skip
"""What the customer never saw."""

_IDS = tuple(map(normal, (
    "conversation_id", "id", "custom_id", "dialogue_id", "session_id", "uuid", "conv_id", "chat_id", "thread_id",
)))  # fmt: skip
_FACTS = ("channel", "shop", "product")
_TIMES = tuple(map(normal, (
    "sent_at", "created_at", "timestamp", "create_time", "created", "time", "date", "datetime",
)))  # fmt: skip

Said = tuple[str, Any, dict[str, Any]]  # role as it is called there, content, the turn's other facts


class ModelChats(Converter):
    """Conversations whose turns come from ``said``."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._undated = Undated(source, options)
        zone = options.timezone or (options.mapping.timezone if options.mapping else None) or "UTC"
        self._times = Times(parse_timezone(zone))
        self._loose = 0  # turns that stand alone belong to one conversation, the file

    @abstractmethod
    def said(self, record: dict[str, Any]) -> Sequence[Said] | None:
        """The turns of a conversation; None when the record is a turn itself."""

    def alone(self, record: dict[str, Any], /) -> dict[str, Any]:
        """A turn that stands alone."""
        return record

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All turns with a text or a file."""
        turns = self.said(record)
        if turns is None:
            record = self.alone(record)
            role = record.get("role") or record.get("from")
            if isinstance(role, str):
                said = role, record.get("content", record.get("value")), record
                yield from self._row({"conversation_id": self.source.path.stem}, self._loose, said, None)
                self._loose += 1
            return
        known = {
            "conversation_id": self._conversation(record),
            "bot_version": record["model"] if isinstance(record.get("model"), str) else "",
            **{name: record[name] for name in _FACTS if isinstance(record.get(name), str)},
        }
        start = _first(record, _TIMES)[1]
        for position, turn in enumerate(turns):
            yield from self._row(known, position, turn, start)

    def _conversation(self, record: dict[str, Any]) -> str:
        name, value = _first(record, _IDS)
        given = key_of(value)
        if given.isdigit() and name != _IDS[0]:
            return f"{self.source.path.stem}-{given}"  # line numbers, the same in every file
        return given or content_id(record)

    def _row(self, known: dict[str, Any], position: int, said: Said, start: object) -> Iterator[dict[str, Any]]:
        called, content, facts = said
        text, files = _content(content)
        text = text or word_of(facts.get("refusal"))
        role = called.strip().casefold()
        role_here = _SPEAKERS.get(facts.get("speaker", "")) or ROLES.get(role)
        own = _first(facts, _TIMES)[1]
        row = {
            **known,
            "message_id": key_of(facts.get("id")) or str(position + 1),
            "sent_at": own if own is not None else self._time(start, position),
            "role": role_here or called,
            "sender": facts["name"] if isinstance(facts.get("name"), str) else "",
            "text": text,
            "attachments": files,
            "private": role in INNER,
            "bot_version": known.get("bot_version", "") if role_here is Role.BOT else "",
        }
        if text.strip() or files:
            yield row
        for place, call in enumerate(tool_calls(content, facts), start=1):
            name = f"{row['message_id']}.{place}"
            yield {**row, "message_id": name, "role": Role.SYSTEM, "text": call, "attachments": [], "private": True}

    def _time(self, start: object, position: int) -> object:
        if start is None:
            return self._undated.at(position)
        try:
            return self._times.parse(start) + timedelta(seconds=position)
        except (TimeProblem, OverflowError):
            return start  # refused later, with its value


def _first(facts: dict[str, Any], names: Sequence[str]) -> tuple[str, Any]:
    """The first of some names, however it is written, under which there is a plain value, and that value."""
    known = {normal(key): unwrapped(value) for key, value in facts.items()}
    return next(
        ((name, known[name]) for name in names if known.get(name) and not isinstance(known[name], dict | list)),
        ("", None),
    )


def _content(content: object) -> tuple[str, list[str]]:
    """Text and names of pictures; newer files have both as a list of parts."""
    if isinstance(content, str):
        return content, []
    texts: list[str] = []
    files: list[str] = []
    for part in objects_of(content):
        texts += [part[kind] for kind in ("text", "refusal") if isinstance(part.get(kind), str)]
        for kind in ("image_url", "input_audio", "file", "image", "video_url"):
            value = part.get(kind)
            address = value if isinstance(value, str) else mapping_of(value).get("url") or mapping_of(value).get(
                "filename"
            )  # fmt: skip
            if isinstance(address, str) and address:
                files.append(kind if address.startswith("data:") else file_name(address))
            elif value:
                files.append(kind)
    return "\n".join(texts), files
