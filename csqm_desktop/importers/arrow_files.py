"""Parquet files and the Arrow data of Hugging Face dataset folders, as tables of messages or labels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import pairs
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.neutral import NeutralFile
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import TableFile

_PARQUET = b"PAR1"
_STREAM = b"\xff\xff\xff\xff"  # how an Arrow stream begins
_HF_INFO, _HF_DATA = "dataset_info.json", "*.arrow"
_BATCH = 2000


def folder_data(path: Path) -> Path:
    """The data file of a Hugging Face dataset folder; any other path as it is."""
    if path.is_dir() and (path / _HF_INFO).is_file():
        return next(iter(sorted(path.glob(_HF_DATA))), path)
    return path


def is_arrow(source: SourceFile) -> bool:
    """Whether a file is Parquet or an Arrow stream."""
    return source.head.startswith(_PARQUET) or (source.ending == ".arrow" and source.head.startswith(_STREAM))


def rows(source: SourceFile) -> Iterator[tuple[int, list[Any]]]:
    """The header, then all rows, counted from 1; a batch at a time in memory."""
    with _opened(source) as (names, batches):
        yield 0, list(names)
        number = 0
        for batch in batches:
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, list(cells)


@contextmanager
def _opened(source: SourceFile) -> Iterator[tuple[list[str], Iterator[Any]]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise CsqmError("package_missing", package="pyarrow") from error
    try:
        if source.head.startswith(_PARQUET):
            with parquet.ParquetFile(source.path) as file:
                yield file.schema_arrow.names, file.iter_batches(_BATCH)
        else:
            with pyarrow.OSFile(str(source.path), "rb") as stream, pyarrow.ipc.open_stream(stream) as reader:
                yield reader.schema.names, iter(reader)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise CsqmError("import_unreadable", file=str(source.path), reason=reason) from error


class ArrowFiles:
    """The importer."""

    name = "parquet"
    endings = (".parquet", ".arrow")

    def sniff(self, source: SourceFile) -> Sniff:
        """Told by the first bytes."""
        return Sniff(1.0, "table") if is_arrow(source) else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> TableFile | NeutralFile:
        """Open the file; columns are mapped as in any table."""
        facts = Recognition(self.name, 0.0, "", source.size)
        table = TableFile(source, rows(source), options, facts, lambda: source.size, lambda: None)
        return pairs.instead_of(table, source, options)


IMPORTER = ArrowFiles()
