"""JDDC, the public corpus of JD's customer service: tab-separated, seven fields, one message on each line.

``session_id, user, waiter_send (1: staff), transfer, repeat, sku, content``; the content may hold tabs itself. There
are no times: they are made up (``undated.Undated``), a second between the messages of a session.
"""

from __future__ import annotations

from collections.abc import Iterator

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, LineTooLong, TextStream
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, text_file
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.undated import Places, Undated

FIELDS = 7
CONFIDENCE = 0.97
_FLAGS = frozenset({"0", "1"})
_HEADER = ("session_id", "session")


def _fields(line: str) -> list[str]:
    return line.rstrip("\r\n").lstrip("\ufeff").split("\t", FIELDS - 1)


def _is_header(fields: list[str]) -> bool:
    return len(fields) == FIELDS and fields[0].strip().casefold() in _HEADER and fields[2].strip() not in _FLAGS


def _is_message(fields: list[str]) -> bool:
    flags = {field.strip() for field in fields[2:5]}
    return len(fields) == FIELDS and flags <= _FLAGS and bool(fields[0].strip())


class Jddc:
    """The importer of JDDC's chat files."""

    name = "jddc"
    endings = (".txt", ".tsv")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when all first lines have seven fields with three flags in the middle."""
        if source.binary_kind is not None or b"\t" not in source.head:
            return Sniff(0.0, "no")
        rows = [_fields(line) for line in source.head_lines()[:50] if line.strip()]
        messages = [row for row in rows if _is_message(row)]
        if not messages or len(messages) + _is_header(rows[0]) < len(rows) * 0.9:
            return Sniff(0.0, "no")
        return Sniff(CONFIDENCE, "layout", ("session_id, user, waiter_send, transfer, repeat, sku, content",))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a chat file."""
        source.require_text()
        return text_file(self.name, source, options, lambda stream: _rows(source, stream, Undated(source, options)))


IMPORTER = Jddc()


def _rows(source: SourceFile, stream: TextStream, undated: Undated) -> Iterator[NeutralRow | RejectedRow]:
    lines = Lines(stream)
    guard = DamageGuard(source, stream.charset.name)
    places = Places()
    row = 0
    while True:
        row += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLong as problem:
            yield rejected(source.name, row, "row_too_long", problem.start, limit=str(MAX_ROW_CHARS // 1024**2))
            continue
        fields = _fields(line)
        if not line.strip() or (row == 1 and _is_header(fields)):
            continue
        if stream.damaged and BAD_BYTE in line:
            yield guard.reject(row, line)
        elif not _is_message(fields):
            yield rejected(source.name, row, "row_cells", fields, cells=str(len(fields)), columns=str(FIELDS))
        else:
            guard.passed()
            session, user, by_staff, _, _, sku, text = (field.strip() for field in fields)
            place = places.next(session)
            yield (
                row,
                {
                    "conversation_id": session,
                    "message_id": str(place + 1),
                    "sent_at": undated.at(place),
                    "role": Role.AGENT if by_staff == "1" else Role.CUSTOMER,
                    "sender": "" if by_staff == "1" else user,
                    "text": text,
                    "channel": "jd",
                    "product": sku,
                },
            )
