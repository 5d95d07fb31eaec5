"""Conversations of dialogue data as rows with neutral fields: ids, roles, and times, made up where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.dialogue_names import is_internal
from csqm_desktop.importers.dialogue_roles import ASKED_FIRST, roles_of
from csqm_desktop.importers.dialogue_turns import Turn
from csqm_desktop.importers.dialogue_words import (
    COUNTED,
    DAYS,
    DESK_LISTS,
    HEADS,
    IDS,
    NO_IDS,
    OFFSETS,
    STARTS,
    TIMES,
    TURN_IDS,
    is_role_word,
)
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.nested import unwrapped, whose
from csqm_desktop.importers.neutral import content_id, key_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.undated import MAY_BE_TIME, Undated
from csqm_desktop.importers.words import normal

_TIMES = Times(parse_timezone("UTC"), day_first=True)
_LONGEST = 1e9  # of an offset
_CLOCK = re.compile(r"(?:上午|下午|凌晨|晚上)?\s?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?")
_FACTS = ("channel", "shop", "product", "order_id", "rating", "intent")

Found = tuple[int, str, dict[str, Any], list[Turn]]
"""Place in the file, the key under which it lies (empty in arrays), the conversation, its turns."""


class TurnRows:
    """Makes the rows of one file."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self._source = source
        mapping = options.mapping or ColumnMapping()
        self._given = {normal(word): role for word, role in mapping.roles.items()}
        self._others = mapping.others
        self._undated = Undated(source, options)
        self._times = Times(parse_timezone(options.timezone or mapping.timezone), mapping.day_first)

    def messages(self, found: Found) -> Iterator[dict[str, Any]]:
        """The messages of a conversation."""
        _, _, record, turns = found
        turns = [turn for turn in turns if turn.text.strip() or turn.files]
        given = {normal(name): value for name, value in record.items() if isinstance(value, str | int | float)}
        known = {"conversation_id": self._conversation(found)} | {
            name: given[normal(name)] for name in _FACTS if normal(name) in given
        }
        asked = key_of(record.get("initiatorWorkerId"))
        bot_first = "bot_id" in record and "user_id" in record  # as MetaLWOz has it
        roles = roles_of(turns, self._given, asked, ASKED_FIRST[::-1] if bot_first else ASKED_FIRST, self._others)
        ids = _turn_ids(turns)
        for place, (turn, role, sent) in enumerate(zip(turns, roles, self._sent(record, turns), strict=True)):
            speaker = turn.speaker or ""
            yield {
                **known,
                "message_id": ids[place],
                "sent_at": sent,
                "role": role,
                "sender": turn.name or ("" if is_role_word(speaker) or speaker.isdigit() else speaker),
                "text": turn.text,
                "attachments": list(turn.files),
                "private": (role is Role.SYSTEM and normal(speaker) in ("action", "kb", "database", "apicall"))
                or is_internal(turn.facts),
            }

    def _conversation(self, found: Found) -> str:
        _, key, record, turns = found
        name, own = own_id(record) or whose(record) or ("", "")
        own = own or ("" if normal(key) in NO_IDS else key)
        if own.isdigit() and (not name or name in COUNTED) and not _is_ticket(record):
            return f"{self._source.path.stem}-{own}"  # numbers within a file, the same in every file
        return own or content_id([[turn.speaker, turn.text] for turn in turns])

    def _sent(self, record: Mapping[str, Any], turns: list[Turn]) -> Iterator[object]:
        """When each turn was said: what it says itself, else a second after another from the conversation's time on."""
        own = [time_of(turn.facts) for turn in turns]
        if any(map(is_clock, own)):
            own = self._of_days(own, time_of(record) or self._begun(record))
        start = next((value for value in own if value is not None), None)
        if start is not None:
            for value in own:
                start = start if value is None else value
                yield start
            return
        start = time_of(record) or self._begun(record)
        for after in _offsets(turns) or range(len(turns)):
            try:
                begun = self._undated.start if start is None else self._times.parse(start)
                yield begun + timedelta(seconds=after)
            except (TimeProblem, OverflowError):
                yield start  # refused later, with its value

    def _begun(self, record: Mapping[str, Any]) -> object:
        """When a conversation began; of a turn these names tell seconds of a recording."""
        known = {normal(key): value for key, value in record.items() if value not in (None, "")}
        if found := next((known[name] for name in STARTS if name in known), None):
            return found
        for day, clock in DAYS.items():
            if day in known:
                written = f"{known[day]} {known[clock]}" if is_clock(known.get(clock)) else known[day]
                try:
                    return self._times.parse(written)
                except TimeProblem:
                    return None  # a day that may be read in two ways: times are made up
        return None

    def _of_days(self, clocks: list[object], start: object) -> list[object]:
        """Times of the day on the day of the conversation, those that go back on the day after."""
        try:
            latest = self._undated.start if start is None else self._times.parse(start)
        except TimeProblem:
            return clocks
        found: list[object] = []
        day = latest
        for clock in clocks:
            if is_clock(clock):
                try:
                    moment = Times(latest.tzinfo).parse(f"{day:%Y-%m-%d} {clock}")
                except TimeProblem:
                    found.append(clock)
                    continue
                if found and moment < latest - timedelta(hours=1):
                    moment, day = moment + timedelta(days=1), day + timedelta(days=1)
                latest = moment
                found.append(moment)
            else:
                found.append(clock)
        return found


