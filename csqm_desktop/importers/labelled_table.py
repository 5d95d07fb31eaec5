"""A table of texts with a class in each row, such as product descriptions: which two columns, which classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from csqm_desktop.domain.class_order import known_order
from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.delimited import guess_dialect, read_records
from csqm_desktop.importers.lines import Lines, TextStream
from csqm_desktop.importers.records import as_text, clean, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.words import normal

ENDINGS = (".csv", ".tsv", ".tab", ".txt")
FEWEST, MOST = 2, 5  # classes, as many as a criterion can have levels
_TEXT = (
    "text",
    "content",
    "description",
    "sentence",
    "review",
    "comment",
    "文本",
    "内容",
    "描述",
    "商品描述",
    "评论",
    "句子",
)
_LABEL = ("label", "class", "category", "target", "y", "标签", "类别", "分类", "类目", "标注")
_TEXT_WORDS, _LABEL_WORDS = tuple(map(normal, _TEXT)), tuple(map(normal, _LABEL))


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One row: its number as a spreadsheet shows it, the text, and the class as written."""

    row: int
    text: str
    label: str


@dataclass(frozen=True)
class LabelledTable:
    """A whole table. ``classes`` worst first where numbers or words say so (``ordered``), else as the file has them."""

    path: Path
    text_column: str
    label_column: str
    rows: tuple[LabelledText, ...]
    rejected: tuple[RejectedRow, ...]
    classes: tuple[str, ...]
    ordered: bool = True


def read(path: Path | str, text_column: str | None = None, label_column: str | None = None) -> LabelledTable:
    """Read a table; columns are found by their headers where none is named.

    Raises ``CsqmError``: ``labelled_columns`` without both columns, ``labelled_classes`` with too few or too many
    classes, and whatever is wrong with the file as a whole.
    """
    source = SourceFile.open(path)
    source.require_text()
    stream = TextStream(source)
    try:
        entries = read_records(Lines(stream), guess_dialect(source.head_lines()), source.name)
        header = _header(entries)
        at = _columns(source, header, text_column, label_column)
        rows, refused = _rows(entries, source.name, at)
    finally:
        stream.close()
    classes = _classes(source, rows)
    known = known_order(classes)
    table = LabelledTable(Path(path), header[at[0]], header[at[1]], tuple(rows), tuple(refused), known or classes)
    return replace(table, ordered=known is not None)


def looks_like(headers: tuple[str, ...] | list[str]) -> bool:
    """Whether a header names a text and a class, and says nothing of conversations."""
    words = {normal(name) for name in headers}
    return bool(words & set(_TEXT_WORDS)) and bool(words & set(_LABEL_WORDS))


def is_one(path: Path | str) -> bool:
    """Whether a file is a text table whose header names a text and a class and no conversations."""
    if Path(path).suffix.lower() not in ENDINGS:
        return False
    source = SourceFile.open(path)
    source.require_text()
    stream = TextStream(source)
    try:
        header = _header(read_records(Lines(stream), guess_dialect(source.head_lines()), source.name))
    finally:
        stream.close()
    return looks_like(header) and "conversation_id" not in map(str.lower, header)


def _header(entries: Iterator[tuple[int, list[object]] | RejectedRow]) -> list[str]:
    for entry in entries:
        if not isinstance(entry, RejectedRow) and any(as_text(cell).strip() for cell in entry[1]):
            return [clean(as_text(cell)).strip().lstrip("\ufeff") for cell in entry[1]]
    return []


def _columns(source: SourceFile, header: list[str], text: str | None, label: str | None) -> tuple[int, int]:
    words = [normal(name) for name in header]

    def place(wanted: str | None, known: tuple[str, ...]) -> int | None:
        if wanted is not None:
            return header.index(wanted) if wanted in header else None
        return next((words.index(word) for word in known if word in words), None)

    places = place(text, _TEXT_WORDS), place(label, _LABEL_WORDS)
    if places[0] is None or places[1] is None or places[0] == places[1]:
        raise CsqmError("labelled_columns", file=str(source.path), found=", ".join(header)[:200])
    return places[0], places[1]


def _rows(
    entries: Iterator[tuple[int, list[object]] | RejectedRow], file: str, at: tuple[int, int]
) -> tuple[list[LabelledText], list[RejectedRow]]:
    rows: list[LabelledText] = []
    refused: list[RejectedRow] = []
    for entry in entries:
        if isinstance(entry, RejectedRow):
            refused.append(entry)
            continue
        number, cells = entry
        text, label = (clean(as_text(cells[i])).strip() if i < len(cells) else "" for i in at)
        if text and label:
            rows.append(LabelledText(number, text, label))
        elif any(as_text(cell).strip() for cell in cells):
            missing = "text" if not text else "label"
            refused.append(rejected(file, number, "label_value_missing", cells, field=missing))
    return rows, refused


def _classes(source: SourceFile, rows: list[LabelledText]) -> tuple[str, ...]:
    counts = Counter(row.label for row in rows)
    if not FEWEST <= len(counts) <= MOST:
        some = ", ".join(name for name, _ in counts.most_common(8))
        raise CsqmError("labelled_classes", file=str(source.path), count=len(counts), found=some[:200])
    return tuple(counts)
