"""Text in blocks: lines, limits, bytes done."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.importers import lines
from csqm_desktop.importers.source import SourceFile, split_lines
from tests.unit.importers.samples import write


def _open(path: Path, limit: int = lines.MAX_ROW_CHARS) -> lines.Lines:
    return lines.Lines(lines.TextStream(SourceFile.open(path)), limit)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_blocks_cut_characters_and_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str, size: int
) -> None:
    monkeypatch.setattr(lines, "CHUNK_BYTES", size)
    text = "您好，客户😀\r\n\nabc\u2028def\x85\n最后一行"
    found = _open(write(tmp_path / "a.txt", text, codec))
    assert list(found) == ["您好，客户😀\r\n", "\n", "abc\u2028def\x85\n", "最后一行"]
    assert found.stream.bytes_done == (tmp_path / "a.txt").stat().st_size
    found.stream.close()


def test_long_lines_are_skipped_and_the_next_one_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CHUNK_BYTES", 10)
    found = _open(write(tmp_path / "a.txt", "one\n" + "x" * 500 + "\ntwo\nthree\n" + "y" * 500), limit=100)
    assert next(found) == "one\n"
    with pytest.raises(lines.LineTooLong) as caught:
        next(found)
    assert caught.value.start.startswith("xxx")
    assert next(found) == "two\n"
    assert next(found) == "three\n"
    with pytest.raises(lines.LineTooLong):
        next(found)
    with pytest.raises(StopIteration):
        next(found)
    found.stream.close()


def test_lines_can_be_put_back(tmp_path: Path) -> None:
    found = _open(write(tmp_path / "a.txt", "a\nb\nc\n"))
    first = [next(found), next(found)]
    found.push(first)
    assert list(found) == ["a\n", "b\n", "c\n"]
    found.stream.close()


def test_split_lines_keeps_everything() -> None:
    for text in ("", "a", "a\n", "a\nb", "\n\n", "a\rb\r", "a\u2028b\n"):
        assert "".join(split_lines(text)) == text
