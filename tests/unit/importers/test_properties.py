"""Properties that hold for any content: what was written comes back, what is cut off is explained."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, HEADER

_CHARS = st.one_of(
    st.sampled_from("\",;|\t\n\\'= "),
    st.sampled_from("您好亲，。！？退款发货尺码￥（）～"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
)
TEXTS = st.text(_CHARS, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def _file(content: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def _rows(texts: list[str]) -> list[tuple[str, ...]]:
    return [("c1", f"m{n}", "2026-09-01T08:00:00+08:00", "客服", "小禾", text) for n, text in enumerate(texts)]


def _read(path: Path, encoding: str | None = None) -> list[str]:
    with base.read(path, encoding=encoding) as reader:
        items = list(reader)
    assert all(isinstance(item, IncomingMessage) for item in items)
    return [item.text for item in items if isinstance(item, IncomingMessage)]


@QUICK
@given(st.lists(TEXTS, min_size=1, max_size=8), ENCODINGS, st.sampled_from(",;\t|"), st.booleans())
def test_any_csv_that_python_writes_comes_back(
    texts: list[str], encoding: str, delimiter: str, quote_all: bool
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerow(HEADER)
    writer.writerows(_rows(texts))
    with _file(text.getvalue().encode(encoding), "a.csv") as path:
        # A person can always name the encoding; how it is told by itself has its own tests.
        assert _read(path, encoding) == texts


@QUICK
@given(st.lists(TEXTS, min_size=1, max_size=8), st.booleans(), st.booleans())
def test_any_json_comes_back(texts: list[str], ascii_only: bool, as_lines: bool) -> None:
    records = [dict(zip(HEADER, row, strict=True)) for row in _rows(texts)]
    written = [json.dumps(record, ensure_ascii=ascii_only) for record in records]
    content = "\n".join(written) if as_lines else f"[{', '.join(written)}]"
    with _file(content.encode(), "a.json") as path:
        assert _read(path) == texts


def _drain(path: Path) -> None:
    """Read a file as far as it goes; anything but a named error or rejection fails the test."""
    try:
        base.preview(path)
        with base.read(path) as reader:
            for item in reader:
                if isinstance(item, RejectedRow):
                    assert CsqmError(item.code, **item.values).what
    except CsqmError as error:
        str(error)  # both sentences can be filled in


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
def test_any_sample_cut_at_any_byte_is_read_or_explained(name: str, tmp_path: Path) -> None:
    content = (DATA / name).read_bytes()
    step = max(1, len(content) // 40)
    path = tmp_path / name
    for size in range(0, len(content), step):
        path.write_bytes(content[:size])
        _drain(path)


@QUICK
@given(
    st.sampled_from(sorted(path.name for path in DATA.iterdir())),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4)), min_size=1, max_size=6),
)
def test_any_sample_with_changed_bytes_is_read_or_explained(name: str, changes: list[tuple[int, bytes]]) -> None:
    content = (DATA / name).read_bytes()
    for place, piece in changes:
        at = place % len(content)
        content = content[:at] + piece + content[at + len(piece) :]
    with _file(content, name) as path:
        _drain(path)


@QUICK
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.xlsx", "a.txt"]))
def test_any_bytes_are_read_or_explained(content: bytes, name: str) -> None:
    with _file(content, name) as path:
        _drain(path)
