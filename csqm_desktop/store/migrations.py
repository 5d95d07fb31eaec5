"""The schema, as an append-only list of steps. A published step is never edited: add another one.

Each step runs in one transaction together with the record of it (sqlite-utils). Steps use SQL only and
import no live domain class, so that an old step keeps meaning what it meant.

Times are integers: milliseconds since the epoch, UTC. ``day`` is the local calendar day of a message as
days since 1970-01-01. Probabilities are 16-bit fixed point, all levels of all criteria in a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from csqm_desktop.store.connect import connect

if TYPE_CHECKING:
    from sqlite_utils.db import Database as UtilsDatabase

    from csqm_desktop.vault.keys import DataKey

MIGRATION_SET = "csqm"

Step = Callable[["UtilsDatabase"], None]


def _run(db: UtilsDatabase, script: str) -> None:
    # not executescript(): that would commit the step's transaction
    for statement in script.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


def m001_conversations(db: UtilsDatabase) -> None:
    """Workspace facts, scorecards, imports, conversations with their messages, jobs."""
    _run(
        db,
        """
        CREATE TABLE workspace_facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE scorecards (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL,
            published_at INTEGER NOT NULL, UNIQUE (key, version));
        CREATE TABLE criteria (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, parameters TEXT NOT NULL, pid INTEGER NOT NULL,
            process_started REAL NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
            outcome TEXT, done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
            result TEXT NOT NULL DEFAULT '{}', acknowledged INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX jobs_open ON jobs (kind) WHERE outcome IS NULL;
        CREATE TABLE import_batches (
            id INTEGER PRIMARY KEY, job_id INTEGER REFERENCES jobs (id), path TEXT NOT NULL,
            file_size INTEGER NOT NULL, format TEXT NOT NULL, encoding TEXT NOT NULL, mapping TEXT NOT NULL,
            started_at INTEGER NOT NULL, finished_at INTEGER, outcome TEXT,
            added INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
            updated INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE rejected_rows (
            id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL REFERENCES import_batches (id) ON DELETE CASCADE,
            row INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, excerpt TEXT NOT NULL);
        CREATE INDEX rejected_rows_batch ON rejected_rows (batch_id);
        CREATE TABLE redactions (
            batch_id INTEGER NOT NULL REFERENCES import_batches (id) ON DELETE CASCADE,
            kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (batch_id, kind)) WITHOUT ROWID;
        CREATE TABLE import_profiles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, mapping TEXT NOT NULL);
        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, shop TEXT NOT NULL,
            product TEXT NOT NULL, order_id TEXT NOT NULL, rating REAL,
            batch_id INTEGER REFERENCES import_batches (id));
        CREATE INDEX conversations_batch ON conversations (batch_id);
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            source_id TEXT NOT NULL, sent_at INTEGER NOT NULL, offset_minutes INTEGER NOT NULL,
            day INTEGER NOT NULL, role TEXT NOT NULL, sender TEXT NOT NULL, text TEXT NOT NULL,
            private INTEGER NOT NULL, is_reply INTEGER NOT NULL, intent TEXT NOT NULL,
            bot_version TEXT NOT NULL, content_hash BLOB NOT NULL, derived_id INTEGER NOT NULL,
            batch_id INTEGER REFERENCES import_batches (id), UNIQUE (conversation_id, source_id));
        CREATE INDEX messages_batch ON messages (batch_id);
        CREATE INDEX messages_replies ON messages (day, id) WHERE is_reply = 1;
        CREATE TABLE message_history (
            id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            batch_id INTEGER NOT NULL REFERENCES import_batches (id), before TEXT NOT NULL);
        CREATE INDEX message_history_batch ON message_history (batch_id);
        CREATE INDEX message_history_message ON message_history (message_id);
        CREATE TABLE attachments (
            id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            name TEXT NOT NULL, path TEXT NOT NULL DEFAULT '');
        CREATE INDEX attachments_message ON attachments (message_id);
        """,
    )


def m002_reviews(db: UtilsDatabase) -> None:
    """Reviewers, what the queue showed and why, drafts, reviews with their levels and root causes."""
    _run(
        db,
        """
        CREATE TABLE reviewers (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL DEFAULT 'reviewer');
        CREATE TABLE versions (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, scorecard_id INTEGER NOT NULL REFERENCES scorecards (id),
            columns TEXT NOT NULL, created_at INTEGER NOT NULL);
        CREATE TABLE shown_items (
            id INTEGER PRIMARY KEY, reply_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            reviewer_id INTEGER NOT NULL REFERENCES reviewers (id), strategy TEXT NOT NULL, reason TEXT NOT NULL,
            detail TEXT NOT NULL, probability REAL, version_id INTEGER REFERENCES versions (id),
            shown_at INTEGER NOT NULL);
        CREATE INDEX shown_items_reply ON shown_items (reply_id);
        CREATE TABLE drafts (
            reply_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            reviewer_id INTEGER NOT NULL REFERENCES reviewers (id), payload TEXT NOT NULL,
            updated_at INTEGER NOT NULL, PRIMARY KEY (reply_id, reviewer_id)) WITHOUT ROWID;
        CREATE TABLE reviews (
            id INTEGER PRIMARY KEY, reply_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            reviewer_id INTEGER NOT NULL REFERENCES reviewers (id),
            scorecard_id INTEGER NOT NULL REFERENCES scorecards (id), verdict TEXT NOT NULL, source TEXT NOT NULL,
            quality REAL, comment TEXT NOT NULL, better_reply TEXT NOT NULL, seconds REAL,
            shown_id INTEGER REFERENCES shown_items (id), version_id INTEGER REFERENCES versions (id),
            submitted_at INTEGER NOT NULL, retired_at INTEGER, retired_because TEXT);
        CREATE UNIQUE INDEX reviews_live ON reviews (reply_id, reviewer_id) WHERE retired_at IS NULL;
        CREATE INDEX reviews_reply ON reviews (reply_id);
        CREATE INDEX reviews_verdict ON reviews (verdict, submitted_at) WHERE retired_at IS NULL;
        CREATE TABLE review_levels (
            review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            criterion_id INTEGER NOT NULL REFERENCES criteria (id), position INTEGER NOT NULL,
            PRIMARY KEY (review_id, criterion_id)) WITHOUT ROWID;
        CREATE TABLE review_causes (
            review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE, cause TEXT NOT NULL,
            PRIMARY KEY (review_id, cause)) WITHOUT ROWID;
        """,
    )


def m003_scores(db: UtilsDatabase) -> None:
    """Scores per version and reply, and the rollups that trends are read from."""
    _run(
        db,
        """
        CREATE TABLE scores (
            version_id INTEGER NOT NULL REFERENCES versions (id),
            reply_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            quality REAL NOT NULL, confidence REAL NOT NULL, doubtful_id INTEGER NOT NULL,
            scored_at INTEGER NOT NULL, probabilities BLOB NOT NULL,
            PRIMARY KEY (version_id, reply_id)) WITHOUT ROWID;
        CREATE INDEX scores_by_confidence ON scores (version_id, confidence, reply_id);
        CREATE INDEX scores_reply ON scores (reply_id);
        CREATE TABLE rollups (
            version_id INTEGER NOT NULL REFERENCES versions (id), dimension TEXT NOT NULL, value TEXT NOT NULL,
            role TEXT NOT NULL, criterion_id INTEGER NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL,
            total REAL NOT NULL, total_squared REAL NOT NULL, below_line INTEGER NOT NULL,
            PRIMARY KEY (version_id, dimension, value, role, criterion_id, day)) WITHOUT ROWID;
        """,
    )


def m004_room(db: UtilsDatabase) -> None:
    """Bot releases as marks on the trend, and the audit log."""
    _run(
        db,
        """
        CREATE TABLE bot_versions (
            id INTEGER PRIMARY KEY, sender TEXT NOT NULL, version TEXT NOT NULL, first_day INTEGER NOT NULL,
            note TEXT NOT NULL DEFAULT '', UNIQUE (sender, version));
        CREATE TABLE audit_log (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, detail TEXT NOT NULL, previous_hash BLOB NOT NULL, hash BLOB NOT NULL);
        INSERT OR IGNORE INTO bot_versions (sender, version, first_day)
            SELECT sender, bot_version, min(day) FROM messages
            WHERE role = 'bot' AND bot_version <> '' GROUP BY sender, bot_version;
        """,
    )


def m005_intake(db: UtilsDatabase) -> None:
    """What comes in by itself: watched folders and their files, tokens of the HTTP intake, connectors."""
    _run(
        db,
        """
        CREATE TABLE watched_folders (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, format TEXT NOT NULL, profile TEXT NOT NULL,
            timezone TEXT NOT NULL, moves INTEGER NOT NULL, paused INTEGER NOT NULL DEFAULT 0,
            added_at INTEGER NOT NULL);
        CREATE TABLE watched_files (
            id INTEGER PRIMARY KEY,
            folder_id INTEGER NOT NULL REFERENCES watched_folders (id) ON DELETE CASCADE,
            name TEXT NOT NULL, size INTEGER NOT NULL, content_hash BLOB NOT NULL, outcome TEXT,
            added INTEGER NOT NULL DEFAULT 0, code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '{}',
            batch_id INTEGER, pid INTEGER NOT NULL, process_started REAL NOT NULL, at INTEGER NOT NULL,
            UNIQUE (folder_id, content_hash));
        CREATE TABLE intake_tokens (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, hash BLOB NOT NULL UNIQUE,
            created_at INTEGER NOT NULL);
        CREATE TABLE connectors (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, settings TEXT NOT NULL,
            cursor TEXT NOT NULL DEFAULT '{}', messages INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '',
            code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '{}', pulled_at INTEGER,
            added_at INTEGER NOT NULL);
        """,
    )


def m006_search(db: UtilsDatabase) -> None:
    """Full-text index of messages (kept by ``store/search.py``), and what an import was made from."""
    _run(
        db,
        """
        CREATE VIRTUAL TABLE message_search USING fts5 (grams, content = '', detail = none, columnsize = 0);
        CREATE TABLE search_state (indexed_upto INTEGER NOT NULL);
        INSERT INTO search_state VALUES (0);
        CREATE TABLE search_changes (id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, text TEXT NOT NULL);
        CREATE TRIGGER messages_gone AFTER DELETE ON messages BEGIN
            INSERT INTO search_changes (message_id, text) VALUES (old.id, old.text); END;
        CREATE TRIGGER messages_changed AFTER UPDATE OF text ON messages WHEN old.text IS NOT new.text BEGIN
            INSERT INTO search_changes (message_id, text) VALUES (old.id, old.text); END;
        ALTER TABLE import_batches ADD COLUMN file_hash TEXT NOT NULL DEFAULT '';
        ALTER TABLE import_batches ADD COLUMN reading TEXT NOT NULL DEFAULT '';
        CREATE INDEX import_batches_file ON import_batches (file_hash);
        """,
    )


def m007_signals(db: UtilsDatabase) -> None:
    """Signals of conversations besides their scores."""
    _run(
        db,
        """
        CREATE TABLE conversation_signals (
            conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
            messages INTEGER NOT NULL, last_message INTEGER NOT NULL, transferred INTEGER NOT NULL,
            repeated_question INTEGER NOT NULL, unresolved INTEGER NOT NULL, first_response REAL,
            slowest_response REAL, mood_first REAL, mood_last REAL, course TEXT NOT NULL);
        CREATE TRIGGER signals_outdated AFTER UPDATE OF text, role, sent_at ON messages BEGIN
            DELETE FROM conversation_signals WHERE conversation_id = old.conversation_id; END;
        """,
    )


def m008_people(db: UtilsDatabase) -> None:
    """People who sign in (reviewers with a passphrase), and raw texts that are kept for some days."""
    _run(
        db,
        """
        ALTER TABLE reviewers ADD COLUMN secret TEXT NOT NULL DEFAULT '';
        ALTER TABLE reviewers ADD COLUMN retired_at INTEGER;
        CREATE TABLE raw_texts (
            message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
            content BLOB NOT NULL, kept_at INTEGER NOT NULL);
        CREATE INDEX raw_texts_age ON raw_texts (kept_at);
        """,
    )


def m009_same_file(db: UtilsDatabase) -> None:
    """An import counts as the same file again only while nothing that it brought has changed."""
    _run(
        db,
        """
        CREATE TRIGGER batch_lost_message AFTER DELETE ON messages BEGIN
            UPDATE import_batches SET file_hash = '' WHERE id = old.batch_id AND file_hash <> ''; END;
        CREATE TRIGGER batch_changed_message AFTER UPDATE OF text, role, sender, content_hash ON messages BEGIN
            UPDATE import_batches SET file_hash = '' WHERE id = old.batch_id AND file_hash <> ''; END;
        CREATE TRIGGER batch_changed_conversation AFTER UPDATE ON conversations BEGIN
            UPDATE import_batches SET file_hash = '' WHERE file_hash <> ''
                AND id IN (SELECT batch_id FROM messages WHERE conversation_id = old.id); END;
        """,
    )


def m010_topics(db: UtilsDatabase) -> None:
    """Topics that the machine found, apart from those that exports bring."""
    _run(
        db,
        """
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, base TEXT NOT NULL, centre BLOB NOT NULL);
        CREATE TABLE conversation_topics (
            conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE);
        CREATE INDEX conversation_topics_topic ON conversation_topics (topic_id);
        """,
    )


def m011_ledger(db: UtilsDatabase) -> None:
    """What was released with noise, and the privacy that it cost."""
    _run(
        db,
        """
        CREATE TABLE privacy_ledger (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL,
            epsilon REAL NOT NULL CHECK (epsilon > 0));
        """,
    )


def m012_changed_inputs(db: UtilsDatabase) -> None:
    """Which replies read differently since, so that what was made from them is not used again."""
    _run(
        db,
        """
        CREATE TABLE changed_inputs (seq INTEGER PRIMARY KEY AUTOINCREMENT, reply_id INTEGER NOT NULL);
        """,
    )


def m013_originals(db: UtilsDatabase) -> None:
    """A kept original goes when its message changes; who was erased, as keyed hashes that later imports look for."""
    _run(
        db,
        """
        CREATE TRIGGER raw_text_outdated AFTER UPDATE OF text ON messages WHEN old.text IS NOT new.text BEGIN
            DELETE FROM raw_texts WHERE message_id = old.id; END;
        CREATE TABLE erased (
            mark BLOB PRIMARY KEY, stub TEXT NOT NULL, erased_at INTEGER NOT NULL) WITHOUT ROWID;
        ALTER TABLE import_batches ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
        """,
    )


def m014_lean_scores(db: UtilsDatabase) -> None:
    """Scores without the two indexes that cost more than the scores themselves when a new version scores a store.

    Without one on the reply a foreign key would read all scores for every deleted message: a trigger that looks
    into each version's scores takes its place.
    """
    _run(
        db,
        """
        CREATE TABLE lean_scores (
            version_id INTEGER NOT NULL REFERENCES versions (id), reply_id INTEGER NOT NULL,
            quality REAL NOT NULL, confidence REAL NOT NULL, doubtful_id INTEGER NOT NULL,
            scored_at INTEGER NOT NULL, probabilities BLOB NOT NULL,
            PRIMARY KEY (version_id, reply_id)) WITHOUT ROWID;
        INSERT INTO lean_scores SELECT version_id, reply_id, quality, confidence, doubtful_id, scored_at, probabilities
            FROM scores ORDER BY version_id, reply_id;
        DROP TABLE scores;
        ALTER TABLE lean_scores RENAME TO scores;
        CREATE TRIGGER messages_scores AFTER DELETE ON messages BEGIN
            DELETE FROM scores WHERE version_id IN (SELECT id FROM versions) AND reply_id = old.id; END;
        """,
    )


def m015_disagreement(db: UtilsDatabase) -> None:
    """How likely people would disagree about a reply: a byte for each criterion, empty for older scores."""
    _run(db, "ALTER TABLE scores ADD COLUMN disagreement BLOB;")


STEPS: tuple[Step, ...] = (
    m001_conversations,
    m002_reviews,
    m003_scores,
    m004_room,
    m005_intake,
    m006_search,
    m007_signals,
    m008_people,
    m009_same_file,
    m010_topics,
    m011_ledger,
    m012_changed_inputs,
    m013_originals,
    m014_lean_scores,
    m015_disagreement,
)


def applied(connection: sqlite3.Connection) -> list[str]:
    """Names of the steps that a database has had; empty for a new one."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if not exists:
        return []
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
    )
    return [row[0] for row in rows]


def unknown(connection: sqlite3.Connection) -> list[str]:
    """Steps in the database that this release has never heard of: a newer release wrote it."""
    known = {step.__name__ for step in STEPS}
    return [name for name in applied(connection) if name not in known]


def pending(connection: sqlite3.Connection) -> list[str]:
    """Steps that this release has and the database lacks."""
    done = set(applied(connection))
    return [step.__name__ for step in STEPS if step.__name__ not in done]


def apply(path: Path, upto: int | None = None, key: DataKey | None = None) -> None:
    """Apply all pending steps, or only the first ``upto`` of the list (for tests of a single step)."""
    from sqlite_utils.db import Database as UtilsDatabase  # 0.3 s to import: only when there is work
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in STEPS[:upto]:
        migrations()(step)
    connection = connect(path, key)
    connection.row_factory = None
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrations.apply(UtilsDatabase(connection))
    finally:
        connection.close()
