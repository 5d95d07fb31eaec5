"""What JSON formats with one object for each message share: flat keys, guessed columns, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import PREVIEW_ROWS, Item, ReadOptions, Recognition
from csqm_desktop.importers.bulk import BulkBuilder, Rows
from csqm_desktop.importers.mapping import FIELDS
from csqm_desktop.importers.markup import mends
from csqm_desktop.importers.nested import list_of, messages_of, unwrapped
from csqm_desktop.importers.records import MessageBuilder, as_text, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import SAMPLE_CELL_CHARS, Entries
from csqm_desktop.importers.undated import in_order, with_answerer

MAX_DEPTH = 4  # nested objects become dotted keys down to here
MAX_COLUMNS = 500
_TYPES = frozenset({"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"})  # of DynamoDB's values

Record = tuple[int, dict[str, Any]]


class ObjectFile:
    """Opened records: columns are the keys of the first ones, nested objects as ``author.name``."""

    def __init__(
        self,
        source: SourceFile,
        records: Iterable[Record | RejectedRow | list[Record]],
        options: ReadOptions,
        facts: Recognition,
        progress: Callable[[], int],
        close: Callable[[], None],
    ) -> None:
        self._file = source.name
        self._timezone = options.timezone
        self._progress = progress
        self._close = close
        self._records = Entries(records)
        self._early: list[Record | RejectedRow] = []
        try:
            self._take_early()
            records_early = [dict(_inside(entry[1])) for entry in self._early if not isinstance(entry, RejectedRow)]
            if not records_early:
                raise CsqmError("import_json_no_records", file=str(source.path))
            self._inner, headers, rows = _arranged(records_early)
            chosen = columns.complete(options.mapping, columns.guess(headers, rows), headers)
        except BaseException:
            close()
            raise
        self._mends = mends(headers, rows, chosen)
        self._undated = in_order(source, options, chosen, headers)
        chosen = with_answerer(chosen, headers, rows) if self._undated else chosen
        self.recognition = replace(
            facts,
            headers=tuple(headers),
            mapping=chosen,
            undated=self._undated is not None,
            sample_rows=tuple(tuple(as_text(cell)[:SAMPLE_CELL_CHARS] for cell in row) for row in rows),
        )

    @property
    def bytes_done(self) -> int:
        """How many of the file's bytes have been read."""
        return self._progress()

    def close(self) -> None:
        """Free the file."""
        self._close()

    def __iter__(self) -> Iterator[Item]:
        yield from self._items(self._builder(), chain(self._early, self._records))

    def plain(self) -> Iterator[Item | Rows]:
        """The same, with objects of the middle of a regular file as plain rows, many at once."""
        builder = self._builder()
        bulk = BulkBuilder(builder)
        keys = self._keys()
        wrapped = any(_is_wrapped(entry[1]) for entry in self._early if not isinstance(entry, RejectedRow))
        able = bulk.able and not wrapped and not self._inner and not self._mends and not any("." in key for key in keys)
        yield from self._items(builder, self._early)
        for entry in self._records.blocks():
            if isinstance(entry, list):
                columns = _columns([record for _, record in entry], keys) if able else None
                if columns is None:
                    yield from self._items(builder, entry)
                else:
                    yield from bulk.build([row for row, _ in entry], columns)
            else:
                yield from self._items(builder, [entry])

    def _builder(self) -> MessageBuilder:
        return MessageBuilder(self.recognition.mapping, self._file, self._timezone, self._undated)

    def _keys(self) -> list[str]:
        """The keys of the fields, in the order of ``FIELDS``; empty where nothing holds a field."""
        return [self.recognition.mapping.fields.get(name, "") for name in FIELDS]

    def _items(self, builder: MessageBuilder, entries: Iterable[Record | RejectedRow]) -> Iterator[Item]:
        """Messages and rejections, record by record."""
        keys = self._keys()
        for entry in entries:
            if isinstance(entry, RejectedRow):
                yield entry
                continue
            row, record = entry
            record = dict(_inside(record))
            for message in messages_of(record, self._inner) if self._inner else (record,):
                if not isinstance(message, dict):
                    yield rejected(self._file, row, "row_not_object", as_text(message))
                    continue
                found = flat(message)
                for name, mend in self._mends.items():
                    found[name] = mend(found.get(name))
                yield builder.build(row, [found.get(key) if key else None for key in keys])

    def _take_early(self) -> None:
        """The first records. A fault of the file shows after them, as rows in front of it may be previewed."""
        for entry in self._records:
            self._early.append(entry)
            if len(self._early) == PREVIEW_ROWS:
                break


def _arranged(records: list[dict[str, Any]]) -> tuple[str, list[str], list[list[Any]]]:
    """Columns and sample rows: of the records, or of the messages in a list that they have, where those fit better."""
    headers, rows = _columns_of(records)
    if not (missing := columns.guess(headers, rows).missing) or not (key := list_of(records)):
        return "", headers, rows
    inner = [item for record in records for item in messages_of(record, key) if isinstance(item, dict)][:PREVIEW_ROWS]
    inner_headers, inner_rows = _columns_of(inner)
    if len(columns.guess(inner_headers, inner_rows).missing) >= len(missing):
        return "", headers, rows
    return key, inner_headers, inner_rows


def _columns_of(records: list[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    samples = [flat(record) for record in records]
    headers = list(dict.fromkeys(key for record in samples for key in record))[:MAX_COLUMNS]
    return headers, [[record.get(key) for key in headers] for record in samples]


def _columns(records: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[list[Any] | None] | None:
    """The values of each key; None when any of them is an object and has to be made flat."""
    columns = [[record.get(key) for record in records] if key else None for key in keys]
    nested = any(dict in set(map(type, column)) for column in columns if column is not None)
    return None if nested else columns


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with nested objects as dotted keys; what a database's export puts around it is taken off."""
    record = _inside(record)
    if not any(isinstance(value, dict) for value in record.values()):
        return dict(record)
    result: dict[str, Any] = {}
    _flatten(record, "", 1, result)
    return result


def _is_wrapped(record: Mapping[str, Any]) -> bool:
    return _inside(record) is not record


def _inside(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document that Elasticsearch (``_source``) or DynamoDB (``Item``) puts something around."""
    document = record.get("_source")
    if isinstance(document, dict) and "_index" in record:
        return {"_id": record.get("_id"), **document}
    item = record.get("Item")
    if isinstance(item, dict) and len(record) == 1 and all(map(_is_typed, item.values())):
        return {name: _plain(value) for name, value in item.items()}
    return record


def _is_typed(value: object) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPES


def _plain(value: Any) -> Any:
    """``{"S": "text"}`` as what it holds."""
    if not _is_typed(value):
        return value
    kind, inner = next(iter(value.items()))
    if kind == "M" and isinstance(inner, dict):
        return {name: _plain(each) for name, each in inner.items()}
    if kind == "L" and isinstance(inner, list):
        return [_plain(each) for each in inner]
    return None if kind == "NULL" else inner


def _flatten(record: Mapping[str, Any], prefix: str, depth: int, result: dict[str, Any]) -> None:
    for key, value in record.items():
        value = unwrapped(value)
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            _flatten(value, f"{prefix}{key}.", depth + 1, result)
        else:
            result[prefix + key] = value
