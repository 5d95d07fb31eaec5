"""Jobs and their outcome as rows, so that one cut off by a crash is seen, explained and gone on with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database

OWN_START = psutil.Process().create_time()


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job. ``outcome`` is succeeded, failed, cancelled, interrupted, or None while it runs."""

    id: int
    kind: str
    parameters: dict[str, Any]
    started_at: int  # ms
    finished_at: int | None
    outcome: str | None
    done: int
    total: int
    result: dict[str, Any]


class JobLog:
    """Writes and reads job records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, kind: str, parameters: Mapping[str, Any]) -> int:
        """Record that this process starts a job; returns its number."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO jobs (kind, parameters, pid, process_started, started_at) VALUES (?, ?, ?, ?, ?)",
                (kind, json.dumps(dict(parameters), ensure_ascii=False), os.getpid(), OWN_START, now_ms()),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def progress(self, job_id: int, done: int, total: int) -> None:
        """Record how far a job is."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE jobs SET done = ?, total = ? WHERE id = ?", (done, total, job_id))

    def finish(self, job_id: int, outcome: str, result: Mapping[str, Any]) -> None:
        """Record a job's one outcome."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET outcome = ?, finished_at = ?, result = ? WHERE id = ? AND outcome IS NULL",
                (outcome, now_ms(), json.dumps(dict(result), ensure_ascii=False, default=str), job_id),
            )

    def settle_own(self, kind: str) -> None:
        """Count this process's running jobs of a kind as done, in a copy of the database that it has just made."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET outcome = 'succeeded', finished_at = ? WHERE outcome IS NULL AND kind = ? AND pid = ?",
                (now_ms(), kind, os.getpid()),
            )

    def settle_interrupted(self) -> list[JobRecord]:
        """Mark jobs whose process is gone as interrupted; returns those just marked.

        A process number can be used again by the system, so its start time is compared as well.
        """
        rows = (
            self._database.connection()
            .execute("SELECT id, pid, process_started FROM jobs WHERE outcome IS NULL")
            .fetchall()
        )
        gone = [row["id"] for row in rows if not alive(row["pid"], row["process_started"])]
        for job_id in gone:
            self.finish(job_id, "interrupted", {})
        return [record for record in (self.get(job_id) for job_id in gone) if record]

    def running(self, kind: str) -> list[JobRecord]:
        """Jobs of a kind that are running now, in any process."""
        self.settle_interrupted()
        rows = self._database.connection().execute("SELECT * FROM jobs WHERE outcome IS NULL AND kind = ?", (kind,))
        return [_record(row) for row in rows]

    def any_running(self) -> bool:
        """Whether any job runs now, in any process; call ``settle_interrupted`` first."""
        row = self._database.connection().execute("SELECT 1 FROM jobs WHERE outcome IS NULL LIMIT 1").fetchone()
        return row is not None

    def unacknowledged(self) -> list[JobRecord]:
        """Interrupted jobs that nobody has been told about."""
        rows = self._database.connection().execute(
            "SELECT * FROM jobs WHERE outcome = 'interrupted' AND acknowledged = 0 ORDER BY id"
        )
        return [_record(row) for row in rows]

    def acknowledge(self, job_id: int) -> None:
        """Do not report this interruption again."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE jobs SET acknowledged = 1 WHERE id = ?", (job_id,))

    def get(self, job_id: int) -> JobRecord | None:
        """One job."""
        row = self._database.connection().execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return _record(row) if row else None

    def recent(self, limit: int = 50, kind: str | None = None) -> list[JobRecord]:
        """The newest jobs first."""
        rows = self._database.connection().execute(
            "SELECT * FROM jobs WHERE ? IS NULL OR kind = ? ORDER BY id DESC LIMIT ?", (kind, kind, limit)
        )
        return [_record(row) for row in rows]


def alive(pid: int, started: float) -> bool:
    """Whether the process that had this number and start time still runs."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - started) < 2.0
    except psutil.Error:
        return False


def _record(row: Any) -> JobRecord:
    return JobRecord(
        id=row["id"],
        kind=row["kind"],
        parameters=json.loads(row["parameters"]),
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        outcome=row["outcome"],
        done=row["done"],
        total=row["total"],
        result=json.loads(row["result"]),
    )
