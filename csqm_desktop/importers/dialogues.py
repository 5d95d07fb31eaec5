"""Dialogue data of any project: conversations as lists of turns, mostly without times and often without ids.

MultiWOZ, SGD, Taskmaster, ABCD, CrossWOZ, RiSAWOZ and their kin have a speaker and a text for each turn and little
else; no two write it alike. So this reader knows no project: ``dialogue_walk`` finds conversations wherever they lie,
``dialogue_turns`` their turns in any notation, ``dialogue_roles`` who is who. Times are made up (``undated.Undated``)
where there are none. Conversations that tables' readers understand, with times and roles, are left to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.dialogue_lines import DialogueLines
from csqm_desktop.importers.dialogue_roles import ASKED_FIRST, roles_of
from csqm_desktop.importers.dialogue_turns import Turn, is_told
from csqm_desktop.importers.dialogue_walk import Found, Walk, conversations
from csqm_desktop.importers.dialogue_words import IDS, LISTS, OFFSETS, TIMES, TURN_IDS, is_role_word
from csqm_desktop.importers.json_text import JsonText
from csqm_desktop.importers.json_walk import Beginning, sample_text
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, content_id, key_of, text_facts
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.undated import ANSWERERS, MAY_BE_TIME, Undated
from csqm_desktop.importers.words import ROLE_VALUES, normal

CONFIDENCE = 0.92  # above tables, which would miss their columns, below products
_UNSURE = 0.4  # tables do as well
_SEATS = ("0", "1")  # the two sides of a talk
_TIMES = Times(parse_timezone("UTC"), day_first=True)
_LONGEST = 1e9  # of an offset
_SAMPLE = 20  # conversations
_FACTS = ("channel", "shop", "product", "order_id", "rating", "intent")


class _Nested:
    """The importer of dialogue data in JSON."""

    name = "dialogues"
    endings = (".json", ".jsonl", ".ndjson", ".txt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when conversations have turns that a table's reader could make nothing of."""
        found = _sample(source)
        if not found:
            return Sniff(0.0, "no")
        wanted = sum(map(_needs_this, found)) * 2 >= len(found)
        _, key, record, turns = found[0]
        name = next((name for name in record if normal(name) in LISTS), key)
        seen = ", ".join(list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))[:3])
        return Sniff(CONFIDENCE if wanted else _UNSURE, "turns", (f"{name}: {seen}" if seen else name,))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a file of conversations."""
        source.require_text()
        stream = TextStream(source, options.encoding)
        facts = text_facts(self.name, source, stream)
        rows = _Rows(source, stream, options)
        return NeutralFile(source, iter(rows), options, facts, lambda: stream.bytes_done, stream.close)


class Dialogues:
    """The importer of dialogue data: JSON, or plain lines."""

    name = "dialogues"
    endings = (".json", ".jsonl", ".ndjson", ".txt", ".tsv")

    def sniff(self, source: SourceFile) -> Sniff:
        """The surer of both."""
        found = _NESTED.sniff(source)
        return found if found.confidence > 0 else _LINES.sniff(source)

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a file of conversations."""
        return (_NESTED if sample_text(source) else _LINES).open(source, options)


_NESTED, _LINES = _Nested(), DialogueLines()
IMPORTER = Dialogues()


def _sample(source: SourceFile) -> list[Found]:
    """The first conversations in the file's beginning."""
    text = sample_text(source)
    if not text:
        return []
    found: list[Found] = []
    try:
        for item in Walk(JsonText(Beginning(source, text)), eager=True).documents():
            if not isinstance(item, RejectedRow):
                found.append(item)
            if len(found) == _SAMPLE:
                break
    except CsqmError:
        pass  # the text is only a beginning
    return found


def _needs_this(found: Found) -> bool:
    """Whether there is anything that the general readers could not tell."""
    _, key, record, turns = found
    if not is_told(turns):
        return False
    speakers = {normal(turn.speaker) for turn in turns if turn.speaker}
    timed = all(_time(turn.facts) is not None or _has_odd_time(turn.facts) for turn in turns)
    if not timed:
        return len(turns) > 1 or bool(speakers)
    known = all(is_role_word(name) or name in _SEATS for name in speakers) and bool(speakers)
    plain = all(name in ROLE_VALUES for name in speakers) and not speakers & ANSWERERS
    return known and (bool(key) or not plain or not _own_id(record))


