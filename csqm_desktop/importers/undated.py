"""Times for messages that have none: a second between those of a conversation. They give the order, nothing else."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import EARLIEST_YEAR, LATEST_YEAR, TimeProblem, Times, parse_timezone
from csqm_desktop.importers.words import normal

MADE_UP = timezone(timedelta(0), "made up")
"""The zone of times that nobody wrote, by which they are told from others."""
OPEN_CONVERSATIONS = 50_000  # so many may be mixed with each other
ANSWERERS = frozenset(map(normal, ("system", "sys", "系统")))
"""In dialogue data this is who answers the user; elsewhere what nobody said."""
MAY_BE_TIME = re.compile(
    r"time|date|stamp|created|sent(?!i|e)|when|hour|minute|second|[_ ]at$|start|begin|时|日期|日$|時|秒", re.IGNORECASE
)


class Places:
    """How many messages a conversation has had; only those met last are remembered."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int] = OrderedDict()

    def next(self, conversation: str) -> int:
        """The place of its next message, counted from 0."""
        place = self._counts.pop(conversation, 0)
        self._counts[conversation] = place + 1
        if len(self._counts) > OPEN_CONVERSATIONS:
            self._counts.popitem(last=False)
        return place


class Undated:
    """Times for conversations that have none: a second between messages, from ``start`` on.

    ``start`` is the mapping's, else the beginning (UTC) of the day on which the file was last changed: about
    when the conversations were exported, and the same again when the file is read again.
    """

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        given = options.mapping.start if options.mapping else None
        self.start = _start(given, options) if given else _changed_on(source)

    def at(self, position: int) -> datetime:
        """The time of the message at a position, counted from 0."""
        return self.start + timedelta(seconds=position)


def is_made_up(value: object) -> bool:
    """Whether nobody wrote this time."""
    return isinstance(value, datetime) and value.tzinfo is MADE_UP


def _start(given: str, options: ReadOptions) -> datetime:
    zone = options.timezone or (options.mapping.timezone if options.mapping else None)
    try:
        return Times(parse_timezone(zone)).parse(given)
    except TimeProblem as error:
        raise CsqmError("import_mapping_file", file="", reason=f'"start": {given}') from error


def _changed_on(source: SourceFile) -> datetime:
    try:
        changed = datetime.fromtimestamp(source.path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        changed = datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC)
    year = min(max(changed.year, EARLIEST_YEAR), LATEST_YEAR)
    return datetime(year, changed.month, min(changed.day, 28) if year != changed.year else changed.day, tzinfo=MADE_UP)


class InOrder:
    """Times by a message's place among those of its conversation, in the order of the file."""

    def __init__(self, undated: Undated) -> None:
        self._undated = undated
        self._places = Places()

    def next(self, conversation: str) -> datetime:
        """The time of a conversation's next message."""
        return self._undated.at(self._places.next(conversation))


def in_order(
    source: SourceFile, options: ReadOptions, mapping: ColumnMapping, headers: Sequence[str]
) -> InOrder | None:
    """What gives times to a table that has all but them; None where a time may still be found in it.

    That is so if a column is called like one: then a person has to say which it is, or that there is none (the
    mapping's ``sent_at`` left empty, or its ``start``).
    """
    if mapping.missing != ("sent_at",):
        return None
    given = options.mapping or ColumnMapping()
    settled = given.start is not None or given.fields.get("sent_at") == ""
    used = set(mapping.fields.values())
    if not settled and any(MAY_BE_TIME.search(name) for name in headers if name not in used):
        return None
    return InOrder(Undated(source, options))


def with_answerer(mapping: ColumnMapping, headers: Sequence[str], samples: Sequence[Sequence[object]]) -> ColumnMapping:
    """The mapping for a table without times, in which ``system`` answers the user where nobody else does."""
    place = list(headers).index(mapping.fields["role"]) if mapping.fields.get("role") in headers else len(headers)
    words = {normal(str(row[place])) for row in samples if place < len(row) and row[place]}
    known = mapping.role_words()
    answerers = words & ANSWERERS
    if not answerers or any(known.get(word) in (Role.AGENT, Role.BOT, None) for word in words):
        return mapping
    given = {normal(word) for word in mapping.roles}
    return replace(mapping, roles={**mapping.roles, **dict.fromkeys(answerers - given, Role.BOT)})
