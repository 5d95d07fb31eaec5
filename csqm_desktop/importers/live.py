"""Records that arrive one by one, from a webhook or an API, read by the very rules that read files of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from csqm_desktop.importers import chatwoot, intercom, zendesk
from csqm_desktop.importers.base import Item, ReadOptions
from csqm_desktop.importers.json_walk import JsonLayout
from csqm_desktop.importers.mapping import FIELDS, ColumnMapping
from csqm_desktop.importers.objects import flat
from csqm_desktop.importers.records import MessageBuilder
from csqm_desktop.importers.source import SourceFile

_LAYOUTS: dict[str, JsonLayout] = {
    "chatwoot": chatwoot.IMPORTER,
    "intercom": intercom.IMPORTER.json_layout,
    "zendesk": zendesk.IMPORTER.json_layout,
}

KeyedRecord = tuple[str, dict[str, Any]]  # name of the array it came in (may be empty), the record


def read_product(product: str, origin: str, records: Iterable[KeyedRecord]) -> Iterator[Item]:
    """Messages and rejections of some records of one product that belong together, e.g. one page of its API.

    ``product`` is chatwoot, intercom or zendesk; ``origin`` stands where errors name a file. Rows are counted
    from 1. Records that hold no messages, such as other events of a webhook, give nothing.
    """
    layout = _LAYOUTS[product]
    known = list(records)
    converter = layout.converter(SourceFile(Path(origin), 0, b""), ReadOptions())
    if converter.two_passes:
        for key, record in known:
            converter.learn(key, record)
    mapping = ColumnMapping({name: name for name in FIELDS}, notices=layout.notices)
    builder = MessageBuilder(mapping, origin, layout.zone)
    for row, (key, record) in enumerate(known, start=1):
        for values in converter.rows(key, record):
            yield builder.build(row, [values.get(name) for name in FIELDS])


def read_plain(
    mapping: ColumnMapping, origin: str, records: Iterable[Mapping[str, Any]], zone: str | None = None
) -> Iterator[Item]:
    """Messages and rejections of objects with one message each; columns are their keys, nested ones dotted."""
    builder = MessageBuilder(replace(mapping, notices=bool(mapping.notices)), origin, mapping.timezone or zone)
    keys = [mapping.fields.get(name, "") for name in FIELDS]
    for row, record in enumerate(records, start=1):
        plain = flat(record)
        yield builder.build(row, [plain.get(key) if key else None for key in keys])
