"""Exports: labels, scores and conversations as files that other tools, Excel and this program read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO, Any, ClassVar

from csqm_desktop.domain.scorecard import NOT_APPLICABLE
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.clock import from_ms
from csqm_desktop.store.workspace import Workspace

KINDS = ("labels", "scores", "conversations")
FORMATS = ("csv", "jsonl", "xlsx", "parquet")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX_ROWS = 1_048_575

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A written file."""

    path: Path
    kind: str
    format: str
    rows: int


class ExportData(Job[ExportResult]):
    """Write one kind of rows to one file; the file appears complete or not at all."""

    kind: ClassVar[str] = "export"
    lane: ClassVar[str] = "quick"

    def __init__(self, workspace: Workspace, what: str, path: Path, file_format: str | None = None) -> None:
        super().__init__(workspace)
        if what not in KINDS:
            raise CsqmError("export_kind", kind=what, known=", ".join(KINDS))
        self.format = file_format or path.suffix.lstrip(".").lower() or "csv"
        if self.format not in FORMATS:
            raise CsqmError("export_format", format=self.format, known=", ".join(FORMATS))
        self.what = what
        self.path = path

    def parameters(self) -> dict[str, Any]:
        """What goes where."""
        return {"what": self.what, "path": str(self.path.absolute()), "format": self.format}

    def run(self, context: JobContext) -> ExportResult:
        """Write the file."""
        columns, rows = _SOURCES[self.what](self.workspace)
        draft = self.path.with_name(f".{self.path.name}.partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _WRITERS[self.format](draft, columns) as write:
                count = 0
                for count, record in enumerate(rows, start=1):
                    write(record)
                    if count % 2000 == 0:
                        context.check_cancelled()
                        context.progress(count, 0, "writing")
            draft.replace(self.path)
        except OSError as error:
            raise CsqmError("export_failed", file=str(self.path), reason=error.strerror or error) from error
        finally:
            draft.unlink(missing_ok=True)
        self.workspace.audit.append("csqm", "export", str(self.path), {"what": self.what, "rows": count})
        return ExportResult(self.path, self.what, self.format, count)


# -- rows


def _labels(workspace: Workspace) -> tuple[list[str], Iterator[Record]]:
    columns = [
        "conversation_id", "message_id", "criterion", "level", "reviewer", "reviewed_at", "comment", "root_cause",
        "better_reply", "scorecard_version", "source", "reply",
    ]  # fmt: skip
    return columns, _label_rows(workspace)


def _label_rows(workspace: Workspace) -> Iterator[Record]:
    cards: dict[int, Any] = {}
    cursor = workspace.database.connection().execute(
        """SELECT c.source_id AS conversation_id, m.source_id AS message_id, k.key AS criterion, l.position,
                  p.name AS reviewer, r.submitted_at, r.comment, r.better_reply, r.scorecard_id, r.source,
                  m.text AS reply,
                  (SELECT group_concat(cause, ';') FROM review_causes x WHERE x.review_id = r.id) AS causes
           FROM reviews r JOIN review_levels l ON l.review_id = r.id JOIN criteria k ON k.id = l.criterion_id
           JOIN reviewers p ON p.id = r.reviewer_id JOIN messages m ON m.id = r.reply_id
           JOIN conversations c ON c.id = m.conversation_id
           WHERE r.retired_at IS NULL AND r.verdict = 'scored' ORDER BY c.id, m.sent_at, m.id, r.id, k.id"""
    )
    for row in cursor:
        card = cards.setdefault(row["scorecard_id"], workspace.scorecards.get(row["scorecard_id"]))
        applies = row["position"] != NOT_APPLICABLE
        yield {
            "conversation_id": row["conversation_id"],
            "message_id": row["message_id"],
            "criterion": row["criterion"],
            "level": card.criterion(row["criterion"]).levels[row["position"]].key if applies else "n/a",
            "reviewer": row["reviewer"],
            "reviewed_at": from_ms(row["submitted_at"]).astimezone(UTC).isoformat(),
            "comment": row["comment"],
            "root_cause": row["causes"] or "",
            "better_reply": row["better_reply"],
            "scorecard_version": card.version,
            "source": row["source"],
            "reply": row["reply"],
        }


def _scores(workspace: Workspace) -> tuple[list[str], Iterator[Record]]:
    active = Versions(workspace).active()
    version_id = workspace.scores.version_id(active) if active else None
    base = ["conversation_id", "message_id", "criterion", "level", "confidence"]
    if active is None or version_id is None:
        return [*base, "version", "scored_at"], iter(())
    card = workspace.scores.columns(version_id).scorecard
    levels = list(dict.fromkeys(f"p_{level.key}" for c in card.criteria for level in c.levels))
    return [*base, *levels, "version", "scored_at"], _score_rows(workspace, version_id, active)


def _score_rows(workspace: Workspace, version_id: int, version: str) -> Iterator[Record]:
    card = workspace.scores.columns(version_id).scorecard
    for ids, probabilities in workspace.scores.read_all(version_id, chunk=2000):
        names = workspace.conversations.source_ids(ids)
        times = workspace.scores.scored_at(version_id, ids)
        columns = workspace.scores.columns(version_id)
        for reply_id, row in zip(ids, probabilities, strict=True):
            distributions = columns.distributions(row)
            for criterion in card.criteria:
                distribution = distributions[criterion.key]
                best = max(range(len(distribution)), key=lambda i: distribution[i])
                yield {
                    "conversation_id": names[reply_id][0],
                    "message_id": names[reply_id][1],
                    "criterion": criterion.key,
                    "level": criterion.levels[best].key,
                    "confidence": round(distribution[best], 5),
                    **{f"p_{lv.key}": round(p, 5) for lv, p in zip(criterion.levels, distribution, strict=True)},
                    "version": version,
                    "scored_at": from_ms(times[reply_id]).isoformat(),
                }


def _conversations(workspace: Workspace) -> tuple[list[str], Iterator[Record]]:
    columns = [
        "conversation_id", "message_id", "sent_at", "role", "sender", "text", "channel", "shop", "product",
        "order_id", "rating", "attachments", "bot_version", "intent", "private",
    ]  # fmt: skip
    return columns, _message_rows(workspace)


def _message_rows(workspace: Workspace) -> Iterator[Record]:
    connection = workspace.database.connection()
    for (number,) in connection.execute("SELECT id FROM conversations ORDER BY id"):
        conversation = workspace.conversations.get(number)
        if conversation is None:
            continue
        for message in conversation.messages:
            yield {
                "conversation_id": conversation.source_id,
                "message_id": message.source_id,
                "sent_at": message.sent_at.isoformat(),
                "role": message.role.value,
                "sender": message.sender,
                "text": message.text,
                "channel": conversation.channel,
                "shop": conversation.shop,
                "product": conversation.product,
                "order_id": conversation.order_id,
                "rating": "" if conversation.rating is None else conversation.rating,
                "attachments": "|".join(message.attachments),
                "bot_version": message.bot_version,
                "intent": message.intent,
                "private": "true" if message.private else "",
            }


_SOURCES: dict[str, Callable[[Workspace], tuple[list[str], Iterator[Record]]]] = {
    "labels": _labels,
    "scores": _scores,
    "conversations": _conversations,
}


# -- files

Write = Callable[[Record], None]


def _safe(value: Any) -> Any:
    """A cell that a spreadsheet shows as text instead of running it as a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


@contextmanager
def _csv_writer(path: Path, columns: list[str]) -> Iterator[Write]:
    # the byte order mark makes Excel on Chinese Windows read UTF-8
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        yield lambda record: _write_row(writer, columns, record)


def _write_row(writer: Any, columns: list[str], record: Record) -> None:
    writer.writerow([_safe(record.get(column, "")) for column in columns])


@contextmanager
def _jsonl_writer(path: Path, _columns: list[str]) -> Iterator[Write]:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        yield lambda record: _write_json(out, record)


def _write_json(out: IO[str], record: Record) -> None:
    out.write(json.dumps(record, ensure_ascii=False) + "\n")


@contextmanager
def _xlsx_writer(path: Path, columns: list[str]) -> Iterator[Write]:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("csqm")
    sheet.write_row(0, 0, columns)
    row = 0

    def write(record: Record) -> None:
        nonlocal row
        row += 1
        if row > _XLSX_ROWS:
            raise CsqmError("export_failed", file=str(path), reason="more rows than a worksheet holds: use csv")
        sheet.write_row(row, 0, [record.get(column, "") for column in columns])

    try:
        yield write
    finally:
        book.close()


@contextmanager
def _parquet_writer(path: Path, columns: list[str]) -> Iterator[Write]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise CsqmError("package_missing", package="pyarrow") from error
    records: list[Record] = []
    numbers = {column for column in columns if column.startswith("p_") or column == "confidence"}
    schema = pyarrow.schema([(c, pyarrow.float64() if c in numbers else pyarrow.string()) for c in columns])
    with parquet.ParquetWriter(path, schema) as out:

        def flush() -> None:
            rows = [
                {c: r.get(c) if c in numbers else None if r.get(c) is None else str(r.get(c)) for c in columns}
                for r in records
            ]
            out.write_table(pyarrow.Table.from_pylist(rows, schema))
            records.clear()

        def write(record: Record) -> None:
            records.append(record)
            if len(records) >= 10_000:
                flush()

        yield write
        flush()


_WRITERS: dict[str, Any] = {
    "csv": _csv_writer,
    "jsonl": _jsonl_writer,
    "xlsx": _xlsx_writer,
    "parquet": _parquet_writer,
}
