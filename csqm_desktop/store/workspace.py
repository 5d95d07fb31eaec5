"""A workspace: a folder with one database, its model versions, media, exports and backups."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from csqm_desktop.domain.permissions import Actor
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.store import conversion, masked_texts
from csqm_desktop.store.aggregates import Aggregates
from csqm_desktop.store.attachments import AttachmentStore
from csqm_desktop.store.audit_log import AuditLog
from csqm_desktop.store.batches import BatchStore
from csqm_desktop.store.connectors import ConnectorStore
from csqm_desktop.store.conversations import ConversationStore
from csqm_desktop.store.database import Database, environment_errors
from csqm_desktop.store.erased import ErasedStore
from csqm_desktop.store.erasure import ErasureStore
from csqm_desktop.store.export_rows import ExportRows
from csqm_desktop.store.intake_tokens import TokenStore
from csqm_desktop.store.job_log import JobLog
from csqm_desktop.store.masked_texts import MaskedTexts
from csqm_desktop.store.message_writer import ConversationWriter
from csqm_desktop.store.people import PeopleStore
from csqm_desktop.store.privacy_ledger import PrivacyLedger
from csqm_desktop.store.queue_pool import QueuePool
from csqm_desktop.store.raw_texts import RawTextStore
from csqm_desktop.store.reviews import ReviewStore
from csqm_desktop.store.role_changes import RoleChanges
from csqm_desktop.store.scorecards import ScorecardStore
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.search import Search
from csqm_desktop.store.signals import SignalStore
from csqm_desktop.store.texts_beside import TextsBeside
from csqm_desktop.store.topics import TopicStore
from csqm_desktop.store.watched import WatchedStore
from csqm_desktop.vault import key_file, ring
from csqm_desktop.vault.key_file import KeyFile
from csqm_desktop.vault.keys import DataKey

DATABASE = "csqm.sqlite3"
PSEUDONYM_KEY = "pseudonym_key"  # a fact: see privacy/pseudonyms.py
FOLDERS = ("model_store", "media", "exports", "backups")


class Workspace:
    """The handle that every job and page works with; safe to use from several threads."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database
        self.audit = AuditLog(database)
        self.people = PeopleStore(database, self.audit)
        self.audit.signed_in = lambda: self.people.actor.name if self.people.actor else None
        self.scorecards = ScorecardStore(database)
        self.scores = ScoreStore(database, self.scorecards)
        self.queue_pool = QueuePool(database, self.scores)
        self.conversations = ConversationStore(database)
        self.attachments = AttachmentStore(database)
        self.raw_texts = RawTextStore(database, folder)
        self.search = Search(database)
        self.roles = RoleChanges(database, self.scores)
        self.signals = SignalStore(database)
        self.topics = TopicStore(database)
        self.batches = BatchStore(database, self.scores)
        self.reviews = ReviewStore(database, self.scorecards, self.people)
        self.aggregates = Aggregates(database, self.scorecards, self.scores)
        self.erasure = ErasureStore(database, self.scores)
        self.erased = ErasedStore(database)
        self.masked_texts = MaskedTexts(database, self.scores, self.erasure)
        self.texts_beside = TextsBeside(database, self.erasure)
        self.export_rows = ExportRows(database, self.scorecards, self.scores)
        self.privacy_ledger = PrivacyLedger(database, self.scorecards, self.scores)
        self.jobs = JobLog(database)
        self.watched = WatchedStore(database, self.people)
        self.tokens = TokenStore(database, self.people)
        self.connectors = ConnectorStore(database, self.people)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a folder holds a workspace."""
        return (folder / DATABASE).is_file()

    @classmethod
    def create(
        cls, folder: Path, scorecard: Scorecard, language: str = "en", keys: tuple[KeyFile, DataKey] | None = None
    ) -> Workspace:
        """Make a workspace in an empty or new folder, encrypted when ``keys`` are given.

        A crash half-way leaves no half workspace behind.
        """
        if cls.exists(folder):
            raise CsqmError("workspace_exists", path=folder)
        if folder.is_file():
            raise CsqmError("workspace_is_file", path=folder)
        if strange := _not_ours(folder):
            raise CsqmError("folder_not_empty", path=folder, first=strange[0], count=len(strange))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in FOLDERS:
                (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise CsqmError("workspace_not_writable", path=folder, reason=error.strerror) from error
        ring.forget(folder)
        if keys is not None:
            keys[0].write(folder)
            ring.register(folder, keys[1])
        draft = folder / f"{DATABASE}.{os.getpid()}.new"
        database = Database.create(draft)
        try:
            ScorecardStore(database).publish(scorecard)
            with database.transaction() as connection:
                masked_texts.remember(connection)
                connection.executemany(
                    "INSERT INTO workspace_facts (key, value) VALUES (?, ?)",
                    [
                        ("language", language),
                        ("created_at", str(int(time.time()))),
                        (PSEUDONYM_KEY, secrets.token_hex(32)),
                    ],
                )
            # fold the write-ahead log into the file before it gets its real name
            database.connection().execute("PRAGMA journal_mode = DELETE")
        finally:
            database.close()
        with environment_errors(folder / DATABASE):
            draft.replace(folder / DATABASE)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Open a workspace; brings an older database up to date after copying it.

        An encrypted one must have been unlocked in this process (``vault.unlock``), else ``workspace_locked``.
        """
        if not cls.exists(folder):
            raise CsqmError("workspace_missing", path=folder)
        if not (_writable(folder) and _writable(folder / DATABASE)):
            raise CsqmError("workspace_not_writable", path=folder, reason="no write permission")
        if conversion.is_running(folder):
            raise CsqmError("job_running", kind="encrypt")
        workspace = cls(folder, Database.open(folder / DATABASE))
        try:
            with environment_errors(folder / DATABASE):
                workspace.database.connection()
        except CsqmError:
            workspace.close()
            raise
        return workspace

    def writer(self, batch_id: int) -> ConversationWriter:
        """A writer for one import batch."""
        return ConversationWriter(self.database, self.scores, batch_id)

    def fact(self, key: str, default: str = "") -> str:
        """A small fact about the workspace, such as its language."""
        row = self.database.connection().execute("SELECT value FROM workspace_facts WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_fact(self, key: str, value: str) -> None:
        """Store a small fact."""
        with self.database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO workspace_facts (key, value) VALUES (?, ?)", (key, value))

    @property
    def actor(self) -> Actor | None:
        """Who has signed in through this handle; None: nobody."""
        return self.people.actor

    def require(self, action: str) -> None:
        """Raise ``sign_in_needed`` or ``not_allowed`` unless the action is allowed: see ``PeopleStore.require``."""
        self.people.require(action)

    @property
    def encrypted(self) -> bool:
        """Whether everything that holds message text is encrypted on the disk."""
        return self.database.key is not None

    @property
    def model_store(self) -> Path:
        """The folder of this workspace's trained versions."""
        return self.folder / "model_store"

    @property
    def exports(self) -> Path:
        """The folder exports go to when no place is named."""
        return self.folder / "exports"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.folder / "backups"

    def close(self) -> None:
        """Close all connections."""
        self.database.close()


def _not_ours(folder: Path) -> list[str]:
    """What lies in a folder and is not of a workspace whose making, or whose database, was lost on the way."""
    if not folder.is_dir():
        return []
    names = (path.name for path in sorted(folder.iterdir()))
    return [name for name in names if name not in (*FOLDERS, key_file.NAME) and not name.startswith((DATABASE, "."))]


def _writable(path: Path) -> bool:
    """SQLite would open what cannot be written to and fail at the first write."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
