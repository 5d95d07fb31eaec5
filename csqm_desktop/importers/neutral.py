"""What the readers of one product's layout share: rows that already have the neutral fields.

Such a reader turns records into dicts with the keys of ``mapping.FIELDS``; building and checking messages is
the same as for tables, so a mapping can still add roles and rules.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import PREVIEW_ROWS, Item, ReadOptions, Recognition
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.mapping import FIELDS, ColumnMapping
from csqm_desktop.importers.records import MessageBuilder, as_text
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import SAMPLE_CELL_CHARS
from csqm_desktop.importers.undated import InOrder, Undated, is_made_up

GOOD_RATING, BAD_RATING = 5.0, 1.0
"""What a thumb up and a thumb down become; products with stars count from 1 to 5."""

NeutralRow = tuple[int, dict[str, Any]]

_URL_END = re.compile(r"([^/?#]+)(?:[?#].*)?$", re.DOTALL)


class NeutralFile:
    """Opened rows with neutral fields. Columns are the fields that the first rows fill, and the required ones.

    ``zone`` is the zone of times without an offset when nobody named one (None: this machine's); ``notices``
    says whether this layout leaves it to us to find the lines that nobody wrote.
    """

    def __init__(
        self,
        source: SourceFile,
        rows: Iterator[NeutralRow | RejectedRow],
        options: ReadOptions,
        facts: Recognition,
        progress: Callable[[], int],
        close: Callable[[], None],
        zone: str | None = None,
        notices: bool = False,
    ) -> None:
        self._file = source.name
        self._progress = progress
        self._close = close
        self._rows = rows
        try:
            self._early = list(islice(rows, PREVIEW_ROWS))
            if not self._early:
                raise CsqmError("import_no_messages", file=str(source.path), format=facts.format)
            samples = [entry[1] for entry in self._early if not isinstance(entry, RejectedRow)]
            headers = [name for name in FIELDS if name in columns.REQUIRED or any(row.get(name) for row in samples)]
            given = options.mapping or ColumnMapping()
            chosen = columns.complete(given, ColumnMapping({name: name for name in headers}), headers)
        except BaseException:
            close()
            raise
        self._timezone = options.timezone or given.timezone or zone
        no_times = bool(samples) and all(row.get("sent_at") in (None, "") for row in samples)
        self._undated = InOrder(Undated(source, options)) if no_times else None
        self._builder_mapping = chosen if chosen.notices is not None else replace(chosen, notices=notices)
        self.recognition = replace(
            facts,
            headers=tuple(headers),
            undated=no_times or any(is_made_up(row.get("sent_at")) for row in samples),
            mapping=replace(chosen, day_first=facts.mapping.day_first) if chosen.day_first is None else chosen,
            sample_rows=tuple(tuple(as_text(row.get(key))[:SAMPLE_CELL_CHARS] for key in headers) for row in samples),
        )

    @property
    def bytes_done(self) -> int:
        """How many of the file's bytes have been read."""
        return self._progress()

    def close(self) -> None:
        """Free the file."""
        self._close()

    def __iter__(self) -> Iterator[Item]:
        mapping = self._builder_mapping
        builder = MessageBuilder(mapping, self._file, self._timezone, self._undated)
        # Fields that the first rows left empty may be filled later; only a person's choice takes one away.
        keys = [mapping.fields.get(name, "" if name in self.recognition.headers else name) for name in FIELDS]
        for entry in chain(self._early, self._rows):
            if isinstance(entry, RejectedRow):
                yield entry
            else:
                yield builder.build(entry[0], [entry[1].get(key) for key in keys])


def text_facts(name: str, source: SourceFile, stream: TextStream, evidence: tuple[str, ...] = ()) -> Recognition:
    """What is known of a text file in the layout ``name``."""
    return Recognition(
        name, 0.0, "", source.size,
        encoding=stream.charset.name, encoding_reason=stream.charset.reason, encoding_sure=stream.charset.sure,
        evidence=evidence,
    )  # fmt: skip


def text_file(
    name: str,
    source: SourceFile,
    options: ReadOptions,
    rows: Callable[[TextStream], Iterator[NeutralRow | RejectedRow]],
    zone: str | None = None,
    notices: bool = False,
) -> NeutralFile:
    """A text file in the layout ``name``, opened; ``rows`` reads it. The rest is as for ``NeutralFile``."""
    stream = TextStream(source, options.encoding)
    facts = text_facts(name, source, stream)
    return NeutralFile(source, rows(stream), options, facts, lambda: stream.bytes_done, stream.close, zone, notices)


def content_id(value: object) -> str:
    """An id from content, for conversations that have none: the same conversation has the same id in any file."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def file_names(items: object, *keys: str) -> list[str]:
    """Names of attachments: the first of ``keys`` that an item has, without folders and queries of an address."""
    names = []
    for item in items if isinstance(items, list) else []:
        value = next((item[key] for key in keys if item.get(key)), None) if isinstance(item, dict) else item
        if isinstance(value, str) and value.strip():
            names.append(file_name(value))
    return names


def file_name(address: str) -> str:
    """The last part of a path or address."""
    if "/" not in address:
        return address.strip()
    match = _URL_END.search(address.strip().rstrip("/"))
    return match[1] if match else address.strip()


def mapping_of(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one: exports leave out and null what they like."""
    return value if isinstance(value, dict) else {}


def word_of(value: object) -> str:
    """The value if it is a text, else nothing: the name of a kind may be anything in a broken file."""
    return value if isinstance(value, str) else ""


def objects_of(value: object) -> list[dict[str, Any]]:
    """The objects in a list, none when it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def key_of(value: object) -> str:
    """An id as text; ids are numbers in one export and texts in another."""
    return "" if value is None or isinstance(value, dict | list) else as_text(value).strip()