class _Rows:
    """The messages of one file."""

    def __init__(self, source: SourceFile, stream: TextStream, options: ReadOptions) -> None:
        self._source = source
        self._stream = stream
        mapping = options.mapping or ColumnMapping()
        self._given = {normal(word): role for word, role in mapping.roles.items()}
        self._undated = Undated(source, options)
        self._times = Times(parse_timezone(options.timezone or mapping.timezone or "UTC"), mapping.day_first)

    def __iter__(self) -> Iterator[NeutralRow | RejectedRow]:
        guard = DamageGuard(self._source, self._stream.charset.name)
        for found in conversations(self._source, self._stream, guard):
            if isinstance(found, RejectedRow):
                yield found
                continue
            for values in self._messages(found):
                if self._stream.damaged and BAD_BYTE in values["text"]:
                    yield guard.reject(found[0], values["text"])
                else:
                    guard.passed()
                    yield found[0], values

    def _messages(self, found: Found) -> Iterator[dict[str, Any]]:
        _, _, record, turns = found
        turns = [turn for turn in turns if turn.text.strip()]
        given = {normal(name): value for name, value in record.items() if isinstance(value, str | int | float)}
        known = {"conversation_id": self._conversation(found)} | {
            name: given[normal(name)] for name in _FACTS if normal(name) in given
        }
        asked = key_of(record.get("initiatorWorkerId"))
        bot_first = "bot_id" in record and "user_id" in record  # as MetaLWOz has it
        roles = roles_of(turns, self._given, asked, ASKED_FIRST[::-1] if bot_first else ASKED_FIRST)
        ids = _turn_ids(turns)
        for place, (turn, role, sent) in enumerate(zip(turns, roles, self._sent(record, turns), strict=True)):
            speaker = turn.speaker or ""
            yield {
                **known,
                "message_id": ids[place],
                "sent_at": sent,
                "role": role,
                "sender": "" if is_role_word(speaker) or speaker.isdigit() else speaker,
                "text": turn.text,
                "private": role is Role.SYSTEM and normal(speaker) in ("action", "kb", "database", "apicall"),
            }

    def _conversation(self, found: Found) -> str:
        _, key, record, turns = found
        name, own = _own_id(record) or ("", "")
        own = own or ("" if normal(key) in LISTS else key)
        if own.isdigit() and name != "conversationid":
            return f"{self._source.path.stem}-{own}"  # numbers within a file, the same in every file
        return own or content_id([[turn.speaker, turn.text] for turn in turns])

    def _sent(self, record: Mapping[str, Any], turns: list[Turn]) -> Iterator[object]:
        """When each turn was said: what it says itself, else a second after another from the conversation's time on."""
        own = [_time(turn.facts) for turn in turns]
        start = next((value for value in own if value is not None), None)
        if start is not None:
            for value in own:
                start = start if value is None else value
                yield start
            return
        start = _time(record)
        for after in _offsets(turns) or range(len(turns)):
            try:
                begun = self._undated.start if start is None else self._times.parse(start)
                yield begun + timedelta(seconds=after)
            except (TimeProblem, OverflowError):
                yield start  # refused later, with its value


def _time(facts: Mapping[str, Any]) -> object:
    known = {normal(key): value for key, value in facts.items()}
    found = next((known[name] for name in TIMES if known.get(name) not in (None, "")), None)
    if isinstance(found, dict):  # {"$date": …} and the like
        found = next((value for value in found.values() if isinstance(value, str | int)), None)
    return found


def _offsets(turns: list[Turn]) -> list[float]:
    """Seconds since the beginning, empty where any turn has none; those of a voice call have parts of a second."""
    for name, unit in OFFSETS.items():
        found = [next((value for key, value in turn.facts.items() if normal(key) == name), None) for turn in turns]
        if found and all(isinstance(value, int | float) and 0 <= value < _LONGEST for value in found):
            return [float(value or 0) * unit for value in found]
    return []


def _has_odd_time(facts: Mapping[str, Any]) -> bool:
    """Whether a time stands under a name that is not known: then a person should say so."""
    return any(MAY_BE_TIME.search(key) and _is_time(value) for key, value in facts.items())


def _is_time(value: object) -> bool:
    try:
        _TIMES.parse(value)
    except TimeProblem:
        return False
    return True


def _own_id(record: Mapping[str, Any]) -> tuple[str, str] | None:
    known = {normal(key): key_of(value) for key, value in record.items()}
    return next(((name, known[name]) for name in IDS if known.get(name)), None)


def _turn_ids(turns: list[Turn]) -> list[str]:
    """The turns' own ids where all have different ones, else their places."""
    for name in TURN_IDS:
        found = [
            next((key_of(value) for key, value in turn.facts.items() if normal(key) == name), "") for turn in turns
        ]
        if all(found) and len(set(found)) == len(found):
            return found
    return [str(place) for place in range(1, len(turns) + 1)]
