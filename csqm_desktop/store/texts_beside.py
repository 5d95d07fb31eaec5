"""Texts about or out of messages that lie beside them: what people wrote, what was refused, what failed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from csqm_desktop.store.attachments import names_of
from csqm_desktop.store.database import Database
from csqm_desktop.store.erasure import ErasureStore
from csqm_desktop.store.masked_texts import Masks, earlier_wording

_PAGE = 1000
_OWN_WORDS = ("comment", "better_reply", "other")  # of a draft; the rest are keys
_WHERE = frozenset({"file", "path", "folder", "log"})  # of an error: needed as they are to find what is meant

Rewrite = Callable[[sqlite3.Row], tuple[Any, ...]]


class TextsBeside:
    """Masks them again, table by table, some rows in a transaction."""

    def __init__(self, database: Database, erasure: ErasureStore) -> None:
        self._database = database
        self._erasure = erasure

    def mask(self, masks: Masks, dry_run: bool = False) -> Iterator[tuple[str, int]]:
        """After every few rows: what they are, and how many of them changed, or would."""
        for name, table, columns, rewrite in (
            ("reviews", "reviews", ("comment", "better_reply"), _texts(masks.text)),
            ("earlier_wordings", "message_history", ("before",), self._wording(masks)),
            ("rejected_rows", "rejected_rows", ("detail", "excerpt"), _detail_and_excerpt(masks)),
            ("topics", "topics", ("name",), _texts(masks.text)),
            ("records", "watched_files", ("detail",), _details(masks)),
            ("records", "connectors", ("detail",), _details(masks)),
            ("records", "jobs", ("result",), _failure(masks)),
        ):
            for count in self._table(table, columns, rewrite, dry_run):
                yield name, count
        yield "drafts", self._drafts(masks, dry_run)
        yield "causes", self._causes(masks, dry_run)

    def _table(self, table: str, columns: tuple[str, ...], rewrite: Rewrite, dry_run: bool) -> Iterator[int]:
        after = 0
        more = "message_id, " if table == "message_history" else ""
        query = f"SELECT id, {more}{', '.join(columns)} FROM {table} WHERE id > ? ORDER BY id LIMIT ?"
        update = f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?"
        while True:
            rows = self._database.connection().execute(query, (after, _PAGE)).fetchall()
            if not rows:
                return
            after = rows[-1]["id"]
            changed = []
            for row in rows:
                values = rewrite(row)
                if values != tuple(row[name] for name in columns):
                    changed.append((*values, row["id"]))
            if changed and not dry_run:
                with self._database.transaction() as connection:
                    self._erasure.note_pending(connection)
                    connection.executemany(update, changed)
            yield len(changed)

    def _wording(self, masks: Masks) -> Rewrite:
        def rewrite(row: sqlite3.Row) -> tuple[Any, ...]:
            message = row["message_id"]
            names = names_of(self._database.connection(), str(message)).get(message, ())
            return (earlier_wording(row["before"], masks, names),)

        return rewrite

    def _drafts(self, masks: Masks, dry_run: bool) -> int:
        changed = []
        for row in self._database.connection().execute("SELECT reply_id, reviewer_id, payload FROM drafts"):
            payload = json.loads(row["payload"])
            words = {name: masks.text(payload[name]) for name in _OWN_WORDS if isinstance(payload.get(name), str)}
            if any(payload[name] != text for name, text in words.items()):
                changed.append((json.dumps(payload | words, ensure_ascii=False), row["reply_id"], row["reviewer_id"]))
        if changed and not dry_run:
            with self._database.transaction() as connection:
                self._erasure.note_pending(connection)
                connection.executemany("UPDATE drafts SET payload = ? WHERE reply_id = ? AND reviewer_id = ?", changed)
        return len(changed)

    def _causes(self, masks: Masks, dry_run: bool) -> int:
        """Causes that reviewers named in their own words; most reviews share a few."""
        known = self._database.connection().execute("SELECT DISTINCT cause FROM review_causes").fetchall()
        changed = [(masks.text(row[0]), row[0]) for row in known if masks.text(row[0]) != row[0]]
        if changed and not dry_run:
            with self._database.transaction() as connection:
                self._erasure.note_pending(connection)
                # two causes of one review may be the same without the data in them
                connection.executemany("UPDATE OR IGNORE review_causes SET cause = ? WHERE cause = ?", changed)
                connection.executemany("DELETE FROM review_causes WHERE cause = ?", [(old,) for _, old in changed])
        return len(changed)


def _texts(mask: Callable[[str], str]) -> Rewrite:
    return lambda row: tuple(mask(row[name]) for name in row.keys()[1:])  # without the id


def _values(mask: Callable[[str], str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: mask(value) if isinstance(value, str) and key not in _WHERE else value for key, value in values.items()
    }


def _json(before: str, values: Mapping[str, Any]) -> str:
    """Unchanged values stay in the very same words."""
    return before if json.loads(before) == values else json.dumps(values, ensure_ascii=False)


def _details(masks: Masks) -> Rewrite:
    return lambda row: (_json(row["detail"], _values(masks.bare, json.loads(row["detail"]))),)


def _detail_and_excerpt(masks: Masks) -> Rewrite:
    return lambda row: (*_details(masks)(row), masks.bare(row["excerpt"]))


def _failure(masks: Masks) -> Rewrite:
    """What an error said, quoting; other results are figures, and paths that are needed as they are."""

    def rewrite(row: sqlite3.Row) -> tuple[Any, ...]:
        result = json.loads(row["result"])
        said = result.get("values")
        if isinstance(said, dict):
            return (_json(row["result"], result | {"values": _values(masks.bare, said)}),)
        return (row["result"],)

    return rewrite
