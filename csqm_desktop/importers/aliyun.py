"""Aliyun 智能对话分析: the JSON in which text dialogues are uploaded for quality inspection.

``tickets[] {tid, dialogue[] {role, identity, words, begin, end, beginTime}}``; ``begin`` counts milliseconds from the
start of the session. A dialogue without any clock time gets a made up start (``undated.Undated``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import key_of, mapping_of, objects_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.undated import Undated

ZONE = "+08:00"  # the service's clock
_CONTEXT = {
    "channel": ("channel", "source"),
    "product": ("product", "skill", "skillGroup"),
    "shop": ("shop", "business"),
}
_STARTS = ("beginTime", "startTime", "callStartTime", "callTime", "time")


class _Tickets(Converter):
    """Dialogues."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._undated = Undated(source, options)
        zone = options.timezone or (options.mapping.timezone if options.mapping else None) or ZONE
        self._times = Times(parse_timezone(zone))

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What was said in one dialogue."""
        turns = objects_of(record.get("dialogue"))
        context = mapping_of(record.get("context"))
        known = {
            "conversation_id": key_of(record.get("tid")) or key_of(record.get("vid")),
            **{name: next((key_of(context[key]) for key in keys if context.get(key)), "")
               for name, keys in _CONTEXT.items()},
        }  # fmt: skip
        start = self._start(record, context, turns)
        for place, turn in enumerate(turns):
            yield {
                **known,
                "message_id": str(place + 1),
                "sent_at": self._time(turn, start, place),
                "role": turn.get("role"),
                "sender": key_of(turn.get("identity")),
                "text": turn.get("words"),
            }

    def _start(self, record: dict[str, Any], context: dict[str, Any], turns: list[dict[str, Any]]) -> datetime:
        """When the session began: as given, or counted back from the first turn with a clock time."""
        for holder in (record, context):
            for name in _STARTS:
                found = self._parsed(holder.get(name))
                if found is not None:
                    return found
        for turn in turns:
            found = self._parsed(turn.get("beginTime"))
            if found is not None:
                return found - _offset(turn)
        return self._undated.start

    def _parsed(self, value: object) -> datetime | None:
        try:
            return self._times.parse(value) if value else None
        except TimeProblem:
            return None

    def _time(self, turn: dict[str, Any], start: datetime, place: int) -> object:
        own = turn.get("beginTime")
        if own:
            return self._parsed(own) or own  # what cannot be read is refused with its value
        has_offset = isinstance(turn.get("begin"), int | float)
        return start + (_offset(turn) if has_offset else timedelta(seconds=place))


def _offset(turn: dict[str, Any]) -> timedelta:
    begin = turn.get("begin")
    usable = isinstance(begin, int | float) and 0 <= begin < 1e10  # 115 days; NaN is refused, too
    return timedelta(milliseconds=begin) if usable and begin is not None else timedelta()


class _Aliyun(JsonLayout):
    name = "aliyun"
    arrays = frozenset({"tickets"})
    zone = ZONE
    converter = _Tickets

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A dialogue."""
        return "dialogue" in record

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Dialogues whose turns have words."""
        turns = [record] if key == "dialogue" else objects_of(record.get("dialogue"))
        return "dialogue: role, words" if turns and "words" in turns[0] and "role" in turns[0] else ""


IMPORTER = _Aliyun()
