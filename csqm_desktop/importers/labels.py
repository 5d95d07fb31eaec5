"""Label files: which reviewer gave which reply which level on which criterion.

Read are tables (CSV, XLSX, Parquet, Hugging Face folders) and JSON lines of our own, and what Label Studio, doccano
and Argilla write of our exports. A model's predictions in such files are passed over: they are nobody's opinion.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import label_argilla, label_json, label_studio, label_tables
from csqm_desktop.importers.arrow_files import folder_data, is_arrow
from csqm_desktop.importers.label_rows import LabelRow, Named, Row, build, widened
from csqm_desktop.importers.source import ZIP_MAGIC, SourceFile
from csqm_desktop.importers.times import Times, parse_timezone

__all__ = ["LabelRow", "read"]


def read(
    path: Path | str, timezone: str | None = None, criterion_named: Named | None = None
) -> Iterator[LabelRow | RejectedRow]:
    """Rows of a label file in order; ``CsqmError`` when the file as a whole is unusable.

    ``criterion_named`` tells which criterion a heading means: then a table may have a column for each criterion.
    """
    path = Path(path)
    times = Times(parse_timezone(timezone), None)
    named = criterion_named or _no_criterion
    for number, values in widened(_rows(path, named), named):
        yield values if isinstance(values, RejectedRow) else build(path.name, number, values, times)


def _no_criterion(_heading: str) -> None:
    return None


def _rows(path: Path, named: Named) -> Iterator[Row]:
    if label_argilla.is_folder(path):
        return label_argilla.rows(path)
    source = SourceFile.open(folder_data(path))
    if is_arrow(source):
        return label_tables.arrow_rows(source, named)
    if source.head.startswith(ZIP_MAGIC):
        return label_tables.workbook_rows(source, named)
    source.require_text()
    start = source.head_text().lstrip()
    if start.startswith("["):
        return label_studio.rows(source)
    if source.ending in (".jsonl", ".ndjson") or start.startswith("{"):
        return label_json.rows(source, named)
    return label_tables.text_rows(source, named)
