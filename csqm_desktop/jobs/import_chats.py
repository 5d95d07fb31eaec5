"""Import: a file's messages, personal data out, into the store in small transactions.

Large files are read and redacted in a process of their own while this one writes. Cancelled or unreadable files leave
the workspace as it was. A crash keeps the rows that were stored: reading the file again adds only the rest. A file that
is in the workspace already, unchanged and read in the same way, is known by its hash and not read again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import csqm_desktop
from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import archives, base
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.jobs import import_report, media, message_reading, reading_process
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.erased import LeavingOut
from csqm_desktop.jobs.message_reading import Opening, Portion, ReadingRequest
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.store.batches import Batch
from csqm_desktop.store.message_writer import ConversationWriter, WriteCounts
from csqm_desktop.store.workspace import Workspace

KEPT_REJECTIONS = 10_000  # of a hopeless file only so many go into the quarantine; all are counted
KEPT_EXAMPLES = 50
OWN_PROCESS_BYTES = 4_000_000  # smaller files are read faster than a process starts


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``reasons`` counts rejected rows by code; ``masked`` personal data by kind."""

    path: Path
    batch_id: int | None  # None after a dry run
    format: str
    encoding: str
    added: int
    unchanged: int
    updated: int
    rejected: int
    seconds: float
    reasons: dict[str, int] = field(default_factory=dict)
    masked: dict[str, int] = field(default_factory=dict)
    examples: tuple[RejectedRow, ...] = ()  # the first rejected rows
    attachments: dict[str, int] = field(default_factory=dict)  # copied, missing, refused, and refused_REASON
    left_out: int = 0  # messages of customers who were erased before
    undated: bool = False  # times are made up, the file has none
    conversations: int = 0
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by role, where names tell the roles
    preview: tuple[import_report.Example, ...] = ()  # the first messages, in a dry run


class ImportChats(Job[ImportResult]):
    """Read one export into the workspace."""

    kind: ClassVar[str] = "import"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(
        self,
        workspace: Workspace,
        path: Path,
        file_format: str = base.AUTO,
        mapping: ColumnMapping | None = None,
        encoding: str | None = None,
        timezone: str | None = None,
        sheet: str | None = None,
        dry_run: bool = False,
        shown_as: str = "",
    ) -> None:
        super().__init__(workspace)
        self.path = path
        pseudonyms = pseudonyms_of(workspace)
        key = pseudonyms.key if pseudonyms else b""
        keep = workspace.raw_texts.days > 0 and not dry_run
        self._request = ReadingRequest(path, file_format, mapping, encoding, timezone, sheet, key, keep)
        self._dry_run = dry_run
        self._beside = None if shown_as else path.absolute().parent  # of piped text nothing lies beside
        self._shown = Path(shown_as) if shown_as else path.absolute()  # what the history calls the file

    def parameters(self) -> dict[str, Any]:
        """The file and how it was read, enough to start the import again."""
        return self._request.parameters() | {"dry_run": self._dry_run}

    def run(self, context: JobContext) -> ImportResult:
        """Import the file; see ``importers.base.read`` for what can be wrong with it."""
        started = time.monotonic()
        if self._dry_run:
            return self._rehearse(context, started)
        reading = self._reading()
        state, file_hash = _state(self.path), _hash(self.path)
        earlier = self.workspace.batches.of_file(file_hash, reading) if file_hash else None
        if earlier is not None:
            return self._repeat(earlier, started)
        opening, portions = self._open(context)
        batches = self.workspace.batches
        batch = batches.start(None, self._shown, opening.format, opening.encoding, opening.mapping)
        tally = _Tally(opening)
        try:
            with self.workspace.database.bulk(), reading_process.few_collections():
                self._write(portions, batch, opening, context, tally)
            tally.attachments = self._keep_files(batch, context)
        except BaseException as error:
            portions.close()
            context.progress(0, 0, "rolling_back")
            outcome = "failed" if isinstance(error, Exception) and type(error).__name__ != "Cancelled" else "cancelled"
            batches.roll_back(batch, outcome)
            media.sweep(self.workspace)
            raise
        batches.finish(batch, "succeeded", tally.masked)
        if tally.counts.unchanged == 0 and file_hash and state == _state(self.path):
            batches.remember_file(batch, file_hash, reading)
        return tally.result(self.path, batch, opening, started)

    def _keep_files(self, batch: int, context: JobContext) -> dict[str, int]:
        wanted = (name for _, name in self.workspace.attachments.unplaced(batch))
        with archives.files_beside(self.path, self._beside, wanted) as beside:
            return media.keep(self.workspace, beside, batch, context)

    def _rehearse(self, context: JobContext, started: float) -> ImportResult:
        opening, portions = self._open(context)
        tally, leaving_out = _Tally(opening), LeavingOut(self.workspace)
        for read in portions:
            portion = tally.without_erased(read, leaving_out)
            tally.counts.added += len(portion.columns[0])
            tally.take(portion)
            context.check_cancelled()
            context.progress(portion.bytes_done, opening.bytes_total, "reading")
        return tally.result(self.path, None, opening, started)

    def _open(self, context: JobContext) -> tuple[Opening, Generator[Portion]]:
        items = self._items(context)
        opening = next(items)
        assert isinstance(opening, Opening)
        return opening, _only_portions(items)

    def _items(self, context: JobContext) -> Generator[Opening | Portion]:
        """Start reading, here or in a process of its own."""
        if self.path.is_file() and self.path.stat().st_size >= OWN_PROCESS_BYTES:
            return reading_process.read(self._request, context.check_cancelled)
        return message_reading.read(self._request)

    def _write(
        self, portions: Iterator[Portion], batch: int, opening: Opening, context: JobContext, tally: _Tally
    ) -> None:
        writer = self.workspace.writer(batch)
        batches = self.workspace.batches
        leaving_out = LeavingOut(self.workspace)
        for read in portions:
            portion = tally.without_erased(read, leaving_out)
            context.check_cancelled()
            context.progress(portion.bytes_done, opening.bytes_total, "reading")
            room = max(0, KEPT_REJECTIONS - tally.rejected)
            tally.take(portion)
            with self.workspace.database.transaction():
                tally.counts.add(self._store(writer, batch, portion))
                if portion.rejected and room:
                    batches.reject(batch, [RejectedRow(*row) for row in portion.rejected[:room]])
                done = tally.counts
                batches.count(batch, done.added, done.unchanged + tally.duplicates, done.updated, tally.rejected)
        context.check_cancelled()
        if tally.left_out:
            batches.leave_out(batch, tally.left_out)
        context.progress(opening.bytes_total, opening.bytes_total, "reading")

    def _store(self, writer: ConversationWriter, batch: int, portion: Portion) -> WriteCounts:
        counts = writer.write_columns(portion.columns)
        if portion.originals:
            self.workspace.raw_texts.keep(batch, portion.originals)
        return counts

    def _reading(self) -> str:
        """How the file is read: with other rules or another release the same file may give other messages."""
        parameters = self._request.parameters() | {"path": "", "release": csqm_desktop.__version__}
        return json.dumps(parameters | {"ending": self.path.suffix.lower()}, ensure_ascii=False, sort_keys=True)

    def _repeat(self, earlier: Batch, started: float) -> ImportResult:
        """The result for a file that is there already, as reading it again would give it."""
        batches = self.workspace.batches
        batch = batches.repeat(earlier, self._shown)
        quarantine = batches.rejected(batch)
        return ImportResult(
            path=self.path,
            batch_id=batch,
            format=earlier.format,
            encoding=earlier.encoding,
            added=0,
            unchanged=earlier.added + earlier.unchanged,
            updated=0,
            rejected=earlier.rejected,
            seconds=time.monotonic() - started,
            reasons=dict(Counter(row.code for row in quarantine)),
            masked=batches.redactions(earlier.id),
            examples=tuple(quarantine[:KEPT_EXAMPLES]),
            conversations=batches.conversations(earlier.id),
        )


