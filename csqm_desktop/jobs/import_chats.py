"""Import: a file's messages, personal data out, into the store in small transactions.

Cancelled or unreadable files leave the workspace as it was. A crash keeps the rows that were stored: reading the
file again adds only the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.importers import base
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.store.workspace import Workspace

CHUNK = 2000  # messages in one transaction
KEPT_REJECTIONS = 10_000  # of a hopeless file only so many go into the quarantine; all are counted


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


class ImportChats(Job[ImportResult]):
    """Read one export into the workspace."""

    kind: ClassVar[str] = "import"
    lane: ClassVar[str] = "data"

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
    ) -> None:
        super().__init__(workspace)
        self.path = path
        self._format = file_format
        self._mapping = mapping
        self._encoding = encoding
        self._timezone = timezone
        self._sheet = sheet
        self._dry_run = dry_run

    def parameters(self) -> dict[str, Any]:
        """The file and how it was read, enough to start the import again."""
        return {
            "path": str(self.path.absolute()),
            "format": self._format,
            "mapping": self._mapping.to_json() if self._mapping else None,
            "encoding": self._encoding,
            "timezone": self._timezone,
            "sheet": self._sheet,
            "dry_run": self._dry_run,
        }

    def run(self, context: JobContext) -> ImportResult:
        """Import the file; see ``importers.base.read`` for what can be wrong with it."""
        with base.read(self.path, self._format, self._mapping, self._encoding, self._timezone, self._sheet) as reader:
            tally = _Tally()
            if self._dry_run:
                for messages, _ in self._chunks(reader, context, tally):
                    tally.added += len(messages)
                return tally.result(self.path, None, reader)
            recognition = reader.recognition
            batch = self.workspace.batches.start(
                None, self.path.absolute(), recognition.format, recognition.encoding, recognition.mapping.to_json()
            )
            try:
                self._write(reader, batch, context, tally)
            except BaseException as error:
                context.progress(0, 0, "rolling_back")
                outcome = (
                    "failed" if isinstance(error, Exception) and type(error).__name__ != "Cancelled" else "cancelled"
                )
                self.workspace.batches.roll_back(batch, outcome)
                raise
            self.workspace.batches.finish(batch, "succeeded", tally.masked)
            return tally.result(self.path, batch, reader)

    def _write(self, reader: base.Reader, batch: int, context: JobContext, tally: _Tally) -> None:
        writer = self.workspace.writer(batch)
        for messages, rejections in self._chunks(reader, context, tally):
            counts = writer.write(messages)
            tally.added += counts.added
            tally.unchanged += counts.unchanged
            tally.updated += counts.updated
            room = max(0, KEPT_REJECTIONS - (tally.rejected - len(rejections)))
            if rejections and room:
                self.workspace.batches.reject(batch, rejections[:room])
            self.workspace.batches.count(
                batch, tally.added, tally.unchanged + reader.duplicates, tally.updated, tally.rejected
            )

    def _chunks(
        self, reader: base.Reader, context: JobContext, tally: _Tally
    ) -> Iterator[tuple[list[IncomingMessage], list[RejectedRow]]]:
        messages: list[IncomingMessage] = []
        rejections: list[RejectedRow] = []
        for item in reader:
            if isinstance(item, RejectedRow):
                item = masked(item)
                tally.reject(item)
                rejections.append(item)
            else:
                messages.append(tally.mask(item))
            if len(messages) + len(rejections) >= CHUNK:
                context.check_cancelled()
                context.progress(reader.bytes_done, reader.bytes_total, "reading")
                yield messages, rejections
                messages, rejections = [], []
        context.check_cancelled()
        if messages or rejections:
            yield messages, rejections
        context.progress(reader.bytes_total, reader.bytes_total, "reading")


def masked(row: RejectedRow) -> RejectedRow:
    """A rejected row without personal data: it is kept, too."""
    values = {key: privacy.redact(value)[0] for key, value in row.values.items()}
    return replace(row, values=values, excerpt=privacy.redact(row.excerpt)[0])


class _Tally:
    """Counts of one import."""

    def __init__(self) -> None:
        self.added = self.unchanged = self.updated = self.rejected = 0
        self.reasons: Counter[str] = Counter()
        self.masked: Counter[str] = Counter()
        self.examples: list[RejectedRow] = []
        self._started = time.monotonic()

    def reject(self, row: RejectedRow) -> None:
        self.rejected += 1
        self.reasons[row.code] += 1
        if len(self.examples) < 50:
            self.examples.append(row)

    def mask(self, message: IncomingMessage) -> IncomingMessage:
        """The message without personal data; what is not text keeps its identity untouched."""
        text, found = privacy.redact(message.text)
        sender = privacy.redact_sender(message.sender)
        if found:
            self.masked.update(found)
        if text == message.text and sender == message.sender:
            return message
        return replace(message, text=text, sender=sender)

    def result(self, path: Path, batch: int | None, reader: base.Reader) -> ImportResult:
        return ImportResult(
            path=path,
            batch_id=batch,
            format=reader.recognition.format,
            encoding=reader.recognition.encoding,
            added=self.added,
            unchanged=self.unchanged + reader.duplicates,
            updated=self.updated,
            rejected=self.rejected,
            seconds=time.monotonic() - self._started,
            reasons=dict(self.reasons),
            masked=dict(self.masked),
            examples=tuple(self.examples),
        )
