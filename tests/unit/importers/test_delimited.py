"""CSV and its relatives: dialects, stray quotes, long lines, wrong encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, delimited, lines
from tests.unit.importers.samples import HEADER, ROW, table, write


def _items(path: Path, **options: str) -> list[base.Item]:
    with base.read(path, **options) as reader:  # type: ignore[arg-type]
        return list(reader)


def _texts(path: Path) -> list[str]:
    return [item.text for item in _items(path) if isinstance(item, IncomingMessage)]


@pytest.mark.parametrize("delimiter", list(delimited.DELIMITERS))
def test_delimiters_are_guessed(tmp_path: Path, delimiter: str) -> None:
    text = 'a, b; c | d\te and "quotes"\r\nin two lines'
    path = write(tmp_path / "a.csv", table((*ROW[:5], text), (*ROW[:1], "m2", *ROW[2:]), delimiter=delimiter))
    assert base.recognise(path).dialect == base.Dialect(delimiter)
    assert _texts(path) == [text, "在吗"]


def test_spreadsheet_hint_title_rows_and_empty_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "sep=;\n聊天记录;;\n\n会话ID;时间;角色;内容;;\nk1;2026-09-01 08:00;客服;您好;;\n")
    assert base.recognise(path).headers == ("会话ID", "时间", "角色", "内容")
    items = _items(path)
    assert [(item.row, getattr(item, "text", "")) for item in items] == [(5, "您好")]


def test_words_in_rows_do_not_make_a_header(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "A;B;C;D\nk1;2026-09-01 08:00;agent;text\nk1;2026-09-01 08:01;user;time\n")
    assert base.recognise(path).headers == ("A", "B", "C", "D")


def test_space_after_the_delimiter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'conversation_id, sent_at, role, text\n"c1", "2026-09-01", "agent", "a, b"\n')
    assert _texts(path) == ["a, b"]


def test_backslash_escapes(tmp_path: Path) -> None:
    rows = "".join(f'c1,2026-09-01,agent,"say \\"yes\\", please {n}"\n' for n in range(5))
    path = write(tmp_path / "a.csv", "conversation_id,sent_at,role,text\n" + rows)
    assert base.recognise(path).dialect == base.Dialect(",", "backslash")
    assert _texts(path)[0] == 'say "yes", please 0'


def test_tab_separated_without_quoting(tmp_path: Path) -> None:
    rows = "".join(f'c1\t2026-09-01\tagent\t"{n} inch" is the size\n' for n in range(3))
    path = write(tmp_path / "a.tsv", "conversation_id\tsent_at\trole\ttext\n" + rows)
    assert _texts(path)[0] == '"0 inch" is the size'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = write(tmp_path / "a.csv", end.join(["conversation_id,sent_at,role,text", "c1,2026-09-01,agent,hello", ""]))
    assert _texts(path) == ["hello"]


def test_an_open_quote_costs_one_row_only(tmp_path: Path) -> None:
    good = "".join(f"c1,2026-09-01,agent,fine {n}\n" for n in range(1000))
    path = write(tmp_path / "a.csv", 'conversation_id,sent_at,role,text\nc1,2026-09-01,agent,"oops\n' + good)
    items = _items(path)
    assert isinstance(items[0], RejectedRow)
    assert (items[0].row, items[0].code) == (2, "row_quotes")
    assert len(items) == 1001
    assert items[-1].row == 1002


def test_an_open_quote_closed_by_a_later_row_does_not_swallow_it(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        'conversation_id,sent_at,role,text,shop\nc1,2026-09-01,agent,"oops,x\nc1,2026-09-01,agent,"well, yes",x\n'
        'c1,2026-09-01,agent,"",x\nc1,2026-09-01,agent,last,x\n',
    )
    items = _items(path)
    assert [getattr(item, "code", "ok") for item in items] == ["row_quotes", "ok", "row_value_missing", "ok"]


def test_unquoted_delimiters_are_not_cut_off(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "conversation_id,sent_at,role,text\nc1,2026-09-01,agent,hello, dear\n")
    (item,) = _items(path)
    assert isinstance(item, RejectedRow)
    assert item.code == "row_cells"


def test_short_and_overlong_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", "conversation_id,sent_at,role,text,shop\nc1,2026-09-01,agent,a\nc1,2026-09-01,agent,b,,,,\n"
    )
    assert _texts(path) == ["a", "b"]


def test_a_line_of_fifty_megabytes_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"conversation_id,sent_at,role,text\nc1,2026-09-01,agent,before\nc1,2026-09-01,agent,")
        for _ in range(50):
            file.write(b"x" * 1024 * 1024)
        file.write(b"\nc1,2026-09-01,agent,after\n")
    items = _items(path)
    assert [getattr(item, "code", getattr(item, "text", "")) for item in items] == ["before", "row_too_long", "after"]


def test_an_open_quote_is_given_up_at_the_row_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROW_CHARS", 10_000)
    good = "".join(f"c1,2026-09-01,agent,fine {n}\n" for n in range(1000))
    path = write(tmp_path / "a.csv", 'conversation_id,sent_at,role,text\nc1,2026-09-01,agent,"oops\n' + good)
    items = _items(path)
    assert getattr(items[0], "code", "") == "row_too_long"
    assert len(items) == 1001


def test_undecodable_rows_are_rejected_one_by_one(tmp_path: Path) -> None:
    content = table(*((*ROW[:1], f"m{n}", *ROW[2:]) for n in range(40))).encode()
    broken = content.replace("小明".encode(), b"\xff\xfe\xfa", 1)
    items = _items(write(tmp_path / "a.csv", broken))
    assert [(item.row, item.code) for item in items if isinstance(item, RejectedRow)] == [(2, "row_bytes")]
    assert len(items) == 40


def test_a_wrong_encoding_is_told_with_its_row(tmp_path: Path) -> None:
    rows = [(*ROW[:1], f"m{n}", *ROW[2:]) for n in range(100)]
    path = write(tmp_path / "a.csv", table(*rows), "gb18030")
    with pytest.raises(CsqmError) as caught:
        _items(path, encoding="utf-8")
    assert caught.value.code == "import_encoding_wrong"
    assert "utf-8" in caught.value.what
    header = write(tmp_path / "b.csv", table(ROW, header=("会话ID", "m", "时间", "角色", "昵称", "内容")), "gb18030")
    with pytest.raises(CsqmError) as caught:
        base.read(header, encoding="utf-8")
    assert caught.value.values["row"] == 1


def test_bytes_far_beyond_the_first_sample_are_noticed(tmp_path: Path) -> None:
    """A GB18030 file whose first Chinese word comes after 300 KB of ASCII."""
    rows = [("c1", f"m{n}", "2026-09-01", "agent", "a", "x" * 100) for n in range(4000)]
    rows.append(("c1", "last", "2026-09-01", "agent", "a", "您好，请问什么时候发货"))
    path = write(tmp_path / "a.csv", table(*rows), "gb18030")
    assert base.recognise(path).encoding == "gb18030"
    last = _items(path)[-1]
    assert isinstance(last, IncomingMessage)
    assert last.text == "您好，请问什么时候发货"


def test_no_table_but_only_broken_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", '"a"b,c\n"d"e,f\n')
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_no_table"


def test_one_column_names_what_is_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text\nhello\n")
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_columns_missing"
    assert "conversation_id, sent_at, role" in caught.value.what


def test_cells_may_be_longer_than_the_csv_module_allows_by_default(tmp_path: Path) -> None:
    text = "长" * 300_000
    assert _texts(write(tmp_path / "a.csv", table((*ROW[:5], text)))) == [text]
    assert len(text) < lines.MAX_ROW_CHARS
    assert HEADER


def test_a_list_within_a_quoted_cell_leaves_spaces_before_texts(tmp_path):
    path = tmp_path / "a.csv"
    rows = 'c0,m0,2026-09-01T00:00:00Z,customer, hello,"[""a.png"", ""b.pdf""]"\r\n'
    path.write_text(f"conversation_id,message_id,sent_at,role,text,attachments\r\n{rows}", encoding="utf-8")
    message = next(iter(base.read(path)))
    assert (message.text, message.attachments) == (" hello", ("a.png", "b.pdf"))
