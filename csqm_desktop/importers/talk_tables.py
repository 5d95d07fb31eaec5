"""Tables with a whole conversation in a cell: a transcript as text, or a list of messages as JSON or Python writes it.

Parquet files of chats have such lists as values. Other columns of the row tell of the conversation as a whole.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.delimited import IMPORTER as TABLES
from csqm_desktop.importers.dialogue_rows import TurnRows
from csqm_desktop.importers.dialogue_turns import Turn, is_list_name, is_template_name, is_told, turns_of
from csqm_desktop.importers.flat_table import header_of
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow
from csqm_desktop.importers.records import as_text, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import TableFile

CONFIDENCE = 0.92
_LEAST_SHARE = 0.6  # of the first rows hold a conversation
_LONGEST_LITERAL = 200_000  # characters of a Python list that is read


def instead_of(table: TableFile, source: SourceFile, options: ReadOptions) -> NeutralFile | None:
    """The conversations of a table that has them in its cells and no messages of its own; None for other tables."""
    given = options.mapping is not None and bool(options.mapping.fields)
    if given or "role" not in table.recognition.missing:
        return None
    column = _column(table.recognition.headers, table.early)
    return _opened(table, column, source, options) if column else None


def _opened(table: TableFile, column: str, source: SourceFile, options: ReadOptions) -> NeutralFile:
    talks = TurnRows(source, options)
    headers = table.recognition.headers

    def rows() -> Iterator[NeutralRow | RejectedRow]:
        for entry in table.rows():
            if isinstance(entry, RejectedRow):
                yield entry
                continue
            record = dict(zip(headers, entry[1], strict=False))
            cell = record.pop(column, None)
            turns = _turns(column, cell)
            if not turns and as_text(cell).strip() not in ("", "[]", "{}"):
                yield rejected(source.name, entry[0], "row_value_missing", as_text(cell), field="text")
            for values in talks.messages((entry[0], "", record, turns)):
                yield entry[0], values

    return NeutralFile(source, rows(), options, table.recognition, lambda: table.bytes_done, table.close)


def _column(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The column of conversations, empty when there is none."""
    for at, name in enumerate(headers):
        if not (is_list_name(name) or is_template_name(name)):
            continue
        values = [row[at] for row in rows if at < len(row) and row[at] not in ("", None)]
        found = [turns for value in values if len(turns := _turns(name, value)) > 1 and is_told(turns)]
        if values and len(found) >= _LEAST_SHARE * len(values):
            return name
    return ""


def _turns(column: str, value: Any) -> list[Turn]:
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        value = _literal(value)
    if isinstance(value, dict):
        return turns_of(value)
    return turns_of({column: value}) if isinstance(value, list | str) else []


def _literal(text: str) -> Any:
    """A list as JSON, or as Python prints it; the text itself where it is neither, such as ``[08:00] …``."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if len(text) > _LONGEST_LITERAL:
        return text
    if _SPACED.match(text):  # as arrays are printed, which Python would take for one long text
        return [first or second for first, second in _QUOTED.findall(text)]
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return text


_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_SPACED = re.compile(
    r"\[\s*(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(?:\s+(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))+\s*\]\s*\Z",
    re.DOTALL,
)


class TalkTable:
    """The importer of text tables of this kind."""

    name = "dialogues"
    endings = (".csv", ".tsv")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when most cells of a column that is called like a conversation hold one."""
        if source.binary_kind is not None or source.head.lstrip()[:1] in (b"{", b"["):
            return Sniff(0.0, "no")
        if not any(is_list_name(name) or is_template_name(name) for name in header_of(source)):
            return Sniff(0.0, "no")
        try:
            table = TABLES.open(source, ReadOptions())
        except CsqmError:
            return Sniff(0.0, "no")
        table.close()
        column = _column(table.recognition.headers, table.early) if "role" in table.recognition.missing else ""
        return Sniff(CONFIDENCE, "turns", (column,)) if column else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a table."""
        table = TABLES.open(source, ReadOptions(None, options.encoding, options.timezone))
        table.recognition = replace(table.recognition, format=self.name)
        column = _column(table.recognition.headers, table.early)
        return _opened(table, column or next(filter(is_list_name, table.recognition.headers), ""), source, options)