def _is_ticket(record: Mapping[str, Any]) -> bool:
    """Whether a help desk counts it: then its number is the same in every export, and no other's."""
    return any(normal(key) in DESK_LISTS and isinstance(value, list) for key, value in record.items())


def is_clock(value: object) -> bool:
    """Whether a time says no day."""
    return isinstance(value, str) and _CLOCK.fullmatch(value.strip()) is not None


def time_of(facts: Mapping[str, Any]) -> object:
    """When something was said, under one of the usual names; None where it does not say."""
    known = {normal(key): value for key, value in facts.items()}
    found = next((known[name] for name in TIMES if known.get(name) not in (None, "")), None)
    return _moment(unwrapped(found))


def _moment(value: object) -> object:
    """What databases of phones write: ``{"_seconds": …}``, also within the kind of a value."""
    if isinstance(value, dict) and isinstance(value.get("value"), dict):
        value = value["value"]
    if not isinstance(value, dict):
        return value
    return next((inner for name, inner in value.items() if isinstance(inner, str | int) and name[:2] != "__"), None)


def _offsets(turns: list[Turn]) -> list[float]:
    """Seconds since the beginning, empty where any turn has none; those of a voice call have parts of a second."""
    for name, unit in OFFSETS.items():
        found = [next((value for key, value in turn.facts.items() if normal(key) == name), None) for turn in turns]
        if found and all(isinstance(value, int | float) and 0 <= value < _LONGEST for value in found):
            return [float(value or 0) * unit for value in found]
    return []


def has_odd_time(facts: Mapping[str, Any]) -> bool:
    """Whether a time stands under a name that is not known: then a person should say so."""
    return any(MAY_BE_TIME.search(key) and _is_time(value) for key, value in facts.items())


def _is_time(value: object) -> bool:
    try:
        _TIMES.parse(value)
    except TimeProblem:
        return False
    return True


def own_id(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """The name and the value of a conversation's id."""
    known = {normal(key): key_of(unwrapped(value)) for key, value in record.items()}
    if found := next(((name, known[name]) for name in IDS if known.get(name)), None):
        return found
    heads = (value for key, value in record.items() if isinstance(value, dict) and normal(key) in HEADS)
    return next((found for head in heads if (found := own_id(head))), None)


def _turn_ids(turns: list[Turn]) -> list[str]:
    """The turns' own ids where all have different ones, else their places."""
    facts = [{normal(key): value for key, value in turn.facts.items()} for turn in turns]
    for name in TURN_IDS:
        if all(name in known for known in facts):
            found = [key_of(known[name]) for known in facts]
            if all(found) and len(set(found)) == len(found):
                return found
    return [str(place) for place in range(1, len(turns) + 1)]