def _only_portions(items: Generator[Opening | Portion]) -> Generator[Portion]:
    try:
        for item in items:
            assert isinstance(item, Portion)
            yield item
    finally:
        items.close()


def _state(path: Path) -> tuple[int, int] | None:
    """What tells that a file was written to meanwhile: its size and the time of its last change."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def _hash(path: Path) -> str:
    """The file's SHA-256; empty when it cannot be read: reading it says why."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


class _Tally:
    """Counts of one import."""

    def __init__(self, opening: Opening) -> None:
        self.counts = WriteCounts()
        self.rejected = self.duplicates = 0
        self.reasons: Counter[str] = Counter()
        self.masked: Counter[str] = Counter()
        self.examples: list[RejectedRow] = []
        self.attachments: dict[str, int] = {}
        self.left_out = 0
        self.conversations: set[str] = set()
        self.people = import_report.People() if opening.by_names else None
        self.first: list[import_report.Example] = []

    def without_erased(self, portion: Portion, leaving_out: LeavingOut) -> Portion:
        """A portion without messages of customers who were erased before."""
        if not leaving_out:
            return portion
        rows = portion.rows
        kept = leaving_out.kept(rows)
        self.left_out += len(rows) - len(kept)
        return portion.with_rows(kept)

    def take(self, portion: Portion) -> None:
        """Count what a portion says of itself."""
        self.duplicates = portion.duplicates
        self.masked.update(portion.masked)
        self.conversations.update(import_report.conversations(portion.columns))
        if self.people is not None:
            self.people.take(portion.columns)
        if len(self.first) < import_report.EXAMPLES:
            self.first += import_report.examples(portion.rows[: import_report.EXAMPLES - len(self.first)])
        self.rejected += len(portion.rejected)
        self.reasons.update(row[1] for row in portion.rejected)
        room = KEPT_EXAMPLES - len(self.examples)
        self.examples += [RejectedRow(*row) for row in portion.rejected[: max(0, room)]]

    def result(self, path: Path, batch: int | None, opening: Opening, started: float) -> ImportResult:
        return ImportResult(
            path=path,
            batch_id=batch,
            format=opening.format,
            encoding=opening.encoding,
            added=self.counts.added,
            unchanged=self.counts.unchanged + self.duplicates,
            updated=self.counts.updated,
            rejected=self.rejected,
            seconds=time.monotonic() - started,
            reasons=dict(self.reasons),
            masked=dict(self.masked),
            examples=tuple(self.examples),
            attachments=self.attachments,
            left_out=self.left_out,
            undated=opening.undated,
            conversations=len(self.conversations),
            people=self.people.names() if self.people is not None else {},
            preview=tuple(self.first) if batch is None else (),
        )
