"""Rasa's tracker store: its SQLite file (read only), trackers as JSON, and events one on each line.

Users are customers, what the assistant utters is a bot's. Actions, slots and the like are no messages. The text of
a reply that only offers buttons is their titles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.json_walk import CERTAIN, Converter, JsonLayout
from csqm_desktop.importers.lines import MAX_ROW_CHARS
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, file_name, key_of, mapping_of, objects_of
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile

SQLITE_MAGIC = b"SQLite format 3\x00"
_COLUMNS = frozenset({"id", "sender_id", "type_name", "timestamp", "data"})
_COMMANDS = ("/session_start", "/restart", "/back")


def _row(sender: str, event: dict[str, Any], model: str = "") -> dict[str, Any] | None:
    """One event as a message, None when nobody said anything."""
    kind = event.get("event")
    if kind not in ("user", "bot"):
        return None
    extra, facts = mapping_of(event.get("data")), mapping_of(event.get("metadata"))
    text, files = event.get("text"), []
    if kind == "bot":
        buttons = objects_of(extra.get("buttons")) + objects_of(extra.get("quick_replies"))
        text = text or "\n".join(str(button["title"]) for button in buttons if button.get("title"))
        files = [file_name(extra[key]) for key in ("image", "attachment") if isinstance(extra.get(key), str)]
    if not (text or files) or (isinstance(text, str) and text.startswith(_COMMANDS)):
        return None
    parsed = mapping_of(event.get("parse_data"))
    return {
        "conversation_id": sender,
        "message_id": key_of(event.get("message_id")),
        "sent_at": event.get("timestamp"),
        "role": Role.CUSTOMER if kind == "user" else Role.BOT,
        "sender": sender if kind == "user" else "",
        "text": text or "",
        "channel": event.get("input_channel") or "",
        "attachments": files,
        "bot_version": (key_of(facts.get("model_id")) or model) if kind == "bot" else "",
        "intent": key_of(mapping_of(parsed.get("intent")).get("name")),
    }


class _Events(Converter):
    """Trackers with their events, or events that name their sender."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What was said in a tracker, or in one event."""
        if isinstance(record.get("events"), list):
            sender = key_of(record.get("sender_id")) or self.source.path.stem
            found = [_row(sender, event) for event in objects_of(record["events"])]
        else:
            found = [_row(key_of(record.get("sender_id")) or self.source.path.stem, record)]
        yield from (row for row in found if row is not None)


class _Json(JsonLayout):
    name = "rasa"
    arrays = frozenset({"conversations", "trackers"})
    converter = _Events

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A tracker or an event."""
        return "events" in record or "event" in record

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Events of Rasa's kinds with a time."""
        nested = objects_of(record.get("events"))
        if nested and ("sender_id" in record or "latest_message" in record):
            record = nested[0]
        elif key not in ("", "events"):
            return ""
        kind = record.get("event")
        known = isinstance(kind, str) and kind in _KINDS and "timestamp" in record
        return "event, timestamp, parse_data" if known and (key == "events" or record.keys() & _SIGNS) else ""


_KINDS = frozenset({
    "user", "bot", "action", "slot", "session_started", "restart", "user_featurization", "entities", "followup",
    "reset_slots", "pause", "resume", "reminder", "active_loop", "form", "action_execution_rejected", "flow_started",
    "flow_completed", "flow_interrupted", "flow_resumed", "flow_cancelled", "stack", "rewind", "undo", "export",
    "loop_interrupted", "agent", "routing_session_ended",
})  # fmt: skip
_SIGNS = frozenset(
    {"parse_data", "metadata", "policy", "name", "sender_id", "input_channel", "use_text_for_featurization"}
)

_BROKEN = (sqlite3.Error, UnicodeError)  # names of columns are decoded strictly


class _Store:
    """An opened tracker store."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # A store that is not in use needs no lock and gets no files beside it.
        in_use = path.with_name(path.name + "-wal").exists()
        address = path.absolute().as_uri() + ("?mode=ro" if in_use else "?mode=ro&immutable=1")
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW_CHARS)
        self._connection.execute("PRAGMA trusted_schema = OFF")
        self._connection.execute("PRAGMA query_only = ON")
        self.done = 0
        self.last = 1

    def check(self) -> bool:
        """Whether it is one: a real table with the columns of Rasa's."""
        kind = self._connection.execute("SELECT type FROM sqlite_master WHERE name = 'events'").fetchone()
        columns = {row[1] for row in self._connection.execute("PRAGMA table_info(events)")}
        return kind == ("table",) and columns >= _COLUMNS

    def rows(self, file: str) -> Iterator[NeutralRow | RejectedRow]:
        """Messages in the order in which they were stored."""
        try:
            self.last = self._connection.execute("SELECT max(id) FROM events").fetchone()[0] or 1
            query = "SELECT id, sender_id, timestamp, data FROM events WHERE type_name IN ('user', 'bot') ORDER BY id"
            for number, sender, sent, data in self._connection.execute(query):
                self.done = number if isinstance(number, int) else self.done
                try:
                    event = json.loads(data)
                except (TypeError, ValueError, RecursionError) as error:
                    yield rejected(file, self.done, "row_json", str(data)[:200], reason=str(error)[:80])
                    continue
                if not isinstance(event, dict):
                    yield rejected(file, self.done, "row_not_object", str(data)[:200])
                    continue
                event.setdefault("timestamp", sent)
                row = _row(key_of(sender), event)
                if row is not None:
                    yield self.done, row
        except (*_BROKEN, OverflowError) as error:
            raise _broken(self._path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()


def _broken(path: Path, error: Exception) -> CsqmError:
    return CsqmError("import_tracker_broken", file=str(path), reason=str(error).splitlines()[0][:200])


class Rasa:
    """The importer of tracker stores in both forms."""

    name = "rasa"
    endings = (".db", ".sqlite", ".json", ".jsonl")

    def __init__(self) -> None:
        self._json = _Json()

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure of a SQLite file with the table ``events``, or of JSON with Rasa's events."""
        if not source.head.startswith(SQLITE_MAGIC):
            return self._json.sniff(source)
        try:
            with closing(_Store(source.path)) as store:
                return Sniff(CERTAIN, "layout", ("events: sender_id, type_name, data",)) if store.check() else _NO
        except _BROKEN:
            return _NO

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open the file, whichever it is."""
        if not source.head.startswith(SQLITE_MAGIC):
            return self._json.open(source, options)
        try:
            store = _Store(source.path)
            known = store.check()
        except _BROKEN as error:
            raise _broken(source.path, error) from error
        if not known:
            store.close()
            raise CsqmError("import_no_messages", file=str(source.path), format=self.name)
        facts = Recognition(self.name, 0.0, "", source.size)

        def progress() -> int:
            return source.size * min(store.done, store.last) // store.last

        return NeutralFile(source, store.rows(source.name), options, facts, progress, store.close, "UTC")


_NO = Sniff(0.0, "no")

IMPORTER = Rasa()
